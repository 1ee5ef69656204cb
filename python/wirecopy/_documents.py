"""What users hand over, as documents of the compiled part."""

import datetime
import os
from collections.abc import Mapping

import numpy as np

from wirecopy import _core

# The columns that are looked for under these names, where users name no other.
DEFAULTS = {
    "text": "text", "id": "id", "published": "published",
    "publisher": "publisher", "title": "title", "url": "url",
    "canonical": "canonical", "is_based_on": "isBasedOn",
}


def package_of(value):
    """The package that a value's type is from: "pandas"."""
    return type(value).__module__.partition(".")[0]


def fields(columns, nulls):
    """Names of columns, by what they hold; None: no such column. Only the
    texts must be there under the usual name."""
    if nulls not in ("error", "empty"):
        raise ValueError(f"nulls {nulls!r}: must be 'error' or 'empty'")
    for what, name in columns.items():
        if name is not None and not isinstance(name, str):
            raise TypeError(f"{what} must be a column's name, not "
                            f"{type(name).__name__}")
        if name is not None:
            name.encode()  # says what is wrong with a lone surrogate
    if not columns["text"]:
        raise ValueError("text: must be a column's name")
    named = {what: name or "" for what, name in columns.items()}
    optional = [name for what, name in named.items()
                if what != "text" and name == DEFAULTS[what]]
    return _core.Fields(**named, optional=optional,
                        nulls_are_empty=nulls == "empty")


def threads_of(threads):
    """How many threads: None means all processors that there are."""
    if threads is None:
        return len(os.sched_getaffinity(0))
    if isinstance(threads, bool) or not isinstance(threads, (int, np.integer)):
        raise TypeError(f"threads must be an integer, not "
                        f"{type(threads).__name__}")
    if not 1 <= threads <= 4096:
        raise ValueError(f"threads {threads}: must be from 1 to 4096")
    return int(threads)


def _settled_dataset(data):
    """Of Hugging Face's datasets: a Dataset as a table, a Column of one as a
    list."""
    if hasattr(data, "num_rows") and not isinstance(data, dict):
        return data.with_format("arrow")[:]
    if hasattr(data, "source") and hasattr(data, "__len__"):
        return list(data)
    return data


def settled(data):
    """The data itself; or, where it can be read only once or in another order
    each time, a table of it. So what is kept can be cut from what was read."""
    if package_of(data) == "datasets":
        return _settled_dataset(data)
    once = package_of(data) in ("duckdb", "_duckdb") or hasattr(
        data, "read_next_batch") or hasattr(data, "get_next_batch")
    if not once:
        return data
    import pyarrow
    return pyarrow.table(data)


def _columns(data):
    """The names of a table's columns; None of what is no table."""
    if package_of(data) not in ("pyarrow", "polars", "pandas"):
        return None
    names = getattr(data, "columns", None)
    if package_of(data) == "pyarrow":
        schema = getattr(data, "schema", None)
        names = schema.names if schema is not None else None
    return None if names is None else list(names)


def _narrowed(data, columns):
    """A table without the columns that are not wanted: turning those into
    Arrow may take long, or fail."""
    names = _columns(data)
    can = package_of(data) == "pandas" or hasattr(data, "select")
    if names is None or not can or any(
            name not in names for what, name in columns.items()
            if name and (what == "text" or name != DEFAULTS[what])):
        return data  # the compiled part says what is missing
    wanted = [name for name in names if name in columns.values()]
    if len(set(wanted)) != len(wanted):
        return data  # the compiled part says what is twice
    if package_of(data) == "pandas":
        return data[wanted]
    return data.select(wanted)


def _unfit(data):
    kind = type(data).__name__
    hint = {"LazyFrame": ": collect() it", "Scanner": ": to_table() of it",
            "DatasetDict": ": one of its splits",
            "IterableDataset": ": list() of it"}
    if package_of(data) == "pyarrow" and hasattr(data, "scanner"):
        hint = {kind: ": to_table() of it"}
    return TypeError(
        f"documents must be a table or a column that speaks Arrow's C "
        f"interface (pyarrow, polars, pandas, duckdb), or a list of str or of "
        f"dict, not {kind}" + hint.get(kind, ""))


def _id(value):
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        return int(value)
    return value


def _date(value):
    """As text: the same to the compiled part as Arrow's dates are."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat() if value == value else None  # pandas' NaT
    return value


# What a value of a dict may be, and what turns it into one that a column has.
_VALUES = {"id": ((str, int), _id, "ids are strings or integers"),
           "published": ((str,), _date, "dates are datetimes, dates or "
                         "strings")}
_STRINGS = ((str,), lambda value: value, "not a string")


def _values(rows, what, name):
    """A column of dicts: values that _core.new_table takes."""
    kinds, convert, wanted = _VALUES.get(what, _STRINGS)
    values = [convert(row.get(name)) for row in rows]
    first = None
    for i, value in enumerate(values):
        if value is None:
            continue
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise TypeError(f"{name!r} is of type {type(value).__name__} in "
                            f"row {i}; {wanted}")
        if isinstance(value, int) and not -1 << 63 <= value < 1 << 64:
            raise ValueError(f"{name!r} is {value} in row {i}: ids have at "
                             "most 64 bits")
        kind = str if isinstance(value, str) else int
        if kind is not (first := first or kind):
            raise TypeError(f"{name!r} is of type {kind.__name__} in row {i}, "
                            f"and of type {first.__name__} before")
    numbers = [value for value in values if isinstance(value, int)]
    if numbers and min(numbers) < 0 and max(numbers) >= 1 << 63:
        raise ValueError(f"{name!r} has both {min(numbers)} and "
                         f"{max(numbers)}: no type of integers has both")
    return values


def table_of(rows, columns):
    """A _core.Table of a list of dicts: the columns that are wanted and that
    one of them has. What a dict has not, or has as None, is null."""
    for i, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise TypeError(f"row {i} is of type {type(row).__name__}, not "
                            "dict, which row 0 is")
    names = list(dict.fromkeys(name for row in rows for name in row))
    found = {}
    for what, name in columns.items():
        if name and name in names:
            found.setdefault(name, _values(rows, what, name))
        elif name and (what == "text" or name != DEFAULTS[what]):
            raise ValueError(f"there is no column {name!r}; there are: "
                             + ", ".join(map(str, names)))
    return _core.new_table(list(found), list(found.values()))


def are_rows(data):
    """Whether data is a list of dicts."""
    return isinstance(data, (list, tuple)) and len(data) > 0 and isinstance(
        data[0], Mapping)


def corpus(data, columns, nulls="error"):
    """Documents of a table, a column, a list of dicts, or a list of str.

    columns: as fields() has them; of no matter to columns and lists of str.
    """
    wanted = fields(columns, nulls)
    if data is None or isinstance(data, (str, bytes, dict)):
        raise _unfit(data)
    if package_of(data) == "datasets":
        data = _settled_dataset(data)
    if are_rows(data):
        data = table_of(data, columns)
    if isinstance(data, (list, tuple)):
        return _core.read_list(list(data))
    if hasattr(data, "__arrow_c_stream__"):
        data = _narrowed(data, columns)
        return _core.read_arrow(data.__arrow_c_stream__(), wanted)
    if hasattr(data, "__arrow_c_array__"):
        return _core.read_arrow(data.__arrow_c_array__(), wanted)
    if package_of(data) in ("pandas", "numpy") and hasattr(data, "tolist"):
        values = data.tolist()
        if isinstance(values, list):
            return _core.read_list(values)
    raise _unfit(data)


def kept(data, mask):
    """The rows of what settled() gave that a mask of booleans names, as the
    same kind of thing."""
    if isinstance(data, (list, tuple)):
        rows = [one for one, stays in zip(data, mask) if stays]
        return rows if isinstance(data, list) else tuple(rows)
    package = package_of(data)
    if package == "polars":
        import polars
        return data.filter(polars.Series(mask))
    if package in ("pandas", "numpy"):
        return data[mask]
    import pyarrow
    from wirecopy import _rows
    if package != "pyarrow":
        array = hasattr(data, "__arrow_c_array__")
        data = pyarrow.array(data) if array else pyarrow.table(data)
    return _rows.kept(data, mask)

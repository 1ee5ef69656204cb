"""What users hand over, as documents of the compiled part."""

import os

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
    if isinstance(threads, bool) or not isinstance(threads, int):
        raise TypeError(f"threads must be an integer, not "
                        f"{type(threads).__name__}")
    if not 1 <= threads <= 4096:
        raise ValueError(f"threads {threads}: must be from 1 to 4096")
    return threads


def settled(data):
    """The data itself; or, where it can be read only once or in another order
    each time, a table of it. So what is kept can be cut from what was read."""
    if package_of(data) == "datasets" and hasattr(data, "with_format"):
        return data.with_format("arrow")[:]
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
    if names is None or not can or columns["text"] not in names:
        return data
    wanted = [name for name in names if name in columns.values()]
    if len(set(wanted)) != len(wanted):
        return data  # the compiled part says what is twice
    if package_of(data) == "pandas":
        return data[wanted]
    return data.select(wanted)


def _unfit(data):
    kind = type(data).__name__
    return TypeError(
        f"documents must be a table or a column that speaks Arrow's C "
        f"interface (pyarrow, polars, pandas, duckdb), or a list of str, not "
        f"{kind}" + (": collect() it" if kind == "LazyFrame" else ""))


def corpus(data, columns, nulls="error"):
    """Documents of a table, a column, or a list of str.

    columns: as fields() has them; of no matter to columns and lists.
    """
    wanted = fields(columns, nulls)
    if data is None or isinstance(data, (str, bytes, dict)):
        raise _unfit(data)
    if isinstance(data, (list, tuple)):
        return _core.read_list(list(data))
    data = _narrowed(data, columns)
    if hasattr(data, "__arrow_c_stream__"):
        return _core.read_arrow(data.__arrow_c_stream__(), wanted)
    if hasattr(data, "__arrow_c_array__"):
        return _core.read_arrow(data.__arrow_c_array__(), wanted)
    if package_of(data) in ("pandas", "numpy") and hasattr(data, "tolist"):
        return _core.read_list(data.tolist())
    raise _unfit(data)


def kept(data, mask):
    """The rows of what settled() gave that a mask of booleans names, as the
    same kind of thing."""
    if isinstance(data, (list, tuple)):
        return type(data)(one for one, stays in zip(data, mask) if stays)
    package = package_of(data)
    if package == "pyarrow":
        import pyarrow
        return data.filter(pyarrow.array(mask))
    if package == "polars":
        import polars
        return data.filter(polars.Series(mask))
    if package in ("pandas", "numpy"):
        return data[mask]
    import pyarrow
    if hasattr(data, "__arrow_c_array__"):
        return pyarrow.array(data).filter(pyarrow.array(mask))
    return pyarrow.table(data).filter(pyarrow.array(mask))

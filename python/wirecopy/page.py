"""The page of a trace: who copied whom, to look at and to mail."""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import subprocess
import tempfile

from wirecopy import _documents, command


def _plain(value):
    """A value as the program reads it: dates as RFC 3339 has them."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    return value


def _table(data, columns):
    """Documents of any kind as a pyarrow table, which has been checked."""
    import pyarrow
    data = _documents.settled(data)
    _documents.corpus(data, columns)  # says what is wrong
    if _documents.are_rows(data):
        data = _documents.table_of(data, columns)
    elif isinstance(data, (list, tuple)):
        return pyarrow.table({columns["text"]: data})
    try:
        return pyarrow.table(data)
    except (TypeError, ValueError):  # a column
        return pyarrow.table({columns["text"]: data})


def _write_lines(data, columns, path):
    import pyarrow
    table = _table(data, columns)
    names = [name for name in columns.values() if name in table.column_names]
    table = table.select(names)
    if columns["id"] not in names:
        table = table.append_column(columns["id"] or "id",
                                    pyarrow.array(range(len(table))))
    with open(path, "w", encoding="utf-8") as out:
        for batch in table.to_batches(max_chunksize=1024):
            for row in batch.to_pylist():
                row = {name: _plain(value) for name, value in row.items()
                       if value is not None}
                out.write(json.dumps(row) + "\n")


def write(data, path: str | os.PathLike, *, use_dates: bool = True,
          threads: int | None = None, **columns: str | None) -> None:
    """Writes the page of wirecopy.trace(data) to one file of HTML.

    Args:
        data: documents, as of wirecopy.trace; they go to a temporary file, for
            the program that comes with the package makes the page.
        path: of the file.
        use_dates, threads: as of wirecopy.trace.
        columns: text, id, published, publisher, title, url, canonical,
            is_based_on, as of wirecopy.trace.

    Raises:
        TypeError, ValueError: as wirecopy.trace. RuntimeError where there is no
        program, or it fails. ModuleNotFoundError without pyarrow.
    """
    program = command.program()
    if program is None:
        raise RuntimeError("this installation has no compiled program")
    for name in columns:
        if name not in _documents.DEFAULTS:
            raise TypeError(f"there is no option {name!r}")
    columns = {**_documents.DEFAULTS, **columns}
    options = {"text": "--text-field", "id": "--id-field",
               "published": "--date-field", "publisher": "--publisher-field",
               "title": "--title-field", "url": "--url-field",
               "canonical": "--canonical-field",
               "is_based_on": "--based-on-field"}
    words = [word for what, option in options.items() if columns[what]
             for word in (option, columns[what])]
    with tempfile.TemporaryDirectory() as folder:
        lines = pathlib.Path(folder, "documents.jsonl")
        _write_lines(data, columns, lines)
        done = subprocess.run(
            [program, "trace", lines, "-o", pathlib.Path(folder, "trace"),
             "--report", path, "-q", "--threads",
             str(_documents.threads_of(threads)), *words,
             *([] if use_dates else ["--no-dates"])],
            capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())

"""Parquet files in, Parquet out: rows stream, all columns stay.

Texts go by twice: once to be compared, when they are also written to a
temporary file, from where those are read again that are alike; and once more
with all columns, to be copied or left out. In memory are signatures, ids and
one batch of rows.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence

import numpy as np
import pyarrow
import pyarrow.parquet

from wirecopy import _outputs, _rows, _spool, jobs
from wirecopy._options import checked, match_options

_BATCH = 1024  # rows that are read at once
_GROUP_BYTES = 64 << 20  # of a row group that is written


@contextlib.contextmanager
def _naming(path):
    """Faults of Parquet as an OSError or a ValueError that names the file."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (pyarrow.ArrowException, OSError) as error:
        # What is a KeyError to Arrow shows quotation marks of its own.
        said = error.args[0] if len(error.args) == 1 else error
        kind = OSError if isinstance(error, OSError) else ValueError
        raise kind(f"{path}: " + " ".join(str(said).split())) from error


def _open(path):
    with _naming(path):
        return pyarrow.parquet.ParquetFile(path, pre_buffer=False,
                                           buffer_size=1 << 20)


def common_schema(paths):
    """The Arrow schema that all files have, with the first one's metadata.
    ValueError that names the first file with another, and the difference."""
    if paths is None or isinstance(paths, (str, bytes, os.PathLike)):
        raise TypeError("paths must be a list of paths, not "
                        f"{type(paths).__name__}")
    if not paths:
        raise ValueError("no Parquet files")
    first = None
    for path in paths:
        with _open(path) as file:
            schema = file.schema_arrow
        if first is None:
            first = schema
        if schema.names != first.names:
            raise ValueError(f"{path}: its columns are {schema.names}, those "
                             f"of {paths[0]} {first.names}")
        for mine, other in zip(schema, first):
            if mine.type != other.type:
                raise ValueError(
                    f"{path}: column {mine.name!r} is of type {mine.type}; in "
                    f"{paths[0]} it is {other.type}")
    return first


def _batches(paths, columns=None):
    """Of one row group each: one of two would have two dictionaries, and
    pyarrow cannot put those within a struct or a list together."""
    for path in paths:
        with _open(path) as file:
            for group in range(file.metadata.num_row_groups):
                yield from _named(path, file.iter_batches(
                    batch_size=_BATCH, row_groups=[group], columns=columns,
                    use_threads=False))


def _named(path, batches):
    """The same, but what goes wrong says of which file."""
    while True:
        with _naming(path):
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


class _Reader:
    """A stream of the columns that the comparison looks at. What is wrong with
    a file gets lost on its way through Arrow's C interface, so that it is in
    `failure`; `null_texts` are those that have gone by."""

    def __init__(self, paths, schema, columns):
        names = [name for name in schema.names if name in columns.values()]
        if columns["text"] not in names:
            raise ValueError(f"there is no column {columns['text']!r}; there "
                             "are: " + ", ".join(schema.names))
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two columns are named {name!r}")
        self.failure = None
        self.null_texts = 0
        self._text = columns["text"]
        self._narrow = pyarrow.schema([schema.field(name) for name in names])
        self._made = self._make(paths, names)

    def _make(self, paths, names):
        try:
            for batch in _batches(paths, names):
                self.null_texts += batch.column(self._text).null_count
                yield pyarrow.RecordBatch.from_arrays(
                    [batch.column(name) for name in names],
                    schema=self._narrow)
        except (OSError, ValueError) as error:
            self.failure = error
            raise

    def __arrow_c_stream__(self, requested_schema=None):
        return pyarrow.RecordBatchReader.from_batches(
            self._narrow, self._made).__arrow_c_stream__(requested_schema)


def _cache(cache_bytes):
    if checked(int, cache_bytes=cache_bytes)["cache_bytes"] < 0:
        raise ValueError(f"cache_bytes {cache_bytes}: must be 0 or more")
    return {"cache_bytes": int(cache_bytes)}


def dedup(paths: Sequence[str], *, text: str = "text", id: str | None = "id",
          published: str | None = "published", threshold: float = 0.8,
          measure: str = "jaccard", exact: bool = False, recall: float = 0.999,
          cluster: str = "star", keep: str = "first", shingle: str = "word",
          k: int = 5, seed: int = 0, nulls: str = "empty",
          threads: int | None = None, folder: str | None = None,
          cache_bytes: int = 256 << 20) -> jobs.DedupResult:
    """What wirecopy.dedup finds in Parquet files, read in this order.

    Args:
        paths: of files with the same columns. Rows count through all of them.
            One that is damaged is an OSError or a ValueError that names it.
        folder: where the temporary file goes, of the texts' size; by default
            where Python's tempfile puts it.
        cache_bytes: for shingle sets that are kept at hand; more saves making
            them again.
        Others: as of wirecopy.dedup.

    Returns:
        A DedupResult without `kept`: write_kept() copies the rows. Its stats
        have null_texts as well, the texts that were null.
    """
    options = match_options(threshold, measure, exact, recall, shingle, k,
                            seed, threads,
                            **_cache(cache_bytes))
    checked(str, cluster=cluster, keep=keep)
    columns = {"text": text, "id": id, "published": published}
    reader = _Reader(paths, common_schema(paths), columns)
    try:
        found = _spool.dedup(reader, options, columns, nulls, cluster, keep,
                             folder)
    except (RuntimeError, OSError, ValueError) as error:
        if reader.failure is None:
            raise
        raise reader.failure from error
    found.stats["null_texts"] = reader.null_texts
    return found


def _compression(path):
    """As the file has it, for the writer."""
    with _open(path) as file:
        if file.metadata.num_row_groups and file.metadata.num_columns:
            name = file.metadata.row_group(0).column(0).compression.lower()
            return "none" if name == "uncompressed" else name
    return "snappy"


def _write_rows(writer, paths, mask):
    begin, pending, size = 0, [], 0
    for batch in _batches(paths):
        stays = mask[begin:begin + batch.num_rows]
        if len(stays) != batch.num_rows:
            break
        begin += batch.num_rows
        pending.append(_rows.kept(batch, stays))
        size += pending[-1].nbytes
        if size > _GROUP_BYTES:
            writer.write_table(pyarrow.Table.from_batches(pending))
            pending, size = [], 0
    if begin != len(mask):
        raise ValueError("the files have changed while they were read")
    if pending:
        writer.write_table(pyarrow.Table.from_batches(pending))


def _mask(mask, paths):
    """An array of bool, as long as the files; TypeError or ValueError where it
    will not do."""
    array = np.asarray(mask)
    if array.size == 0:
        array = array.astype(bool)
    if array.dtype != bool or array.ndim != 1:
        raise TypeError(f"mask must be a row of bool, not {array.dtype} of "
                        f"shape {array.shape}")
    rows = 0
    for path in paths:
        with _open(path) as file:
            rows += file.metadata.num_rows
    if len(array) != rows:
        raise ValueError(f"mask has {len(array)} rows; the files have {rows}")
    return array


def copy_kept(paths, mask, output):
    """As write_kept(), to a file that has its name from the beginning."""
    schema = common_schema(paths)
    mask = _mask(mask, paths)
    with pyarrow.parquet.ParquetWriter(
            output, schema, compression=_compression(paths[0])) as writer:
        _write_rows(writer, paths, mask)


def write_kept(paths: Sequence[str], mask: np.ndarray, output: str) -> None:
    """Copies the rows that a mask names to one Parquet file, in order, with
    all columns, their types and the schema's metadata. The file has its name
    only when it is whole."""
    with _outputs.whole(output) as (part,):
        copy_kept(paths, mask, part)

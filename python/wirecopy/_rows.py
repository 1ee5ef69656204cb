"""Rows of pyarrow's tables and columns, of whatever type."""

import numpy as np
import pyarrow as pa


def _kept_of_array(array, mask):
    try:
        return array.filter(pa.array(mask))
    except pa.ArrowNotImplementedError:  # views, and what is made of them
        bounds = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0,
                                        append=0))
        runs = zip(bounds[::2].tolist(), bounds[1::2].tolist())
        return pa.concat_arrays([array.slice(0, 0), *(
            array.slice(begin, end - begin) for begin, end in runs)])


def _kept_of_column(column, mask):
    if not isinstance(column, pa.ChunkedArray):
        return _kept_of_array(column, mask)
    found, begin = [], 0
    for chunk in column.chunks:
        found.append(_kept_of_array(chunk, mask[begin:begin + len(chunk)]))
        begin += len(chunk)
    return pa.chunked_array(found, column.type)


def kept(data, mask):
    """The rows of a Table, RecordBatch, ChunkedArray or Array that a mask, of
    numpy's bool and of their number, names: the same kind of thing. (pyarrow's
    own filter knows no string views.)"""
    if not isinstance(data, (pa.Table, pa.RecordBatch)):
        return _kept_of_column(data, mask)
    try:
        return data.filter(pa.array(mask))
    except pa.ArrowNotImplementedError:
        return type(data).from_arrays(
            [_kept_of_column(column, mask) for column in data.columns],
            schema=data.schema)

"""Near-duplicate documents, reused passages, and who copied whom.

    import wirecopy

    result = wirecopy.dedup(table)       # pyarrow, polars, pandas, duckdb...
    result.kept                          # the same kind of table
    result.removed                       # what went, for which document, why
    wirecopy.trace(table).edges          # who copied whom, with the evidence

What goes in: anything that speaks Arrow's C interface, in place; lists of str
or of dicts and pandas' columns, with a copy. What comes out: Arrow tables that pyarrow,
polars, pandas and duckdb take without one. MinHash and MinHashLSH are those of
datasketch, to the bit.
"""

import importlib

from wirecopy._core import Table
from wirecopy._core import version as __version__
from wirecopy.index import Index
from wirecopy.jobs import (ComparedPassage, Comparison, DedupResult,
                           PairsResult, PassagesResult, TraceResult, compare,
                           dedup, pairs, passages, shingles, sketch, trace)
from wirecopy.lsh import MinHashLSH
from wirecopy.minhash import MinHash

# Those want packages of others, or take a while to load.
_LATER = ("datatrove", "page", "parquet", "spark")


def __getattr__(name):
    if name not in _LATER:
        raise AttributeError(f"module 'wirecopy' has no attribute {name!r}")
    return importlib.import_module(f"wirecopy.{name}")


__all__ = [
    "ComparedPassage", "Comparison", "DedupResult", "Index", "MinHash",
    "MinHashLSH", "PairsResult", "PassagesResult", "Table", "TraceResult",
    "__version__", "compare", "dedup", "pairs", "passages", "shingles",
    "sketch", "trace",
]

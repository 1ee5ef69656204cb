"""De-duplication and tracing on a cluster, with Apache Spark.

    import wirecopy.spark

    found = wirecopy.spark.dedup(df, "s3a://bucket/run-7", keep="earliest")
    found.kept.write.parquet("s3a://bucket/clean")
    found.removed.show()                 # what went, for what, how similar
    wirecopy.spark.trace(df, "s3a://bucket/run-8").lineage.show()

Workers need this package and pyarrow. What is found is what the program,
wirecopy.dedup and wirecopy.trace find, however the work is divided, but for
what trace() caps and counts (docs/cluster.md says how, and what it costs). Each stage is a folder of Parquet
files in the run's own folder; a run that ended early goes on behind the last
stage that is whole.
"""

from wirecopy.spark._dedup import DedupResult, dedup
from wirecopy.spark._trace import TraceResult, trace

__all__ = ["DedupResult", "TraceResult", "dedup", "trace"]

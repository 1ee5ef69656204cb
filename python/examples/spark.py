#!/usr/bin/env python3
"""De-duplicates Parquet files on a Spark cluster.

  spark-submit spark.py IN.parquet RUN_FOLDER KEPT.parquet REMOVED.parquet

The files have columns id and text. A run that was stopped goes on when the
same is asked again; the run's folder may be removed afterwards.
"""

import sys

from pyspark.sql import SparkSession

import wirecopy.spark


def main(documents, folder, kept, removed):
    spark = SparkSession.builder.appName("wirecopy").getOrCreate()
    found = wirecopy.spark.dedup(spark.read.parquet(documents), folder,
                                 threshold=0.8, keep="longest")
    found.kept.write.mode("overwrite").parquet(kept)
    found.removed.write.mode("overwrite").parquet(removed)
    for name, count in found.stats.items():
        print(f"{name} {count}")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])

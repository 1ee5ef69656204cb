"""Spark: MinHashLSH of pyspark.ml and its join on the distance.

Each of its hash tables has one hash, so that 128 of them would make candidates
of most pairs that have two shingles of a hundred in common; it gets five, as in
its documentation, whatever the settings. The join compares candidates exactly,
on hashed features. Of each pair that it gives, the later document goes.
"""

import common

from pyspark.ml import Pipeline  # noqa: E402
from pyspark.ml.feature import (  # noqa: E402
    HashingTF, MinHashLSH, NGram, RegexTokenizer)
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql.functions import (  # noqa: E402
    col, monotonically_increasing_id, size)

TABLES = 5


def session(cores):
    return (SparkSession.builder.master(f"local[{cores}]")
            .config("spark.driver.memory", "4g")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", str(2 * cores))
            .getOrCreate())


def features():
    return [
        RegexTokenizer(inputCol="text", outputCol="words",
                       pattern="[\\p{L}\\p{N}]+", gaps=False),
        NGram(n=common.SHINGLE, inputCol="words", outputCol="shingles"),
        HashingTF(inputCol="shingles", outputCol="features", binary=True,
                  numFeatures=1 << 20)]


def main():
    job = common.Job("pyspark")
    spark = session(job.options.cores)
    spark.sparkContext.setLogLevel("ERROR")
    job.lap("start")
    docs = spark.read.json(job.options.docs).withColumn(
        "number", monotonically_increasing_id())
    made = (Pipeline(stages=features()).fit(docs).transform(docs)
            .filter(size("shingles") > 0).select("id", "number", "features")
            .cache())
    made.count()
    job.lap("shingles")
    model = MinHashLSH(inputCol="features", outputCol="hashes",
                       numHashTables=TABLES, seed=1).fit(made)
    pairs = model.approxSimilarityJoin(
        made, made, 1 - job.options.threshold, distCol="distance").filter(
            col("datasetA.number") < col("datasetB.number"))
    removed = {row[0] for row in pairs.select("datasetB.id").collect()}
    job.lap("sketch and join")
    spark.stop()
    job.finish(sorted(removed))


if __name__ == "__main__":
    main()

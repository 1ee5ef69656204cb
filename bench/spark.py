#!/usr/bin/env python3
"""Spark on this machine: wirecopy.spark.dedup, or trace, beside one machine's
answer and beside MLlib's MinHashLSH, with what each stage shuffles.

  spark.py DOCUMENTS.jsonl [--rows N] [--workers W] [--mllib]
           [--trace [--uncapped]] [--limit SECONDS]

With --uncapped a trace sets nothing aside and divides no group, so that one
task may have all that one machine has. MLlib is stopped after the limit: it pairs all that share a bucket. Wants the
Python package with pyspark, and Java. Writes one line of JSON a row of the table
to standard output.
"""

import argparse
import collections
import json
import pathlib
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "python" / "tests"))

import pyarrow as pa  # noqa: E402
from py4j.protocol import Py4JError  # noqa: E402
from pyspark.errors import PySparkException  # noqa: E402

import spark_cluster  # noqa: E402
import wirecopy  # noqa: E402
import wirecopy.spark  # noqa: E402


COLUMNS = ("id", "text", "published", "publisher")


def documents(path, rows):
    found = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if len(found) == rows:
                break
            record = json.loads(line)
            found.append({name: record.get(name) for name in COLUMNS})
    return found


def shuffled(log):
    """Bytes, seconds of tasks and the most memory of one, by description."""
    stage_of, totals = {}, collections.defaultdict(lambda: [0, 0.0, 0])
    for path in sorted(log.rglob("events*")):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                event = json.loads(line)
                if event["Event"] == "SparkListenerJobStart":
                    name = event["Properties"].get("spark.job.description")
                    for stage in event["Stage IDs"]:
                        stage_of.setdefault(stage, name or "counts")
                elif event["Event"] == "SparkListenerTaskEnd":
                    metrics = event.get("Task Metrics") or {}
                    total = totals[stage_of.get(event["Stage ID"], "counts")]
                    write = metrics.get("Shuffle Write Metrics", {})
                    total[0] += write.get("Shuffle Bytes Written", 0)
                    total[1] += metrics.get("Executor Run Time", 0) / 1000
                    total[2] = max(total[2],
                                   metrics.get("Peak Execution Memory", 0))
    return totals


def mllib(frame, threshold):
    """MLlib's own: shingles of five words hashed, and pairs within reach."""
    from pyspark.ml import Pipeline
    from pyspark.ml.feature import HashingTF, MinHashLSH, NGram, RegexTokenizer
    from pyspark.sql import functions as F
    stages = [RegexTokenizer(inputCol="text", outputCol="words",
                             pattern="\\W+"),
              NGram(n=5, inputCol="words", outputCol="grams"),
              HashingTF(inputCol="grams", outputCol="features", binary=True,
                        numFeatures=1 << 20)]
    rows = Pipeline(stages=stages).fit(frame).transform(frame).where(
        F.size("grams") > 0).select("id", "features").cache()
    model = MinHashLSH(inputCol="features", outputCol="hashes",
                       numHashTables=5, seed=1).fit(rows)
    pairs = model.approxSimilarityJoin(rows, rows, 1 - threshold, "distance")
    return pairs.where("datasetA.id < datasetB.id").count()


def mllib_row(spark, frame, rows, options):
    """Its row of the table; pairs are null where it was stopped."""
    timer = threading.Timer(options.limit, spark.sparkContext.cancelAllJobs)
    timer.start()
    begin = time.monotonic()
    pairs = None
    try:
        pairs = mllib(frame, options.threshold)
    except (Py4JError, PySparkException):
        if timer.is_alive():
            raise
    finally:
        timer.cancel()
    seconds = time.monotonic() - begin
    return {"mllib_pairs": pairs, "mllib_seconds": round(seconds, 1),
            "rows_a_second": None if pairs is None else round(rows / seconds)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory", default="2g")
    parser.add_argument("--partitions", default="8")
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--mllib", action="store_true")
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("--uncapped", action="store_true")
    parser.add_argument("--limit", type=float, default=1800)
    options = parser.parse_args()
    table = documents(options.documents, options.rows)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "log").mkdir()
        with spark_cluster.Cluster(folder, options.workers,
                                   memory=options.memory) as cluster:
            run(cluster, folder, table, options)
        for stage, (size, seconds, most) in shuffled(folder / "log").items():
            print(json.dumps({"stage": stage, "shuffled": size,
                              "bytes_a_row": round(size / len(table), 1),
                              "task_seconds": round(seconds, 1),
                              "task_memory": most}), flush=True)


def dedup(frame, held, folder, options):
    """What was found, and whether one machine found the same; seconds of
    both."""
    begin = time.monotonic()
    found = wirecopy.spark.dedup(frame, folder, threshold=options.threshold)
    seconds = time.monotonic() - begin
    begin = time.monotonic()
    memory = wirecopy.dedup(held, keep="longest",
                            threshold=options.threshold)
    alone = time.monotonic() - begin
    wanted = sorted((row["id"], row["kept"], row["similarity"])
                    for row in memory.removed.to_pylist())
    got = sorted((row["id"], row["kept"], row["similarity"]) for row in
                 found.removed.select("id", "kept", "similarity").collect())
    return found.stats, got == wanted, seconds, alone


def trace(frame, held, folder, options):
    """The same of a trace, and the shares of one machine's rows that are found
    and of those found that are its: less than 1 where the caps count."""
    caps = dict.fromkeys(("most_copies", "most_documents", "most_group"),
                         max(2, len(held))) if options.uncapped else {}
    begin = time.monotonic()
    found = wirecopy.spark.trace(frame, folder, **caps)
    seconds = time.monotonic() - begin
    begin = time.monotonic()
    memory = wirecopy.trace(held)
    alone = time.monotonic() - begin
    equal, shares = True, {}
    for what, kind, names in (
            ("pairs", "edges", ["a", "b"]),
            ("edges", "edges", ["a", "b", "source", "confidence", "relation",
                                "words"]),
            ("lineage", "lineage", ["id", "family", "status", "parent",
                                    "origin"]),
            ("passages", "passages", ["a", "a_begin", "a_end", "b", "b_begin",
                                      "b_end", "kind", "group"])):
        wanted = collections.Counter(map(repr, pa.table(getattr(
            memory, kind)).select(names).to_pylist()))
        got = collections.Counter(map(repr, getattr(found, kind).select(
            names).toArrow().to_pylist()))
        equal = equal and wanted == got
        both = (wanted & got).total()
        shares[what] = [round(both / max(1, of.total()), 4)
                        for of in (wanted, got)]
    return {**found.stats, "shares": shares}, equal, seconds, alone


def run(cluster, folder, table, options):
    held = pa.Table.from_pylist(table, pa.schema(
        [(name, pa.string()) for name in COLUMNS])).sort_by("id")
    import pyarrow.parquet
    pyarrow.parquet.write_table(held, folder / "in.parquet",
                                row_group_size=max(1, len(held) // 16))
    spark = cluster.session(
        spark_sql_shuffle_partitions=options.partitions,
        spark_eventLog_enabled="true", spark_eventLog_dir=str(folder / "log"),
        spark_eventLog_compress="false",
        spark_executor_memory=options.memory,
        spark_driver_memory=options.memory,
        spark_sql_files_maxPartitionBytes="16m")
    frame = spark.read.parquet(str(folder / "in.parquet"))
    frame.count()  # the executors are up
    job = trace if options.trace else dedup
    stats, equal, seconds, alone = job(frame, held, str(folder / "run"),
                                       options)
    print(json.dumps({
        "job": job.__name__, "rows": len(table),
        "text_bytes": sum(len(row["text"]) for row in table),
        "equal": equal, **stats,
        "spark_seconds": round(seconds, 1),
        "rows_a_second": round(len(table) / seconds),
        "one_machine_seconds": round(alone, 2)}), flush=True)
    if options.mllib:
        print(json.dumps(mllib_row(spark, frame, len(table), options)),
              flush=True)
    spark.stop()


if __name__ == "__main__":
    main()

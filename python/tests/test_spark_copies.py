"""Very many copies of one text on a Spark cluster: no task has to do with more
than a small part of them, and the answer is one machine's."""

import collections
import json
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import wirecopy
from conftest import edited_copies, spark_is_wanted, word

spark_is_wanted()
import wirecopy.spark  # noqa: E402
from wirecopy.spark import _joins, _trace  # noqa: E402

PARTITIONS = 8
COPIES = 4000  # of a short text, and of a long one


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("log")


@pytest.fixture(scope="module")
def spark(cluster, log):
    """As tables are treated that are too large for what spares small ones."""
    session = cluster.session(
        spark_sql_shuffle_partitions=str(PARTITIONS),
        spark_sql_autoBroadcastJoinThreshold="-1",
        spark_sql_adaptive_coalescePartitions_enabled="false",
        spark_eventLog_enabled="true", spark_eventLog_dir=str(log),
        spark_eventLog_compress="false")
    yield session
    session.stop()


def corpus():
    chance = random.Random(3)
    short = " ".join(word(chance) for _ in range(40))
    long = " ".join(word(chance) for _ in range(600))
    texts = [short] * COPIES + [long] * COPIES + edited_copies(2)
    chance.shuffle(texts)
    return pa.table({
        "id": [f"d{i:05}" for i in range(len(texts))], "text": texts,
        "published": [f"2024-01-{chance.randint(1, 28):02}T0"
                      f"{chance.randint(0, 9)}:00:00Z" for _ in texts],
        "publisher": [f"Paper {i % 3}" for i in range(len(texts))]})


TABLE = corpus()


@pytest.fixture(scope="module")
def frame(spark, tmp_path_factory):
    folder = tmp_path_factory.mktemp("table")
    rows = -(-len(TABLE) // 5)
    for i in range(5):
        pq.write_table(TABLE.slice(i * rows, rows), folder / f"{i}.parquet")
    return spark.read.parquet(str(folder))


def rows_of_tasks(log, since):
    """How many shuffled rows each task has read: lists, by what the job was
    for and its stage; and where the log ends now."""
    stage_of, found, seen = {}, collections.defaultdict(list), 0
    for path in sorted(log.rglob("events*")):
        # (What stands behind the last end of a line is still being written.)
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            event = json.loads(line)
            if event["Event"] == "SparkListenerJobStart":
                for stage in event["Stage IDs"]:
                    stage_of.setdefault(stage, event["Properties"].get(
                        "spark.job.description") or "counts")
            elif event["Event"] == "SparkListenerTaskEnd":
                seen += 1
                read = (event.get("Task Metrics") or {}).get(
                    "Shuffle Read Metrics", {}).get("Total Records Read", 0)
                if seen > since:
                    stage = event["Stage ID"]
                    found[stage_of[stage], stage].append(read)
    return found, seen


def check_shares(found):
    """No task reads a third of a text's copies, but where all tasks of a stage
    read much more, none reads twice its part of that. Gives what those stages
    are for that read as much as the copies of a text."""
    large = {stage: rows for stage, rows in found.items()
             if sum(rows) >= COPIES}
    for stage, rows in large.items():
        most = max(COPIES / 3, 2 * sum(rows) / PARTITIONS)
        assert max(rows) < most, (stage, sorted(rows))
    return {name for name, _ in large}


def test_dedup(spark, frame, log, tmp_path, monkeypatch):
    monkeypatch.setattr(_joins, "BLOCK_BITS", 6)
    _, since = rows_of_tasks(log, 0)
    found = wirecopy.spark.dedup(frame, str(tmp_path / "run"),
                                 keep="earliest", published="published")
    named = check_shares(rows_of_tasks(log, since)[0])
    assert named >= {"wirecopy: twins", "wirecopy: removed"}
    memory = wirecopy.dedup(TABLE, keep="earliest")
    names = ["id", "kept", "similarity", "cluster"]
    assert sorted(map(tuple, found.removed.select(names).collect())) == sorted(
        tuple(row[name] for name in names)
        for row in memory.removed.to_pylist())
    assert found.stats["removed"] > 2 * COPIES - 2
    assert found.kept.count() == len(memory.kept)


def test_trace(spark, frame, log, tmp_path, monkeypatch):
    monkeypatch.setattr(_joins, "BLOCK_BITS", 6)
    monkeypatch.setattr(_trace, "COPIES_AT_ONCE", 200)
    _, since = rows_of_tasks(log, 0)
    found = wirecopy.spark.trace(frame, str(tmp_path / "run"), most_copies=7)
    named = check_shares(rows_of_tasks(log, since)[0])
    assert named >= {"wirecopy: copies", "wirecopy: aside"}
    by_text = collections.defaultdict(list)
    for row in TABLE.to_pylist():
        by_text[row["text"]].append((row["published"], row["id"]))
    aside = {one: min(same)[1] for text, same in by_text.items() if text
             for _, one in sorted(same)[7:]}
    assert {row["id"]: row["of"] for row in found.set_aside.collect()} == aside
    assert len(aside) == 2 * COPIES - 14
    stays = pa.array([one not in aside for one in TABLE["id"].to_pylist()])
    memory = wirecopy.trace(TABLE.filter(stays))
    names = ["a", "b", "source", "relation", "words"]
    assert sorted(map(repr, (tuple(row) for row in found.edges.select(
        names).collect()))) == sorted(repr(tuple(row[name] for name in names))
                                      for row in memory.edges.to_pylist())
    assert len(memory.edges) > 20

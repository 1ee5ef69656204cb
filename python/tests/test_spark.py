"""De-duplication on a Spark cluster of two workers gives what the program and
wirecopy.dedup give, also when a worker dies, and in runs that go on."""

import pathlib
import random
import subprocess
import sys

import pyarrow as pa
import pytest

import wirecopy
from conftest import (blocks, edited_copies, records, spark_is_wanted,
                      word)

spark_is_wanted()
import spark_cluster  # noqa: E402
import wirecopy.spark  # noqa: E402
from spark_cluster import frame  # noqa: E402


def corpus():
    """Families; a template that more than 128 share, filled in with few and
    with more words of their own; copies of one text; and nothing."""
    chance = random.Random(7)
    texts = edited_copies(1) + edited_copies(2) + [""]
    template = [word(chance) for _ in range(240)]
    for i in range(220):
        filled = template[:]
        at = chance.randrange(200)
        for j in range(2 + i % 12):
            filled[at + j] = word(chance) + str(i)
        texts.append(" ".join(filled))
    texts += ["Copies of one text. " + " ".join(template[:30])] * 400
    chance.shuffle(texts)
    dates = [f"2024-{chance.randint(1, 12):02}-03T10:00:00Z"
             if i % 4 else None for i in range(len(texts))]
    return pa.table({"id": [f"d{i:04}" for i in range(len(texts))],
                     "text": texts, "published": dates,
                     "row": list(range(len(texts)))})


TABLE = corpus()


def by_id(rows):
    return sorted((tuple(row[name] for name in (
        "id", "kept", "similarity", "measure", "cluster")) for row in rows))


def same(found, table, **options):
    """Compares what was found with wirecopy.dedup."""
    memory = wirecopy.dedup(table, **options)
    removed = by_id(memory.removed.to_pylist())
    assert by_id(row.asDict() for row in found.removed.collect()) == removed
    assert sorted(row["id"] for row in found.kept.select("id").collect()
                  ) == sorted(memory.kept["id"].to_pylist())
    assert found.stats["read"] == len(table)
    assert found.stats["removed"] == len(removed) > 0
    return memory


def test_equals_one_machine_while_a_worker_dies(spark, cluster, tmp_path):
    run = tmp_path / "run"

    killer = cluster.kill_when(run / "twins" / "_SUCCESS")
    found = wirecopy.spark.dedup(frame(spark, TABLE), str(run), keep="first",
                                 order="row")
    killer.join()
    assert cluster.workers[1].returncode is not None
    memory = same(found, TABLE)
    assert found.stats["hub_documents"] > 128
    assert found.stats["largest_group"] > 2
    clusters = {row["cluster"]: sorted(row["members"])
                for row in memory.clusters.to_pylist()}
    assert {row["cluster"]: row["members"]
            for row in found.clusters.collect()} == clusters


def test_equals_the_program(spark, tmp_path, newsroom, articles, program):
    table = pa.Table.from_pylist(newsroom).select(["id", "text", "published"])
    found = wirecopy.spark.dedup(
        frame(spark, table), str(tmp_path / "run"), keep="earliest",
        threshold=0.5, published="published")
    program("dedup", articles, "--threshold", "0.5", "--keep", "earliest", "-q",
            "-o", tmp_path / "kept", "--removed", tmp_path / "removed")
    assert by_id(row.asDict() for row in found.removed.collect()) == by_id(
        records(tmp_path / "removed"))


def test_goes_on_behind_the_last_whole_stage(spark, tmp_path, monkeypatch):
    table = TABLE.slice(0, 120).append_column(
        "number", pa.array(range(120), pa.int64())).drop(["id"])
    data = frame(spark, table)
    run = str(tmp_path / "run")
    stars = wirecopy.spark._dedup._Run._stars

    def fail(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(wirecopy.spark._dedup._Run, "_stars", fail)
    with pytest.raises(RuntimeError, match="the power went"):
        wirecopy.spark.dedup(data, run, id="number")
    made = {path: path.stat().st_mtime_ns
            for path in pathlib.Path(run).glob("*/_SUCCESS")}
    assert {path.parent.name for path in made} > {"documents", "groups"}
    monkeypatch.setattr(wirecopy.spark._dedup._Run, "_stars", stars)
    found = wirecopy.spark.dedup(data, run, id="number")
    assert all(path.stat().st_mtime_ns == at for path, at in made.items())
    memory = wirecopy.dedup(table, id="number", keep="longest")
    assert by_id(row.asDict() for row in found.removed.collect()) == by_id(
        memory.removed.to_pylist())
    with pytest.raises(ValueError, match="threshold 0.8, not 0.7"):
        wirecopy.spark.dedup(data, run, id="number", threshold=0.7)
    other = tmp_path / "other"
    (other / "removed").mkdir(parents=True)
    with pytest.raises(ValueError, match=r"holds other things \(removed\)"):
        wirecopy.spark.dedup(data, str(other), id="number")
    assert [path.name for path in other.iterdir()] == ["removed"]


@pytest.mark.parametrize("options, error, says", [
    ({"text": "nowhere"}, ValueError, "text 'nowhere'"),
    ({"text": "row"}, TypeError, "strings, not of bigint"),
    ({"text": None}, TypeError, "text must be str"),
    ({"id": "nowhere"}, ValueError, "id 'nowhere'"),
    ({"threshold": 2.0}, ValueError, "threshold 2"),
    ({"keep": "best"}, ValueError, "keep 'best'"),
    ({"keep": "first"}, ValueError, "wants order"),
    ({"keep": "latest"}, ValueError, "wants published"),
    ({"nulls": "maybe"}, ValueError, "nulls 'maybe'"),
    ({"folder": 3}, TypeError, "folder must be a path"),
])
def test_says_what_is_wrong(spark, tmp_path, options, error, says):
    data = frame(spark, TABLE.slice(0, 3))
    with pytest.raises(error, match=says):
        wirecopy.spark.dedup(
            data, **{"folder": str(tmp_path / "run"), **options})


def test_takes_data_frames_alone(tmp_path):
    for job in (wirecopy.spark.dedup, wirecopy.spark.trace):
        with pytest.raises(TypeError,
                           match="df must be a DataFrame, not Table"):
            job(TABLE, str(tmp_path / "run"))


def test_names_the_row_that_is_wrong(spark, tmp_path):
    twice = spark.createDataFrame([("a", "x"), ("a", "y")],
                                  "id string, text string")
    with pytest.raises(ValueError, match="id 'a': stands there 2 times"):
        wirecopy.spark.dedup(twice, str(tmp_path / "twice"))
    null = spark.createDataFrame([("a", "x"), ("b", None)],
                                 "id string, text string")
    with pytest.raises(ValueError, match="text: null.*'b'"):
        wirecopy.spark.dedup(null, str(tmp_path / "null"))
    place = spark.createDataFrame([("a", "x", 1), ("b", "y", None)],
                                  "id string, text string, place int")
    with pytest.raises(ValueError, match="order: null.*'b'"):
        wirecopy.spark.dedup(place, str(tmp_path / "order"), keep="first",
                             order="place")
    found = wirecopy.spark.dedup(null, str(tmp_path / "empty"), nulls="empty")
    assert found.stats["read"] == found.stats["kept"] == 2


def test_jobs_say_which_stage_they_are_of(spark, tmp_path):
    """Also where one makes others first; then they say again what they did."""
    context = spark.sparkContext
    stages = wirecopy.spark._stages.Stages(spark, str(tmp_path), {"job": "a"})
    told = []

    def tell(name):
        told.append((name, context.getLocalProperty("spark.job.description")))
        return spark.range(3)

    def outer():
        inner = stages.table("inner", lambda: tell("inner"))
        tell("outer")
        return inner

    context.setJobDescription("mine")
    assert stages.table("outer", outer).count() == 3
    tell("after")
    context.setJobDescription(None)
    assert told == [("inner", "wirecopy: inner"), ("outer", "wirecopy: outer"),
                    ("after", "mine")]


def test_the_guide(spark, tmp_path):
    """What it shows, on a folder in the place of a bucket."""
    import pyarrow.parquet as pq
    table = TABLE.slice(0, 60).rename_columns({"published": "date"})
    (tmp_path / "crawl").mkdir()
    pq.write_table(table, tmp_path / "crawl" / "0.parquet")
    code, = blocks("docs/cluster.md", "python")
    names = {"spark": spark}
    exec(code.replace("s3a://bucket", str(tmp_path)), names)  # noqa: S102
    memory = wirecopy.dedup(table, published="date", keep="earliest")
    for name, wanted in (("clean", memory.kept["id"].to_pylist()),
                         ("removed", [row["id"] for row in
                                      memory.removed.to_pylist()])):
        assert sorted(pq.read_table(tmp_path / name)["id"].to_pylist()
                      ) == sorted(wanted) != [], name
    assert names["found"].stats["removed"] == len(memory.removed)
    assert names["traced"].edges.count() > 0


def test_the_example(tmp_path):
    import pyarrow.parquet as pq
    table = TABLE.slice(0, 150).select(["id", "text"])
    pq.write_table(table, tmp_path / "in.parquet")
    example = pathlib.Path(__file__).parent.parent / "examples" / "spark.py"
    done = subprocess.run(
        [sys.executable, example, "in.parquet", "run", "kept", "removed"],
        cwd=tmp_path, env={**spark_cluster.environment(),
                           "PYSPARK_SUBMIT_ARGS":
                           "--master local[2] --conf spark.ui.enabled=false "
                           "--conf spark.sql.shuffle.partitions=2 "
                           "pyspark-shell"},
        capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    memory = wirecopy.dedup(table, keep="longest")
    kept = pq.read_table(tmp_path / "kept")["id"].to_pylist()
    assert sorted(kept) == sorted(memory.kept["id"].to_pylist())
    assert f"removed {len(memory.removed)}" in done.stdout.splitlines()

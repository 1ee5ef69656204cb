"""Tracing on a Spark cluster of two workers gives what the program and
wirecopy.trace give, also when a worker dies, and in runs that go on."""

import json
import pathlib
import random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import wirecopy
from conftest import edited_copies, records, spark_is_wanted, word

spark_is_wanted()
from pyspark.sql import functions as F  # noqa: E402

import wirecopy.spark  # noqa: E402
from spark_cluster import frame  # noqa: E402

KINDS = ["passages", "groups", "edges", "lineage", "publishers"]
COLUMNS = ["id", "text", "published", "publisher", "title", "url", "canonical",
           "isBasedOn"]


def sentence(chance, words=12):
    return " ".join(word(chance) for _ in range(words)).capitalize() + "."


def article(chance, sentences=6):
    return " ".join(sentence(chance) for _ in range(sentences))


def footed(number, footer, copied=4):
    """Articles of a paper that prints a footer, and of one that copies some."""
    chance = random.Random(number)
    rows = []
    for i in range(14):
        text = article(chance)
        rows.append({"id": f"gazette-{i:02}", "text": f"{text}\n\n{footer}",
                     "publisher": "Gazette",
                     "published": f"2024-03-{i + 1:02}T08:00:00Z"})
        if i < copied:
            rows.append({"id": f"herald-{i:02}", "publisher": "Herald",
                         "text": f"{text} {sentence(chance)}",
                         "published": f"2024-03-{i + 1:02}T1{i}:00:00Z"})
    return rows


def table_of(rows):
    """By rising id, as a cluster traces them."""
    columns = {name: [row.get(name) for row in
                      sorted(rows, key=lambda row: row["id"])]
               for name in COLUMNS}
    return pa.table(columns, pa.schema(
        [(name, pa.string()) for name in COLUMNS]))


def plain(value):
    """Rows and lists of them as what can be compared and sorted."""
    if hasattr(value, "asDict"):
        value = value.asDict()
    if isinstance(value, dict):
        return tuple(sorted((name, plain(one)) for name, one in value.items()))
    if isinstance(value, (list, tuple)):
        return tuple(plain(one) for one in value)
    return value


def all_of(rows):
    return sorted(map(plain, rows), key=repr)


def same(found, memory, kinds=KINDS):
    for kind in kinds:
        wanted = all_of(pa.table(getattr(memory, kind)).to_pylist())
        assert all_of(getattr(found, kind).collect()) == wanted, kind


def test_equals_one_machine_while_a_worker_dies(spark, cluster, tmp_path,
                                                newsroom, program):
    rows = [*newsroom, *footed(5, article(random.Random(6), 3))]
    rows += [{"id": f"made-{i:03}", "text": text} for i, text in enumerate(
        edited_copies(3))]
    twice = sentence(random.Random(8), 20)
    rows.append({"id": "repeats", "text": f"{twice} In between. {twice}"})
    table = table_of(rows)
    run = tmp_path / "run"
    killer = cluster.kill_when(run / "links" / "_SUCCESS")
    found = wirecopy.spark.trace(frame(spark, table), str(run), repeats=True)
    killer.join()
    assert cluster.workers[1].returncode is not None
    memory = wirecopy.trace(table, repeats=True)
    same(found, memory)
    assert len(memory.publishers) > 1 and len(memory.edges) > 20
    for name in ("documents", "candidates", "passages", "edges", "families"):
        assert found.stats[name] == memory.stats[name], name
    assert found.stats["set_aside"] == 0 == found.set_aside.count()
    assert found.stats["capped_fingerprints"] == 0
    assert found.stats["groups"] > 10
    assert 14 <= found.stats["largest_group"] < len(rows) / 2
    (tmp_path / "in.jsonl").write_text("".join(
        json.dumps({name: value for name, value in row.items() if value
                    is not None}) + "\n" for row in table.to_pylist()))
    program("trace", tmp_path / "in.jsonl", "--self", "-q", "-o",
            tmp_path / "traced")
    edges = {(edge["a"], edge["b"]): edge for edge in records(
        tmp_path / "traced" / "edges.jsonl")}
    assert {(row["a"], row["b"]): (row["relation"], row["source"], row["words"])
            for row in found.edges.collect()} == {
                pair: (edge["relation"], edge.get("source"), edge["words"])
                for pair, edge in edges.items()}


@pytest.mark.parametrize("kind, options", [
    ("date", {"agencies": [["North Shore Agency", "NSA"]]}),
    ("timestamp_ntz", {"min_run": 4}),
    ("string", {"use_dates": False}),
])
def test_dates_of_any_type_and_options(spark, tmp_path, newsroom, kind,
                                       options):
    rows = [row for row in newsroom
            if row["id"].startswith(("ferry", "school", "orchard", "swifts"))
            # Of an agency whose own reports are there, a name says no more.
            and not ("agencies" in options and row["id"].startswith("ferry-wire"))]
    table = table_of(rows)
    of_spark = frame(spark, table)
    if kind != "string":
        column = F.try_to_timestamp(F.substring("published", 1, 19))
        of_spark = of_spark.withColumn("published", column.cast(kind))
        arrow = {"date": pa.date32(), "timestamp_ntz": pa.timestamp("us")}[kind]
        held = {row["id"]: row["published"] for row in of_spark.collect()}
        table = table.set_column(
            table.column_names.index("published"), "published",
            pa.array([held[one] for one in table["id"].to_pylist()], arrow))
        assert table["published"].null_count < len(table) / 2
    found = wirecopy.spark.trace(of_spark, str(tmp_path / "run"), **options)
    memory = wirecopy.trace(table, **options)
    same(found, memory)
    assert len(memory.edges) > 5
    without = wirecopy.trace(table)
    assert any(plain(getattr(memory, name).to_pylist()) !=
               plain(getattr(without, name).to_pylist())
               for name in ("edges", "passages"))


def test_caps_copies_and_pages(spark, tmp_path):
    chance = random.Random(4)
    rows = footed(9, article(chance, 2))
    copied = article(chance)
    rows += [{"id": f"copy-{i:02}", "text": copied, "publisher": f"Paper {i}",
              "published": f"2024-04-{30 - i:02}T08:00:00Z"}
             for i in range(20)]
    aside = {f"copy-{i:02}" for i in range(14)}  # the latest ones
    # What many rewrite is no furniture, and too much for one group.
    flood = article(chance)
    rows += [{"id": f"flood-{i:02}", "text": f"{flood} {sentence(chance)}",
              "publisher": None if i % 3 == 0 else f"Paper {i}"}
             for i in range(12)]
    rest = table_of([row for row in rows if row["id"] not in aside])
    memory = wirecopy.trace(rest)
    reader = wirecopy._core.FingerprintReader(wirecopy._options.passage_options(
        {}, False, False, 1))
    _, ends, prints = reader.read(wirecopy._documents.corpus(
        rest, {"text": "text", "id": None}))
    of_flood = np.repeat([one.startswith("flood") for one in
                          rest["id"].to_pylist()], np.diff(ends.astype(int), prepend=0))
    found_in, times = np.unique(prints, return_counts=True)
    capped = set(found_in[times > 10].tolist()) & set(
        prints[of_flood].tolist())
    assert len(capped) > 10
    found = wirecopy.spark.trace(
        frame(spark, table_of(rows)), str(tmp_path / "run"), most_copies=6,
        most_documents=10)
    assert {row["id"] for row in found.set_aside.collect()} == aside
    assert {row["of"] for row in found.set_aside.collect()} == {"copy-19"}
    assert found.stats["documents"] == len(rest)
    # The footer, which joins nobody here, is known for what it is.
    for kind, name in (("edges", "a"), ("lineage", "id")):
        wanted = [row for row in pa.table(getattr(memory, kind)).to_pylist()
                  if not row[name].startswith("flood")]
        assert len(wanted) < len(getattr(memory, kind))
        # (Two of the flood may end their first text by the same word.)
        assert all_of(row for row in getattr(found, kind).collect() if not
                      row[name].startswith("flood")) == all_of(wanted), kind
    assert found.stats["capped_fingerprints"] == len(capped)
    assert found.stats["largest_group"] == 6
    shown, wanted = ([row["kind"] for row in passages].count("boilerplate")
                     for passages in (found.passages.collect(), pa.table(
                         memory.passages).to_pylist()))
    assert shown < wanted / 2


def test_divides_what_chains_of_quotations_join(spark, tmp_path):
    """Five stories of five copies each, of which one quotes the next story."""
    chance = random.Random(12)
    stories = [[sentence(chance) for _ in range(12)] for _ in range(6)]
    rows = []
    for number, story in enumerate(stories[:5]):
        for copy in range(5):
            text = story[:12 - copy]
            if copy == 4:
                text.insert(3, stories[number + 1][5])
            rows.append({"id": f"s{number}-{copy}", "text": " ".join(text),
                         "publisher": f"Paper {copy}",
                         "published": f"2024-05-0{number + 1}T0{copy}:00:00Z"})
    table = table_of(rows)
    dates = pc.strptime(table["published"], "%Y-%m-%dT%H:%M:%SZ", "us")
    table = table.set_column(2, "published", dates.cast(
        pa.timestamp("us", "UTC")))
    whole = wirecopy.spark.trace(frame(spark, table), str(tmp_path / "whole"))
    assert whole.stats["groups"] == 1 and whole.stats["cut_links"] == 0
    memory = wirecopy.trace(table)
    same(whole, memory)
    delays = [row["median_delay_seconds"] for row in
              whole.publishers.collect()]
    assert delays and all(delay % 3600 == 0 for delay in delays)
    cut = wirecopy.spark.trace(frame(spark, table), str(tmp_path / "cut"),
                               most_group=6)
    assert cut.stats["groups"] == 5 == cut.stats["largest_group"]
    assert cut.stats["cut_links"] >= 4
    stays = [edge for edge in pa.table(memory.edges).to_pylist()
             if edge["a"][:2] == edge["b"][:2]]
    assert len(stays) < len(memory.edges)
    named = ["a", "b", "source", "relation", "words"]
    assert all_of(cut.edges.select(named).collect()) == all_of(
        {name: edge[name] for name in named} for edge in stays)


def test_goes_on_behind_the_last_whole_stage(spark, tmp_path, monkeypatch):
    texts = edited_copies(5, originals=4) + [""]
    table = pa.table({"number": list(range(len(texts))), "text": texts})
    data = frame(spark, table)
    run = str(tmp_path / "run")
    trace = wirecopy.spark._trace._Run._trace

    def fail(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(wirecopy.spark._trace._Run, "_trace", fail)
    with pytest.raises(RuntimeError, match="the power went"):
        wirecopy.spark.trace(data, run, id="number", min_run=6)
    made = {path: path.stat().st_mtime_ns
            for path in pathlib.Path(run).glob("*/_SUCCESS")}
    assert {path.parent.name for path in made} > {"documents", "groups"}
    monkeypatch.setattr(wirecopy.spark._trace._Run, "_trace", trace)
    found = wirecopy.spark.trace(data, run, id="number", min_run=6)
    assert all(path.stat().st_mtime_ns == at for path, at in made.items())
    same(found, wirecopy.trace(table, id="number", min_run=6))
    assert found.edges.count() > 3
    with pytest.raises(ValueError, match="use_dates True, not False"):
        wirecopy.spark.trace(data, run, id="number", min_run=6,
                             use_dates=False)
    with pytest.raises(ValueError, match="was begun with"):
        wirecopy.spark.dedup(data, run, id="number")


@pytest.mark.parametrize("rows_a_batch", [1, 3, 7, 1000])
def test_links_of_sorted_rows_in_any_batches(rows_a_batch):
    sizes = [1, 2, 5, 6, 7, 40, 1, 6]
    rows = [(print_, 10 * i + print_) for print_, size in enumerate(sizes)
            for i in range(size)]
    table = pa.table({"print": [row[0] for row in rows],
                      "number": [row[1] for row in rows],
                      "size": [100 - row[1] % 7 for row in rows]})
    batches = table.to_batches(rows_a_batch)
    found = pa.Table.from_batches(
        wirecopy.spark._trace_batches.link(6)(iter(batches))).to_pylist()
    wanted = {(row, row, 0, 0, True)
              for row, size in enumerate(sizes) if size > 6}
    wanted |= {(print_, 10 * i + print_, 1,
                100 - max(print_ % 7, (10 * i + print_) % 7), False)
               for print_, size in enumerate(sizes) if size <= 6
               for i in range(1, size)}
    assert sorted(map(tuple, (row.values() for row in found))) == sorted(
        wanted)
    # Of a hub no more than some rows are held.
    hub = (pa.record_batch({"print": [1, 1], "number": [i, i + 1]})
           for i in range(0, 200, 2))
    held = list(wirecopy.spark._trace_batches._runs(hub, "print", 6))
    assert [piece.num_rows for piece in held] == [8]


@pytest.mark.parametrize("rows_a_batch", [1, 3, 7, 1000])
def test_parts_are_whole_groups(monkeypatch, rows_a_batch):
    sizes = [1, 2, 9, 1, 1, 4, 3]
    groups = [group for group, size in enumerate(sizes) for _ in range(size)]
    table = pa.table({"group": groups, "text": ["text"] * len(groups),
                      "cut": [group in (3, 5) for group in groups]})
    batches = wirecopy.spark._trace_batches
    monkeypatch.setattr(batches, "_BYTES_AT_ONCE", 60)
    parts = [part.column("group").to_pylist() for part in batches._parts(
        iter(table.to_batches(rows_a_batch)))]
    assert sorted(sum(parts, [])) == groups
    for part in parts:
        assert all(part.count(group) == sizes[group] for group in part)
        assert len(set(part)) == 1 or not {3, 5} & set(part)
    assert 3 < len(parts) < 7


@pytest.mark.parametrize("options, error, says", [
    ({"text": "nowhere"}, ValueError, "text 'nowhere'"),
    ({"publisher": "nowhere"}, ValueError, "publisher 'nowhere'"),
    ({"title": "row"}, TypeError, "strings, not of bigint"),
    ({"min_run": 0}, ValueError, "min_run|run"),
    ({"most_copies": 1}, ValueError, "most_copies 1"),
    ({"most_group": 0}, ValueError, "most_group 0"),
    ({"most_documents": "many"}, TypeError, "most_documents must be int"),
    ({"agencies": [[""]]}, ValueError, "agency"),
    ({"agencies": [[3]]}, TypeError, "agencies must be str"),
    ({"agencies": ["AP"]}, TypeError, "agencies must be lists of names"),
    ({"all_pairs": True}, TypeError, "no option 'all_pairs'"),
    ({"nulls": "maybe"}, ValueError, "nulls 'maybe'"),
    ({"folder": 3}, TypeError, "folder must be a path"),
])
def test_says_what_is_wrong(spark, tmp_path, options, error, says):
    data = frame(spark, pa.table({"id": ["a"], "text": ["b"], "row": [1]}))
    with pytest.raises(error, match=says):
        wirecopy.spark.trace(
            data, **{"folder": str(tmp_path / "run"), **options})


def test_of_nothing(spark, tmp_path):
    nothing = spark.createDataFrame([], "id string, text string")
    found = wirecopy.spark.trace(nothing, str(tmp_path / "run"))
    assert found.stats["documents"] == found.stats["edges"] == 0
    assert [getattr(found, kind).count() for kind in KINDS] == [0] * 5

"""Arrow in and out: every layout of strings, every library, broken arrays."""

import datetime
import os
import random
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest

import wirecopy
from conftest import edited_copies
from hand_made import HandMade

TEXTS = ["", "short", "twelve bytes", "thirteen byte",
         "Fähren im Hafen, und ein längerer Satz", "渡し船 日本語", "é" * 9]


def expected():
    return wirecopy.sketch(TEXTS)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(),
                                  pa.string_view()])
@pytest.mark.parametrize("offset", [0, 1, 3])
def test_all_layouts_of_strings(kind, offset):
    column = pa.array(["zz"] * offset + TEXTS, kind).slice(offset)
    table = pa.table({"n": range(len(TEXTS)), "text": column})
    chunks = pa.chunked_array([column.slice(0, 2), column.slice(2, 0),
                               column.slice(2)])
    for data in (column, chunks, table, table.to_batches()[0],
                 pa.table({"text": chunks}), table.to_reader()):
        assert np.array_equal(wirecopy.sketch(data), expected())


@pytest.mark.parametrize("values", [pa.string(), pa.large_string(),
                                    pa.string_view()])
@pytest.mark.parametrize("places", [pa.int8(), pa.uint8(), pa.int16(),
                                    pa.uint16(), pa.int32(), pa.uint32(),
                                    pa.int64(), pa.uint64()])
def test_dictionaries(values, places):
    """Sliced, in chunks that have each their own, with nulls on both sides."""
    words = pa.array(["zz", *reversed(TEXTS), None], values).slice(1)
    at = pa.array([3, *range(len(TEXTS) - 1, -1, -1)], places).slice(1)
    column = pa.DictionaryArray.from_arrays(at, words)
    chunks = pa.chunked_array([
        column.slice(0, 3), column.slice(3, 0), pa.DictionaryArray.from_arrays(
            pa.array([0] * 4, places), pa.array(["w"] * 1, values)).slice(4),
        column.slice(3)])
    for data in (column, chunks, pa.table({"text": chunks})):
        assert np.array_equal(wirecopy.sketch(data), expected())
    for null in (pa.DictionaryArray.from_arrays(
            pa.array([0, None], places), words), pa.DictionaryArray.from_arrays(
                pa.array([0, len(TEXTS)], places), words)):
        with pytest.raises(ValueError, match="null in row 1"):
            wirecopy.sketch(null)
        assert np.array_equal(wirecopy.sketch(null, nulls="empty"),
                              wirecopy.sketch([TEXTS[-1], ""]))


def test_dictionaries_in_every_column(newsroom):
    """pandas' and Polars' categories among them."""
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    table = pa.Table.from_pylist(newsroom)
    wanted = wirecopy.trace(table)
    encoded = pa.table({name: table[name].dictionary_encode()
                        for name in table.column_names})
    frame = pandas.DataFrame(newsroom)
    frame["publisher"] = frame["publisher"].astype("category")
    for data in (encoded, frame, polars.from_arrow(table).with_columns(
            polars.col("publisher", "id").cast(polars.Categorical))):
        found = wirecopy.trace(data)
        for name in ("edges", "lineage", "publishers", "passages"):
            assert getattr(found, name).to_pylist() == getattr(
                wanted, name).to_pylist(), name
    found = wirecopy.dedup(encoded, keep="earliest", threshold=0.5)
    assert found.removed.to_pylist() == wirecopy.dedup(
        table, keep="earliest", threshold=0.5).removed.to_pylist() != []
    with pytest.raises(ValueError, match="ids that are not distinct: a"):
        wirecopy.dedup(pa.table({"id": pa.array(
            ["a", "a"]).dictionary_encode(), "text": ["x", "y"]}))


def test_columns_of_nothing_but_nulls(newsroom):
    """What Arrow makes of fields that are null in every row."""
    table = pa.Table.from_pylist(newsroom).select(["id", "text"])
    wanted = wirecopy.trace(table)
    for name in ("published", "publisher", "title", "url", "canonical",
                 "isBasedOn"):
        table = table.append_column(name, pa.nulls(len(table)))
    found = wirecopy.trace(table)
    for name in ("edges", "lineage", "publishers"):
        assert getattr(found, name).to_pylist() == getattr(
            wanted, name).to_pylist()
    assert len(found.edges) > 10
    assert wirecopy.dedup(table, keep="earliest").mask.sum() < len(table)
    with pytest.raises(TypeError, match="'id' is of type null"):
        wirecopy.pairs(table.set_column(0, "id", pa.nulls(len(table))))


def test_kept_rows_of_types_that_pyarrow_cannot_filter():
    """Views, in lists and structs, too, and run-end encoding; Polars' tables
    become such ones."""
    polars = pytest.importorskip("polars")
    texts = ["one two three four five six", "seven", "eight",
             "one two three four five six", "", "nine"]
    ends = pa.array([2, 6], pa.int32())
    table = pa.table({
        "text": pa.array(texts, pa.string_view()),
        "bytes": pa.array([b"x", None, b"y" * 20, b"", b"z", b"v"],
                          pa.binary_view()),
        "list": pa.array([[text] for text in texts],
                         pa.list_(pa.string_view())),
        "struct": pa.array([{"a": text} for text in texts], pa.struct(
            [("a", pa.string_view())])),
        "runs": pa.RunEndEncodedArray.from_arrays(ends, pa.array([1, 2])),
        "number": range(6)}).replace_schema_metadata({"made": "by hand"})
    rows = table.to_pylist()
    del rows[3]
    chunks = pa.concat_tables([table.slice(0, 2), table.slice(2, 0),
                               table.slice(2)])
    for data in (table, chunks, table.to_batches()[0]):
        found = wirecopy.dedup(data).kept
        assert type(found) is type(data)
        assert found.schema.equals(table.schema, check_metadata=True)
        found.validate(full=True)
        assert found.to_pylist() == rows
    for column in (table["text"], table["text"].combine_chunks()):
        found = wirecopy.dedup(column).kept
        assert (found.to_pylist(), found.type) == (
            texts[:3] + texts[4:], pa.string_view())
    of_polars = pa.table(polars.DataFrame({"text": texts}))
    assert len(wirecopy.dedup(of_polars).kept) == 5
    nothing = table.slice(0, 0)
    assert wirecopy.dedup(nothing).kept.schema == table.schema


def test_a_sliced_struct_shifts_its_columns():
    table = pa.table({"text": ["a", "b", *TEXTS]})
    struct = pa.array(table.to_pylist()).slice(2)
    assert np.array_equal(wirecopy.sketch(struct), expected())


def test_rows_that_are_null():
    struct = pa.array([{"text": "a"}, None, {"text": "b"}])
    with pytest.raises(ValueError, match="row 1 is null as a whole"):
        wirecopy.sketch(struct, nulls="empty")
    assert wirecopy.sketch(struct.slice(2)).shape == (1, 128)


def test_other_libraries():
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    table = pa.table({"text": TEXTS, "n": range(len(TEXTS))})
    frame = pandas.DataFrame({"text": TEXTS, "odd": [object()] * len(TEXTS)})
    for data in (polars.from_arrow(table), polars.Series(TEXTS), frame,
                 frame["text"], frame["text"].astype("string"),
                 duckdb.from_arrow(table), np.array(TEXTS),
                 np.array(TEXTS, dtype=object), tuple(TEXTS)):
        found = wirecopy.sketch(data)
        assert np.array_equal(found, expected()), type(data)


def test_hugging_face_s_datasets(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_dict({
        "id": [f"d{i}" for i in range(len(TEXTS))], "text": TEXTS})
    for one in (data, data["text"], data.select(range(len(TEXTS)))):
        assert np.array_equal(wirecopy.sketch(one), expected()), type(one)
    twice = datasets.concatenate_datasets([data.select([4, 5]), data.select(
        [4]).map(lambda row: {"id": "again"})])
    assert wirecopy.dedup(twice).kept == pa.table(
        {"id": ["d4", "d5"], "text": TEXTS[4:6]})
    assert wirecopy.dedup(twice["text"]).kept == TEXTS[4:6]
    # Rows that were chosen are those that are looked at.
    assert [row["a"] for row in wirecopy.pairs(twice.select([2, 0])).pairs.
            to_pylist()] == ["again"]
    for other, hint in ((datasets.DatasetDict({"train": data}), "one of its"),
                        (data.to_iterable_dataset(), "list"),):
        with pytest.raises(TypeError, match=hint):
            wirecopy.dedup(other)
    assert np.array_equal(wirecopy.sketch(list(data.to_iterable_dataset())),
                          expected())


@pytest.mark.skipif("ASAN_OPTIONS" in os.environ,
                    reason="sanitizers take memory of their own")
def test_texts_are_not_copied():
    """What is read costs a view a text, not the texts. (In a process of its
    own, for the peak to be this one's.)"""
    done = subprocess.run(
        [sys.executable, "-c",
         "import resource, pyarrow, wirecopy\n"
         "def peak():\n"
         "    usage = resource.getrusage(resource.RUSAGE_SELF)\n"
         "    return usage.ru_maxrss * 1024\n"
         "wirecopy.sketch(['some words'])\n"
         "column = pyarrow.array(['abcdefgh ' * 1000] * 8000)\n"
         "before = peak()\n"
         "wirecopy.sketch(column, slots=64, threads=1)\n"
         "print(column.nbytes, peak() - before)"],
        capture_output=True, text=True, check=True)
    size, grown = map(int, done.stdout.split())
    assert size > 70e6
    assert grown < 15e6  # of which signatures are 4 MB


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint8(), pa.int16(),
                                  pa.uint16(), pa.int32(), pa.uint32(),
                                  pa.int64(), pa.uint64(), pa.string(),
                                  pa.large_string(), pa.string_view()])
def test_ids_come_back_in_their_type(kind):
    ids = pa.array([7, 5, 120, 9], pa.int64()).cast(
        pa.string() if "string" in str(kind) else kind).cast(kind)
    table = pa.table({"id": ids, "text": ["one two three"] * 4})
    found = wirecopy.dedup(table)
    removed = pa.table(found.removed)
    assert removed["id"].to_pylist() == ids.to_pylist()[1:]
    assert set(removed["kept"].to_pylist()) == {ids[0].as_py()}
    wanted = (pa.large_string() if "string" in str(kind) else
              pa.uint64() if kind == pa.uint64() else pa.int64())
    assert removed["id"].type == wanted


def test_large_ids():
    for kind, ids in ((pa.uint64(), [2**64 - 1, 0]),
                      (pa.int64(), [-2**63, 2**63 - 1])):
        table = pa.table({"id": pa.array(ids, kind), "text": ["a b c"] * 2})
        assert wirecopy.dedup(table).removed.to_pylist()[0]["id"] == ids[1]


def test_dates_of_all_types_order_alike():
    days = [datetime.datetime(2024, 5, day, 12) for day in (3, 1, 2)]
    texts = ["the same words each time"] * 3
    arrays = [pa.array(days, pa.timestamp(unit, tz=zone))
              for unit in ("s", "ms", "us", "ns")
              for zone in (None, "UTC", "Europe/Berlin")]
    arrays += [pa.array([day.date() for day in days], kind)
               for kind in (pa.date32(), pa.date64())]
    arrays += [pa.array([day.isoformat() for day in days])]
    for column in arrays:
        table = pa.table({"text": texts, "published": column})
        for keep, mask in (("earliest", [False, True, False]),
                           ("latest", [True, False, False])):
            assert wirecopy.dedup(table, keep=keep).mask.tolist() == mask
    with pytest.raises(TypeError, match="'published' is of type double"):
        wirecopy.dedup(pa.table({"text": texts, "published": [1.0] * 3}),
                       keep="earliest")


def test_results_go_to_every_library():
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    texts = edited_copies(3)
    found = wirecopy.dedup(texts)
    for table in (found.removed, found.clusters, wirecopy.pairs(texts).pairs,
                  *vars(wirecopy.trace(texts)).values()):
        if isinstance(table, dict):
            continue
        rows = table.to_pylist()
        arrow = pa.table(table)
        arrow.validate(full=True)
        assert arrow.to_pylist() == rows
        assert arrow.column_names == table.column_names
        assert polars.DataFrame(table).to_dicts() == rows
        assert len(pandas.DataFrame.from_arrow(table)) == len(table) \
            if hasattr(pandas.DataFrame, "from_arrow") else True
        assert duckdb.sql("select count(*) from arrow").fetchall() == [(
            len(table),)]
        assert pa.schema(table) == arrow.schema


def test_results_say_what_they_are():
    assert repr(wirecopy.pairs(["a b c d e"] * 3).pairs) == (
        "Table of 3 rows: a, b, jaccard, containment_a, containment_b")


def test_results_outlive_what_they_came_from():
    found = wirecopy.dedup(edited_copies(4))
    rows = found.clusters.to_pylist()
    assert rows
    members = pa.table(found.clusters)["members"]
    reader = pa.RecordBatchReader.from_stream(found.removed)
    del found
    assert members.to_pylist() == [row["members"] for row in rows]
    assert len(reader.read_all()) > 0


def test_streams_are_used_once():
    capsule = pa.table({"text": TEXTS}).__arrow_c_stream__()
    from wirecopy import _core
    assert len(_core.read_arrow(capsule, _core.Fields(text="text"))) == 7
    with pytest.raises(ValueError, match="used already"):
        _core.read_arrow(capsule, _core.Fields(text="text"))
    with pytest.raises(ValueError):  # a capsule of another name
        _core.read_arrow(pa.schema([]).__arrow_c_schema__(),
                         _core.Fields(text="text"))


@pytest.mark.parametrize("raised, expected", [
    (pa.ArrowInvalid, ValueError), (KeyError, ValueError),
    (OSError, OSError), (MemoryError, OSError)])
def test_a_stream_s_error_is_told(raised, expected):
    schema = pa.schema([("text", pa.string())])

    def batches():
        yield pa.RecordBatch.from_pydict({"text": ["a"]}, schema)
        raise raised("no second batch")

    reader = pa.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(expected, match="no second batch"):
        wirecopy.sketch(reader)


@pytest.mark.parametrize("form", ["u", "U"])
@pytest.mark.parametrize("offsets", [[0, 5, 3], [-4, 2], [0, -1], [9, 2, 5]])
def test_offsets_that_cannot_be(form, offsets):
    kind = np.int32 if form == "u" else np.int64
    array = HandMade(form, len(offsets) - 1, [
        None, np.array(offsets, kind).tobytes(), b"0123456789"])
    with pytest.raises(ValueError, match="lengths that cannot be"):
        wirecopy.sketch(array)
    assert array.released == 2


@pytest.mark.parametrize("change", [
    {"length": -1}, {"offset": -1}, {"length": 2**62}, {"offset": 2**62},
    {"n_buffers": 2}, {"buffers": [None, None, b""]},
    {"buffers": [None, b"\0\0\0\0\1\0\0\0", None]}])
def test_arrays_that_cannot_be(change):
    good = {"length": 1, "buffers": [None, b"\0\0\0\0\1\0\0\0", b"x"]}
    array = HandMade("u", **(good | change))
    with pytest.raises(ValueError, match="cannot be"):
        wirecopy.sketch(array)
    assert array.released == 2
    fine = HandMade("u", **good)
    assert np.array_equal(wirecopy.sketch(fine), wirecopy.sketch(["x"]))
    assert fine.released == 2  # the schema and the array, each once


@pytest.mark.parametrize("form, places", [
    ("c", [1, -1]), ("i", [1, 2]), ("i", [0, 2**31 - 1]), ("l", [-2**63, 0]),
    ("L", [0, 2**64 - 1]), ("L", [2**63, 1])])
def test_places_in_dictionaries_that_cannot_be(form, places):
    kind = {"c": np.int8, "i": np.int32, "l": np.int64, "L": np.uint64}[form]
    words = HandMade("u", 2, [None, np.array([0, 1, 3], np.int32).tobytes(),
                              b"abc"])
    array = HandMade(form, 2, [None, np.array(places, kind).tobytes()],
                     dictionary=words)
    with pytest.raises(ValueError, match="lengths that cannot be"):
        wirecopy.sketch(array)
    assert array.released == 2


@pytest.mark.parametrize("change", [
    {"n_buffers": 1}, {"buffers": [None, None]}, {"form": "f"},
    {"words": {"length": -1}}, {"words": {"n_buffers": 1}},
    {"words": {"buffers": [None, None, b""]}},
    {"words": {"buffers": [None, b"\5\0\0\0\0\0\0\0", b"x"]}}])
def test_dictionaries_that_cannot_be(change):
    words = {"form": "u", "length": 1,
             "buffers": [None, b"\0\0\0\0\1\0\0\0", b"x"]}
    good = {"form": "c", "length": 1, "buffers": [None, b"\0"]}
    array = HandMade(**(good | {name: value for name, value in change.items()
                                if name != "words"}),
                     dictionary=HandMade(**(words | change.get("words", {}))))
    with pytest.raises((TypeError, ValueError)):
        wirecopy.sketch(array)
    assert array.released == 2
    fine = HandMade(**good, dictionary=HandMade(**words))
    assert np.array_equal(wirecopy.sketch(fine), wirecopy.sketch(["x"]))


def test_arrays_that_are_used_up():
    """Whoever hands the same one over twice is told; nothing of it is read."""
    class Twice:
        def __init__(self, data, how):
            self.held, self.how = getattr(data, how)(), how

        def __getattr__(self, name):
            if name == self.how:
                return lambda *_: self.held
            raise AttributeError(name)

    for how in ("__arrow_c_array__", "__arrow_c_stream__"):
        data = pa.record_batch({"text": ["a", "b"]})
        twice = Twice(data, how)
        assert wirecopy.sketch(twice).shape == (2, 128)
        with pytest.raises(ValueError, match="has been used already"):
            wirecopy.sketch(twice)


def test_views_that_cannot_be():
    """Any sixteen bytes as a view: an error, or a text within the buffer."""
    chance = random.Random(1)
    data = b"x" * 100
    failed = 0
    for _ in range(2000):
        view = chance.randbytes(16) if chance.random() < 0.3 else np.array(
            [chance.randint(-2, 120), 0, chance.randint(-2, 2),
             chance.randint(-20, 120)], np.int32).tobytes()
        array = HandMade("vu", 1, [None, view, data,
                                   np.array([100], np.int64).tobytes()])
        try:
            assert wirecopy.sketch(array).shape == (1, 128)
        except ValueError as error:
            assert "lengths that cannot be" in str(error)
            failed += 1
    assert 100 < failed < 2000

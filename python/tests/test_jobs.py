"""The jobs: against slow oracles, and equal to the command line's answers."""

import collections
import datetime
import itertools
import json

import numpy as np
import pyarrow as pa
import pytest

import wirecopy
from conftest import edited_copies, records


def jaccard(a, b):
    union = len(a | b)
    return len(a & b) / union if union else 0.0


def sets_of(texts):
    return [set(wirecopy.shingles(text).tolist()) for text in texts]


@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_those_of_brute_force(seed):
    texts = edited_copies(seed)
    sets = sets_of(texts)
    wanted = {(a, b): jaccard(sets[a], sets[b])
              for a, b in itertools.combinations(range(len(texts)), 2)}
    found = wirecopy.pairs(texts, threshold=0.5, exact=True)
    rows = {(row["a"], row["b"]): row["jaccard"]
            for row in found.pairs.to_pylist()}
    assert rows == {pair: similarity for pair, similarity in wanted.items()
                    if similarity >= 0.5}
    assert found.stats["verified_pairs"] == len(rows) > 10
    contained = wirecopy.pairs(texts, threshold=0.5, measure="containment")
    for row in contained.pairs.to_pylist():
        a, b = sets[row["a"]], sets[row["b"]]
        assert row["containment_a"] == pytest.approx(len(a & b) / len(a))
        assert row["containment_b"] == pytest.approx(len(a & b) / len(b))


@pytest.mark.parametrize("keep", ["first", "longest"])
def test_stars(keep):
    """Each removed document reaches the threshold with its kept one, and no
    two kept ones do."""
    texts = edited_copies(9)
    sets = sets_of(texts)
    found = wirecopy.dedup(texts, threshold=0.6, exact=True, keep=keep)
    kept = [i for i, stays in enumerate(found.mask) if stays]
    for row in found.removed.to_pylist():
        assert not found.mask[row["id"]] and found.mask[row["kept"]]
        similarity = jaccard(sets[row["id"]], sets[row["kept"]])
        assert row["similarity"] == similarity >= 0.6
    for a, b in itertools.combinations(kept, 2):
        assert jaccard(sets[a], sets[b]) < 0.6
    assert found.kept == [texts[i] for i in kept]
    members = [set(row["members"]) for row in found.clusters.to_pylist()]
    assert sum(map(len, members)) == len(found.removed) + len(members)
    assert found.stats["read"] == len(texts) == (
        found.stats["kept"] + found.stats["removed"])


def test_signatures_estimate_what_compare_knows():
    texts = edited_copies(2, words=300)
    slots = wirecopy.sketch(texts, slots=1024)
    assert slots.dtype == np.uint64 and slots.shape == (len(texts), 1024)
    chi = pairs = 0
    for a, b in itertools.combinations(range(len(texts)), 2):
        true = wirecopy.compare(texts[a], texts[b])["jaccard"]
        if 0.05 < true < 0.95:
            estimate = (slots[a] == slots[b]).mean()
            chi += (estimate - true) ** 2 / (true * (1 - true) / 1024)
            pairs += 1
    assert pairs > 30 and chi / pairs < 1.6  # at most 1 is expected


def test_options_reach_the_library():
    text = "one two three four five six seven"
    assert len(wirecopy.shingles(text)) == 3
    assert len(wirecopy.shingles(text, k=2)) == 6
    assert len(wirecopy.shingles("abcdef", shingle="char", k=5)) == 2
    assert not set(wirecopy.shingles(text)) & set(wirecopy.shingles(text,
                                                                    seed=1))
    other = wirecopy.sketch([text], seed=2)
    assert not (wirecopy.sketch([text]) == other).any()
    assert wirecopy.compare(text, text)["jaccard"] == 1


def test_an_empty_table_is_no_error():
    pandas = pytest.importorskip("pandas")
    nothing = pandas.Series([], dtype=object)  # of no type to Arrow
    for data in ([], pa.table({"text": pa.array([], pa.string())}),
                 pandas.DataFrame({"text": nothing, "id": nothing,
                                   "published": nothing}), nothing,
                 pa.table({"text": pa.nulls(0), "id": pa.nulls(0)})):
        assert wirecopy.sketch(data).shape == (0, 128)
        found = wirecopy.dedup(data)
        assert len(found.mask) == len(found.removed) == len(found.kept) == 0
        assert len(wirecopy.pairs(data).pairs) == 0
        assert len(wirecopy.passages(data).passages) == 0
        assert len(wirecopy.trace(data).edges) == 0


def test_nulls_are_empty_documents_where_asked():
    table = pa.table({"text": ["a b c d e f", None, "a b c d e f", None, ""]})
    found = wirecopy.dedup(table, nulls="empty")
    assert found.mask.tolist() == [True, True, False, True, True]
    none = pa.table({"text": pa.nulls(3)})
    assert wirecopy.dedup(none, nulls="empty").mask.tolist() == [True] * 3
    assert len(wirecopy.trace(none, nulls="empty").edges) == 0


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_change_nothing(threads):
    texts = edited_copies(1, originals=60)
    assert np.array_equal(wirecopy.sketch(texts, threads=threads),
                          wirecopy.sketch(texts, threads=3))
    one, other = (wirecopy.dedup(texts, threads=n) for n in (threads, 3))
    assert one.removed.to_pylist() == other.removed.to_pylist()


def test_dates_that_cannot_be_read_are_counted():
    table = pa.table({"text": ["a", "b", "c", "d"], "published": [
        "2024-05-01", "yesterday", None, "03/10/2026"]})
    assert wirecopy.dedup(table, keep="earliest").stats[
        "unreadable_dates"] == 2
    assert wirecopy.passages(table).stats["unreadable_dates"] == 2
    assert wirecopy.trace(table).stats["unreadable_dates"] == 2
    assert wirecopy.dedup(table).stats["unreadable_dates"] == 0  # not read


def test_kept_of_other_sequences():
    text = "the same words each time"
    pair = collections.namedtuple("Pair", "one other")(text, text)
    assert wirecopy.dedup(pair).kept == (text,)
    assert wirecopy.dedup(pair, threads=np.int64(2)).kept == (text,)


# ------------------------------------------------------------ lists of dicts

def test_dicts_are_a_table(newsroom):
    """What json.loads gives, and tuples; with what some have not."""
    table = pa.Table.from_pylist(newsroom)
    # Whether the first has a key or not, the others' are not lost.
    rows = [{name: value for name, value in row.items() if value is not None}
            for row in table.to_pylist()]
    rows.sort(key=lambda row: "publisher" in row)
    table = pa.table({name: [row.get(name) for row in rows]
                      for name in table.column_names})
    found, wanted = wirecopy.trace(rows), wirecopy.trace(table)
    for name in ("passages", "edges", "lineage", "publishers"):
        assert getattr(found, name).to_pylist() == getattr(
            wanted, name).to_pylist()
    assert len(found.edges) > 10 and len(found.publishers) > 1
    for keep in ("first", "earliest"):
        found = wirecopy.dedup(tuple(rows), threshold=0.5, keep=keep)
        wanted = wirecopy.dedup(table, threshold=0.5, keep=keep)
        assert found.removed.to_pylist() == wanted.removed.to_pylist() != []
        assert isinstance(found.kept, tuple)
        assert found.kept == tuple(row for row, stays in zip(
            rows, wanted.mask) if stays)
    assert np.array_equal(wirecopy.sketch(rows), wirecopy.sketch(table))
    assert wirecopy.pairs(rows).pairs.to_pylist() == wirecopy.pairs(
        table).pairs.to_pylist()
    assert wirecopy.passages(rows).passages.to_pylist() == wirecopy.passages(
        table).passages.to_pylist()


@pytest.mark.parametrize("ids, kind", [
    ([7, -3], pa.int64()), ([np.int64(7), 0], pa.int64()),
    ([2**63, 2**64 - 1], pa.uint64()), (["7", "ö"], pa.large_string())])
def test_ids_of_dicts_come_back(ids, kind):
    text = "some words that are said twice in here"
    rows = [{"nr": one, "body": text, "other": object()} for one in ids]
    found = wirecopy.dedup(rows, text="body", id="nr")
    assert found.removed.to_pylist()[0]["id"] == ids[1]
    assert pa.table(found.removed).schema.field("kept").type == kind
    assert found.kept[0] is rows[0]


def test_dates_of_dicts_are_those_of_tables():
    """Aware, without a zone, days, strings, none; mixed as no table has
    them."""
    text = "some words that are said twice in here"
    zone = datetime.timezone(datetime.timedelta(hours=2))
    rising = [datetime.date(2024, 5, 1),
              datetime.datetime(2024, 5, 1, 1, 30, 0, 5),
              "2024-05-01T02:00:00Z",
              datetime.datetime(2024, 5, 1, 4, 30, tzinfo=zone),
              datetime.datetime(2024, 5, 1, 4, 31, tzinfo=zone), None]
    for first, second in itertools.pairwise(rising):
        rows = [{"published": second, "text": text},
                {"published": first, "text": text}]
        assert wirecopy.dedup(rows, keep="earliest").mask.tolist() == [
            False, True]
    text = " ".join(f"word{i}" for i in range(40))
    for dates in (rising[:1], rising[1:2], rising[3:5]):
        rows = [{"id": str(i), "published": date, "text": f"{text} {i}"}
                for i, date in enumerate([*dates, *dates])]
        of_rows, of_table = (wirecopy.trace(data) for data in
                             (rows, pa.Table.from_pylist(rows)))
        assert of_rows.edges.to_pylist() == of_table.edges.to_pylist() != []


def test_dicts_of_pandas():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": ["a b c d e"] * 2, "id": [4, 5],
                              "published": pandas.to_datetime(
                                  [None, "2024-05-01"])})
    found = wirecopy.dedup(frame.to_dict("records"), keep="earliest")
    assert found.mask.tolist() == [False, True]
    assert found.stats["unreadable_dates"] == 0


def test_nulls_of_dicts():
    rows = [{"text": "a b c d e f"}, {"text": None}, {"other": 1},
            {"text": "a b c d e f"}]
    with pytest.raises(ValueError, match="null in row 1"):
        wirecopy.dedup(rows)
    assert wirecopy.dedup(rows, nulls="empty").mask.tolist() == [
        True, True, True, False]


# ------------------------------------------------- equal to the command line

def plain(value):
    """Without what JSON leaves out: what is not there, or not so."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()
                if one is not None and one is not False}
    return list(map(plain, value)) if isinstance(value, list) else value


def same(ours, theirs):
    """Rows of a table, and the program's records."""
    assert plain(ours.to_pylist()) == plain(theirs)


@pytest.mark.parametrize("words, options", [
    ([], {}),
    (["--keep", "earliest"], {"keep": "earliest"}),
    (["--keep", "longest", "--threshold", "0.5", "--exact"],
     {"keep": "longest", "threshold": 0.5, "exact": True}),
    (["--measure", "containment", "--threshold", "0.6"],
     {"measure": "containment", "threshold": 0.6}),
    (["--cluster", "components", "--threshold", "0.4", "--k", "3"],
     {"cluster": "components", "threshold": 0.4, "k": 3}),
])
def test_dedup_equals_the_program_s(words, options, articles, newsroom,
                                    program, tmp_path):
    removed, clusters = tmp_path / "removed", tmp_path / "clusters"
    kept, stats = tmp_path / "kept", tmp_path / "stats"
    program("dedup", articles, "-o", kept, "--removed", removed, "--clusters",
            clusters, "--stats", stats, "-q", *words)
    found = wirecopy.dedup(pa.Table.from_pylist(newsroom), **options)
    same(found.kept, records(kept))
    same(found.removed, records(removed))
    same(found.clusters, records(clusters))
    told = json.loads(stats.read_text(encoding="utf-8"))
    # How many candidates an exact join has depends on a guess of the size.
    for name in ("read", "kept", "removed", "clusters", "largest_cluster",
                 "verified_pairs", "expected_recall", "unreadable_dates"):
        assert found.stats[name] == told[name]


@pytest.mark.parametrize("words, options", [
    ([], {}),
    (["--min-run", "4", "--every-run", "--k", "3", "--seed", "9"],
     {"min_run": 4, "every_run": True, "k": 3, "seed": 9}),
    (["--shingle", "char", "--lone-words", "20", "--max-gap", "3"],
     {"shingle": "char", "lone_words": 20, "max_gap": 3}),
])
def test_compare_equals_the_program_s(words, options, newsroom, program,
                                      tmp_path):
    """Every field but those that name files."""
    texts = [row["text"] for row in newsroom if row["id"].startswith("ferry")]
    texts += ["", "Zwei Wörter.", "𝔘nd " + texts[0] + " — 東京 🎈 ende."]
    paths = []
    for i, text in enumerate(texts):
        paths.append(tmp_path / f"{i}.txt")
        paths[-1].write_bytes(text.encode())
    kinds = set()
    for a, b in [*itertools.pairwise(range(len(texts))),
                 (0, len(texts) - 1), (0, 0)]:
        theirs = json.loads(program("compare", paths[a], paths[b], "--format",
                                    "json", *words).stdout)
        assert (theirs.pop("a"), theirs.pop("b")) == (str(paths[a]),
                                                      str(paths[b]))
        ours = wirecopy.compare(texts[a], texts[b], **options)
        assert ours == theirs
        assert set(ours) == set(wirecopy.Comparison.__annotations__)
        for one in ours["passages"]:
            assert set(one) == set(wirecopy.ComparedPassage.__annotations__)
            kinds.add(one["kind"])
    assert "copy" in kinds


def test_pairs_equal_the_program_s(articles, newsroom, program, tmp_path):
    program("pairs", articles, "--threshold", "0.3", "-q", "-o",
            tmp_path / "pairs")
    same(wirecopy.pairs(pa.Table.from_pylist(newsroom), threshold=0.3).pairs,
         records(tmp_path / "pairs"))


@pytest.mark.parametrize("words, options", [
    ([], {}),
    (["--all-pairs", "--self", "--min-run", "5", "--every-run"],
     {"all_pairs": True, "repeats": True, "min_run": 5, "every_run": True}),
])
def test_passages_equal_the_program_s(words, options, articles, newsroom,
                                      program, tmp_path):
    program("passages", articles, "-q", "-o", tmp_path / "passages",
            "--groups", tmp_path / "groups", *words)
    found = wirecopy.passages(pa.Table.from_pylist(newsroom), **options)
    same(found.passages, records(tmp_path / "passages"))
    same(found.groups, records(tmp_path / "groups"))


@pytest.mark.parametrize("words, options", [
    ([], {}),
    (["--no-dates"], {"use_dates": False}),
])
def test_trace_equals_the_program_s(words, options, articles, newsroom,
                                    program, tmp_path):
    program("trace", articles, "-q", "-o", tmp_path, *words)
    found = wirecopy.trace(pa.Table.from_pylist(newsroom), **options)
    for name in ("passages", "edges", "lineage", "publishers"):
        same(getattr(found, name), records(tmp_path / f"{name}.jsonl"))
    assert found.stats["families"] == len(
        {row["family"] for row in found.lineage.to_pylist()})


def test_agencies(articles, newsroom, program, tmp_path):
    names = [["Corvane Bureau", "CB"], ["Hill Wire"]]
    (tmp_path / "names").write_text("Corvane Bureau | CB\nHill Wire\n")
    program("trace", articles, "-q", "-o", tmp_path / "out", "--agencies",
            tmp_path / "names")
    found = wirecopy.trace(pa.Table.from_pylist(newsroom), agencies=names)
    same(found.edges, records(tmp_path / "out" / "edges.jsonl"))


def test_places_are_python_s_own(newsroom):
    texts = {row["id"]: row["text"] for row in newsroom}
    rows = wirecopy.passages(pa.Table.from_pylist(newsroom)).passages
    whole = 0
    for row in rows.to_pylist():
        a = texts[row["a"]][row["a_begin"]:row["a_end"]]
        b = texts[row["b"]][row["b_begin"]:row["b_end"]]
        assert a.strip() and b.strip()
        whole += row["edits"] == 0 and a == b
    assert whole > 10

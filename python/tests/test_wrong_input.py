"""Wrong input: a TypeError or a ValueError that names it; never a crash."""

import warnings

import numpy as np
import pyarrow as pa
import pyarrow.dataset
import pytest

import wirecopy

JOBS = [wirecopy.sketch, wirecopy.dedup, wirecopy.pairs, wirecopy.passages,
        wirecopy.trace]
GOOD = ["some words to read"]


def table(**columns):
    return pa.table(columns)


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("data, error, says", [
    (None, TypeError, "NoneType"),
    ("text", TypeError, "str"),
    (b"text", TypeError, "bytes"),
    (3, TypeError, "int"),
    ({"text": GOOD}, TypeError, "dict"),
    ([b"bytes"], TypeError, "text 0 is of type bytes"),
    (["fine", None], TypeError, "text 1 is of type NoneType"),
    (["fine", "\ud800"], ValueError, "text 1 has a lone surrogate"),
    (np.array([1, 2]), TypeError, "int"),
    (pa.array([1, 2]), TypeError, "int64"),
    (pa.array([b"x"]), TypeError, "binary"),
    (pa.array([1]).dictionary_encode(), TypeError, "dictionary of int64"),
    (np.array("x"), TypeError, "list of str or of dict, not ndarray"),
    (pa.dataset.dataset(pa.table({"text": ["x"]})), TypeError,
     r"to_table\(\) of it"),
    (pa.array(["x", None]), ValueError, "null in row 1"),
    (pa.chunked_array([["x"], ["y", None]]), ValueError, "null in row 2"),
    (table(texts=GOOD), ValueError, "no column 'text'; there are: texts"),
    (table(text=[1]), TypeError, "'text' is of type int64"),
    (table(text=pa.array([b"x"])), TypeError, "'text' is of type binary"),
    (table(text=pa.array([None])), TypeError, "'text' is of type null"),
    (pa.nulls(2), TypeError, "is of type null, not a string"),
    (table(text=[["x"]]), TypeError, "'text' is of type list"),
    (pa.table([["x"], ["y"]], names=["text", "text"]), ValueError,
     "two columns are named 'text'"),
    (table(), ValueError, "no column 'text'"),
    ([{"texts": "x"}], ValueError, "no column 'text'; there are: texts"),
    ([{}, {}], ValueError, "no column 'text'"),
    ([{"text": "x"}, {"text": 3}], TypeError,
     "'text' is of type int in row 1; not a string"),
    ([{"text": "x"}, {"text": b"x"}], TypeError, "'text' is of type bytes in"),
    ([{"text": "x"}, {}], ValueError, "null in row 1"),
    ([{"text": "x"}, "x"], TypeError, "row 1 is of type str, not dict"),
    (["x", {"text": "x"}], TypeError, "text 1 is of type dict, not str"),
    ([{"text": "x"}, {"text": None}, {"text": "\ud800"}], ValueError,
     "row 2 of column 'text' has a lone surrogate"),
    (iter(["x"]), TypeError, "list of str or of dict, not list_iterator"),
])
def test_documents(job, data, error, says):
    with pytest.raises(error, match=says):
        job(data)


@pytest.mark.parametrize("job", JOBS[1:])
@pytest.mark.parametrize("ids, error, says", [
    ([1.0, 2.0], TypeError, "'id' is of type double; ids are"),
    ([True, False], TypeError, "'id' is of type bool"),
    (["a", "a"], ValueError, "'id'.*a again in row 1"),
    ([7, 7], ValueError, "'id'.*7 again in row 1"),
    (["a", None], ValueError, "'id' is null in row 1"),
    ([1, None], ValueError, "'id' is null in row 1"),
])
def test_ids(job, ids, error, says):
    with pytest.raises(error, match=says):
        job(table(id=ids, text=GOOD * 2))


@pytest.mark.parametrize("job", JOBS[1:])
@pytest.mark.parametrize("ids, error, says", [
    ([1.0, 2.0], TypeError, "'id' is of type float in row 0; ids are"),
    ([True, False], TypeError, "'id' is of type bool"),
    (["a", 1], TypeError, "'id' is of type int in row 1, and of type str"),
    ([1, "a"], TypeError, "'id' is of type str in row 1, and of type int"),
    ([1, 2**64], ValueError, "'id' is 18446744073709551616 in row 1"),
    ([-1, 2**63], ValueError, "'id' has both -1 and 9223372036854775808"),
    (["a", "a"], ValueError, "'id'.*a again in row 1"),
    ([7, 7], ValueError, "'id'.*7 again in row 1"),
    (["a", None], ValueError, "'id' is null in row 1"),
])
def test_ids_of_dicts(job, ids, error, says):
    with pytest.raises(error, match=says):
        job([{"id": one, "text": "words"} for one in ids])


@pytest.mark.parametrize("call, error, says", [
    (lambda: wirecopy.dedup(GOOD, threshold=2), ValueError, "threshold 2"),
    (lambda: wirecopy.dedup(GOOD, threshold=0), ValueError, "threshold 0"),
    (lambda: wirecopy.dedup(GOOD, threshold=float("nan")), ValueError,
     "threshold"),
    (lambda: wirecopy.dedup(GOOD, threshold="0.8"), TypeError, "threshold"),
    (lambda: wirecopy.dedup(GOOD, threshold=None), TypeError, "threshold"),
    (lambda: wirecopy.dedup(GOOD, measure="cosine"), ValueError, "cosine"),
    (lambda: wirecopy.dedup(GOOD, measure=None), TypeError, "measure"),
    (lambda: wirecopy.dedup(GOOD, exact="yes"), TypeError, "exact"),
    (lambda: wirecopy.dedup(GOOD, recall=1), ValueError, "recall"),
    (lambda: wirecopy.dedup(GOOD, cluster="chain"), ValueError, "chain"),
    (lambda: wirecopy.dedup(GOOD, keep="best"), ValueError, "best"),
    (lambda: wirecopy.dedup(GOOD, shingle="line"), ValueError, "line"),
    (lambda: wirecopy.dedup(GOOD, k=0), ValueError, "k 0"),
    (lambda: wirecopy.dedup(GOOD, k=33), ValueError, "33"),
    (lambda: wirecopy.dedup(GOOD, k=2**40), ValueError, "k "),
    (lambda: wirecopy.dedup(GOOD, k=2.5), TypeError, "k must be int"),
    (lambda: wirecopy.dedup(GOOD, seed=-1), ValueError, "seed"),
    (lambda: wirecopy.dedup(GOOD, seed=2**64), ValueError, "seed"),
    (lambda: wirecopy.dedup(GOOD, threads=0), ValueError, "threads"),
    (lambda: wirecopy.dedup(GOOD, threads="2"), TypeError, "threads"),
    (lambda: wirecopy.dedup(GOOD, nulls="drop"), ValueError, "drop"),
    (lambda: wirecopy.dedup(table(text=GOOD), text=None), ValueError, "text"),
    (lambda: wirecopy.dedup(table(text=GOOD), text=b"text"), TypeError,
     "bytes"),
    (lambda: wirecopy.dedup(table(text=GOOD), id="nr"), ValueError,
     "no column 'nr'"),
    (lambda: wirecopy.sketch(GOOD, slots=63), ValueError, "63"),
    (lambda: wirecopy.sketch(GOOD, slots=2000), ValueError, "2000"),
    (lambda: wirecopy.sketch(GOOD, slots="128"), TypeError, "slots"),
    (lambda: wirecopy.passages(GOOD, min_run=2), ValueError, "2"),
    (lambda: wirecopy.passages(GOOD, min_run=None), TypeError, "min_run"),
    (lambda: wirecopy.passages(GOOD, least=3), TypeError, "least"),
    (lambda: wirecopy.trace(GOOD, use_dates=1), TypeError, "use_dates"),
    (lambda: wirecopy.trace(GOOD, agencies=[[1]]), TypeError, "agencies"),
    (lambda: wirecopy.trace(GOOD, agencies=["AP", "dpa"]), TypeError,
     r"agencies must be lists of names: \['AP'\], not 'AP'"),
    (lambda: wirecopy.trace(GOOD, agencies="AP"), TypeError, "not str"),
    (lambda: wirecopy.trace(GOOD, agencies=None), TypeError, "not NoneType"),
    (lambda: wirecopy.trace(table(text=GOOD, publisher=[1])), TypeError,
     "'publisher' is of type int64"),
    (lambda: wirecopy.compare("a", None), TypeError, "b must be str"),
    (lambda: wirecopy.compare(b"a", "b"), TypeError, "a must be str"),
    (lambda: wirecopy.compare("a", "b", min_run=2), ValueError, "2"),
    (lambda: wirecopy.compare("a", "b", most=2), TypeError, "no option 'most'"),
    (lambda: wirecopy.compare("a", "b", k=40), ValueError, "40"),
    (lambda: wirecopy.compare("\ud800", "b"), ValueError, "surrogate"),
    (lambda: wirecopy.shingles("\ud800"), ValueError, "surrogate"),
    (lambda: wirecopy.dedup(GOOD, keep="\ud800"), ValueError, "surrogate"),
    (lambda: wirecopy.dedup(table(text=GOOD), text="\ud800"), ValueError,
     "surrogate"),
    (lambda: wirecopy.dedup([{"text": "a", "nr": 1}], id="no"), ValueError,
     "no column 'no'; there are: text, nr"),
    (lambda: wirecopy.dedup(table(text=GOOD, nr=[1]), id="no"), ValueError,
     "no column 'no'; there are: text, nr"),
    (lambda: wirecopy.trace([{"text": "a", "url": 1}]), TypeError,
     "'url' is of type int in row 0; not a string"),
    (lambda: wirecopy.trace([{"text": "a", "published": 1}]), TypeError,
     "'published' is of type int in row 0; dates are"),
    (lambda: wirecopy.shingles(None), TypeError, "text must be str"),
])
def test_parameters(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_a_lazy_table_is_not_looked_at():
    polars = pytest.importorskip("polars")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TypeError, match=r"LazyFrame: collect\(\) it"):
            wirecopy.dedup(polars.LazyFrame({"text": GOOD}))


def test_text_that_is_not_utf8():
    bad = pa.Array.from_buffers(pa.string(), 2, [
        None, pa.py_buffer(np.array([0, 2, 4], np.int32).tobytes()),
        pa.py_buffer(b"ok\xff\xfe")])
    assert wirecopy.sketch(bad).shape == (2, 128)
    for job in (wirecopy.passages, wirecopy.trace):
        with pytest.raises(ValueError, match="row 1 is not valid UTF-8"):
            job(bad)

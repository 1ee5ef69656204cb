"""The index from Python: its answers are the program's, and it says what is
wrong."""

import concurrent.futures
import multiprocessing
import os
import warnings

import numpy as np
import pyarrow as pa
import pytest

import wirecopy
from conftest import edited_copies, records

TEXTS = edited_copies(11)
TABLE = pa.table({"id": [f"t{i}" for i in range(len(TEXTS))], "text": TEXTS})


def test_answers_are_the_program_s(tmp_path, newsroom, articles, program):
    with wirecopy.Index.create(tmp_path / "own", threshold=0.5) as index:
        answers = index.add(pa.Table.from_pylist(newsroom))
        held = index.info()
        index.verify()
    program("index", "create", tmp_path / "other", "--threshold", "0.5")
    program("index", "add", tmp_path / "other", articles, "-o",
            tmp_path / "answers")
    wanted = records(tmp_path / "answers")
    assert len(answers) == len(wanted) == held["documents"]
    for own, other in zip(answers, wanted):
        assert {name: own[name] for name in ("id", "status", "of",
                                             "similarity")} == {
            "of": None, "similarity": None,
            **{name: other[name] for name in other
               if name in ("id", "status", "of", "similarity")}}
        seen = [{name: passage[name] for name in ours}
                for ours, passage in zip(own["passages"],
                                         other.get("passages", []))]
        assert own["passages"] == seen
    assert {row["status"] for row in answers} >= {"new", "duplicate",
                                                  "passages"}
    program("index", "verify", tmp_path / "own")


def test_a_document_s_life(tmp_path):
    text = " ".join(f"word{i} of a tale" for i in range(30))
    with wirecopy.Index.create(tmp_path / "i") as index:
        first, = index.add(pa.table({"id": [7], "text": [text], "published": [
            "2024-05-01T08:00:00Z"], "publisher": ["The Argus"]}))
        assert (first["id"], first["status"], first["of"]) == (7, "new", None)
        copy = pa.table({"id": ["copy"], "text": [text + " öß"]})
        asked, = index.query(copy)
        assert index.get("copy") is None
        added, = index.add(copy)
        assert added == asked
        assert (added["status"], added["of"]) == ("duplicate", 7)
        assert added["similarity"] == wirecopy.compare(
            text, text + " öß")["jaccard"] > 0.8
        place, = added["passages"]
        assert (text + " öß")[place["begin"]:place["end"]] == text[
            place["other_begin"]:place["other_end"]] == text
        assert index.add(copy)[0]["status"] == "present"
        revised, = index.add(pa.table({"id": ["copy"], "text": ["All new."]}))
        assert revised["status"] == "revision"
        assert revised["former_similarity"] == 0.0
        held = index.get(7)
        assert (held["text"], held["publisher"]) == (text, "The Argus")
        assert held["published"].startswith("2024-05-01T08:00:00")
        assert index.remove([7, "nobody"]) == [True, False]
        index.compact()
        assert index.info()["documents"] == 1
        assert index.get(7) is None


def test_batches_and_threads_make_no_difference(tmp_path):
    with wirecopy.Index.create(tmp_path / "a", threads=1) as index:
        whole = index.add(TABLE)
    with wirecopy.Index.create(tmp_path / "b", threads=3) as index:
        parts = [answer for begin in range(0, len(TABLE), 7)
                 for answer in index.add(TABLE.slice(begin, 7))]
    assert parts == whole
    assert sum(row["status"] == "duplicate" for row in whole) > 10
    with wirecopy.Index(tmp_path / "a", write=False) as index:
        alone = index.query(TABLE)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            asked = list(pool.map(index.query, [TABLE] * 8))
    assert asked == [alone] * 8
    assert {row["status"] for row in alone} == {"present"}


def test_lists_have_rows_for_ids(tmp_path):
    with wirecopy.Index.create(tmp_path / "i", has_passages=False) as index:
        answers = index.add(["one two three four five", "six"])
        assert [row["id"] for row in answers] == [0, 1]
        assert index.get(1)["text"] == "six"
        # Another day's rows are others.
        again = index.add(["seven eight nine ten eleven", "six"])
        assert [row["status"] for row in again] == ["new", "present"]
        assert again[0]["held_as"].startswith("0#")
        assert again[1]["held_as"] == 1
        assert index.get(0)["text"] == "one two three four five"
        assert index.query(["one two three four six"])[0]["status"] == "new"


def test_ids_of_other_kinds_of_lists(tmp_path):
    with wirecopy.Index.create(tmp_path / "i", has_passages=False) as index:
        index.add([{"id": i, "text": f"text {i}"} for i in range(6)])
        for ids in ([0, 9], (1, 9), np.array([2, 9]), pa.array([3, 9]),
                    pa.chunked_array([[4], [9]]), iter([5, 9])):
            assert index.remove(ids) == [True, False]
        assert index.info()["documents"] == 0


def test_dates_that_nobody_can_read_are_told(tmp_path):
    rows = [{"id": str(i), "text": f"document number {i} is here",
             "published": date}
            for i, date in enumerate(["2026-11-01", "soon", "", None, "never"])]
    with wirecopy.Index.create(tmp_path / "own") as index:
        with pytest.warns(UserWarning, match="^2 published dates could not"):
            answers = index.add(pa.Table.from_pylist(rows))
        assert [answer["status"] for answer in answers] == ["new"] * 5
        assert [index.get(row["id"])["published"] is not None
                for row in rows] == [True, False, False, False, False]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            index.add(pa.Table.from_pylist(rows[:1]))


def test_says_what_is_wrong(tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing"):
        wirecopy.Index(tmp_path / "nothing")
    with pytest.raises(ValueError, match="threshold 2"):
        wirecopy.Index.create(tmp_path / "i", threshold=2)
    with pytest.raises(ValueError, match="containment"):
        wirecopy.Index.create(tmp_path / "i", measure="containment",
                              has_passages=False)
    with pytest.raises(TypeError, match="no option 'speed'"):
        wirecopy.Index.create(tmp_path / "i", speed=3)
    index = wirecopy.Index.create(tmp_path / "i")
    with pytest.raises(FileExistsError, match=str(tmp_path / "i")):
        wirecopy.Index.create(tmp_path / "i")
    with pytest.raises(ValueError, match="row 1"):
        index.add(pa.table({"text": ["a", None]}))
    with pytest.raises(TypeError, match="str or int"):
        index.get(1.5)
    with pytest.raises(TypeError, match="ids must be a list"):
        index.remove("t1")
    for ids in (None, 3):
        with pytest.raises(TypeError, match="ids must be a list"):
            index.remove(ids)
    with pytest.raises(ValueError, match="surrogate"):
        index.get("\ud800")
    with pytest.raises(TypeError, match="no option 'body'"):
        index.add(TABLE, body="text")
    assert index.info()["documents"] == 0
    reader = wirecopy.Index(tmp_path / "i", write=False)
    with pytest.raises(ValueError):
        reader.add(TABLE)
    index.close()
    index.close()
    for call in (index.info, index.verify, index.compact,
                 lambda: index.query(TABLE), lambda: index.remove([1])):
        with pytest.raises(ValueError, match="the index is closed"):
            call()
    reader.close()


def test_damage_is_an_oserror(tmp_path):
    with wirecopy.Index.create(tmp_path / "i") as index:
        index.add(TABLE)
    files = [path for path in (tmp_path / "i").rglob("*")
             if path.is_file() and path.stat().st_size > 2000]
    assert files
    for path in files:
        data = bytearray(path.read_bytes())
        for at in range(len(data) // 3, len(data) // 2):
            data[at] ^= 0x55
        path.write_bytes(data)
    with pytest.raises(OSError):
        with wirecopy.Index(tmp_path / "i", write=False) as index:
            index.verify()


def ask_in_a_fork(begin):
    """What the process says that has the forked index of FORKED."""
    index = FORKED[0]
    said = []
    for call in (lambda: index.add(TABLE.slice(begin, 5)),
                 lambda: index.query(TABLE.slice(begin, 5)),
                 lambda: index.remove(["t0"]), index.info, index.verify,
                 index.compact):
        try:
            said.append(call())
        except ValueError as error:
            said.append(str(error))
    index.close()
    with wirecopy.Index(FORKED[1], write=False, threads=1) as own:
        return os.getpid(), said, own.query(TABLE.slice(0, 2))[1]["status"]


FORKED = []


def test_a_forked_process_leaves_the_index_alone(tmp_path):
    folder = tmp_path / "i"
    index = wirecopy.Index.create(folder)
    index.add(TABLE.slice(0, 10))
    FORKED[:] = [index, folder]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for process, said, status in pool.map_async(
                ask_in_a_fork, [10, 15, 20], chunksize=1).get(timeout=300):
            assert process != os.getpid()
            assert len(said) == 6
            for message in said:
                assert "open the index anew in each process" in message
            assert status == "present"
        # Its end is the lock's, while the processes live.
        index.add(TABLE.slice(10, 5))
        index.close()
        with wirecopy.Index(folder) as again:
            again.verify()
            assert again.info()["documents"] == 15
    FORKED.clear()

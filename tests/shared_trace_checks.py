#!/usr/bin/env python3
"""Checks what wirecopy trace says of real texts that are not in the repository.

  shared_trace_checks.py --wirecopy PROGRAM --shared FOLDER [CHECK...]

FOLDER as in shared_checks.py, with tools/score_direction.py besides. Checks:
seeds, newsgroups (default: all).
"""

import json
import pathlib
import subprocess
import sys

from shared_checks import main, records

ACCURACY = pathlib.Path(__file__).resolve().parent.parent / "bench" / "accuracy"

LEAST_DATED = 0.995
LEAST_UNDATED = 0.92  # of the surest four fifths
MOST_CALIBRATION_ERROR = 0.03


def check_seeds(check):
    """One pair of five bare texts, and why 004 is its source."""
    folder = check.shared / "data" / "seeds" / "articles"
    check.run("trace", "-q", folder, "-o", check.folder / "seeds")
    edges = records((check.folder / "seeds" / "edges.jsonl")
                    .read_text(encoding="utf-8"))
    names = [path.stem for path in sorted(folder.glob("*.txt"))]
    found = [(e["a"], e["b"], e["source"]) for e in edges]
    check.expect("trace seeds", found == [(names[1], names[4], names[4])],
                 str(found))
    lineage = {r["id"]: (r["status"], r["parent"]) for r in records(
        (check.folder / "seeds" / "lineage.jsonl").read_text(encoding="utf-8"))}
    check.expect("trace seeds lineage",
                 lineage == {names[1]: ("copy", names[4]),
                             names[4]: ("root", None)}, str(lineage))
    features = [x["feature"] for e in edges for x in e["evidence"]]
    check.expect("trace seeds attribution", "attribution" in features,
                 str(features))


def unseen_pairs(check):
    """The labelled pairs of threads that no weight was learnt from."""
    sys.path.insert(0, str(ACCURACY))
    import fit_direction  # pylint: disable=import-outside-toplevel
    path = check.shared / "data" / "newsgroups" / "passages.jsonl"
    threads = fit_direction.read_threads(path)
    return [r for r in records(path.read_text(encoding="utf-8"))
            if not fit_direction.is_for_learning(threads[r["copy"]])]


def score(check, gold, folder):
    done = subprocess.run(
        [sys.executable, check.shared / "tools" / "score_direction.py", gold,
         folder / "edges.jsonl"],
        capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def check_clocks(check, folder):
    """Pairs whose copy is dated first: more of them are told rightly than right
    clocks are overruled."""
    gold = {(r["copy"], r["source"]) for r in records(
        (check.shared / "data" / "newsgroups" / "passages.jsonl").read_text(
            encoding="utf-8")) if r["relation"] == "direct"}
    dates = {r["id"]: r["published"] for r in records(
        check.docs("newsgroups").read_text(encoding="utf-8"))}
    edges = {frozenset((e["a"], e["b"])): e["source"] for e in records(
        (folder / "edges.jsonl").read_text(encoding="utf-8"))}
    skewed = rightly = wrongly = 0
    for copy, source in gold:
        told = edges.get(frozenset((copy, source)))
        if told is None or (source, copy) in gold:
            continue
        is_skewed = dates[copy] < dates[source]
        skewed += is_skewed
        rightly += is_skewed and told == source
        wrongly += dates[copy] > dates[source] and told == copy
    check.expect("trace newsgroups clocks", rightly > wrongly,
                 f"{skewed} pairs decided whose clocks are wrong, {rightly} "
                 f"rightly; {wrongly} right clocks overruled")


def check_newsgroups(check):
    gold = check.folder / "gold.jsonl"
    gold.write_text("".join(json.dumps(r) + "\n" for r in unseen_pairs(check)),
                    encoding="utf-8")
    docs = check.docs("newsgroups")
    check.run("trace", "-q", docs, "-o", check.folder / "dated")
    dated = score(check, gold, check.folder / "dated")
    check.expect("trace newsgroups dated",
                 dated["accuracy"] >= LEAST_DATED and
                 dated["calibration_error"] <= MOST_CALIBRATION_ERROR,
                 str(dated))
    check_clocks(check, check.folder / "dated")
    check.run("trace", "-q", "--no-dates", docs, "-o", check.folder / "undated")
    undated = score(check, gold, check.folder / "undated")
    check.expect("trace newsgroups undated",
                 (undated["accuracy_at_80pc_coverage"] or 0) >= LEAST_UNDATED
                 and undated["calibration_error"] <= MOST_CALIBRATION_ERROR,
                 str(undated))


CHECKS = {"seeds": check_seeds, "newsgroups": check_newsgroups}


if __name__ == "__main__":
    sys.exit(main(__doc__, CHECKS))

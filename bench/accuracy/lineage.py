#!/usr/bin/env python3
"""How often `wirecopy trace` finds the parent: on generated families, beside two baselines.

    lineage.py WIRECOPY [--text FILE.jsonl ...] [--families N] [--seed N] [--mix NAME ...]
    lineage.py WIRECOPY --corpus FOLDER ... [--no-baselines]

Grows families with corpus/make_cascade (MIXES), or takes folders that it made, traces them with
dates and without, and prints a table. `fit_lineage.py` fits on other seeds. Python 3.11, no packages.
"""
import argparse
import collections
import datetime
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAKER = ROOT / "corpus" / "make_cascade" / "make_cascade.py"

# What is done to copies: --edits, and shares. Families of 8 to 50.
QUIET = {"no_date": 0, "wrong_date": 0, "quotation": 0, "second_parent": 0}
MIXES = {
    "half an edit": (0.5, QUIET),
    "2 edits": (2, QUIET | {"second_in_family": 0.05, "absent_root": 0.15}),
    "4 edits": (4, QUIET | {"second_in_family": 0.05, "absent_root": 0.15}),
    "8 edits": (8, QUIET | {"second_in_family": 0.05, "absent_root": 0.15, "lead": 0.3}),
    "deep": (4, QUIET | {"from_copy": 0.8, "trim": 0.6, "absent_root": 0.3}),
    "two families": (4, {"second_parent": 0.08, "plain": 0.1, "lead": 0.3}),
    "cut in the archive": (4, QUIET | {"cut": 0.2}),
    "a fifth late": (4, QUIET | {"wrong_date": 0.2, "late": 1}),
    "a fifth wrong": (4, QUIET | {"wrong_date": 0.2, "late": 0.5}),
}
LARGEST, LEAST, MEAN = 50, 8, 20
BINS = 10
FURNITURE = 3  # documents of a publisher that have a paragraph


def rows(path):
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


class Corpus:
    """Generated families, with what the score needs to know about them."""

    def __init__(self, folder):
        docs = rows(folder / "docs.jsonl")
        self.truth = {row["id"]: row for row in rows(folder / "parents.jsonl")}
        self.words = words_without_furniture(docs)
        self.time = {row["id"]: when(row.get("published")) for row in docs}
        self.families = families(self.truth)
        self.neighbours = {
            frozenset((name, row["parent"])) for name, row in self.truth.items() if row["parent"]
        }

    def copies(self):
        return (name for name, row in self.truth.items() if row["status"] == "copy")

    def edits(self, name):
        for edit in self.truth[name].get("edits", []):
            if edit.startswith("words "):
                return int(edit.split()[1])
        return 0


def when(text):
    return datetime.datetime.fromisoformat(text).timestamp() if text else None


def words_without_furniture(docs):
    seen = collections.Counter()
    for row in docs:
        seen.update({(row["publisher"], part) for part in row["text"].split("\n\n")})
    return {
        row["id"]: re.findall(r"\w+", " ".join(
            part for part in row["text"].split("\n\n")
            if seen[row["publisher"], part] < FURNITURE).lower())
        for row in docs
    }


def families(truth):
    """The families by root, absent or not."""
    found = collections.defaultdict(list)
    for name, row in truth.items():
        found[row["origin"] or row["source_group"]].append(name)
    for members in found.values():
        members.sort()  # parents.jsonl has parents first, which would decide ties
    return found


# ------------------------------------------------------------------------------ baselines


def bigrams(words):
    return set(itertools.pairwise(words))


def jaccard(child, parent):
    return len(child & parent) / max(1, len(child | parent))


def coverage(child, parent):
    """How much of the child the parent has; the shorter one where two have the same."""
    return len(child & parent) - 1e-4 * len(parent)


def baseline(corpus, measure, dates):
    """Every copy's best text of its family, among the earlier ones where dates are used."""
    chosen = {}
    for members in corpus.families.values():
        sets = {name: bigrams(corpus.words[name]) for name in members}
        for child in members:
            others = [name for name in members if name != child and not (
                dates and None not in (corpus.time[name], corpus.time[child])
                and corpus.time[name] >= corpus.time[child])]
            if others:
                chosen[child] = max(others, key=lambda name: measure(sets[child], sets[name]))
    return chosen


# ------------------------------------------------------------------------------ scores


def share(right, all_):
    return f"{right / all_:.3f}" if all_ else "-"


def score_parents(corpus, chosen):
    """Strict; accepting an exact duplicate; accepting a neighbour; of copies with 4 edits on; of
    copies of texts that were cut in the archive."""
    copies = list(corpus.copies())
    right = [chosen.get(name) == corpus.truth[name]["parent"] for name in copies]
    same = [found or name in chosen and
            corpus.words[chosen[name]] == corpus.words[corpus.truth[name]["parent"]]
            for name, found in zip(copies, right)]
    near = [frozenset((name, chosen.get(name))) in corpus.neighbours for name in copies]
    much = [found for name, found in zip(copies, right) if corpus.edits(name) >= 4]
    of_cut = [found for name, found in zip(copies, right)
              if "cut" in corpus.truth[corpus.truth[name]["parent"]].get("edits", [])]
    return [share(sum(part), len(part)) for part in (right, same, near, much, of_cut)]


def score_trace(corpus, lineage):
    """Absent sources, second parents, roots, and how far the confidence is off."""
    truth = corpus.truth
    lineage = {name: row for name, row in lineage.items() if name in truth}
    said = [name for name, row in lineage.items() if row["status"] == "hidden_source"]
    found = sum(truth[name]["status"] == "hidden_source" for name in said)
    hidden = sum(row["status"] == "hidden_source" for row in truth.values())
    seconds = [(name, parent["id"]) for name, row in lineage.items()
               for parent in row["parents"][1:]]
    true_seconds = {(name, parent) for name, row in truth.items()
                    for parent in row.get("parents", []) if row["status"] == "copy"}
    missing = sum(len(row.get("parents", [])) > 1 for row in truth.values())
    both = sum(pair in true_seconds for pair in seconds)
    roots = [name for name, row in truth.items() if row["status"] == "root"]
    rooted = sum(lineage.get(name, {}).get("status") == "root" for name in roots)
    return [share(found, len(said)), share(found, hidden), share(both, len(seconds)),
            share(both, missing), share(rooted, len(roots)),
            calibration_error(confidences(truth, lineage))]


def confidences(truth, lineage):
    """(confidence, whether it is right) of all parents that are named."""
    for name, row in lineage.items():
        if name in truth and row["parents"]:
            first = row["parents"][0]
            yield first["confidence"], first["id"] in (
                truth[name].get("parents") or [truth[name]["parent"]])


def calibration_error(pairs):
    bins = [[0, 0.0] for _ in range(BINS)]
    count = 0
    for confidence, right in pairs:
        one = bins[min(BINS - 1, int(confidence * BINS))]
        one[0] += right
        one[1] += confidence
        count += 1
    return f"{sum(abs(right - sure) for right, sure in bins) / max(1, count):.3f}"


# ------------------------------------------------------------------------------ run


def grow(folder, text, families_, seed, mix):
    edits, shares = MIXES[mix]
    command = [sys.executable, str(MAKER), "--seed", str(seed), "--families", str(families_),
               "--documents", str(families_ * MEAN), "--singles", "0", "--all-pairs", "2",
               "--least", str(LEAST), "--largest", str(LARGEST), "--edits", str(edits),
               "--out", str(folder)]
    for name, value in shares.items():
        command += ["--share", f"{name}={value}"]
    if text:
        command += ["--text", *map(str, text)]
    subprocess.run(command, check=True, capture_output=True)


def trace(wirecopy, folder, dates):
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([wirecopy, "trace", str(folder / "docs.jsonl"), "-o", out,
                        *([] if dates else ["--no-dates"])], check=True, capture_output=True)
        return {row["id"]: row for row in rows(pathlib.Path(out) / "lineage.jsonl")}


def print_row(mix, dates, method, cells):
    print(f"| {mix} | {'dates' if dates else 'no dates'} | {method} | "
          + " | ".join(cells) + " |", flush=True)


def report(wirecopy, folder, mix, pooled, baselines=True):
    """Prints a folder's rows; adds (confidence, right) of its parents to `pooled`."""
    corpus = Corpus(folder)
    for dates in (True, False):
        lineage = trace(wirecopy, folder, dates)
        methods = {}
        if baselines:
            methods = {"nearest neighbour": baseline(corpus, jaccard, dates),
                       "coverage": baseline(corpus, coverage, dates)}
        methods["wirecopy"] = {name: row["parent"] for name, row in lineage.items()
                               if row["parent"]}
        for method, parents in methods.items():
            rest = score_trace(corpus, lineage) if method == "wirecopy" else ["-"] * 6
            print_row(mix, dates, method, score_parents(corpus, parents) + rest)
        pooled[dates] += confidences(corpus.truth, lineage)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("wirecopy")
    parser.add_argument("--text", nargs="+", default=[], type=pathlib.Path)
    parser.add_argument("--families", type=int, default=200)
    parser.add_argument("--seed", type=int, default=900)
    parser.add_argument("--mix", nargs="+", choices=list(MIXES), default=list(MIXES))
    parser.add_argument("--corpus", nargs="+", default=[], type=pathlib.Path)
    parser.add_argument("--no-baselines", action="store_true",
                        help="which take a while where families are of thousands")
    arguments = parser.parse_args()
    print("| families | | method | parent | or its duplicate | neighbour | 4 edits on "
          "| of cut texts | absent: precision | recall | second parent: precision | recall | root "
          "| calibration error |")
    print("|" + "---|" * 14)
    pooled = {True: [], False: []}
    for folder in arguments.corpus:
        report(arguments.wirecopy, folder, folder.name, pooled, not arguments.no_baselines)
    for number, mix in enumerate([] if arguments.corpus else arguments.mix):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            grow(folder, arguments.text, arguments.families, arguments.seed + number, mix)
            report(arguments.wirecopy, folder, mix, pooled, not arguments.no_baselines)
    for dates, pairs in pooled.items():
        print_row("all of these", dates, "wirecopy", ["-"] * 10 + [calibration_error(pairs)])


if __name__ == "__main__":
    main()

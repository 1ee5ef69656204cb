#!/usr/bin/env python3
"""Checks wirecopy by brute force on real texts that are not in the repository.

  shared_checks.py --wirecopy PROGRAM --shared FOLDER [CHECK...]

FOLDER has tools/ (check_dedup.py, check_pairs.py, exact.py) and data/
(newsgroups, pan13, seeds). Where there is no such folder, nothing is checked
and the exit status is 77. Checks: dedup, pairs, containment, seeds (default:
all).
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77

CORPORA = ["newsgroups", "pan13"]
THRESHOLDS = [0.5, 0.8]
CONTAINMENT = 0.7

# For a tokeniser that differs in rare cases.
ROOM = 0.03
LEAST_RATE = 0.999


class Checker:
    def __init__(self, options, folder):
        self.wirecopy = options.wirecopy
        self.shared = options.shared
        self.folder = folder
        self.failures = []

    def expect(self, name, passed, detail=""):
        print(f"{'ok    ' if passed else 'FAILED'} {name}  {detail}")
        if not passed:
            self.failures.append(name)

    def run(self, *arguments):
        """Standard output of wirecopy, which must succeed."""
        done = subprocess.run([self.wirecopy, *map(str, arguments)],
                              capture_output=True, encoding="utf-8",
                              check=False)
        if done.returncode != 0:
            self.expect(" ".join(map(str, arguments)), False, done.stderr)
        return done.stdout

    def run_tool(self, name, tool, *arguments):
        """One of the shared tools, which says by its status what it found."""
        done = subprocess.run(
            [sys.executable, self.shared / "tools" / tool,
             *map(str, arguments)],
            capture_output=True, encoding="utf-8", check=False)
        self.expect(name, done.returncode == 0,
                    (done.stdout + done.stderr).strip())

    def docs(self, corpus):
        return self.shared / "data" / corpus / "docs.jsonl"


def records(lines):
    return [json.loads(line) for line in lines.splitlines() if line]


def ways():
    """Corpus, threshold and further options of a run."""
    for corpus in CORPORA:
        for threshold in THRESHOLDS:
            for more in ([], ["--exact"]):
                yield corpus, threshold, more


def check_dedup(check):
    kept, removed = check.folder / "kept", check.folder / "removed"
    for corpus, threshold, more in ways():
        docs = check.docs(corpus)
        check.run("dedup", "-q", docs, "-o", kept, "--removed", removed,
                  "--threshold", threshold, *more)
        check.run_tool(f"dedup {corpus} {threshold} {' '.join(more)}",
                       "check_dedup.py", docs, kept, removed,
                       "--threshold", threshold)


def check_pairs(check):
    pairs = check.folder / "pairs"
    for corpus, threshold, more in ways():
        docs = check.docs(corpus)
        check.run("pairs", "-q", docs, "-o", pairs, "--threshold", threshold,
                  *more)
        name = f"pairs {corpus} {threshold} {' '.join(more)}"
        if pairs.stat().st_size > 0:
            check.run_tool(name, "check_pairs.py", docs, pairs,
                           "--threshold", threshold)
        else:
            # Of no pairs the tool cannot tell the recall.
            missed = exact_pairs(check, corpus, threshold + ROOM)
            check.expect(name, not missed, f"no pairs, {len(missed)} exact")


def shingle_sets(check, corpus):
    import exact  # of the shared tools
    return {name: exact.shingles(text)
            for name, text in exact.read(check.docs(corpus)).items()}


def exact_pairs(check, corpus, least):
    import exact
    sets = shingle_sets(check, corpus)
    return exact.pairs_at({i: s for i, s in sets.items() if s}, least)


def overlaps(sets):
    """Yields a, b and how many shingles they share, for every pair of
    documents that share any."""
    index = collections.defaultdict(list)
    for name, shingles in sets.items():
        shared = collections.Counter()
        for shingle in shingles:
            shared.update(index[shingle])
            index[shingle].append(name)
        for other, count in shared.items():
            yield other, name, count


def best_containment(sets):
    """The larger containment of each pair: {(a, b): share}."""
    return {frozenset((a, b)): count / min(len(sets[a]), len(sets[b]))
            for a, b, count in overlaps(sets)}


def check_containment(check):
    for corpus in CORPORA:
        exact_shares = best_containment(shingle_sets(check, corpus))
        wanted = {pair for pair, share in exact_shares.items()
                  if share >= CONTAINMENT + ROOM}
        given = {frozenset((pair["a"], pair["b"])) for pair in records(
            check.run("pairs", "-q", check.docs(corpus), "--measure",
                      "containment", "--threshold", CONTAINMENT))}
        right = sum(exact_shares.get(pair, 0) >= CONTAINMENT - ROOM
                    for pair in given)
        recall = len(wanted & given) / len(wanted) if wanted else 1
        precision = right / len(given) if given else 1
        check.expect(f"containment {corpus}",
                     recall >= LEAST_RATE and precision >= LEAST_RATE,
                     f"{len(wanted)} exact pairs, {len(given)} given, "
                     f"recall {recall:.5f}, precision {precision:.5f}")


def check_seeds(check):
    """Five articles, of which 001 was taken into 004."""
    folder = check.shared / "data" / "seeds" / "articles"
    paths = sorted(folder.glob("*.txt"))
    copy, whole = paths[1], paths[4]
    for i, a in enumerate(paths):
        for b in paths[i + 1:]:
            found = json.loads(check.run("compare", "--format", "json", a, b))
            jaccard = found["jaccard"]
            share = max(found["containment_a"], found["containment_b"])
            name = f"seeds {a.name[:3]} {b.name[:3]}"
            detail = (f"jaccard {jaccard:.4f}, containment "
                      f"{found['containment_a']:.4f} and "
                      f"{found['containment_b']:.4f}")
            if (a, b) == (copy, whole):
                check.expect(name, abs(jaccard - 0.53) <= 0.01 and
                             abs(found["containment_a"] - 0.82) <= 0.01,
                             detail)
            else:
                check.expect(name, share < 0.02, detail)
    removed = records(check.run(
        "dedup", "-q", folder, "-o", check.folder / "kept", "--removed", "-",
        "--measure", "containment", "--threshold", CONTAINMENT))
    check.expect("seeds dedup", [(r["id"], r["kept"]) for r in removed] ==
                 [(copy.stem, whole.stem)], str(removed))


CHECKS = {"dedup": check_dedup, "pairs": check_pairs,
          "containment": check_containment, "seeds": check_seeds}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wirecopy", required=True, type=pathlib.Path)
    parser.add_argument("--shared", required=True, type=pathlib.Path)
    parser.add_argument("checks", nargs="*", metavar="CHECK")
    options = parser.parse_args()
    unknown = set(options.checks) - set(CHECKS)
    if unknown:
        parser.error(f"no check {unknown.pop()}")
    if not (options.shared / "tools" / "exact.py").is_file():
        print(f"skipped: there is no {options.shared}")
        return SKIPPED
    sys.path.insert(0, str(options.shared / "tools"))
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory() as name:
        check = Checker(options, pathlib.Path(name))
        for chosen in options.checks or CHECKS:
            CHECKS[chosen](check)
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main())

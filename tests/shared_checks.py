#!/usr/bin/env python3
"""Checks wirecopy by brute force on real texts that are not in the repository.

  shared_checks.py --wirecopy PROGRAM --shared FOLDER [CHECK...]

FOLDER has tools/ (check_dedup.py, check_pairs.py, exact.py, score_passages.py)
and data/ (newsgroups, pan13, seeds). Where there is no such folder, nothing is
checked and the exit status is 77. Checks: dedup, index_runs, pairs, containment,
seeds, passages, every_run (default: all).
"""

import argparse
import bisect
import collections
import itertools
import json
import pathlib
import re
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

    def scores(self, corpus, found):
        """What the shared tool makes of passages: precision and recall."""
        done = subprocess.run(
            [sys.executable, self.shared / "tools" / "score_passages.py",
             self.shared / "data" / corpus / "passages.jsonl", found],
            capture_output=True, encoding="utf-8", check=True)
        return json.loads(done.stdout)

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


def check_index_runs(check):
    """Newsgroups by date, in two runs with an index and in one."""
    threshold = THRESHOLDS[0]
    text = check.docs("newsgroups").read_text(encoding="utf-8")
    lines = [line + "\n" for line in text.split("\n") if line]
    lines.sort(key=lambda line: json.loads(line)["published"])
    half = len(lines) // 2

    def run(name, *parts):
        kept, removed = check.folder / "kept", check.folder / "removed"
        index = check.folder / f"{name}.index"
        check.run("index", "create", "-q", index, "--threshold", threshold)
        decided = ["", ""]
        for part in parts:
            docs = check.folder / "part.jsonl"
            docs.write_text("".join(part), encoding="utf-8")
            check.run("dedup", "-q", "--index", index, docs, "-o", kept,
                      "--removed", removed)
            decided[0] += kept.read_text(encoding="utf-8")
            decided[1] += removed.read_text(encoding="utf-8")
        return decided

    in_one = run("one", lines)
    check.expect("index_runs: two are as one",
                 run("two", lines[:half], lines[half:]) == in_one)
    paths = [check.folder / name for name in ("docs.jsonl", "kept", "removed")]
    for path, text in zip(paths, ["".join(lines), *in_one]):
        path.write_text(text, encoding="utf-8")
    check.run_tool("index_runs: what is kept and removed", "check_dedup.py",
                   *paths, "--threshold", threshold)


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


def check_passages(check):
    found = check.folder / "passages"
    for corpus, plagdet in (("pan13", 0.975), ("newsgroups", 0.935)):
        check.run("passages", "-q", "--all-pairs", check.docs(corpus), "-o",
                  found)
        scores = check.scores(corpus, found)
        check.expect(f"passages {corpus}", scores["plagdet"] >= plagdet and
                     scores["granularity"] <= 1.01 and
                     scores["span_recall"] >= 0.99, str(scores))
    check_seed_passages(check, found)


def check_seed_passages(check, found):
    """What 004 took from 001, and what 003 repeats."""
    folder = check.shared / "data" / "seeds" / "articles"
    check.run("passages", "-q", "--all-pairs", "--self", folder, "-o", found)
    passages = records(found.read_text(encoding="utf-8"))
    names = [path.stem for path in sorted(folder.glob("*.txt"))]
    pair = (names[1], names[4])
    scores = check.scores("seeds", found)
    of_pair = [p for p in passages if (p["a"], p["b"]) == pair]
    check.expect("passages seeds", 1 <= len(of_pair) <= 5 and
                 scores["span_precision"] >= 0.95 and
                 scores["span_recall"] >= 0.95, str(scores))
    others = {(p["a"], p["b"]) for p in passages if p["a"] != p["b"]} - {pair}
    check.expect("passages seeds others", not others, str(sorted(others)))
    text = (folder / f"{names[3]}.txt").read_text(encoding="utf-8")
    repeats = repeated_words(text, 15)
    of_text = [p for p in passages if p["a"] == p["b"] == names[3]]
    missed = [r for r in repeats if not any(
        p["a_begin"] <= r[0][0] and r[0][1] <= p["a_end"] and
        p["b_begin"] <= r[1][0] and r[1][1] <= p["b_end"] for p in of_text)]
    check.expect("passages seeds repeats", repeats and not missed,
                 f"{len(repeats)} of 15 words or more, missed {missed}")


def repeated_words(text, least):
    """The places of the longest runs of so many words that a text has twice:
    ((begin, end), (begin, end))."""
    words = list(re.finditer(r"\w+", text.lower()))
    numbers = [word.group() for word in words]
    repeats = []
    for i in range(len(numbers)):
        for j in range(i + least, len(numbers)):
            if i > 0 and numbers[i - 1] == numbers[j - 1]:
                continue
            n = 0
            while j + n < len(numbers) and numbers[i + n] == numbers[j + n]:
                n += 1
            if n >= least:
                repeats.append(tuple((words[k].start(), words[k + n - 1].end())
                                     for k in (i, j)))
    return repeats


# --- every run, by brute force -----------------------------------------------

EVERY_RUN_DOCUMENTS = 2000
# Of an n-gram that two texts have in more pairings, a bounded number is looked
# at: what encoded pictures have ten thousand times is left out here.
MOST_PAIRINGS = 16

# lib/include/wirecopy/text.h, for ASCII: an apostrophe between two letters, or
# two digits, does not split, and a hyphen between two letters is left out.
TOKEN = re.compile(r"[a-z0-9]+(?:(?:(?<=[a-z])['-](?=[a-z])|"
                   r"(?<=[0-9])'(?=[0-9]))[a-z0-9]+)*")


class Tokens:
    def __init__(self, text, numbers):
        found = list(TOKEN.finditer(text.lower()))
        self.codes = [numbers.setdefault(t.group().replace("-", ""),
                                         len(numbers)) for t in found]
        self.begins = [t.start() for t in found]
        self.ends = [t.end() for t in found]

    def grams(self, size):
        """Each n-gram, and where it stands."""
        places = collections.defaultdict(list)
        for i in range(len(self.codes) - size + 1):
            places[tuple(self.codes[i:i + size])].append(i)
        return places

    def within(self, begin, end):
        """The tokens that stand in this stretch of the text."""
        return range(bisect.bisect_left(self.begins, begin),
                     bisect.bisect_right(self.ends, end))


def shared_runs(texts, size):
    """Yields a, b, and the runs of equal tokens that they share, in which each
    n-gram has few pairings: (place in a, place in b, length)."""
    holders = collections.defaultdict(list)
    for name, text in enumerate(texts):
        for gram, places in text.grams(size).items():
            holders[gram].append((name, places))
    diagonals = collections.defaultdict(lambda: collections.defaultdict(list))
    for held in holders.values():
        for (a, in_a), (b, in_b) in itertools.combinations(held, 2):
            if len(in_a) * len(in_b) > MOST_PAIRINGS:
                continue
            for i, j in itertools.product(in_a, in_b):
                diagonals[a, b][j - i].append(i)
    for (a, b), of_pair in diagonals.items():
        runs = []
        for offset, places in of_pair.items():
            places.sort()
            begin = 0
            for at in range(1, len(places) + 1):
                if at == len(places) or places[at] != places[at - 1] + 1:
                    runs.append((places[begin], places[begin] + offset,
                                 at - begin - 1 + size))
                    begin = at
        yield a, b, runs


def covered_tokens(texts, passages):
    """Which tokens the passages of each pair cover, on either side."""
    covered = {}
    for p in passages:
        a, b = p["a"], p["b"]
        if (a, b) not in covered:
            covered[a, b] = [bytearray(len(texts[t].codes)) for t in (a, b)]
        for side, name, marks in zip("ab", (a, b), covered[a, b]):
            for i in texts[name].within(p[side + "_begin"], p[side + "_end"]):
                marks[i] = 1
    return covered


def check_every_run(check):
    """The first documents of ASCII alone, for which TOKEN is right."""
    texts = []
    with check.docs("newsgroups").open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            if text.isascii() and len(texts) < EVERY_RUN_DOCUMENTS:
                texts.append(text)
    docs = check.folder / "ascii.jsonl"
    docs.write_text("".join(json.dumps({"id": i, "text": text}) + "\n"
                            for i, text in enumerate(texts)), encoding="utf-8")
    check_token_counts(check, texts)
    numbers = {}
    tokens = [Tokens(text, numbers) for text in texts]
    for min_run in (8, 12):
        covered = covered_tokens(tokens, records(check.run(
            "passages", "-q", "--all-pairs", "--every-run", "--min-run",
            min_run, docs)))
        runs = found = 0
        for a, b, of_pair in shared_runs(tokens, (3 * min_run + 3) // 4):
            marks = covered.get((a, b), [b"", b""])
            for i, j, length in of_pair:
                if length < min_run:
                    continue
                runs += 1
                found += (marks[0][i:i + length].count(1) == length and
                          marks[1][j:j + length].count(1) == length)
        check.expect(f"every run of {min_run}", runs > 1000 and found == runs,
                     f"{runs} runs, {found} covered")


def check_token_counts(check, texts):
    """TOKEN is what wirecopy goes by."""
    for at in range(0, len(texts), 50):
        path = check.folder / "text.txt"
        path.write_text(texts[at], encoding="utf-8", newline="")
        found = json.loads(check.run("compare", "--format", "json", path, path))
        count = len(TOKEN.findall(texts[at].lower()))
        if found["tokens_a"] != count:
            check.expect(f"tokens of document {at}", False,
                         f"{found['tokens_a']}, not {count}")


CHECKS = {"dedup": check_dedup, "index_runs": check_index_runs,
          "pairs": check_pairs, "containment": check_containment,
          "seeds": check_seeds, "passages": check_passages,
          "every_run": check_every_run}


def main(usage, checks):
    """Runs those of the checks that the command line names, or all."""
    parser = argparse.ArgumentParser(
        description=usage,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wirecopy", required=True, type=pathlib.Path)
    parser.add_argument("--shared", required=True, type=pathlib.Path)
    parser.add_argument("checks", nargs="*", metavar="CHECK")
    options = parser.parse_args()
    unknown = set(options.checks) - set(checks)
    if unknown:
        parser.error(f"no check {unknown.pop()}")
    if not (options.shared / "tools" / "exact.py").is_file():
        print(f"skipped: there is no {options.shared}")
        return SKIPPED
    sys.path.insert(0, str(options.shared / "tools"))
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory() as name:
        check = Checker(options, pathlib.Path(name))
        for chosen in options.checks or checks:
            checks[chosen](check)
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main(__doc__, CHECKS))

#!/usr/bin/env python3
"""What bands find of what the exact join finds, beside what was predicted.

  accuracy/recall.py DOCS.jsonl ... --wirecopy build/wirecopy
      [--documents 10000] [--cascade N] [--thresholds T ...] [--recalls R ...]
      [--seeds 5] [--threads 1] [--out bench/runs/NAME] [--note TEXT]
  accuracy/recall.py --draw bench/runs/NAME.tsv

Of each file a random sample of --documents is taken, and corpus/make_cascade
makes a corpus of --cascade articles from the newsroom and the files. `wirecopy
pairs --exact` says which pairs reach a threshold; `wirecopy pairs --recall R`
then looks for them with bands, under --seeds different seeds of all hashes.

  recall     pairs found, of all pairs under all seeds, with an interval for 95
             of 100 runs: the wider of what the seeds differ by (Student's t)
             and of Wilson's (1927), which takes each pair for a chance of its
             own, as the pairs of one document are not
  predicted  the mean over the pairs, at their similarities, of the least
             probability with which these bands find one
  precision  pairs found that the exact join has, of all found
  removed    by `wirecopy dedup`: what it removes with bands that it removes
             with --exact too, of the latter; and of what it removes with bands,
             the share whose similarity to what is kept is that of a pair of the
             exact join

Writes NAME.tsv and, for each corpus, NAME-CORPUS.svg, and prints the table.
"""

import argparse
import datetime
import json
import math
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

BENCH = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BENCH))
import measured_run  # noqa: E402
import places  # noqa: E402
import plot  # noqa: E402

MAKE_CASCADE = BENCH.parent / "corpus" / "make_cascade" / "make_cascade.py"
COLUMNS = ["corpus", "threshold", "asked", "bands", "rows", "pairs", "equal",
           "recall", "recall_low", "recall_high", "predicted", "precision",
           "removed", "removed_recall", "removed_precision"]


def wilson(found, of):
    """The 95 % interval of a share; all of it where nothing was looked at."""
    if of == 0:
        return 0.0, 1.0
    z = 1.96
    share = found / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = (z / (1 + z * z / of)) * math.sqrt(
        share * (1 - share) / of + z * z / (4 * of * of))
    low = 0.0 if found == 0 else middle - half
    high = 1.0 if found == of else middle + half
    return low, high


# Student's t for 95 %, by the number of seeds.
STUDENT = {2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78, 6: 2.57, 7: 2.45, 8: 2.36,
           9: 2.31, 10: 2.26}


def interval(found_by_seed, pairs):
    """Of the recall, from how many of the pairs each seed found."""
    seeds = len(found_by_seed)
    low, high = wilson(sum(found_by_seed), seeds * pairs)
    if seeds < 2 or pairs == 0:
        return low, high
    shares = [found / pairs for found in found_by_seed]
    middle = statistics.mean(shares)
    half = (STUDENT.get(seeds, 2.26) * statistics.stdev(shares) /
            math.sqrt(seeds))
    return max(0.0, min(low, middle - half)), min(1.0, max(high, middle + half))


def find_probability(similarity, bands, rows):
    """The least for any size of the sets (lib/lsh/banding.cc): slots are drawn
    without replacement."""
    slots = bands * rows
    agree = 1.0
    for i in range(rows):
        agree *= max(0.0, similarity * slots - i) / (slots - i)
    return 1 - (1 - agree) ** bands


def predicted_recall(similarities, bands, rows, asked):
    """Of pairs with these similarities. Slots are also used to drop candidates,
    which may lose a twentieth of what bands may. Equal texts need no luck."""
    kept = 1 - (1 - asked) / 20
    chances = [1.0 if similarity == 1 else
               kept * find_probability(similarity, bands, rows)
               for similarity in similarities]
    return sum(chances) / len(chances) if chances else 1.0


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class Corpus:
    """A file of documents, and what wirecopy says of it."""

    def __init__(self, name, docs, options, folder):
        self.name, self.docs, self.options = name, docs, options
        self.out, self.stats = folder / "found.jsonl", folder / "stats.json"

    def run(self, job, threshold, out_option, *arguments):
        subprocess.run(
            [self.options.wirecopy, job, self.docs, "--quiet", "--threads",
             str(self.options.threads), "--threshold", str(threshold),
             out_option, self.out, "--stats", self.stats, *arguments],
            check=True, stdout=subprocess.DEVNULL)
        return json.loads(self.stats.read_text())["parameters"]

    def pairs(self, threshold, *arguments):
        """{pair: Jaccard similarity}, and the parameters of the run."""
        parameters = self.run("pairs", threshold, "-o", *arguments)
        return {pair_of(one["a"], one["b"]): one["jaccard"]
                for one in read_lines(self.out)}, parameters

    def removed(self, threshold, *arguments):
        """{removed document: the one kept for it}."""
        self.run("dedup", threshold, "--removed", *arguments)
        return {str(one["id"]): str(one["kept"])
                for one in read_lines(self.out)}


def pair_of(a, b):
    return tuple(sorted((str(a), str(b))))


def measure(corpus, threshold, asked, exact, exact_removed):
    """A line of the table."""
    found = []
    right = []
    for seed in range(corpus.options.seeds):
        pairs, parameters = corpus.pairs(threshold, "--recall", str(asked),
                                         "--seed", str(seed))
        found.append(len(pairs))
        right.append(len(pairs.keys() & exact.keys()))
    removed = corpus.removed(threshold, "--recall", str(asked))
    bands, rows = parameters["bands"], parameters["rows"]
    equal = sum(similarity == 1 for similarity in exact.values())
    verified = sum(pair_of(*pair) in exact for pair in removed.items())
    return [corpus.name, threshold, asked, bands, rows, len(exact), equal,
            share(sum(right), len(right) * len(exact)),
            *interval(right, len(exact)),
            predicted_recall(exact.values(), bands, rows, asked),
            share(sum(right), sum(found)), len(exact_removed),
            share(len(removed.keys() & exact_removed.keys()),
                  len(exact_removed)),
            share(verified, len(removed))]


def share(part, whole):
    return part / whole if whole else 1.0


def measure_corpus(corpus):
    for threshold in corpus.options.thresholds:
        exact, _ = corpus.pairs(threshold, "--exact")
        exact_removed = corpus.removed(threshold, "--exact")
        for asked in corpus.options.recalls:
            line = measure(corpus, threshold, asked, exact, exact_removed)
            print_line(line)
            yield line


def print_head():
    print(f"{'corpus':10}{'thresh.':>7} {'asked':>6} {'bands':>8} {'pairs':>9} "
          f"{'recall':>8}  {'95 % interval':17} {'predicted':>9} "
          f"{'precision':>9} {'removed':>8} {'recall':>8} {'precision':>9}")


def print_line(line):
    (name, threshold, asked, bands, rows, pairs, _, recall, low, high,
     predicted, precision, removed, removed_recall, removed_precision) = line
    print(f"{name:10}{threshold:>7} {asked:>6} {f'{bands}x{rows}':>8} "
          f"{pairs:>9,} {recall:8.5f}  {low:.5f} - {high:.5f} {predicted:9.5f} "
          f"{precision:9.5f} {removed:>8,} {removed_recall:8.5f} "
          f"{removed_precision:9.5f}", flush=True)


def draw(name, lines, path, note):
    series = []
    for colour, asked in enumerate(dict.fromkeys(line[2] for line in lines)):
        mine = [line for line in lines if line[2] == asked]
        series.append(plot.Series(
            f"asked for {asked}", [(line[1], 1 - line[7], 1 - line[9],
                                    1 - line[8]) for line in mine],
            joined=False, colour=colour))
        series.append(plot.Series(
            "at most, predicted", [(line[1], 1 - line[10]) for line in mine],
            dashed=True, colour=colour))
    plot.lines(path, f"Pairs that bands miss, {name}",
               plot.Axis("threshold", log=False, unit=None),
               plot.Axis("share of the pairs missed", unit=None, low=1e-6,
                         high=1), series, note)


def sample(docs, count, folder):
    """A file of so many documents at most, in the order of the whole."""
    with open(docs, "rb") as lines:
        total = sum(1 for _ in lines)
    chosen = set(random.Random(1).sample(range(total), min(count, total)))
    path = folder / "docs.jsonl"
    with open(docs, "rb") as lines, open(path, "wb") as out:
        out.writelines(line for number, line in enumerate(lines)
                       if number in chosen)
    return path


def make_cascade(options, folder):
    command = [sys.executable, MAKE_CASCADE, "--seed", "1", "--documents",
               str(options.cascade), "--out", folder]
    if options.docs:
        command += ["--text", *options.docs]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return folder / "docs.jsonl"


def corpora(options):
    """Each in a folder that is gone when the next is asked for."""
    for docs in options.docs:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            folder = pathlib.Path(folder)
            name = docs.stem if docs.stem != "docs" else docs.parent.name
            yield Corpus(name, sample(docs, options.documents, folder),
                         options, folder)
    if options.cascade:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            folder = pathlib.Path(folder)
            yield Corpus("cascade", make_cascade(options, folder), options,
                         folder)


def write_table(path, head, lines):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(f"# {line}\n" for line in head)
        out.write("\t".join(COLUMNS) + "\n")
        for line in lines:
            out.write("\t".join(f"{value:.6g}" if isinstance(value, float)
                                else str(value) for value in line) + "\n")


def read_table(path):
    text = path.read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    rows = [line.split("\t") for line in text.splitlines()[len(head) + 1:]]
    return ([line.lstrip("# ") for line in head],
            [[row[0], *map(float, row[1:])] for row in rows])


def draw_all(head, lines, out):
    for name in dict.fromkeys(line[0] for line in lines):
        draw(name, [line for line in lines if line[0] == name],
             out.with_name(f"{out.name}-{name}.svg"), head[0])


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=places.file, nargs="*")
    parser.add_argument("--wirecopy", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--cascade", type=int, default=0)
    parser.add_argument("--thresholds", type=float, nargs="+",
                        default=[0.5, 0.6, 0.7, 0.8, 0.9])
    parser.add_argument("--recalls", type=float, nargs="+",
                        default=[0.9, 0.99, 0.999])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--folder", type=places.folder,
                        help="for the inputs, on a large disk")
    parser.add_argument("--out", type=pathlib.Path, help="without its ending")
    parser.add_argument("--note", default="", help="for the table's head")
    parser.add_argument("--draw", type=places.table("corpus\tthreshold"),
                        metavar="NAME.tsv",
                        help="the charts of a table again, beside it")
    options = parser.parse_args()
    if not options.draw and not (options.docs or options.cascade):
        parser.error("give documents, or --cascade")
    if not options.draw and not options.wirecopy:
        parser.error("give --wirecopy")
    return options


def main():
    options = parse_arguments()
    if options.draw:
        draw_all(*read_table(options.draw), options.draw.with_suffix(""))
        return
    out = options.out or BENCH / "runs" / f"{datetime.date.today()}-recall"
    head = measured_run.head(options.note)
    print("\n".join(head) + "\n")
    print_head()
    lines = []
    for corpus in corpora(options):
        lines += measure_corpus(corpus)
    write_table(out.with_name(f"{out.name}.tsv"), head, lines)
    draw_all(head, lines, out)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The speed of every stage by document size and instruction set, beside what
memcpy and XXH3 do in the same run.

  stages.py build/bench [--rounds 5] [--min-time 0.05] [--sets SET ...]
      [--out bench/runs/NAME] [--note TEXT]
  stages.py --draw bench/runs/NAME.tsv

Runs the programs of ./dev bench in turn, --rounds times, so that what else the
machine does falls on all of them alike. A figure is the median of the rounds,
and so is a share of a limit, whose both sides are of one round. Writes NAME.tsv
with every figure, NAME.svg (the stages, fastest instruction set) and
NAME-sets.svg (text to signature with each set), and prints the table. --draw
makes the charts of such a table anew.
"""

import argparse
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys

import measured_run
import places
import plot

SETS = ["portable", "avx2", "avx512"]

# Program, row (SET stands for an instruction set) and what charts call it.
# Rows of programs that know no sets are measured once a round.
MEMCPY = ("base", "memcpy", "memcpy")
XXH3 = ("base", "xxh3/SET", "XXH3, in caches")
XXH3_MEMORY = ("base", "xxh3_from_memory", "XXH3, from memory")
SIGNATURE = ("sketch", "sketch_text/english", "text to signature")
STAGES = [("io", "read", "read a file"), ("io", "gunzip", "gunzip"),
          ("io", "unzstd", "unzstd"),
          ("io", "parse_jsonl/english", "parse JSON Lines"),
          ("text", "normalise/english", "normalise"),
          ("text", "tokenise/english", "find tokens"),
          ("text", "hash_tokens/SET", "hash tokens"),
          ("text", "combine/SET", "combine shingles"),
          ("sketch", "slots_of_text/SET", "fill 128 slots"), SIGNATURE]
OTHERS = [("text", "normalise/mixed", ""), ("text", "tokenise/mixed", ""),
          ("text", "shingles/english", ""), ("text", "shingles/mixed", ""),
          ("io", "parse_jsonl/mixed", ""),
          ("sketch", "sketch_text/mixed", "the same, 30 % not ASCII"),
          ("passage", "passage_aligner/unrelated", ""),
          ("passage", "passage_aligner/edited", "")]
ROWS = [MEMCPY, XXH3, XXH3_MEMORY, *STAGES, *OTHERS]
SET_FREE = {"base", "io"}
COLUMNS = ["set", "row", "size", "median", "slowest", "fastest", "of_memcpy",
           "of_xxh3", "of_xxh3_from_memory"]


def filter_of(program, level):
    """What makes Google Benchmark run a program's rows."""
    names = [row.replace("SET", level) for owner, row, _ in ROWS
             if owner == program]
    return "^(" + "|".join(names) + ")(/[0-9]+)?$"


def measure(programs, program, level, min_time):
    """Bytes a second of a program's rows: {(set, row, size): rate}."""
    run = subprocess.run(
        [programs / f"{program}_bench", "--benchmark_format=json",
         f"--benchmark_min_time={min_time}",
         f"--benchmark_filter={filter_of(program, level)}"],
        env={**os.environ, "WIRECOPY_SIMD": level}, check=False,
        capture_output=True)
    if run.returncode != 0:  # as where the processor lacks the set
        sys.exit(f"{program}_bench: {run.stderr.decode().strip()}")
    rates = {}
    for row in json.loads(run.stdout)["benchmarks"]:
        if row.get("error_occurred"):
            sys.exit(f"{row['name']}: {row['error_message']}")
        name, _, size = row["name"].rpartition("/")
        if not name:
            name, size = size, "0"
        name = name.replace(f"/{level}", "/SET")
        rates[(level, name, int(size))] = row["bytes_per_second"]
    return rates


def measure_round(options):
    """All rows once; those of no set under the fastest, which limits are of."""
    fastest = options.sets[-1]
    rates = {}
    for program in dict.fromkeys(owner for owner, _, _ in ROWS):
        levels = [fastest] if program in SET_FREE else options.sets
        for level in levels:
            rates |= measure(options.programs, program, level,
                             options.min_time)
    return rates


def figures_of(rounds, fastest):
    """A line of the table for each row, in the order of ROWS."""
    lines = []
    for key in rounds[0]:
        rates = [one[key] for one in rounds]
        size = key[2]

        def share(limit, limit_size):
            found = (fastest, limit, limit_size)
            if found not in rounds[0]:
                return ""
            return statistics.median(one[key] / one[found] for one in rounds)

        lines.append([*key, statistics.median(rates), min(rates), max(rates),
                      share("memcpy", 0), share("xxh3/SET", size),
                      share("xxh3_from_memory", size)])
    order = [row for _, row, _ in ROWS]
    return sorted(lines, key=lambda one: (order.index(one[1]),
                                          SETS.index(one[0]), one[2]))


def write_table(path, head, lines):
    def cell(value):
        return f"{value:.6g}" if isinstance(value, float) else str(value)

    with open(path, "w", encoding="utf-8") as out:
        out.writelines(f"# {line}\n" for line in head)
        out.write("\t".join(COLUMNS) + "\n")
        out.writelines("\t".join(map(cell, line)) + "\n" for line in lines)


def read_table(path):
    """Its lines, and what its head says of when and where."""
    head, lines = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            head.append(line[1:].strip())
        elif not line.startswith("set\t"):
            level, row, size, *numbers = line.split("\t")
            lines.append([level, row, int(size),
                          *(float(n) if n else "" for n in numbers)])
    return head, lines


def points(lines, row, level):
    """Of a row with a set, sizes, medians and what rounds differed by."""
    return [tuple(line[2:6]) for line in lines
            if line[1] == row and line[0] == level]


def limit_series(lines, fastest):
    """Dashed, from the smallest document to the largest."""
    sizes = sorted({line[2] for line in lines if line[2]})
    memcpy = points(lines, "memcpy", fastest)
    series = [plot.Series("memcpy", [(size, memcpy[0][1]) for size in sizes],
                          dashed=True, colour=7)] if memcpy else []
    for colour, (_, row, name) in enumerate((XXH3, XXH3_MEMORY)):
        found = [p[:2] for p in points(lines, row, fastest)]
        series.append(plot.Series(name, found, dashed=True, colour=colour))
    return series


def draw(head, lines, path):
    fastest = max({line[0] for line in lines}, key=SETS.index)
    axes = (plot.Axis("size of a document", unit="B"),
            plot.Axis("text a second, one core", unit="B/s"))
    note = f"{head[0]}; {fastest}; medians, with the slowest and the fastest"
    series = [plot.Series(name, points(lines, row, fastest), colour=colour)
              for colour, (_, row, name) in enumerate(STAGES)]
    plot.lines(path.with_suffix(".svg"), "Stages by size of a document",
               *axes, [*limit_series(lines, fastest), *series], note)
    found = [level for level in SETS if any(line[0] == level and
                                            line[1] == SIGNATURE[1]
                                            for line in lines)]
    series = []
    for row, sample in ((SIGNATURE[1], "English"),
                        ("sketch_text/mixed", "30 % not ASCII")):
        for level in found:
            series.append(plot.Series(f"{level}, {sample}",
                                      points(lines, row, level)))
    plot.lines(path.with_name(path.stem + "-sets.svg"),
               "Text to a signature of 128 slots", *axes,
               [*limit_series(lines, fastest), *series], head[0])


def print_table(head, lines):
    print("\n".join(head))
    print(f"\n{'set':9}{'row':27}{'size':>10} {'MB/s':>9} {'slowest':>8} "
          f"{'fastest':>8} {'memcpy':>7} {'XXH3':>7} {'from memory':>11}")
    for level, row, size, median, low, high, *shares in lines:
        texts = [f"{share:.1%}" if share != "" else "" for share in shares]
        print(f"{level:9}{row:27}{size:>10,} {median / 1e6:>9,.0f} "
              f"{low / 1e6:>8,.0f} {high / 1e6:>8,.0f} {texts[0]:>7} "
              f"{texts[1]:>7} {texts[2]:>11}")


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=places.folder, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--min-time", type=float, default=0.05)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS,
                        help="that the processor has")
    parser.add_argument("--out", type=pathlib.Path, help="without its ending")
    parser.add_argument("--note", default="", help="for the table's head")
    parser.add_argument("--draw", type=places.table("set\trow"),
                        metavar="NAME.tsv",
                        help="the charts of a table again, beside it")
    options = parser.parse_args()
    if (options.programs is None) == (options.draw is None):
        parser.error("give the folder of the programs, or --draw")
    if options.rounds < 1:
        parser.error("--rounds is 1 or more")
    options.sets = sorted(options.sets, key=SETS.index)
    return options


def main():
    options = parse_arguments()
    if options.draw:
        draw(*read_table(options.draw), options.draw)
        return
    head = measured_run.head(options.note)
    rounds = []
    for number in range(options.rounds):
        rounds.append(measure_round(options))
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
    lines = figures_of(rounds, options.sets[-1])
    out = options.out or (pathlib.Path(__file__).resolve().parent / "runs" /
                          f"{datetime.date.today()}-stages")
    write_table(out.with_suffix(".tsv"), head, lines)
    draw(head, lines, out.with_suffix(".tsv"))
    print_table(head, lines)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Times `wirecopy dedup` against another program, and checks what both did.

  end_to_end.py DOCS.jsonl --wirecopy build/wirecopy
      --baseline 'python3 other.py {docs} --threshold {threshold}
                  --removed {removed}'

Both run in turn, so that what else the machine does hits both alike; the
median of the rounds counts. {docs}, {threshold} and {removed} in the baseline
stand for the input, the threshold and a file of JSON Lines in which it leaves
`id` and `kept` for every document that it would remove. Without --baseline
wirecopy runs alone.

MB are those of the input file, peak memory that of the process. A removal is
right where the exact Jaccard similarity of the two documents' word shingles is
at least the threshold less 0.03; the room is for tokenisers that differ.
"""

import argparse
import json
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata

ROOM = 0.03
SHINGLE = 5

# One token a character where words are not parted by spaces.
SINGLE = ("\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"
          "\u3400-\u4dbf\u4e00-\u9fff")
WORD = re.compile(f"[{SINGLE}]|[^\\W_{SINGLE}]+(?:['\u2019][^\\W_{SINGLE}]+)*")
# A curly apostrophe is as good as a straight one.
QUOTES = str.maketrans("\u2018\u2019\u02bc", "'''")
# A hyphen between letters joins them.
HYPHEN = re.compile("(?<=[^\\W\\d_])[-\u00ad\u2010\u2011](?=[^\\W\\d_])")


class Usage:
    """What one run took."""

    def __init__(self, wall, cpu, peak_kilobytes):
        self.wall = wall
        self.cpu = cpu
        self.peak_megabytes = peak_kilobytes * 1024 / 1e6


def run(command):
    """Runs a command to its end; its output goes nowhere."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if process.returncode != 0:
        sys.exit(f"exit status {process.returncode}: {shlex.join(command)}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def shingles(text):
    """The exact set of a text's shingles; a short text has one."""
    normal = unicodedata.normalize("NFKC", text).casefold().translate(QUOTES)
    words = WORD.findall(HYPHEN.sub("", normal))
    count = max(1, len(words) - SHINGLE + 1)
    return {tuple(words[i:i + SHINGLE]) for i in range(count)} if words else set()


def jaccard(a, b):
    return len(a & b) / len(a | b) if a or b else 0.0


def read_lines(path):
    with open(path, encoding="utf-8", errors="replace") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def precision(docs, removed_path, threshold):
    """How many were removed, and the share that was removed rightly."""
    removed = read_lines(removed_path)
    wanted = {record[side] for record in removed for side in ("id", "kept")}
    sets = {record["id"]: shingles(record["text"])
            for record in read_lines(docs) if record["id"] in wanted}
    right = sum(
        jaccard(sets[record["id"]], sets[record["kept"]]) >= threshold - ROOM
        for record in removed)
    return len(removed), right / len(removed) if removed else 1.0


def commands(options, folder):
    """Name to command and the file with its removals."""
    ours = folder / "wirecopy.jsonl"
    found = {"wirecopy": (
        [str(options.wirecopy), "dedup", str(options.docs), "--quiet",
         "--threads", str(options.threads),
         "--threshold", str(options.threshold),
         "-o", str(folder / "kept.jsonl"), "--removed", str(ours)], ours)}
    if options.baseline:
        theirs = folder / "baseline.jsonl"
        values = {"docs": str(options.docs), "removed": str(theirs),
                  "threshold": str(options.threshold)}
        found["baseline"] = ([part.format_map(values) for part
                              in shlex.split(options.baseline)], theirs)
    return found


def report(name, usages, megabytes, removals):
    wall = statistics.median(usage.wall for usage in usages)
    cpu = statistics.median(usage.cpu for usage in usages)
    peak = max(usage.peak_megabytes for usage in usages)
    spread = (min(usage.wall for usage in usages),
              max(usage.wall for usage in usages))
    count, right = removals
    print(f"{name:9}{wall:9.3f} s ({spread[0]:.3f} to {spread[1]:.3f}), "
          f"{cpu:.3f} s of processor, {megabytes / wall:.2f} MB/s, "
          f"{peak:.0f} MB of memory, {count} removed, "
          f"precision {right:.5f}")
    return wall, cpu


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=pathlib.Path)
    parser.add_argument("--wirecopy", type=pathlib.Path, required=True)
    parser.add_argument("--baseline")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def main():
    options = parse_arguments()
    megabytes = options.docs.stat().st_size / 1e6
    with tempfile.TemporaryDirectory() as name:
        usages = {"wirecopy": [], "baseline": []}
        for number in range(options.rounds):
            # A folder a round: some file systems write a file that replaces
            # another out at once, and every round is to be like the first.
            folder = pathlib.Path(name, str(number))
            folder.mkdir()
            programs = commands(options, folder)
            for program, (command, _) in programs.items():
                usages[program].append(run(command))
        print(f"{megabytes:.1f} MB, threshold {options.threshold}, "
              f"{options.threads} threads, median of {options.rounds} rounds")
        times = {program: report(program, usages[program], megabytes,
                                 precision(options.docs, removed,
                                           options.threshold))
                 for program, (_, removed) in programs.items()}
    if "baseline" in times:
        ratios = [theirs / ours for theirs, ours
                  in zip(times["baseline"], times["wirecopy"])]
        print(f"wirecopy is {ratios[0]:.1f} times as fast "
              f"({ratios[1]:.1f} times by processor time)")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How time and memory of `wirecopy dedup` grow on inputs made to be hard.

  scale.py --wirecopy build/wirecopy [--size 1.0] [--case NAME ...] [--folder D]

Each case is made at one, two and four times a size and run once at each; the
table says what each took, and the last column how many times longer the
largest took than the smallest: 4 is linear. --size scales all cases. Words are
drawn from a fixed seed, so that the same inputs come each time.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import tempfile
import time

WORDS = 50_000


def word(n):
    return f"w{n:x}"


def text(rng, words):
    return " ".join(word(n) for n in rng.choices(range(WORDS), k=words))


def equal(rng, count):
    """One text of 60 words, over and over."""
    body = text(rng, 60)
    for _ in range(count):
        yield body


def short(rng, count):
    """Texts of twelve words, all different."""
    for _ in range(count):
        yield text(rng, 12)


def boilerplate(rng, count):
    """A paragraph of 80 words that all share, and 80 words of their own."""
    shared = text(rng, 80)
    for _ in range(count):
        yield shared + "\n\n" + text(rng, 80)


def near_equal(rng, count):
    """100 KB that all share but for one word in a hundred."""
    body = text(rng, 16_000).split(" ")
    for _ in range(count):
        copy = list(body)
        for i in range(len(copy) // 800):
            copy[rng.randrange(len(copy))] = word(rng.randrange(WORDS))
        yield " ".join(copy)


def one_document(rng, megabytes):
    """A single document."""
    piece = text(rng, 10_000)
    yield " ".join(piece for _ in range(int(megabytes * 1e6 / len(piece)) + 1))


# Name, maker, and what it makes at four times the size.
CASES = [("equal", equal, 1_000_000), ("short", short, 1_000_000),
         ("boilerplate", boilerplate, 400_000),
         ("near_equal", near_equal, 10_000),
         ("one_document", one_document, 1_000)]


def make(maker, count, path):
    rng = random.Random(1)
    with open(path, "w", encoding="utf-8") as out:
        for n, body in enumerate(maker(rng, count)):
            out.write(json.dumps({"id": n, "text": body}) + "\n")


def run(wirecopy, path, folder):
    command = [str(wirecopy), "dedup", str(path), "--quiet", "--max-document",
               "2G", "-o", str(folder / "kept.jsonl"),
               "--stats", str(folder / "stats.json")]
    begin = time.perf_counter()
    with subprocess.Popen(command) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    if process.returncode != 0:
        raise SystemExit(f"exit status {process.returncode}: {command}")
    stats = json.loads((folder / "stats.json").read_text())
    return seconds, usage.ru_maxrss * 1024 / 1e6, stats


def measure(case, options, folder):
    name, maker, largest = case
    seconds = []
    for times in (1, 2, 4):
        path = folder / "docs.jsonl"
        make(maker, max(1, round(largest * options.size * times / 4)), path)
        megabytes = path.stat().st_size / 1e6
        took, peak, stats = run(options.wirecopy, path, folder)
        seconds.append(took)
        growth = f"{took / seconds[0]:6.1f}"
        print(f"{name:13}{times}x {stats['read']:>9,} {megabytes:8.1f} "
              f"{took:8.2f} {peak:8.0f} {peak / megabytes:6.2f} "
              f"{stats['candidates']:>11,} {stats['kept']:>9,} {growth}",
              flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wirecopy", type=pathlib.Path, required=True)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--case", action="append",
                        choices=[case[0] for case in CASES])
    parser.add_argument("--folder", help="for the inputs, on a large disk")
    options = parser.parse_args()
    print("case            documents       MB  seconds  peak MB  /input "
          " compared      kept  growth")
    for case in CASES:
        if options.case and case[0] not in options.case:
            continue
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            measure(case, options, pathlib.Path(folder))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""What an index costs: documents a second, peak memory, bytes on disk.

  index.py --wirecopy build/wirecopy CORPUS.jsonl [--documents N ...]
           [--folder D] [--threads N] [--no-passages] [--dedup[=OPTIONS]]

For each N an index is made of the corpus's first N documents, and the documents
behind these (--questions) are asked for. Then as many are added to it, which
says what a day costs an index that is there already. With --dedup documents are
added by `dedup --index`, with these options (--dedup='--passages remove').
"""

import argparse
import itertools
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import measured_run


class Sizes:
    """A corpus, cut into what is added and what is asked."""

    def __init__(self, corpus, documents, questions, folder):
        self.added = folder / "added.jsonl"
        self.asked = folder / "asked.jsonl"
        with open(corpus, encoding="utf-8") as lines:
            self.documents = self.copy(lines, documents, self.added)
            self.questions = self.copy(lines, questions, self.asked)

    @staticmethod
    def copy(lines, count, path):
        written = 0
        with open(path, "w", encoding="utf-8") as out:
            for line in itertools.islice(lines, count):
                out.write(line)
                written += 1
        return written


def info(options, index):
    return json.loads(subprocess.run(
        [options.wirecopy, "index", "info", index], check=True, text=True,
        stdout=subprocess.PIPE).stdout)


def measure(options, documents, folder):
    sizes = Sizes(options.corpus, documents, options.questions, folder)
    index = folder / "index"
    shutil.rmtree(index, ignore_errors=True)

    def run(action, *arguments):
        return measured_run.run([options.wirecopy, "index", action, index,
                                 "-q", *arguments])

    def answer(action, path):
        return run(action, path, "-o", "/dev/null", "--threads",
                   options.threads)

    def add(path):
        if options.dedup is None:
            return answer("add", path)
        return measured_run.run([options.wirecopy, "dedup", "--index", index,
                                 path, "-q", "-o", "/dev/null", "--threads",
                                 options.threads, *options.dedup.split()])

    run("create", *(["--no-passages"] if options.no_passages else []))
    added = add(sizes.added)
    held = info(options, index)
    asked = answer("query", sizes.asked)
    more = add(sizes.asked)
    compacted = run("compact")
    verified = run("verify", "--threads", options.threads)
    small = info(options, index)
    count, questions = sizes.documents, max(1, sizes.questions)
    print(f"| {count:,} | {held['text_bytes'] / count:,.0f} "
          f"| {count / added.wall:,.0f} | {count / added.cpu:,.0f} "
          f"| {added.peak:,.0f} | {questions / asked.wall:,.0f} "
          f"| {asked.peak:,.0f} | {questions / more.wall:,.0f} "
          f"| {held['disk_bytes'] / count:,.0f} "
          f"| {small['disk_bytes'] / small['documents']:,.0f} "
          f"| {compacted.wall:.1f} | {verified.wall:.1f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--wirecopy", required=True, type=pathlib.Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000])
    parser.add_argument("--questions", type=int, default=5_000)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-passages", action="store_true")
    parser.add_argument("--dedup", metavar="OPTIONS", nargs="?", const="",
                        help="such as '--passages remove'")
    options = parser.parse_args()
    print("| documents | bytes of text | added a s | a processor's s | peak MB "
          "| asked a s | peak MB | more added a s | bytes on disk | compacted "
          "| compacting, s | verifying, s |")
    print("|" + "---:|" * 12)
    for documents in options.documents:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            measure(options, documents, pathlib.Path(folder))
    print()
    print(f"{measured_run.processor()}; {' '.join(sys.argv[1:])}")


if __name__ == "__main__":
    main()

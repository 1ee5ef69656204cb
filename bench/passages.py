#!/usr/bin/env python3
"""What `wirecopy passages` finds and takes on large families, and on a corpus
beside sim_text.

  passages.py families --wirecopy build/wirecopy [--text FILE.jsonl ...]
      [--sizes 10 100 1000 10000] [--all-pairs] [--folder D]
  passages.py sim_text DOCS.jsonl --wirecopy build/wirecopy
      [--sim-text sim_text] [--samples 1000 2000 5000] [--limit 600]
      [--rounds 3] [--folder D]

`families` makes one family of edited copies a size (corpus/make_cascade) and
says which share of its members the records that are no boilerplate connect
into one; what the run took and wrote; and how many times the processor time of
a megabyte is that of the size before: 1 is linear.

`sim_text` (Debian's similarity-tester) runs in turn with `wirecopy passages
--all-pairs` on the same files, one a document, of random samples of DOCS.jsonl
and of all of it. `sim_text -e` compares each two files; without -e it looks for
the longest match of each run alone. Both are asked for runs of 8 words. Common
pairs are those that wirecopy reports too; what sim_text finds beside them is
for the most part what wirecopy finds and deems too little to report (short
fragments). The median of the rounds counts; whoever hits --limit is stopped.
"""

import argparse
import json
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile

from measured_run import run

MAKE_CASCADE = (pathlib.Path(__file__).resolve().parent.parent / "corpus" /
                "make_cascade" / "make_cascade.py")
LEAST_RUN = 8


def read_lines(path):
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


# ---------------------------------------------------------------- families


def largest_component(records):
    """The documents of the most that records connect, boilerplate left out."""
    parent = {}

    def find(one):
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for record in records:
        if record["kind"] != "boilerplate":
            parent[find(record["a"])] = find(record["b"])
    sizes = {}
    for one in list(parent):
        sizes[find(one)] = sizes.get(find(one), 0) + 1
    return max(sizes.values(), default=1)


def make_family(options, size, folder):
    command = [sys.executable, str(MAKE_CASCADE), "--seed", str(options.seed),
               "--documents", str(size), "--families", "1", "--singles", "0",
               "--largest", str(size), "--out", str(folder)]
    for text in options.text:
        command += ["--text", str(text)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return folder / "docs.jsonl"


def measure_family(options, size, folder):
    docs = make_family(options, size, folder)
    found, stats = folder / "found.jsonl", folder / "stats.json"
    command = [str(options.wirecopy), "passages", str(docs), "--quiet",
               "--threads", str(options.threads), "-o", str(found),
               "--stats", str(stats)]
    if options.all_pairs:
        command.append("--all-pairs")
    usages = [run(command) for _ in range(options.rounds)]
    connected = largest_component(read_lines(found)) / size
    cpu = statistics.median(usage.cpu for usage in usages)
    wall = statistics.median(usage.wall for usage in usages)
    peak = max(usage.peak for usage in usages)
    figures = json.loads(stats.read_text())
    size_in = docs.stat().st_size / 1e6
    line = (f"{size:>8,} {size_in:7.2f} {wall:8.3f} {cpu:8.3f} {peak:7.0f} "
            f"{found.stat().st_size / 1e6:8.2f} {figures['candidates']:>11,} "
            f"{figures['passages']:>11,} {connected:9.2%}")
    return cpu / size_in, line


def families(options):
    print(" members      MB  seconds    CPU s peak MB  written     aligned"
          "    passages connected  growth")
    before = None
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            rate, line = measure_family(options, size, pathlib.Path(folder))
        growth = rate / before if before else 1
        before = rate
        print(f"{line} {growth:7.2f}", flush=True)


# ---------------------------------------------------------------- sim_text


# `-n` lists a run a line: two places, and the words that they share.
SIM_RUN = re.compile(r"^(\d+)\.txt: line .*\|(\d+)\.txt: line .*\[(\d+)\]")


def pairs_of_sim(path):
    pairs = set()
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            found = SIM_RUN.match(line)
            if found:
                pairs.add(tuple(sorted(found.groups()[:2])))
    return pairs


def pairs_of_wirecopy(path):
    return {tuple(sorted((record["a"], record["b"])))
            for record in read_lines(path)}


def write_files(texts, folder):
    """A file a document, and the names of all, which are sim_text's input."""
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8",
                                              errors="replace")
    names = folder.with_suffix(".names")
    names.write_text("".join(f"{n}.txt\n" for n in range(len(texts))))
    return names


def programs(options, files, folder):
    """Name to command, and what reads the pairs from what it writes."""
    found = {}
    for threads in (1, 2):
        found[f"wirecopy, {threads}"] = (
            [str(options.wirecopy.resolve()), "passages", "--all-pairs",
             str(files), "--quiet", "--threads", str(threads), "-o",
             str(folder / f"wirecopy, {threads}")], pairs_of_wirecopy)
    for name in ("sim_text -e", "sim_text"):
        found[name] = (
            [options.sim_text, *name.split()[1:], "-n", "-s", "-T", "-i",
             "-r", str(LEAST_RUN), "-w", "200", "-o", str(folder / name)],
            pairs_of_sim)
    return found


def report(name, count, usages, pairs, common):
    wall = statistics.median(usage.wall for usage in usages)
    cpu = statistics.median(usage.cpu for usage in usages)
    peak = max(usage.peak for usage in usages)
    is_stopped = any(usage.is_stopped for usage in usages)
    figures = "stopped at the limit" if is_stopped else (
        f"{len(pairs):>9,} {len(common):>9,}")
    print(f"{count:>9,} {name:12} {wall:9.2f} {cpu:9.2f} {peak:8.0f} {figures}",
          flush=True)


def compare(options, texts, folder):
    files = folder / "texts"
    files.mkdir()
    names = write_files(texts, files)
    todo = programs(options, files, folder)
    usages = {name: [] for name in todo}
    for _ in range(options.rounds):
        for name, (command, _) in todo.items():
            # What was stopped once would be again.
            if not any(usage.is_stopped for usage in usages[name]):
                usages[name].append(run(command, options.limit, names, files))
    ours = pairs_of_wirecopy(folder / "wirecopy, 1")
    for name, (_, pairs_of) in todo.items():
        is_stopped = usages[name][-1].is_stopped
        pairs = set() if is_stopped else pairs_of(folder / name)
        report(name, len(texts), usages[name], pairs, pairs & ours)


def sim_text(options):
    texts = [record["text"] for record in read_lines(options.docs)]
    print("documents program        seconds     CPU s  peak MB     pairs"
          "    common")
    for size in [*options.samples, len(texts)]:
        if size > len(texts):
            continue
        sample = texts
        if size < len(texts):
            sample = random.Random(1).sample(texts, size)
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            compare(options, sample, pathlib.Path(folder))


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--wirecopy", type=pathlib.Path, required=True)
    common.add_argument("--rounds", type=int, default=3)
    common.add_argument("--folder", help="for the inputs, on a large disk")
    jobs = parser.add_subparsers(dest="job", required=True)
    job = jobs.add_parser("families", parents=[common])
    job.add_argument("--text", type=pathlib.Path, nargs="+", action="extend",
                     default=[], help="text besides the newsroom's")
    job.add_argument("--sizes", type=int, nargs="+",
                     default=[10, 100, 1000, 10_000])
    job.add_argument("--seed", type=int, default=1)
    job.add_argument("--threads", type=int, default=1)
    job.add_argument("--all-pairs", action="store_true")
    job.set_defaults(main=families)
    job = jobs.add_parser("sim_text", parents=[common])
    job.add_argument("docs", type=pathlib.Path)
    job.add_argument("--sim-text", default="sim_text")
    job.add_argument("--samples", type=int, nargs="*",
                     default=[1000, 2000, 5000])
    job.add_argument("--limit", type=float, default=600, help="seconds a run")
    job.set_defaults(main=sim_text)
    return parser.parse_args()


def main():
    options = parse_arguments()
    options.main(options)


if __name__ == "__main__":
    main()

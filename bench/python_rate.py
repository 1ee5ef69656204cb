#!/usr/bin/env python3
"""Texts in memory to signatures, from Python: beside the C++ library on the
same texts, and beside the packages datasketch and rensa, in one run.

  python_rate.py build docs.jsonl [--rounds 5] [--out bench/runs/NAME.md]
      [--python build/python/environment/bin/python]

docs.jsonl has id and text. `build` is a finished build, of which this takes
bench/sketch_texts; --python has wirecopy and, where they are to take part,
datasketch and rensa, as `./dev test` makes it (rensa by pip). Each job is a
process of its own with one thread, of which processor time counts; rounds go
through all in turn, and medians are shown. The packages get the shingles of
five words of bench/peers, whose making is counted apart. "Growth" is by how
much resident memory grew from the end of the first pass over all texts to the
end of the last (of twenty or more).
"""

import argparse
import datetime
import importlib.metadata
import json
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
LEAST_SECONDS = 0.5
LEAST_PASSES = 20
SLOTS = 128


def resident():
    """Megabytes."""
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.split("\n") if "VmRSS" in line)
    return int(line.split()[1]) * 1024 / 1e6


def shingle_sets(texts):
    sys.path.insert(0, str(HERE / "peers" / "drivers"))
    import common
    return [common.shingles(text) for text in texts]


def prepare_arrow(texts):
    import pyarrow
    import wirecopy
    table = pyarrow.table({"text": texts})
    return lambda: wirecopy.sketch(table, slots=SLOTS, threads=1)


def prepare_list(texts):
    import wirecopy
    return lambda: wirecopy.sketch(texts, slots=SLOTS, threads=1)


def prepare_minhash(package, texts):
    import importlib
    made = importlib.import_module(package).MinHash
    sets = [[item.encode() for item in one] for one in shingle_sets(texts)]
    return lambda: made.bulk(sets, num_perm=SLOTS)


def prepare_rensa(kind, texts):
    import rensa
    sets = shingle_sets(texts)
    return lambda: getattr(rensa, kind).from_token_sets(sets, SLOTS, 42)


# Name, the package whose version is shown, how to prepare, whether it takes
# shingles that are made before.
JOBS = {
    "wirecopy.sketch of an Arrow table": ("wirecopy", prepare_arrow, False),
    "wirecopy.sketch of a list of str": ("wirecopy", prepare_list, False),
    "wirecopy.MinHash.bulk": (
        "wirecopy", lambda texts: prepare_minhash("wirecopy", texts), True),
    "datasketch.MinHash.bulk": (
        "datasketch", lambda texts: prepare_minhash("datasketch", texts), True),
    "rensa.RMinHash": (
        "rensa", lambda texts: prepare_rensa("RMinHash", texts), True),
    "rensa.CMinHash": (
        "rensa", lambda texts: prepare_rensa("CMinHash", texts), True),
}


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def work(name, path):
    """One job, in a process of its own: a line of JSON."""
    package, prepare, _ = JOBS[name]
    try:
        version = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        print(json.dumps({"missing": package}))
        return
    texts = read(path)
    begin = time.process_time()
    call = prepare(texts)
    prepared = time.process_time() - begin
    call()
    first, passes, begin = resident(), 0, time.process_time()
    slow = False
    while passes < LEAST_PASSES and not slow or (
            time.process_time() - begin < LEAST_SECONDS):
        call()
        passes += 1
        slow = time.process_time() - begin > 20
    seconds = (time.process_time() - begin) / passes
    print(json.dumps({"seconds": seconds, "prepared": prepared,
                      "growth": resident() - first, "passes": passes,
                      "version": version}))


def answer(command):
    done = subprocess.run(list(map(str, command)), check=True, text=True,
                          stdout=subprocess.PIPE)
    return json.loads(done.stdout.split("\n")[-2])


def measure(options):
    """Answers by job, a round after another."""
    found = {"C++": [], **{name: [] for name in JOBS}}
    program = options.build / "bench" / "sketch_texts"
    for _ in range(options.rounds):
        cpp = answer([program, options.docs, "native"])
        found["C++"].append({"seconds": cpp["seconds"]["sketch"]})
        for name in JOBS:
            found[name].append(answer([options.python, __file__, "--work", name,
                                       options.docs]))
    return {name: answers for name, answers in found.items()
            if "missing" not in answers[0]}


def table(found, megabytes):
    base = statistics.median(one["seconds"] for one in found["C++"])
    yield "| | MB/s | of the C++ rate | with shingles, MB/s | growth, MB |"
    yield "|---|---:|---:|---:|---:|"
    for name, answers in found.items():
        seconds = statistics.median(one["seconds"] for one in answers)
        cells = [f"{megabytes / seconds:.1f}", f"{base / seconds:.2f}"]
        if name == "C++":
            yield f"| C++, the same texts | {' | '.join(cells)} | | |"
            continue
        whole = seconds + statistics.median(
            one["prepared"] for one in answers) * JOBS[name][2]
        growth = max(one["growth"] for one in answers)
        cells += [f"{megabytes / whole:.1f}" if JOBS[name][2] else "",
                  f"{growth:.1f}"]
        yield f"| {name} {answers[0]['version']} | {' | '.join(cells)} |"


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("docs", type=pathlib.Path)
    parser.add_argument("--python", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    if options.python is None:
        options.python = (options.build / "python" / "environment" / "bin"
                          / "python")
    return options


def main():
    if sys.argv[1:2] == ["--work"]:
        work(*sys.argv[2:])
        return
    import measured_run
    options = parse()
    texts = read(options.docs)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    lines = [*table(measure(options), megabytes), "",
             f"{len(texts):,} documents ({megabytes:.1f} MB), "
             f"{options.rounds} rounds, {datetime.date.today()}, "
             f"{measured_run.processor()}."]
    print("\n".join(lines))
    if options.out is not None:
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

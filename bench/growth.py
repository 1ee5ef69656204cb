#!/usr/bin/env python3
"""How time grows: of a signature with the size of a document, of `wirecopy
dedup` with the number of documents.

  growth.py build [--job signature] [--job dedup] [--rounds 3]
      [--largest 10000000] [--threads 1] [--folder D]
      [--out bench/runs/NAME] [--note TEXT]
  growth.py --draw bench/runs/NAME.tsv

`signature` takes the rows sketch_text/english of sketch_bench, 1 KB to 10 MB.
`dedup` writes synthetic corpora (synthetic_corpus.cc) of 10,000 documents up to
--largest, 300 bytes each, and runs `wirecopy dedup` on them. Rounds go through
all sizes in turn; figures are medians, of processor time, since a busy machine
makes a clock's time longer. The slope is that of a straight line through the
logarithms of both (least squares): 1 is linear growth. R^2 is the share of the
variance that the line explains. Writes NAME.tsv, NAME-signature.svg and
NAME-dedup.svg, and prints the tables.
"""

import argparse
import datetime
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

import measured_run
import places
import plot

JOBS = ["signature", "dedup"]
UNITS = {"signature": "B", "dedup": ""}
LEAST_BYTES = 1000
LEAST_DOCUMENTS = 10_000
COLUMNS = ["job", "size", "seconds", "fastest", "slowest", "clock",
           "peak_mb"]


def fit(points):
    """Slope and offset of the line through the logarithms, and R^2."""
    xs = [math.log10(point[0]) for point in points]
    ys = [math.log10(point[1]) for point in points]
    if len(set(xs)) < 2:
        return math.nan, math.nan, math.nan
    slope, offset = statistics.linear_regression(xs, ys)
    rest = sum((y - offset - slope * x) ** 2 for x, y in zip(xs, ys))
    middle = statistics.mean(ys)
    spread = sum((y - middle) ** 2 for y in ys)
    return slope, offset, 1 - rest / spread if spread else 1.0


def line_of(job, size, seconds, clocks, peak):
    return [job, size, statistics.median(seconds), min(seconds), max(seconds),
            statistics.median(clocks), peak]


# --------------------------------------------------------------- signature


def signature_round(build):
    """Processor and clock seconds of a document, by its size."""
    printed = subprocess.run(
        [build / "bench" / "sketch_bench", "--benchmark_format=json",
         "--benchmark_filter=^sketch_text/english/",
         "--benchmark_min_time=0.2"], check=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL).stdout
    found = {}
    for row in json.loads(printed)["benchmarks"]:
        size = int(row["name"].rpartition("/")[2])
        seconds = size / row["bytes_per_second"]
        found[size] = seconds, seconds * row["real_time"] / row["cpu_time"]
    return found


def signature(options):
    rounds = [signature_round(options.build) for _ in range(options.rounds)]
    for size in rounds[0]:
        if size >= LEAST_BYTES:
            looks = [one[size] for one in rounds]
            yield line_of("signature", size, [look[0] for look in looks],
                          [look[1] for look in looks], 0)


# --------------------------------------------------------------- dedup


def sizes_up_to(largest):
    """10,000, 30,000, 100,000 and so on, and the largest."""
    sizes = []
    for exponent in range(4, 10):
        sizes += [10 ** exponent, 3 * 10 ** exponent]
    return [size for size in sizes if LEAST_DOCUMENTS <= size < largest] + [
        largest]


def make_corpora(options, folder):
    paths = {}
    for size in sizes_up_to(options.largest):
        paths[size] = folder / f"{size}.jsonl"
        with open(paths[size], "wb") as out:
            subprocess.run([options.build / "bench" / "synthetic_corpus",
                            str(size)], check=True, stdout=out)
    return paths


def dedup(options):
    usages = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        paths = make_corpora(options, pathlib.Path(folder))
        for number in range(options.rounds):
            for size, path in paths.items():
                usages.setdefault(size, []).append(measured_run.run(
                    [options.build / "wirecopy", "dedup", path, "--quiet",
                     "--threads", options.threads, "-o", "/dev/null"]))
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
    for size, found in usages.items():
        yield line_of("dedup", size, [usage.cpu for usage in found],
                      [usage.wall for usage in found],
                      max(usage.peak for usage in found))


# --------------------------------------------------------------- report


def print_table(job, lines):
    of = "bytes" if job == "signature" else "documents"
    print(f"\n{job:10}{of:>11} {'CPU s':>10} {'fastest':>10} {'slowest':>10} "
          f"{'s by clock':>10} {'us each':>9} {'peak MB':>8}")
    for _, size, seconds, fastest, slowest, clock, peak in lines:
        memory = f"{peak:8,.0f}" if peak else ""
        print(f"{'':10}{size:>11,} {seconds:>10.3g} {fastest:>10.3g} "
              f"{slowest:>10.3g} {clock:>10.3g} {1e6 * seconds / size:>9.3g} "
              f"{memory}")
    slope, _, explained = fit([line[1:3] for line in lines])
    print(f"slope {slope:.3f}, R^2 {explained:.5f}")


def draw(job, lines, path, note):
    points = [(line[1], line[2], line[3], line[4]) for line in lines]
    slope, offset, explained = fit(points)
    across, title = (("size of a document", "Text to signature, by its size")
                     if job == "signature" else
                     ("documents", "wirecopy dedup, by number of documents"))
    series = [plot.Series("processor time", points, joined=False, colour=0)]
    if math.isfinite(slope):
        series.append(plot.Series(
            f"slope {slope:.3f}", [(size, 10 ** offset * size ** slope)
                                   for size, *_ in points],
            dashed=True, colour=7))
        note = f"R\u00b2 {explained:.5f}; {note}"
    plot.lines(path, title, plot.Axis(across, unit=UNITS[job]),
               plot.Axis("seconds", unit=None), series, note)


def report(head, lines, out, is_drawn_only):
    for job in JOBS:
        mine = [line for line in lines if line[0] == job]
        if not mine:
            continue
        if not is_drawn_only:
            print_table(job, mine)
        draw(job, mine, out.with_name(f"{out.name}-{job}.svg"), head[0])


def write_table(path, head, lines):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(f"# {line}\n" for line in head)
        out.write("\t".join(COLUMNS) + "\n")
        for line in lines:
            out.write("\t".join(f"{value:.6g}" if isinstance(value, float)
                                else str(value) for value in line) + "\n")


def read_table(path):
    head, lines = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            head.append(line[1:].strip())
        elif not line.startswith("job\t"):
            job, size, *numbers = line.split("\t")
            lines.append([job, int(size), *map(float, numbers)])
    return head, lines


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=places.folder, nargs="?")
    parser.add_argument("--job", choices=JOBS, action="append")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--largest", type=int, default=10_000_000,
                        help="documents, 10,000 or more; a slope wants more; "
                        "10,000,000 take 3.5 GB of disk")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--folder", type=places.folder,
                        help="for the inputs, on a large disk")
    parser.add_argument("--out", type=pathlib.Path, help="without its ending "
                        "(default: bench/runs/TODAY-growth)")
    parser.add_argument("--note", default="", help="for the table's head")
    parser.add_argument("--draw", type=places.table("job\tsize"),
                        metavar="NAME.tsv",
                        help="the charts of a table again, beside it")
    options = parser.parse_args()
    if (options.build is None) == (options.draw is None):
        parser.error("give the build folder, or --draw")
    if options.rounds < 1 or options.threads < 1:
        parser.error("--rounds and --threads are 1 or more")
    if options.largest < 10_000:
        parser.error("--largest is 10,000 or more")
    return options


def main():
    options = parse_arguments()
    if options.draw:
        report(*read_table(options.draw), options.draw.with_suffix(""), True)
        return
    head = measured_run.head(options.note)
    lines = []
    for job in options.job or JOBS:
        lines += {"signature": signature, "dedup": dedup}[job](options)
    out = options.out or (pathlib.Path(__file__).resolve().parent / "runs" /
                          f"{datetime.date.today()}-growth")
    write_table(out.with_name(f"{out.name}.tsv"), head, lines)
    print("\n".join(head))
    report(head, lines, out, False)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How far the sketches' estimates are from the truth, beside theory.

  accuracy/estimator.py build/bench/estimator_trials [--trials 4000]
      [--sizes N ...] [--out bench/runs/NAME] [--note TEXT]
  accuracy/estimator.py --draw bench/runs/NAME.tsv

Theory is sqrt(J (1 - J) / 128), the standard error of 128 independent slots.
Writes NAME.tsv (bias and root of the mean squared error, RMSE, of each sketch,
size of the sets and resemblance J), NAME.svg (RMSE over theory by size) and
NAME-at-SIZE.svg (RMSE by resemblance at the middle size), and prints the
table. A ratio is the root of the mean, over all resemblances, of squared errors
over theory's; +- is what chance does to it in 95 of 100 runs. The last column
counts biases beyond three standard errors: of 10, chance makes 0.03.
"""

import argparse
import datetime
import math
import pathlib
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BENCH))
import measured_run  # noqa: E402
import places  # noqa: E402
import plot  # noqa: E402

SLOTS = 128


def theory(resemblance):
    return math.sqrt(resemblance * (1 - resemblance) / SLOTS)


class Cell:
    """One sketch at one size and resemblance."""

    def __init__(self, line):
        fields = line.split("\t")
        self.sketch, self.size, self.trials = (fields[0], int(fields[1]),
                                               int(fields[3]))
        self.resemblance, self.bias, self.rmse = (
            float(fields[2]), float(fields[4]), float(fields[5]))

    def squared_ratio(self):
        return (self.rmse / theory(self.resemblance)) ** 2

    def is_biased(self):
        return abs(self.bias) > 3 * self.rmse / math.sqrt(self.trials)


def read_cells(text):
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [Cell(line) for line in lines[1:]]


def grouped(cells):
    """{sketch: {size: its cells}}, in the order in which they come."""
    groups = {}
    for cell in cells:
        groups.setdefault(cell.sketch, {}).setdefault(cell.size,
                                                      []).append(cell)
    return groups


def ratio_of(cells):
    """RMSE over theory, and how far chance takes it from its mean."""
    ratio = math.sqrt(sum(cell.squared_ratio() for cell in cells) / len(cells))
    looks = sum(cell.trials for cell in cells)
    return ratio, 1.96 * ratio / math.sqrt(2 * looks)


def print_table(groups):
    print(f"{'sketch':22}{'size':>7} {'RMSE over theory':>18} {'biased':>8}")
    for sketch, sizes in groups.items():
        for size, cells in sizes.items():
            ratio, error = ratio_of(cells)
            biased = sum(cell.is_biased() for cell in cells)
            print(f"{sketch:22}{size:>7,} {ratio:>10.3f} +- {error:.3f} "
                  f"{biased:>5}/{len(cells)}")


def draw(groups, path, where):
    trials = next(iter(next(iter(groups.values())).values()))[0].trials
    note = f"{trials:,} trials each; {where}"
    series = [plot.Series("theory", [(size, 1) for size in
                                     next(iter(groups.values()))],
                          dashed=True, colour=7)]
    for colour, (sketch, sizes) in enumerate(groups.items()):
        points = []
        for size, cells in sizes.items():
            ratio, error = ratio_of(cells)
            points.append((size, ratio, ratio - error, ratio + error))
        series.append(plot.Series(sketch, points, colour=colour))
    plot.lines(path.with_suffix(".svg"),
               f"Error of {SLOTS} slots by size of the sets",
               plot.Axis("shingles of either set"),
               plot.Axis("RMSE over theory", log=False, unit=None, low=0),
               series, note)
    sizes = list(next(iter(groups.values())))
    middle = sizes[len(sizes) // 2]
    grid = [i / 100 for i in range(5, 100)]
    series = [plot.Series("theory", [(j, theory(j)) for j in grid],
                          dashed=True, colour=7)]
    for colour, (sketch, cells) in enumerate(groups.items()):
        points = [(cell.resemblance, cell.rmse) for cell in cells[middle]]
        series.append(plot.Series(sketch, points, joined=False, colour=colour))
    plot.lines(path.with_name(f"{path.stem}-at-{middle}.svg"),
               f"Error of {SLOTS} slots, sets of {middle:,} shingles",
               plot.Axis("resemblance J", log=False, unit=None, low=0, high=1),
               plot.Axis("RMSE", log=False, unit=None, low=0), series, note)


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=places.file, nargs="?")
    parser.add_argument("--trials", type=int, default=4000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--out", type=pathlib.Path, help="without its ending")
    parser.add_argument("--note", default="", help="for the table's head")
    parser.add_argument("--draw", type=places.table("sketch\tsize"),
                        metavar="NAME.tsv",
                        help="the charts of a table again, beside it")
    options = parser.parse_args()
    if (options.program is None) == (options.draw is None):
        parser.error("give the program, or --draw")
    return options


def main():
    options = parse_arguments()
    if options.draw:
        text = options.draw.read_text(encoding="utf-8")
        draw(grouped(read_cells(text)), options.draw,
             text.partition("\n")[0].lstrip("# "))
        return
    printed = subprocess.run(
        [options.program, str(options.trials), *map(str, options.sizes)],
        check=True, stdout=subprocess.PIPE, text=True).stdout
    out = options.out or (BENCH / "runs" /
                          f"{datetime.date.today()}-estimator")
    head = measured_run.head(options.note)
    out.with_suffix(".tsv").write_text(
        "".join(f"# {line}\n" for line in head) + printed, encoding="utf-8")
    groups = grouped(read_cells(printed))
    print("\n".join(head) + "\n")
    print_table(groups)
    draw(groups, out.with_suffix(".tsv"), head[0])


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Learns how often a parent is right that has such a share of the forests.

    fit_lineage.py WIRECOPY [--text FILE.jsonl ...] [--families N] [--seed N] [--header FILE --date DAY]

Traces generated families, other ones than bench/accuracy/lineage.py reports on (other seeds), with
the program as it is built. Isotonic regression (Zadrozny and Elkan 2002) of whether the first parent
is right on its share becomes some points of lib/provenance/lineage_calibration.h; how often further
parents are right is printed for lineage_weights.h. Python 3.11, no packages.
"""
import argparse
import collections
import pathlib
import tempfile

import lineage

POINTS = 12  # of a curve, each for as many parents
HEADER = """\
// From a parent's share of the forests to how often it is right. Made by
// bench/accuracy/fit_lineage.py; not for editing.
//
// Learnt on {date}: {dated} parents of generated families with dates, {undated}
// without, seeds from {seed} on.

#ifndef WIRECOPY_PROVENANCE_LINEAGE_CALIBRATION_H_
#define WIRECOPY_PROVENANCE_LINEAGE_CALIBRATION_H_

namespace wirecopy {{

struct CalibrationPoint {{
  double share;
  double confidence;
}};

// By rising share.
inline constexpr CalibrationPoint kCalibrationDates[] = {{
{dated_points}
}};
inline constexpr CalibrationPoint kCalibration[] = {{
{undated_points}
}};

}}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINEAGE_CALIBRATION_H_
"""


def isotonic(samples):
    """[(share, frequency)] by rising share, the frequencies rising: pool adjacent violators."""
    blocks = []  # sum of what is right, shares
    for share, right in sorted(samples):
        blocks.append([float(right), [share]])
        while len(blocks) > 1 and (blocks[-2][0] * len(blocks[-1][1])
                                   >= blocks[-1][0] * len(blocks[-2][1])):
            right, shares = blocks.pop()
            blocks[-1][0] += right
            blocks[-1][1] += shares
    return [(share, right / len(shares)) for right, shares in blocks for share in shares]


def points(curve):
    """A few points that stand for the curve: means of parts of equal size; no share is never right."""
    found = {0.0: 0.0}
    for part in range(POINTS):
        ours = curve[part * len(curve) // POINTS:(part + 1) * len(curve) // POINTS]
        share = round(sum(share for share, _ in ours) / len(ours), 4)
        found[share] = round(sum(often for _, often in ours) / len(ours), 4)
    return sorted(found.items())


def rows(curve):
    """As clang-format wants them."""
    cells = [f"{{{share:.4f}, {often:.4f}}}," for share, often in curve]
    return "\n".join("    " + " ".join(cells[at:at + 4]) for at in range(0, len(cells), 4))


def firsts(truth, found):
    """(share, whether it is right) of all first parents that the forests gave."""
    for name, row in found.items():
        if name in truth and row["parents"] and "share" in row["parents"][0]:
            first = row["parents"][0]
            yield first["share"], first["id"] in true_parents(truth[name])


def true_parents(row):
    return row.get("parents") or [row["parent"]]


def seconds(truth, found):
    """(whether it is of another family, whether it is right) of all further parents."""
    def family(name):
        return truth[name]["origin"] or truth[name]["source_group"]
    for name, row in found.items():
        for parent in row["parents"][1:] if name in truth else []:
            if parent["id"] in truth:
                yield (family(parent["id"]) != family(row["parents"][0]["id"])
                       if row["parents"][0]["id"] in truth else True,
                       parent["id"] in true_parents(truth[name]))


def traced(arguments):
    """(dates, truth, lineage) of all mixes."""
    for number, mix in enumerate(lineage.MIXES):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            lineage.grow(folder, arguments.text, arguments.families, arguments.seed + number, mix)
            truth = lineage.Corpus(folder).truth
            for dates in (True, False):
                yield dates, truth, lineage.trace(arguments.wirecopy, folder, dates)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("wirecopy")
    parser.add_argument("--text", nargs="+", default=[], type=pathlib.Path)
    parser.add_argument("--families", type=int, default=100)
    parser.add_argument("--seed", type=int, default=520)
    parser.add_argument("--header", type=pathlib.Path)
    parser.add_argument("--date", help="of the learning, for the header")
    arguments = parser.parse_args()
    samples = {True: [], False: []}
    further = collections.defaultdict(list)
    for dates, truth, found in traced(arguments):
        samples[dates] += firsts(truth, found)
        for is_other, right in seconds(truth, found):
            further[dates, is_other].append(right)
    curves = {dates: points(isotonic(part)) for dates, part in samples.items()}
    lines = {dates: rows(curve) for dates, curve in curves.items()}
    for (dates, is_other), part in sorted(further.items()):
        print(f"{'dates' if dates else 'no dates'}, further parent of "
              f"{'another' if is_other else 'the same'} family: "
              f"{sum(part)} of {len(part)} right")
    header = HEADER.format(date=arguments.date, seed=arguments.seed,
                           dated=len(samples[True]), undated=len(samples[False]),
                           dated_points=lines[True], undated_points=lines[False])
    if arguments.header:
        arguments.header.write_text(header, encoding="utf-8")
    else:
        print(header)


if __name__ == "__main__":
    main()

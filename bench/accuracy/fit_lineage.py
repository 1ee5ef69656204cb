#!/usr/bin/env python3
"""Fits how a parent's share of the forests becomes its confidence (Platt 1999).

    fit_lineage.py WIRECOPY [--text FILE.jsonl ...] [--families N] [--seed N]

Traces generated families, other ones than bench/accuracy/lineage.py reports on (other seeds), with
the program as it is built, and prints the slopes and offsets for lib/provenance/lineage_weights.h
that would make its confidences right. They are fitted on top of those that it has: build and run
again until they stay. Python 3.11, no packages.
"""
import argparse
import math
import pathlib
import re
import tempfile

import lineage

WEIGHTS = lineage.ROOT / "lib" / "provenance" / "lineage_weights.h"
STEPS = 50


def logit(share):
    share = min(1 - 1e-6, max(1e-6, share))
    return math.log(share / (1 - share))


def logistic_regression(samples):
    """Slope and offset, by Newton's method."""
    slope, offset = 1.0, 0.0
    for _ in range(STEPS):
        gradient = [0.0, 0.0]
        curve = [1e-9, 0.0, 1e-9]
        for nats, right in samples:
            sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * nats + offset))))
            weight = sure * (1 - sure)
            gradient[0] += (right - sure) * nats
            gradient[1] += right - sure
            curve[0] += weight * nats * nats
            curve[1] += weight * nats
            curve[2] += weight
        scale = curve[0] * curve[2] - curve[1] ** 2
        slope += (curve[2] * gradient[0] - curve[1] * gradient[1]) / scale
        offset += (curve[0] * gradient[1] - curve[1] * gradient[0]) / scale
    return slope, offset


def now(name):
    found = re.search(rf"\b{name} = ([-0-9.]+);", WEIGHTS.read_text(encoding="utf-8"))
    return float(found[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("wirecopy")
    parser.add_argument("--text", nargs="+", default=[], type=pathlib.Path)
    parser.add_argument("--families", type=int, default=40)
    parser.add_argument("--seed", type=int, default=500)
    arguments = parser.parse_args()
    samples = {True: [], False: []}
    for number, mix in enumerate(lineage.MIXES):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            lineage.grow(folder, arguments.text, arguments.families, arguments.seed + number, mix)
            truth = lineage.Corpus(folder).truth
            for dates, part in samples.items():
                found = lineage.trace(arguments.wirecopy, folder, dates)
                part += [(logit(confidence), right)
                         for confidence, right in lineage.confidences(truth, found)]
    for suffix, part in (("Dates", samples[True]), ("", samples[False])):
        slope, offset = logistic_regression(part)
        print(f"kSlope{suffix} = {slope * now('kSlope' + suffix):.3f};")
        print(f"kOffset{suffix} = {slope * now('kOffset' + suffix) + offset:.3f};")


if __name__ == "__main__":
    main()

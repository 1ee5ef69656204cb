#!/usr/bin/env python3
"""Tests of bench/accuracy/fit_lineage.py against what isotonic regression is defined by."""

import itertools
import pathlib
import random
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench" / "accuracy"))
import fit_lineage  # noqa: E402


def least_squares(rights):
    """The rising curve with the least squared error, by the min-max formula (Barlow 1972)."""
    count = len(rights)
    return [max(min(sum(rights[low:high + 1]) / (high + 1 - low) for high in range(at, count))
                for low in range(at + 1)) for at in range(count)]


class Isotonic(unittest.TestCase):
    def test_is_the_best_rising_curve(self):
        chance = random.Random(5)
        for count in (1, 2, 3, 7, 40):
            shares = sorted(chance.random() for _ in range(count))
            rights = [chance.random() < share for share in shares]
            curve = fit_lineage.isotonic(list(zip(shares, rights)))
            self.assertEqual([share for share, _ in curve], shares)
            for (_, often), wanted in zip(curve, least_squares(rights)):
                self.assertAlmostEqual(often, wanted)


class Points(unittest.TestCase):
    def test_rise_from_nothing_and_follow_the_truth(self):
        chance = random.Random(6)
        shares = [chance.random() for _ in range(40000)]
        samples = [(share, chance.random() < share * share) for share in shares]
        points = fit_lineage.points(fit_lineage.isotonic(samples))
        self.assertEqual(points[0], (0.0, 0.0))
        for (low, seldom), (high, often) in itertools.pairwise(points):
            self.assertLess(low, high)
            self.assertLessEqual(seldom, often)
        # A point is the mean of so many draws, and six times their deviation
        # is never seen. A part's mean square is its mean's square and a bit.
        spread = 1 / fit_lineage.POINTS
        for share, often in points[1:]:
            margin = 6 * 0.5 / (len(samples) / fit_lineage.POINTS) ** 0.5 + spread ** 2 / 12
            self.assertLess(abs(often - share * share), margin)


if __name__ == "__main__":
    unittest.main()

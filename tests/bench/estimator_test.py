#!/usr/bin/env python3
"""Tests of bench/accuracy/estimator.py, and of the errors that it finds."""

import contextlib
import importlib.util
import io
import math
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "bench" / "accuracy" / "estimator.py"
spec = importlib.util.spec_from_file_location("estimator", SCRIPT)
estimator = importlib.util.module_from_spec(spec)
spec.loader.exec_module(estimator)

PROGRAM = None  # from the command line; without it only the script is tested


def cell(rmse, resemblance=0.5, bias=0.0, trials=100):
    return estimator.Cell(f"s\t10\t{resemblance}\t{trials}\t{bias}\t{rmse}")


class Ratio(unittest.TestCase):
    def test_is_one_where_theory_holds(self):
        cells = [cell(estimator.theory(j), j) for j in (0.1, 0.5, 0.9)]
        self.assertAlmostEqual(estimator.ratio_of(cells)[0], 1)

    def test_weighs_errors_by_their_squares(self):
        one = estimator.theory(0.5)
        self.assertAlmostEqual(
            estimator.ratio_of([cell(one), cell(7 * one)])[0], 5)

    def test_bias_counts_beyond_three_standard_errors(self):
        self.assertFalse(cell(0.1, bias=0.029).is_biased())
        self.assertTrue(cell(0.1, bias=-0.031).is_biased())


class Sketches(unittest.TestCase):
    TRIALS = 400

    @classmethod
    def setUpClass(cls):
        if PROGRAM is None:
            raise unittest.SkipTest("no program given")
        arguments = [str(SCRIPT), PROGRAM, "--trials", str(cls.TRIALS),
                     "--sizes", "10", "30", "1000"]
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "run"
            with mock.patch.object(sys, "argv",
                                   [*arguments, "--out", str(out)]), \
                    contextlib.redirect_stdout(io.StringIO()):
                estimator.main()
            cls.groups = estimator.grouped(
                estimator.read_cells(out.with_suffix(".tsv").read_text()))
            cls.charts = [out.with_suffix(".svg").exists(),
                          out.with_name("run-at-30.svg").exists()]

    def ratio(self, sketch, size):
        return estimator.ratio_of(self.groups[sketch][size])[0]

    def test_charts_are_there(self):
        self.assertEqual(self.charts, [True, True])

    def test_independent_slots_have_the_error_of_theory(self):
        # Squared errors of ten cells of 400: five standard errors.
        error = 5 / math.sqrt(2 * 10 * self.TRIALS)
        for scheme in ("legacy", "affine32", "affine64"):
            ratio = self.ratio(f"datasketch_{scheme}", 1000)
            self.assertLess(abs(ratio - 1), error, scheme)

    def test_native_slots_are_never_worse(self):
        for size in (10, 30, 1000):
            cells = self.groups["native_slots"][size]
            error = 5 / math.sqrt(2 * len(cells) * self.TRIALS)
            self.assertLess(self.ratio("native_slots", size), 1 + error)

    def test_small_native_signatures_are_exact(self):
        self.assertEqual(self.ratio("native", 30), 0)

    def test_wrong_numbers_are_refused(self):
        for arguments in ([], ["0"], ["x"], ["5", "1"], ["5", "-1"]):
            run = subprocess.run([PROGRAM, *arguments],
                                 stderr=subprocess.DEVNULL, check=False)
            self.assertEqual(run.returncode, 2, arguments)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        PROGRAM = sys.argv.pop(1)
    unittest.main()

#!/usr/bin/env python3
"""Tests of bench/accuracy/recall.py."""

import contextlib
import importlib.util
import io
import json
import pathlib
import random
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "bench" / "accuracy" / "recall.py"
spec = importlib.util.spec_from_file_location("recall", SCRIPT)
recall = importlib.util.module_from_spec(spec)
spec.loader.exec_module(recall)

WIRECOPY = None  # from the command line; without it only the script is tested


class Intervals(unittest.TestCase):
    def test_hold_the_share_as_often_as_they_say(self):
        chance = random.Random(1)
        runs, true = 2000, 0.98
        held = 0
        for _ in range(runs):
            found = sum(chance.random() < true for _ in range(200))
            low, high = recall.wilson(found, 200)
            held += low <= true <= high
        # 95 % of 2,000, give or take five standard errors.
        self.assertLess(abs(held / runs - 0.95), 5 * 0.0049)

    def test_reach_the_ends(self):
        low, high = recall.wilson(50, 50)
        self.assertEqual(high, 1)
        self.assertLess(low, 0.95)
        self.assertEqual(recall.wilson(0, 50)[0], 0)

    def test_are_as_wide_as_the_seeds_differ(self):
        self.assertEqual(recall.interval([900, 900], 1000),
                         recall.wilson(1800, 2000))
        low, high = recall.interval([850, 950], 1000)
        self.assertLess(low, 0.85)
        self.assertEqual(high, 1)


class Prediction(unittest.TestCase):
    def test_of_equal_texts_is_certain(self):
        self.assertEqual(recall.predicted_recall([1, 1], 10, 5, 0.9), 1)

    def test_is_the_mean_over_the_pairs(self):
        one = recall.predicted_recall([0.6], 20, 4, 0.9)
        other = recall.predicted_recall([0.9], 20, 4, 0.9)
        self.assertAlmostEqual(recall.predicted_recall([0.6, 0.9], 20, 4, 0.9),
                               (one + other) / 2)
        self.assertLess(one, other)

    def test_one_row_is_drawing_without_replacement(self):
        # A band of two rows of two slots: both agree with probability
        # J (2 J - 1), for J of 0.75 and two shingles.
        self.assertAlmostEqual(recall.find_probability(0.75, 1, 2),
                               0.75 * (0.75 * 2 - 1))


class WholeRun(unittest.TestCase):
    def setUp(self):
        if WIRECOPY is None:
            self.skipTest("no program given")

    def test_finds_what_there_is(self):
        chance = random.Random(2)
        words = [f"word{i}" for i in range(2000)]
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            docs = folder / "made.jsonl"
            with open(docs, "w", encoding="utf-8") as out:
                for number in range(60):
                    text = chance.choices(words, k=200)
                    for copy in ("a", "b"):
                        body = list(text)
                        if copy == "b":
                            body[chance.randrange(200)] = "another"
                        out.write(json.dumps({"id": f"{number}{copy}",
                                              "text": " ".join(body)}) + "\n")
            arguments = [str(SCRIPT), str(docs), "--wirecopy", WIRECOPY,
                         "--thresholds", "0.8", "--recalls", "0.999",
                         "--seeds", "2", "--out", str(folder / "run")]
            with mock.patch.object(sys, "argv", arguments), \
                    contextlib.redirect_stdout(io.StringIO()):
                recall.main()
            table = (folder / "run.tsv").read_text().splitlines()
            self.assertTrue((folder / "run-made.svg").exists())
        names, values = (line.split("\t") for line in table[-2:])
        found = dict(zip(names, values))
        self.assertEqual(found["pairs"], "60")
        self.assertEqual(found["removed"], "60")
        self.assertEqual(found["precision"], "1")
        self.assertGreater(float(found["recall"]), 0.99)
        self.assertGreater(float(found["predicted"]), 0.999)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        WIRECOPY = sys.argv.pop(1)
    unittest.main()

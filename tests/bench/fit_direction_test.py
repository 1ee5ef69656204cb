#!/usr/bin/env python3
"""Tests of bench/accuracy/fit_direction.py on data of which the answer is known."""

import importlib.util
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "bench" / "accuracy" / "fit_direction.py"
spec = importlib.util.spec_from_file_location("fit_direction", SCRIPT)
fit_direction = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fit_direction)

TRUE_WEIGHTS = [1.5, -0.8, 0.0]


def drawn_rows(count, seed):
    """Figures of source less copy, where sources are as likely as the weights
    say: a pair is turned round with the probability that they are wrong."""
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        row = [chance.gauss(0, 1) for _ in TRUE_WEIGHTS]
        right = 1 / (1 + math.exp(-fit_direction.dot(TRUE_WEIGHTS, row)))
        rows.append(row if chance.random() < right else [-x for x in row])
    return rows


def pairs_of(rows):
    return [fit_direction.Pair(f"c{i}", f"s{i}", True, 1.0, row, f"t{i}", 0, 0)
            for i, row in enumerate(rows)]


class Solve(unittest.TestCase):
    def test_needs_pivots(self):
        self.assertEqual(fit_direction.solve([[0, 2], [4, 0]], [6, 8]), [2, 3])


class Fit(unittest.TestCase):
    def test_finds_the_weights(self):
        count = 4000
        weights = fit_direction.fit(pairs_of(drawn_rows(count, 1)))
        # The information about a weight is the mean of p (1 - p) x^2, here
        # above 0.1 a row: five standard errors.
        error = 5 / math.sqrt(0.1 * count)
        for weight, true in zip(weights, TRUE_WEIGHTS):
            self.assertLess(abs(weight - true), error)

    def test_turning_every_pair_turns_the_weights(self):
        rows = drawn_rows(300, 2)
        there = fit_direction.fit(pairs_of(rows))
        back = fit_direction.fit(pairs_of([[-x for x in r] for r in rows]))
        for x, y in zip(there, back):
            self.assertAlmostEqual(x, -y, places=6)

    def test_what_never_differs_has_no_weight(self):
        rows = [row[:2] + [0.0] for row in drawn_rows(200, 3)]
        self.assertEqual(fit_direction.fit(pairs_of(rows))[2], 0)

    def test_temperature_of_a_true_model_is_near_one(self):
        value = fit_direction.temperature(pairs_of(drawn_rows(4000, 4)))
        self.assertLess(abs(value - 1), 0.2)

    def test_temperature_cools_what_chance_taught(self):
        chance = random.Random(5)
        rows = [[chance.gauss(0, 1) for _ in range(20)] for _ in range(60)]
        self.assertLess(fit_direction.temperature(pairs_of(rows)), 0.5)


class Threads(unittest.TestCase):
    def test_are_what_pairs_connect(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "pairs.jsonl"
            path.write_text("".join(
                json.dumps({"copy": c, "source": s}) + "\n"
                for c, s in [("c", "b"), ("e", "d"), ("b", "a")]),
                encoding="utf-8")
            self.assertEqual(fit_direction.read_threads(path),
                             {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d"})

    def test_halves_are_halves(self):
        count = 2000
        taught = sum(fit_direction.is_for_learning(f"thread {i}")
                     for i in range(count))
        self.assertLess(abs(taught - count / 2), 5 * math.sqrt(count / 4))


class WholeRun(unittest.TestCase):
    def test_writes_the_same_header_twice(self):
        names = ["lead", "misprint", "house_style"]
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            lines = ["\t".join(["copy", "source", "posts", "hours", *names,
                                "log_odds", "dated_log_odds"])]
            chance = random.Random(6)
            gold = []
            for i, row in enumerate(drawn_rows(400, 7)):
                hours = chance.expovariate(1 / 20) * (-1 if i % 50 == 0 else 1)
                lines.append("\t".join([f"c{i}", f"s{i}", "1", f"{hours:.4f}",
                                        *(f"{x:.6f}" for x in row), "1", "2"]))
                gold.append(json.dumps({"copy": f"c{i}", "source": f"s{i}"}))
            (folder / "f.tsv").write_text("\n".join(lines) + "\n")
            (folder / "pairs.jsonl").write_text("\n".join(gold) + "\n")
            headers = []
            for name in ("one.h", "two.h"):
                subprocess.run(
                    [sys.executable, SCRIPT, "--posts", folder / "f.tsv",
                     "--pairs", folder / "pairs.jsonl", "--articles",
                     folder / "f.tsv", "--header", folder / name, "--date",
                     "2000-01-01", "--verdicts", folder / "verdicts"],
                    check=True, stdout=subprocess.DEVNULL)
                headers.append((folder / name).read_text())
            self.assertEqual(headers[0], headers[1])
            self.assertIn("kPostWeights", headers[0])
            self.assertIn("// misprint", headers[0])
            edges = (folder / "verdicts" / "edges_dates.jsonl").read_text()
            taught = sum(fit_direction.is_for_learning(f"c{i}")
                         for i in range(400))
            self.assertEqual(len(edges.splitlines()), 400 - taught)


if __name__ == "__main__":
    unittest.main()

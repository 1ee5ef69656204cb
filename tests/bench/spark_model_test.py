"""The model of bench/spark_model.py, on runs whose lines are known."""

import json
import pathlib
import sys
import unittest

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import spark_model as model  # noqa: E402


def made_run(rows, extra=0.0):
    """Stages that cost so much to begin and so much a row."""
    lines = [{"job": "dedup", "rows": rows},
             {"stage": "counts", "shuffled": 0, "task_seconds": 2},
             {"stage": "wirecopy: twins", "shuffled": 60 * rows,
              "task_seconds": 5 + rows / 1e4 + extra},
             {"stage": "wirecopy: links", "shuffled": 10 * rows,
              "task_seconds": 1},
             {"stage": "wirecopy: round-0", "shuffled": 30 * rows,
              "task_seconds": rows / 1e5},
             {"stage": "wirecopy: groups", "shuffled": 7, "task_seconds": 1}]
    return "\n".join(["what was run", *map(json.dumps, lines), ""])


OTHER = json.dumps({"job": "trace", "rows": 5}) + "\n" + json.dumps(
    {"stage": "wirecopy: links", "shuffled": 1, "task_seconds": 1})


class SparkModelTest(unittest.TestCase):
    def runs(self, *texts):
        return model.runs_of([*texts, OTHER])

    def test_stages_are_added_up(self):
        found = self.runs(made_run(1000))
        self.assertEqual(list(found), [1000])
        self.assertEqual(found[1000], {
            "checks, counts": (0, 2), "twins": (60000, 5.1),
            "links, rounds": (40007, 2.01)})

    def test_a_line_goes_on(self):
        runs = self.runs(made_run(1000), made_run(3000))
        told = model.forecast(runs, 1000, 3000, 100000)
        for stage, (size, seconds) in self.runs(
                made_run(100000))[100000].items():
            self.assertAlmostEqual(told[stage][0], size)
            self.assertAlmostEqual(told[stage][1], seconds)

    def test_the_larger_one_is_forecast_by_the_smaller(self):
        text = model.report(self.runs(
            made_run(1000), made_run(3000), made_run(9000, extra=100)), [10**9])
        self.assertIn("9,000 rows, by 1,000 and 3,000:", text)
        self.assertIn("| twins | 60 | 5.9 | 60 | 105.9 |", text)
        self.assertIn("| all | 100 | 10.0 | 100 | 110.0 |", text)
        # By 3,000 and 9,000: what the largest one was off is in it.
        self.assertIn("1,000,000,000 rows, by 3,000 and 9,000: 0.10 TB", text)

    def test_one_size_is_no_line(self):
        with self.assertRaises(SystemExit):
            model.report(self.runs(made_run(1000)), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

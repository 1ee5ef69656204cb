#!/usr/bin/env python3
"""Tests of bench/stages.py, with programs that only say that they measured."""

import contextlib
import io
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))
import stages  # noqa: E402

# Prints the rows that its filter names, faster with each set, and twice as
# fast the second time.
PROGRAM = """#!{python}
import json, os, pathlib, re, sys
runs = pathlib.Path(__file__).with_suffix(".runs")
count = len(runs.read_text()) if runs.exists() else 0
level = os.environ["WIRECOPY_SIMD"]
runs.write_text("x" * (count + (level == "avx2")))
wanted = next(a.partition("=")[2] for a in sys.argv if "filter" in a)
speed = {{"portable": 1, "avx2": 2}}[level] * (1 + count)
rows = [f"{{row}}/{{size}}" for row in {rows} for size in (100, 1000)]
rows = [row.replace("SET", s) for row in rows for s in ("portable", "avx2")]
print(json.dumps({{"benchmarks": [
    {{"name": row, "bytes_per_second": speed * 1e6 * int(row.split("/")[-1])}}
    for row in dict.fromkeys(rows + ["memcpy/1"])
    if re.search(wanted, row)] +
    [{{"name": "memcpy", "bytes_per_second": 1e10}}] *
    bool(re.search(wanted, "memcpy"))}}))
"""


def make_programs(folder):
    for program in {owner for owner, _, _ in stages.ROWS}:
        rows = [row for owner, row, _ in stages.ROWS
                if owner == program and row != "memcpy"]
        path = folder / f"{program}_bench"
        path.write_text(PROGRAM.format(python=sys.executable, rows=rows))
        path.chmod(0o755)


class Filter(unittest.TestCase):
    def test_names_rows_of_the_set_alone(self):
        wanted = stages.filter_of("base", "avx2")
        self.assertIn("xxh3/avx2", wanted)
        self.assertNotIn("SET", wanted)


class Figures(unittest.TestCase):
    def test_shares_are_of_one_round(self):
        key = ("avx2", "read", 100)
        rounds = [{key: rate, ("avx2", "memcpy", 0): limit,
                   ("avx2", "xxh3/SET", 100): 4 * rate}
                  for rate, limit in [(1.0, 2.0), (8.0, 2.0), (3.0, 30.0)]]
        line = next(one for one in stages.figures_of(rounds, "avx2")
                    if one[1] == "read")
        # Medians of 1, 8, 3; of 1/2, 8/2, 3/30; and always a quarter.
        self.assertEqual(line[3:], [3.0, 1.0, 8.0, 0.5, 0.25, ""])


class WholeRun(unittest.TestCase):
    def test_table_and_charts(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            make_programs(folder)
            arguments = ["stages.py", str(folder), "--rounds", "2", "--sets",
                         "avx2", "portable", "--out", str(folder / "run"),
                         "--note", "none of this was measured"]
            printed = io.StringIO()
            with mock.patch.object(sys, "argv", arguments), \
                    contextlib.redirect_stdout(printed), \
                    contextlib.redirect_stderr(io.StringIO()):
                stages.main()
            head, lines = stages.read_table(folder / "run.tsv")
            self.assertIn("none of this was measured", head)
            self.assertIn("text to signature", (folder / "run.svg").read_text())
            self.assertIn("portable, English",
                          (folder / "run-sets.svg").read_text())
        found = {tuple(line[:3]): line[3:] for line in lines}
        # Twice as fast in the second round, and with the better set.
        self.assertEqual(found["avx2", "read", 100][:3], [3e8, 2e8, 4e8])
        self.assertEqual(found["portable", "sketch_text/english", 100][:3],
                         [1.5e8, 1e8, 2e8])
        self.assertNotIn(("portable", "read", 100), found)
        self.assertEqual(found["avx2", "sketch_text/english", 1000][4], 1)
        self.assertIn("sketch_text/english", printed.getvalue())


if __name__ == "__main__":
    unittest.main()

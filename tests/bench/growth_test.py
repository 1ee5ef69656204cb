#!/usr/bin/env python3
"""Tests of bench/growth.py and of the corpora that it makes."""

import contextlib
import io
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))
import growth  # noqa: E402

BUILD = None  # from the command line; without it only the script is tested


class Arguments(unittest.TestCase):
    def test_what_is_not_there_is_one_line(self):
        for words in (["/no/such/folder"], ["--draw", "/no/such.tsv"],
                      ["--draw", __file__], [str(ROOT), "--folder", __file__]):
            said = io.StringIO()
            with mock.patch.object(sys, "argv", ["growth.py", *words]), \
                    contextlib.redirect_stderr(said), \
                    self.assertRaises(SystemExit) as ended:
                growth.main()
            self.assertEqual(ended.exception.code, 2)
            self.assertIn(": error: ", said.getvalue().splitlines()[-1])


class Fit(unittest.TestCase):
    def test_finds_a_power(self):
        slope, offset, explained = growth.fit(
            [(10.0 ** e, 3 * 10.0 ** (1.5 * e)) for e in range(5)])
        self.assertAlmostEqual(slope, 1.5)
        self.assertAlmostEqual(10 ** offset, 3)
        self.assertAlmostEqual(explained, 1)

    def test_explains_less_of_what_strays(self):
        _, _, explained = growth.fit([(1, 1), (10, 100), (100, 1)])
        self.assertAlmostEqual(explained, 0)

    def test_one_size_has_no_slope(self):
        self.assertTrue(math.isnan(growth.fit([(10, 1)])[0]))


class Sizes(unittest.TestCase):
    def test_end_with_the_largest(self):
        self.assertEqual(growth.sizes_up_to(200_000),
                         [10_000, 30_000, 100_000, 200_000])
        self.assertEqual(growth.sizes_up_to(10_000), [10_000])
        self.assertEqual(growth.sizes_up_to(500), [500])


class Table(unittest.TestCase):
    def test_is_read_as_it_was_written(self):
        lines = [growth.line_of("dedup", 10_000, [3.0, 1.0, 2.0], [5.0], 17.0)]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "t.tsv"
            growth.write_table(path, ["a day", "a machine"], lines)
            head, found = growth.read_table(path)
        self.assertEqual(head, ["a day", "a machine"])
        self.assertEqual(found, [["dedup", 10_000, 2.0, 1.0, 3.0, 5.0, 17.0]])


class Corpus(unittest.TestCase):
    COUNT = 3000

    def setUp(self):
        if BUILD is None:
            self.skipTest("no build given")

    def make(self, count):
        return subprocess.run([BUILD / "bench" / "synthetic_corpus",
                               str(count)], check=True,
                              stdout=subprocess.PIPE).stdout

    def test_smaller_is_the_beginning_of_larger(self):
        self.assertTrue(self.make(self.COUNT).startswith(self.make(100)))
        self.assertEqual(self.make(0), b"")

    def test_one_in_five_is_a_copy_that_dedup_removes(self):
        lines = self.make(self.COUNT).splitlines()
        documents = [json.loads(line) for line in lines]
        self.assertEqual([one["id"] for one in documents],
                         list(range(self.COUNT)))
        begun = set()
        copies = 0
        for one in documents:
            words = one["text"].split(" ")
            self.assertTrue(40 <= len(words) < 80)
            beginning = tuple(words[:30])
            copies += beginning in begun
            begun.add(beginning)
        # Binomial: five standard deviations.
        self.assertLess(abs(copies - self.COUNT / 5),
                        5 * math.sqrt(self.COUNT * 0.2 * 0.8))
        with tempfile.TemporaryDirectory() as folder:
            docs = pathlib.Path(folder) / "docs.jsonl"
            docs.write_bytes(b"\n".join(lines))
            stats = pathlib.Path(folder) / "stats.json"
            subprocess.run([BUILD / "wirecopy", "dedup", docs, "-q", "-o",
                            "/dev/null", "--stats", stats], check=True)
            removed = json.loads(stats.read_text())["removed"]
        # Each pair is found with a probability of more than 0.999.
        self.assertGreater(removed, 0.98 * copies)
        self.assertLessEqual(removed, copies)

    def test_whole_run(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "run"
            arguments = ["growth.py", str(BUILD), "--job", "dedup", "--rounds",
                         "1", "--largest", "20000", "--out", str(out)]
            printed = io.StringIO()
            with mock.patch.object(sys, "argv", arguments), \
                    contextlib.redirect_stdout(printed), \
                    contextlib.redirect_stderr(io.StringIO()):
                growth.main()
            _, lines = growth.read_table(out.with_suffix(".tsv"))
            chart = out.with_name("run-dedup.svg").read_text()
        self.assertEqual([line[1] for line in lines], [10_000, 20_000])
        self.assertIn("slope", chart)
        self.assertIn("slope", printed.getvalue())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        BUILD = pathlib.Path(sys.argv.pop(1))
    unittest.main()

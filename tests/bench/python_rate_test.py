#!/usr/bin/env python3
"""Tests of bench/python_rate.py, with a job that is made up."""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))
import python_rate  # noqa: E402


class PythonRateTest(unittest.TestCase):

    def work(self, package):
        """What a job says of two texts, and the texts that it was given."""
        given, calls = [], []

        def prepare(texts):
            given.extend(texts)
            return lambda: calls.append(len(texts))

        with tempfile.TemporaryDirectory() as folder, \
                mock.patch.dict(python_rate.JOBS,
                                {"made up": (package, prepare, False)}), \
                mock.patch.object(python_rate, "LEAST_SECONDS", 0), \
                contextlib.redirect_stdout(io.StringIO()) as out:
            docs = pathlib.Path(folder, "docs.jsonl")
            docs.write_text('{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n',
                            encoding="utf-8")
            python_rate.work("made up", docs)
        return json.loads(out.getvalue()), given, calls

    def test_a_job_goes_over_all_texts_again_and_again(self):
        with mock.patch("importlib.metadata.version", return_value="3.1"):
            said, given, calls = self.work("anything")
        self.assertEqual(given, ["a", "b"])
        self.assertEqual(len(calls), said["passes"] + 1)
        self.assertGreaterEqual(said["passes"], python_rate.LEAST_PASSES)
        self.assertEqual(said["version"], "3.1")
        self.assertGreaterEqual(said["seconds"], 0)

    def test_a_package_that_is_missing_does_not_take_part(self):
        said, given, _ = self.work("no-such-package-of-this-name")
        self.assertEqual(said, {"missing": "no-such-package-of-this-name"})
        self.assertEqual(given, [])

    def test_the_table_has_medians(self):
        answers = [{"seconds": seconds, "prepared": 0.5, "growth": growth,
                    "version": "2"} for seconds, growth in
                   ((0.5, 1.0), (9.0, -3.0), (0.4, 2.0))]
        found = {"C++": [{"seconds": 0.1}, {"seconds": 0.2}, {"seconds": 0.3}],
                 "wirecopy.MinHash.bulk": answers}
        lines = list(python_rate.table(found, 10))
        self.assertEqual(lines[2:], [
            "| C++, the same texts | 50.0 | 1.00 | | |",
            "| wirecopy.MinHash.bulk 2 | 20.0 | 0.40 | 10.0 | 2.0 |"])


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Tests of bench/peers: the runner and its tables on a small corpus with
wirecopy and made-up peers, and the parts that judge others.

  peers_test.py BUILD
"""

import argparse
import functools
import json
import os
import pathlib
import py_compile
import random
import subprocess
import sys
import tempfile
import unittest
from unittest import mock
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PEERS = ROOT / "bench" / "peers"
BUILD = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
sys.path.insert(0, str(PEERS))
sys.dont_write_bytecode = True

import peers as registry  # noqa: E402
import process  # noqa: E402
import truth  # noqa: E402

# A peer that takes away what it is told to.
FAKE = """\
import json, sys
print("a word on the way")
with open(sys.argv[2], "w") as out:
    out.writelines(json.dumps({"id": i}) + "\\n" for i in sys.argv[3:])
print(json.dumps({"version": "7.8.9", "seconds": {"import": 0.25, "all": 2}}))
"""


def made_texts():
    """Eight texts of random words, then near copies of the first two."""
    chance = random.Random(1)
    texts = [[f"word{chance.randrange(10 ** 6)}" for _ in range(200)]
             for _ in range(8)]
    for source in texts[:2]:
        texts.append(source[:-1] + ["another"])
    return {f"d{i}": " ".join(text) for i, text in enumerate(texts)}


class Score(unittest.TestCase):
    PAIRS = [("a", "b"), ("b", "c"), ("d", "e")]

    def test_counts_right_found_and_lost(self):
        self.assertEqual(truth.score(["b", "x"], self.PAIRS),
                         {"removed": 2, "right": 0.5, "found": 3 / 5,
                          "lost": 1})

    def test_taking_both_of_a_pair_loses_both(self):
        self.assertEqual(truth.score(["d", "e"], self.PAIRS)["lost"], 2)
        self.assertEqual(truth.score(["a", "c", "d"], self.PAIRS)["lost"], 0)

    def test_one_of_three_equal_ones_is_not_enough(self):
        three = [("a", "b"), ("b", "c"), ("a", "c")]
        self.assertEqual(truth.score(["a"], three)["found"], 1 / 3)
        self.assertEqual(truth.score(["a", "c"], three)["found"], 1)

    def test_nothing_removed_is_nothing_wrong(self):
        self.assertEqual(truth.score([], self.PAIRS),
                         {"removed": 0, "right": 1.0, "found": 0.0, "lost": 0})


class Truth(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.docs = pathlib.Path(self.folder.name) / "docs.jsonl"
        self.docs.write_text("".join(
            json.dumps({"id": i, "text": text}) + "\n"
            for i, text in made_texts().items()))

    def test_sets_find_the_copies(self):
        ids, texts = truth.common.read(self.docs)
        found = truth.pairs_by_sets(ids, texts, 0.8)
        self.assertEqual(sorted(found), [("d0", "d8"), ("d1", "d9")])
        # One shingle of 196 differs on either side.
        self.assertAlmostEqual(found["d0", "d8"], 195 / 197)

    def test_a_wrong_join_is_noticed(self):
        ids, texts = truth.common.read(self.docs)
        right = truth.pairs_by_sets(ids, texts, 0.8)
        self.assertEqual(truth.check(self.docs, right, 0.8, 100), 2)
        for wrong in ({("d0", "d8"): right["d0", "d8"]},
                      {**right, ("d2", "d3"): 0.9},
                      {**right, ("d0", "d8"): 0.9}):
            with self.assertRaises(truth.Fault):
                truth.check(self.docs, wrong, 0.8, 100)

    def test_other_words_may_bring_few_other_pairs(self):
        pairs = [("a", str(i)) for i in range(100)]
        self.assertEqual(truth.agreed(pairs, pairs[1:]), set(pairs[1:]))
        for one, other in ((pairs, pairs[10:]), (pairs[10:], pairs)):
            with self.assertRaises(truth.Fault):
                truth.agreed(one, other)


class Probe(unittest.TestCase):
    def probe(self, slots_of):
        job = argparse.Namespace(result={}, finish=lambda: None)
        truth.common.probe(job, slots_of)
        return job.result["probe"]

    def test_minima_depend_on_sets_alone(self):
        @functools.cache
        def ranks(word):
            chance = random.Random(word)
            return [chance.random() for _ in range(16)]

        def slots_of(text):
            return [min(slot) for slot in zip(*map(ranks, text))]

        found = self.probe(slots_of)
        self.assertFalse(found["order_matters"])
        self.assertLessEqual(found["matter"], 16)
        self.assertGreater(found["matter"], 10)

    def test_samples_by_place_are_seen(self):
        found = self.probe(lambda text: text[::50])
        self.assertTrue(found["order_matters"])
        self.assertEqual(found["matter"], 8)
        self.assertEqual(found["header_estimate"], 0)


class Process(unittest.TestCase):
    def run_python(self, code, limit=60):
        with tempfile.TemporaryDirectory() as folder:
            return process.run([sys.executable, "-c", code],
                               pathlib.Path(folder), 1, limit)

    def test_memory_is_that_of_all_processes(self):
        inner = "x = b'1' * 60_000_000; import time; time.sleep(0.5)"
        usage = self.run_python(
            "import subprocess, sys; x = b'1' * 60_000_000\n"
            f"subprocess.run([sys.executable, '-c', {inner!r}])")
        self.assertGreater(usage.peak_mb, 120)
        self.assertEqual(usage.fault, "")

    def test_the_last_line_is_the_answer(self):
        self.assertEqual(self.run_python("print('x'); print('{\"a\": 1}')")
                         .answer, {"a": 1})

    def test_faults_are_told(self):
        self.assertEqual(self.run_python("raise SystemExit('no such thing')")
                         .fault, "exit status 1: no such thing")
        self.assertEqual(self.run_python("import time; time.sleep(60)", 0.3)
                         .fault, "stopped after 0.3 s")


class Drivers(unittest.TestCase):
    def test_are_python(self):
        drivers = sorted((PEERS / "drivers").glob("*.py"))
        self.assertGreater(len(drivers), 6)
        with tempfile.TemporaryDirectory() as folder:
            for driver in drivers:
                py_compile.compile(str(driver), f"{folder}/out", doraise=True)


class Install(unittest.TestCase):
    def test_says_why_it_failed(self):
        peer = registry.Peer("p", environment="e", packages=("p",))
        with (tempfile.TemporaryDirectory() as folder,
              mock.patch.dict(os.environ, PIP_NO_INDEX="1")):
            reason = registry.install(peer, pathlib.Path(folder))
            self.assertFalse((pathlib.Path(folder) / "e/packages").exists())
        self.assertRegex(reason, "ERROR: .*found for p|no environment")

    def test_who_is_absent_stays_so(self):
        self.assertEqual(registry.install(
            registry.Peer("p", absent="why"), pathlib.Path("nowhere")), "why")


@unittest.skipUnless(BUILD, "no build")
class WholeRun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        # A build of its own, so that two tests may run at the same time.
        build = cls.folder / "build"
        build.mkdir()
        (build / "wirecopy").symlink_to(BUILD / "wirecopy")
        (build / "bench").symlink_to(BUILD / "bench")
        docs, fake = cls.folder / "docs.jsonl", cls.folder / "fake.py"
        docs.write_text("".join(json.dumps({"id": i, "text": text}) + "\n"
                                for i, text in made_texts().items()))
        fake.write_text(FAKE)
        cls.out = cls.folder / "run.json"
        subprocess.run(
            [PEERS / "run.py", "--build", build, "--docs", docs, "--out",
             cls.out, "--only", "wirecopy", "onion", "--rounds", "2",
             "--peer", f"fake={sys.executable} {fake} {{docs}} {{removed}} "
             "d8 d3", "--peer", f"broken={sys.executable} -c 1/0",
             "--peer", "silent=true", "--peer", f"gone={cls.folder}/gone"],
            check=True, capture_output=True)
        cls.run_file = json.loads(cls.out.read_text())

    def row(self, peer, job="dedup", cores=1):
        return next(row for row in self.run_file["rows"] if row["peer"] == peer
                    and row["job"] == job and row["cores"] == cores)

    def test_truth_is_checked(self):
        self.assertEqual(self.run_file["truth"]["checked_pairs"], 2)
        self.assertEqual(self.run_file["truth"]["checked_documents"],
                         self.run_file["corpus"]["documents"])
        self.assertEqual(self.run_file["truth"]["pairs"],
                         {"wirecopy": 2, "peers": 2})

    def test_wirecopy_is_right(self):
        for peer in ("wirecopy", "wirecopy, with a file of what is kept"):
            for cores in (1, 2):
                row = self.row(peer, cores=cores)
                self.assertEqual([row[key] for key in
                                  ("removed", "right", "found", "lost", "runs")],
                                 [2, 1, 1, 0, 2])
        self.assertGreaterEqual(
            self.row("wirecopy", "signatures")["seconds"]["sketch"], 0)
        self.assertGreater(
            self.row("wirecopy", "english")["seconds"]["sketch"], 0)
        self.assertGreater(self.run_file["corpus"]["english_mb"], 1)

    def test_a_peer_is_measured(self):
        row = self.row("fake")
        self.assertEqual([row[key] for key in
                          ("removed", "right", "found", "lost", "version")],
                         [2, 0.5, 0.5, 1, "7.8.9"])
        self.assertEqual(row["seconds"], {"import": 0.25, "all": 2})

    def test_who_fails_or_is_missing_is_listed(self):
        for peer, fault in {"broken": "ZeroDivisionError",
                            "silent": "no list of what it would remove",
                            "gone": "cannot be run"}.items():
            self.assertIn(fault, self.row(peer)["fault"])
        self.assertEqual([one["peer"] for one in self.run_file["absent"]],
                         ["onion"])

    def test_what_names_nobody_is_refused(self):
        for words in (["--peer", "mine"], ["--peer", "mine="],
                      ["--peer", "=true"], ["--only", "nobody"],
                      ["--docs", self.folder / "none.jsonl"]):
            run = subprocess.run(
                [PEERS / "run.py", "--build", self.folder / "build", *words],
                check=False, capture_output=True, text=True)
            self.assertEqual(run.returncode, 2, words)
            self.assertIn("error: ", run.stderr.splitlines()[-1])

    def table(self, *more):
        return subprocess.run([PEERS / "table.py", self.out, *more],
                              check=True, capture_output=True,
                              text=True).stdout

    def test_tables_have_everyone(self):
        text = self.table()
        fake = next(line for line in text.split("\n") if "| fake |" in line)
        self.assertIn("| 2.00 |", fake)  # without its imports
        self.assertIn("| 2 | 0.5 | 0.5 | 1 |", fake)
        self.assertIn("| broken | exit status 1", text)
        self.assertIn("Not run: onion (", text)

    def test_the_readme_gets_the_short_table(self):
        readme = self.folder / "README.md"
        readme.write_text("before\n<!-- peers -->\nold\n<!-- /peers -->\nend\n")
        self.table("--readme", readme, "--charts", self.folder)
        text = readme.read_text()
        self.assertTrue(text.startswith("before\n<!-- peers -->\n| "))
        self.assertTrue(text.endswith(").\n<!-- /peers -->\nend\n"))
        self.assertNotIn("old", text)
        self.assertIn("| wirecopy |", text)
        for chart in ("peers_dedup.svg", "peers_signatures.svg"):
            root = xml.etree.ElementTree.parse(self.folder / chart).getroot()
            names = [element.text for element in root.iter()]
            self.assertIn("wirecopy", names)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

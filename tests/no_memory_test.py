#!/usr/bin/env python3
"""A run that gets too little memory says so, with status 2, and leaves no output; one that gets
enough writes what any other does. What an index has answered for is there in either case.

  no_memory_test.py --wirecopy PROGRAM [NAME...]

Not for builds with sanitizers, which ask for terabytes.
"""

import argparse
import json
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
# pylint: disable=wrong-import-position
from serve import program_test as service
from support import program_tests

OPTIONS = argparse.Namespace(wirecopy="wirecopy")
STEP = 1.04
LONG_STEP = 1.1  # where each run is looked at for long


def make_lines(count):
    """Documents, half of them copies with a few edits of one before."""
    chance = random.Random(1)
    made = []
    for number in range(count):
        if made and chance.random() < 0.5:
            words = list(chance.choice(made))
            for _ in range(3):
                words[chance.randrange(len(words))] = program_tests.make_words(chance, 1)[0]
        else:
            words = program_tests.make_words(chance, chance.randrange(100, 300))
        made.append(words)
        yield json.dumps({"id": number, "text": " ".join(words)}) + "\n"


class NoMemory(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wirecopy-no-memory-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.input = self.root / "in.jsonl"
        self.faults = 0

    def write(self, count):
        self.input.write_text("".join(make_lines(count)))

    def run_within(self, memory, *arguments):
        limit = {"preexec_fn": program_tests.limit_memory(memory)} if memory else {}
        return subprocess.run([OPTIONS.wirecopy, *map(str, arguments)], capture_output=True,
                              text=True, check=False, **limit)

    def least(self):
        """Bytes with which the program comes to life. (Libraries that have no room, and what
        begins before the program does, end it as they like.)"""
        memory = 16 << 20
        while self.run_within(memory, "--version").returncode != 0:
            memory = int(memory * STEP)
            self.assertLess(memory, 4 << 30)
        return int(memory * STEP)

    def run_with_more(self, step, prepare, see, *arguments):
        """Runs it with ever more memory, until it has had enough three times. `see` looks at each
        run, and says whether that had too little. How many had."""
        refused, enough, memory = 0, 0, self.least()
        while enough < 3:
            prepare()
            if see(self.run_within(int(memory), *arguments)):
                refused += 1
            else:
                enough += 1
            memory *= step
            self.assertLess(memory, 4 << 30, "it never had enough")
        return refused

    def check_done(self, *arguments):
        done = self.run_within(0, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def check_equal(self, output, expected):
        compared = subprocess.run(["diff", "-r", "-x", "stats.json", output, expected],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(compared.returncode, 0, compared.stdout[:1000])

    def clear(self, path):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def check_outputs(self, command, *options):
        """Of a command that writes a file or a folder."""
        output, expected = self.root / "out", self.root / "expected"
        self.check_done(command, self.input, "-q", *options, "-o", expected)

        def see(done):
            if done.returncode == 0:
                self.check_equal(output, expected)
                return False
            self.assertEqual((done.returncode, done.stderr), (2, "wirecopy: out of memory\n"))
            self.assertEqual([path.name for path in self.root.glob("out*")], [])
            return True

        refused = self.run_with_more(STEP, lambda: self.clear(output), see, command, self.input,
                                     "-q", *options, "--threads", 2, "-o", output)
        self.assertGreater(refused, 1)

    def test_dedup(self):
        self.write(8000)
        for options in ((), ("--exact",), ("--cluster", "components"),
                        ("--measure", "containment")):
            with self.subTest(options):
                self.check_outputs("dedup", *options)

    def test_pairs(self):
        self.write(8000)
        self.check_outputs("pairs")

    def test_passages(self):
        self.write(2000)
        self.check_outputs("passages", "--self")

    def test_trace(self):
        self.write(1000)
        self.check_outputs("trace")

    def check_refused(self, done):
        """RocksDB ends a process whose threads it has no memory for, and does not look whether it
        got what others took in that moment. (A thread's first memory is 128 MB, for a moment.)"""
        if done.returncode == -signal.SIGSEGV:
            self.faults += 1
            self.assertEqual(self.faults, 1)
        else:
            self.assertIn(done.returncode, (2, -signal.SIGABRT), done.stderr)
            self.assertTrue(done.stderr)

    def test_index(self):
        self.write(3000)
        index = self.root / "index"
        held = [0]  # documents, after each run

        def see(done):
            if done.returncode != 0:
                self.check_refused(done)
            self.check_done("index", "verify", index, "-q")
            there = json.loads(self.check_done("index", "info", index))["documents"]
            # The last line may have been cut.
            answered = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
            self.assertGreaterEqual(there, max(len(answered), held[-1]))
            present = [answer["status"] == "present" for answer in answered]
            self.assertEqual(present, [i < held[-1] for i in range(len(answered))])
            held.append(there)
            return done.returncode != 0

        self.check_done("index", "create", index, "-q")
        refused = self.run_with_more(LONG_STEP, lambda: None, see, "index", "add", index,
                                     self.input, "-q", "--batch", 100, "--cache", "1M",
                                     "--threads", 2)
        self.assertGreater(refused, 1)
        self.assertEqual(held[-1], 3000)

    def test_a_new_index(self):
        index = self.root / "index"

        def see(done):
            if done.returncode == 0:
                self.check_done("index", "verify", index, "-q")
                return False
            self.check_refused(done)
            if done.returncode == 2:
                self.assertEqual(list(self.root.iterdir()), [])
            return True

        def clear():
            for path in self.root.iterdir():
                self.clear(path)

        self.assertGreater(self.run_with_more(STEP, clear, see, "index", "create", index, "-q"),
                           1)

    def test_a_server_goes_on(self):
        """One that refused an addition for want of memory takes the next ones."""
        index = self.root / "index"
        self.check_done("index", "create", index, "-q")
        server = service.Server(OPTIONS.wirecopy, index)
        self.addCleanup(server.process.kill)
        chance = random.Random(2)

        def add(number):
            text = " ".join(program_tests.make_words(chance, 200))
            return server.ask("POST", "/v1/documents", {"id": number, "text": text})[0]

        self.assertEqual([add(number) for number in range(20)], [200] * 20)
        used = int(pathlib.Path(f"/proc/{server.process.pid}/statm").read_text().split()[0])
        resource.prlimit(server.process.pid, resource.RLIMIT_AS,
                         (used * resource.getpagesize() + (12 << 20), resource.RLIM_INFINITY))
        self.assertEqual(add(20), 503)
        resource.prlimit(server.process.pid, resource.RLIMIT_AS,
                         (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        self.assertEqual([add(number) for number in range(20, 30)], [200] * 10)
        self.assertEqual(server.end(), 0)
        self.check_done("index", "verify", index, "-q")
        self.assertEqual(json.loads(self.check_done("index", "info", index))["documents"], 30)

    def test_dedup_with_an_index(self):
        self.write(1000)
        index, output, expected = (self.root / name for name in ("index", "out", "expected"))

        def begin():
            for path in (index, output, *self.root.glob("out.*")):
                self.clear(path)
            self.check_done("index", "create", index, "-q")

        def see(done):
            if done.returncode == 0:
                self.check_equal(output, expected)
                return False
            self.check_refused(done)
            self.assertFalse(output.exists())
            self.check_done("index", "verify", index, "-q")
            # With enough it writes what it would have written at once.
            self.check_done(*dedup, output)
            self.check_equal(output, expected)
            return True

        dedup = ["dedup", "--index", index, self.input, "-q", "--passages", "remove", "--batch",
                 100, "--cache", "1M", "--threads", 2, "-o"]
        begin()
        self.check_done(*dedup, expected)
        self.assertGreater(self.run_with_more(LONG_STEP, begin, see, *dedup, output), 1)


if __name__ == "__main__":
    program_tests.run_tests(__doc__, OPTIONS)

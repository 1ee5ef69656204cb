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
import signal
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import program_tests  # pylint: disable=wrong-import-position

OPTIONS = argparse.Namespace(wirecopy="wirecopy")
LEAST = 24 << 20  # bytes, of which not even the program's libraries have room
STEP = 1.06
NOT_LOADED = 127  # the status of a program whose libraries have no room


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

    def write(self, count):
        self.input.write_text("".join(make_lines(count)))

    def run_within(self, memory, *arguments):
        limit = {"preexec_fn": program_tests.limit_memory(memory)} if memory else {}
        return subprocess.run([OPTIONS.wirecopy, *map(str, arguments)], capture_output=True,
                              text=True, check=False, **limit)

    def run_with_more(self, prepare, see, *arguments):
        """Runs it with ever more memory, until it has had enough three times. `see` looks at what
        a run that had too little has left. How many there were."""
        refused, enough, memory = 0, 0, LEAST
        while enough < 3:
            prepare()
            done = self.run_within(int(memory), *arguments)
            memory *= STEP
            self.assertLess(memory, 4 << 30, "it never had enough")
            if done.returncode == 0:
                enough += 1
            elif done.returncode != NOT_LOADED:
                refused += 1
                see(done)
        return refused

    def check_outputs(self, command, *options):
        """Of a command that writes a file or a folder."""
        output, expected = self.root / "out", self.root / "expected"

        def clear():
            if output.is_dir():
                shutil.rmtree(output)
            else:
                output.unlink(missing_ok=True)

        done = self.run_within(0, command, self.input, "-q", *options, "-o", expected)
        self.assertEqual(done.returncode, 0, done.stderr)

        def see(done):
            self.assertEqual((done.returncode, done.stderr), (2, "wirecopy: out of memory\n"))
            self.assertEqual([path.name for path in self.root.glob("out*")], [])

        refused = self.run_with_more(clear, see, command, self.input, "-q", *options, "--threads", 2,
                                     "-o", output)
        compared = subprocess.run(["diff", "-r", "-x", "stats.json", output, expected], capture_output=True, text=True,
                                  check=False)
        self.assertEqual(compared.returncode, 0, compared.stdout[:1000])
        self.assertGreater(refused, 3)

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

    def test_index(self):
        self.write(3000)
        index = self.root / "index"
        answers = [0]

        def see(done):
            # RocksDB ends a process that it has no memory for.
            self.assertIn(done.returncode, (2, -signal.SIGABRT), done.stderr)
            self.assertTrue(done.stderr)
            held = self.run_within(0, "index", "verify", index, "-q")
            self.assertEqual(held.returncode, 0, held.stderr)
            there = json.loads(self.run_within(0, "index", "info", index).stdout)["documents"]
            # The last line may have been cut.
            answered = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
            self.assertGreaterEqual(there, len(answered))
            self.assertGreaterEqual(there, answers[-1])
            present = [answer["status"] == "present" for answer in answered]
            self.assertEqual(present, [i < answers[-1] for i in range(len(answered))])
            answers.append(there)

        done = self.run_within(0, "index", "create", index, "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        refused = self.run_with_more(lambda: None, see, "index", "add", index, self.input, "-q", "--batch", 100,
                                     "--cache", "1M")
        self.assertGreater(refused, 3)
        print(f"documents of an index after {refused} runs without memory: {answers}")
        done = self.run_within(0, "index", "verify", index, "-q")
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    program_tests.run_tests(__doc__, OPTIONS)

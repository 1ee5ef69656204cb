#!/usr/bin/env python3
"""Kills `dedup --index` and lets it fail; the same run again then keeps and
removes, byte for byte, what a run in peace does, and `index verify` passes.

  dedup_faults_test.py --wirecopy PROGRAM [--rounds N] [--seed N] [NAME...]

Rounds are of killing, each at other points.
"""

import argparse
import fcntl
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from support import program_tests  # pylint: disable=wrong-import-position

OPTIONS = argparse.Namespace(wirecopy="wirecopy", rounds=4, seed=1)
SMALL_PIPE = 4096


def run(*arguments, **named):
    return subprocess.run([OPTIONS.wirecopy, *map(str, arguments)],
                          capture_output=True, check=False, **named)


class Maker:
    """Makes documents: new ones, near copies, ones with a part of another, and
    ones that end as many do."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.made = []
        self.ending = self.words(25)

    def words(self, count):
        return program_tests.make_words(self.random, count)

    def text(self):
        kind = self.random.random()
        words = self.words(self.random.randrange(30, 90))
        if self.made and kind < 0.3:
            words = list(self.random.choice(self.made))
            words[self.random.randrange(len(words))] = self.words(1)[0]
        elif self.made and kind < 0.6:
            words[10:10] = self.random.choice(self.made)[:30]
        elif kind < 0.7:
            words += self.ending
        self.made.append(words)
        return " ".join(words)

    def write(self, path, count):
        first = len(self.made)
        path.write_text("".join(
            json.dumps({"id": first + i, "text": self.text()}) + "\n"
            for i in range(count)))


class DedupFaults(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wirecopy-dedup-faults-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.results = self.root
        self.base = self.root / "base"
        self.index = self.root / "index"
        self.input = self.root / "in.jsonl"
        maker = Maker(OPTIONS.seed)
        self.check("index", "create", self.base, "-q")
        earlier = self.root / "earlier.jsonl"
        maker.write(earlier, 60)
        self.check("dedup", "--index", self.base, earlier, "-q")
        maker.write(self.input, 150)

    def check(self, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def begin_again(self):
        shutil.rmtree(self.index, ignore_errors=True)
        shutil.copytree(self.base, self.index)

    def outputs(self, mode):
        """Options that write all that is decided, and the files."""
        files = [self.results / "kept", self.results / "removed"]
        options = ["-o", files[0], "--removed", files[1], *mode]
        if "annotate" in mode:
            files.append(self.results / "annotations")
            options += ["--annotations", files[2]]
        return options, files

    def whole_run(self, mode):
        options, files = self.outputs(mode)
        self.check("dedup", "--index", self.index, self.input, "-q", *options)
        contents = [path.read_bytes() for path in files]
        for path in files:
            path.unlink()
        self.check("index", "verify", self.index, "-q")
        held = json.loads(self.check("index", "info", self.index))
        return contents, (held["documents"], held["duplicates"])

    def check_same(self, mode, expected, held):
        contents, held_now = self.whole_run(mode)
        self.assertEqual(held_now, held)
        for name, now, then in zip(("kept", "removed", "annotations"),
                                   contents, expected):
            self.assertTrue(now == then, f"{name} is not what it was")

    def kill_one(self, mode, batch, lines=None, seconds=None):
        """Kills a run when it has written so many lines, or after some time;
        what it had written. Nobody reads on meanwhile, and the pipe is small:
        it cannot come to its end before it is killed."""
        extra = ["--annotations", "/dev/null"] if "annotate" in mode else []
        reading, writing = os.pipe()
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, SMALL_PIPE)
        with subprocess.Popen(
                [OPTIONS.wirecopy, "dedup", "--index", self.index, self.input,
                 "-q", "--batch", str(batch), *mode, *extra],
                stdout=writing) as process, open(reading, "rb", 0) as pipe:
            os.close(writing)
            written = b""
            while lines is not None and written.count(b"\n") < lines:
                piece = pipe.read(1000)
                self.assertTrue(piece)
                written += piece
            time.sleep(seconds or 0)
            process.kill()
            written += pipe.read()
            process.wait()
        self.assertEqual(process.returncode, -signal.SIGKILL)
        return written

    def check_killed(self, mode, seed):
        choice = random.Random(seed)
        self.begin_again()
        expected, held = self.whole_run(mode)
        kept = expected[0]
        # So that a run that nobody reads from cannot end.
        last = kept[:len(kept) - 4 * SMALL_PIPE].count(b"\n")
        self.assertGreater(last, 20)
        killed = 0
        for _ in range(OPTIONS.rounds):
            self.begin_again()
            for _ in range(choice.randrange(1, 4)):
                killed += 1
                where = ({"lines": choice.randrange(1, last)}
                         if choice.random() < 0.6 else
                         {"seconds": choice.uniform(0, 0.2)})
                written = self.kill_one(mode, choice.choice((1, 7, 40)),
                                        **where)
                self.assertTrue(kept.startswith(written))
            self.check_same(mode, expected, held)
        print(f"dedup --index {' '.join(mode)}: {killed} killed")
        # After a run in peace it is no other than after one that was killed.
        self.check_same(mode, expected, held)

    def test_killed(self):
        self.check_killed([], OPTIONS.seed)

    def test_killed_while_passages_are_removed(self):
        self.check_killed(["--passages", "remove"], OPTIONS.seed + 1)

    def test_killed_while_passages_are_noted(self):
        self.check_killed(["--passages", "annotate"], OPTIONS.seed + 2)

    def check_finds_no_room(self, place, **named):
        """That a run says in a line that there is no room in this place, and
        leaves no output behind."""
        options, files = self.outputs([])
        done = run("dedup", "--index", self.index, self.input, "-q", "--batch",
                   10, *options, **named)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(str(place).encode(), done.stderr)
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)
        for path in files:
            self.assertFalse(path.exists())
        self.assertEqual(list(self.results.glob("*.part*")), [])
        self.check("index", "verify", self.index, "-q")

    def test_files_that_may_not_grow(self):
        # The index's files grow beyond this, the outputs do not: these would
        # be whole, if they were put where they belong.
        self.begin_again()
        expected, held = self.whole_run([])
        self.begin_again()
        self.check_finds_no_room(
            self.index, preexec_fn=program_tests.limit_files(150_000))
        self.check_same([], expected, held)

    def test_full_disk(self):
        self.begin_again()
        expected, held = self.whole_run([])
        disk = program_tests.SmallDisk.of_test(self, self.root / "small",
                                               64 << 20)
        self.index = disk.folder / "index"
        self.begin_again()
        disk.leave(120_000)
        self.check_finds_no_room(self.index)
        disk.resize(64 << 20)
        self.check_same([], expected, held)

    def test_full_disk_of_outputs(self):
        self.begin_again()
        expected, held = self.whole_run([])
        disk = program_tests.SmallDisk.of_test(self, self.root / "small",
                                               8 << 10)
        self.begin_again()
        self.results = disk.folder
        self.check_finds_no_room(self.results)
        self.assertEqual(list(self.results.iterdir()), [])
        disk.resize(64 << 20)
        self.check_same([], expected, held)

    def test_reference_set_stays_as_it_is(self):
        def contents():
            return {path.name: path.read_bytes()
                    for path in self.base.rglob("*") if path.is_file()}

        before = contents()
        options, files = self.outputs(["--passages", "remove"])
        self.check("dedup", "--index", self.base, self.input, "-q",
                   "--read-only", *options)
        self.assertEqual(contents(), before)
        kept, removed = (path.read_bytes().count(b"\n") for path in files)
        self.assertEqual(kept + removed, 150)
        self.assertGreater(removed, 0)


if __name__ == "__main__":
    program_tests.run_tests(__doc__, OPTIONS)

"""What tests of `dedup --checkpoint` and `dedup --stage` have in common: inputs,
runs, and what those write."""

import argparse
import gzip
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from support import program_tests  # pylint: disable=wrong-import-position

OPTIONS = argparse.Namespace(wirecopy="wirecopy", rounds=50, seed=1,
                             input=None, memory="900G")
OUTPUTS = ("kept", "removed", "clusters", "rejects", "stats")
STAGES = ("sketch", "candidates", "verify")


def run(*arguments, **named):
    return subprocess.run([OPTIONS.wirecopy, "dedup", "-q", *map(str, arguments)],
                          capture_output=True, check=False, **named)


class Maker:
    """Makes documents: new ones, copies and near copies of any before, many of
    one template, and texts of no shingle."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.made = [self.words(60)]
        self.template = self.words(40)

    def words(self, count):
        return program_tests.make_words(self.random, count)

    def text(self):
        kind = self.random.random()
        if kind < 0.15:
            words = self.random.choice(self.made)
        elif kind < 0.4:
            words = list(self.random.choice(self.made))
            for _ in range(self.random.randrange(1, 5)):
                words[self.random.randrange(len(words))] = self.words(1)[0]
        elif kind < 0.5:
            words = self.template + self.words(5)
        elif kind < 0.52:
            words = self.words(2)
        else:
            words = self.words(self.random.randrange(30, 90))
        self.made.append(words)
        return " ".join(words)

    def record(self, number):
        """A line of JSON, or what is none."""
        kind = self.random.random()
        record = {"id": number, "text": self.text()}
        if kind < 0.02:
            return json.dumps(record)[:-5]
        if kind < 0.04:
            record["text"] = " ".join(self.words(600))  # longer than may be
        elif kind < 0.06:
            del record["text"]
        elif kind < 0.2:
            del record["id"]
        elif kind < 0.22:
            record["id"] = self.random.randrange(number + 1)  # taken, mostly
        elif kind < 0.25:
            return ""
        if kind > 0.5:
            month = self.random.randrange(1, 14)  # some are no date
            record["published"] = f"2024-{month:02}-07T10:00:00Z"
        return json.dumps(record)

    def lines(self, first, count):
        return "".join(self.record(first + i) + "\n"
                       for i in range(count)).encode()


class StageRuns(unittest.TestCase):
    """Inputs of every kind, runs of every kind, and what they write."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wirecopy-stages-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.stages = self.root / "stages"
        self.maker = Maker(OPTIONS.seed)
        self.chance = random.Random(OPTIONS.seed)

    # --- inputs ------------------------------------------------------------

    def write_lines(self, name, count, first=0):
        path = self.root / name
        data = self.maker.lines(first, count)
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    def write_texts(self, name, count):
        folder = self.root / name
        folder.mkdir()
        for i in range(count):
            data = self.maker.text().encode()
            if i % 7 == 0:
                data += b"\xff"
            if i % 11 == 0:
                data = b"\0" + data
            if i % 3 == 0:
                (folder / f"{i}.txt.gz").write_bytes(gzip.compress(data))
            else:
                (folder / f"{i}.txt").write_bytes(data)
        return folder

    def write_csv(self, name, count):
        rows = "".join(f'{i},"{self.maker.text()}\n"\n' for i in range(count))
        path = self.root / name
        path.write_text("id,text\n" + rows)
        return path

    def mixed(self):
        """Lines in a file that is cut, lines in two that are not, texts."""
        inputs = [self.write_lines("a.jsonl", 2500),
                  self.write_lines("b.jsonl.gz", 600, 2000),
                  self.write_texts("texts", 150)]
        with inputs[0].open("ab") as file:
            file.write(b'{"text": "an end without a break"}')
        if shutil.which("zstd"):
            plain = self.write_lines("c.jsonl", 300, 5000)
            subprocess.run(["zstd", "-q", "--rm", plain], check=True)
            inputs.append(self.root / "c.jsonl.zst")
        return inputs

    # --- runs --------------------------------------------------------------

    def outputs(self, name):
        files = [self.root / f"{name}.{kind}" for kind in OUTPUTS]
        return files, ["-o", files[0], "--removed", files[1], "--clusters",
                       files[2], "--rejects", files[3], "--stats", files[4]]

    def answers(self, name):
        """What a run wrote, without its seconds; removed."""
        files, _ = self.outputs(name)
        contents = [path.read_bytes() for path in files]
        for path in files:
            path.unlink()
        contents[-1] = re.sub(rb'"(read_)?seconds":[-+.0-9e]+', b"",
                              contents[-1])
        return contents

    def check(self, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr.decode()

    def refused(self, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)
        return done.stderr.decode()

    def plain(self, *arguments):
        self.check(*arguments, *self.outputs("plain")[1])
        return self.answers("plain")

    def check_same(self, name, expected):
        for kind, now, then in zip(OUTPUTS, self.answers(name), expected):
            self.assertTrue(now == then, f"{name}: {kind} is not the same")

    def shard(self, stage, number, shards, *arguments):
        return ["--stage", stage, "--shard", f"{number}/{shards}", "--stages",
                self.stages, *arguments]

    def run_shards(self, stage, shards, *arguments):
        """In any order, and at once."""
        numbers = list(range(1, shards + 1))
        self.chance.shuffle(numbers)
        running = [
            subprocess.Popen([OPTIONS.wirecopy, "dedup", "-q", *map(
                str, self.shard(stage, number, shards, "--threads",
                                self.chance.choice((1, 2)), *arguments))])
            for number in numbers]
        for process in running:
            self.assertEqual(process.wait(), 0)

    def merge(self, *arguments):
        return ["--stage", "merge", "--stages", self.stages, *arguments]

    def check_shards(self, shards, expected, *arguments):
        shutil.rmtree(self.stages, ignore_errors=True)
        for stage in STAGES:
            self.run_shards(stage, shards, *arguments)
        self.check(*self.merge(*arguments, *self.outputs("merged")[1]))
        self.check_same("merged", expected)


def add_options(parser):
    # By default more than sanitizers take.
    parser.add_argument("--memory", default=OPTIONS.memory)

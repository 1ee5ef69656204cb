#!/usr/bin/env python3
"""`dedup --checkpoint`, killed again and again, and `dedup --stage` in shards
write, byte for byte, what one plain run writes; what is damaged, missing or
another run's is never taken for an answer. Where a disk is full, a run says so
and leaves no output; with room it writes what others do.

  stages_test.py --wirecopy PROGRAM [--rounds N] [--seed N] [--input FILE]
                 [--memory LIMIT] [NAME...]

Rounds are kills of one run. With an input, that is killed too, after times that
let each run do a tenth of the work at most.
"""

import argparse
import fcntl
import gzip
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
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


class StagesTest(unittest.TestCase):

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

    def kill_one(self, seconds, *arguments):
        with subprocess.Popen(
                [OPTIONS.wirecopy, "dedup", "-q", *map(str, arguments)],
                stderr=subprocess.PIPE) as process:
            time.sleep(seconds)
            process.kill()
            errors = process.stderr.read()
        if process.returncode != -signal.SIGKILL:
            self.assertEqual(process.returncode, 0, errors)
        return process.returncode != 0

    # --- checkpoints -------------------------------------------------------

    def check_killed(self, rounds, *arguments, share=1.0, sometimes=()):
        begin = time.monotonic()
        expected = self.plain(*arguments)
        took = time.monotonic() - begin
        run_again = [*arguments, "--checkpoint", self.stages,
                     *self.outputs("again")[1]]
        kills = 0
        most_pieces = 0
        # Where chance has it that all are killed early, there are more of them.
        while kills < rounds or (most_pieces <= 5 and kills < 20 * rounds):
            # Of those that are killed early, each comes a little further.
            with_these = self.chance.choice(((), sometimes, sometimes))
            if self.kill_one(self.chance.uniform(0, took * share), *run_again,
                             *with_these,
                             "--threads", self.chance.choice((1, 2))):
                kills += 1
                pieces = list(self.stages.glob("*"))
                most_pieces = max(most_pieces, len(pieces))
            else:
                self.check_same("again", expected)
        self.check(*run_again, *sometimes)
        self.check_same("again", expected)
        self.assertEqual(list(self.stages.iterdir()), [])
        self.assertGreater(most_pieces, 5)

    def test_killed(self):
        self.check_killed(OPTIONS.rounds, *self.mixed(), "--max-document", 3000)

    def test_killed_with_dates(self):
        self.check_killed(max(5, OPTIONS.rounds // 5), *self.mixed(), "--keep",
                          "earliest", "--threshold", 0.6, "--k", 3)

    def test_killed_within_a_bound_on_memory(self):
        """Each run, those that are killed too, with the bound or without."""
        temp = self.root / "temp"
        temp.mkdir()
        bound = ["--memory", OPTIONS.memory, "--temp", temp]
        self.check_killed(max(5, OPTIONS.rounds // 3), *self.mixed(),
                          "--max-document", 3000, sometimes=bound)
        self.assertEqual(list(temp.iterdir()), [])

    def test_killed_on_given_input(self):
        if OPTIONS.input is None:
            self.skipTest("no --input")
        self.check_killed(OPTIONS.rounds, OPTIONS.input, share=0.1)

    def test_goes_on_where_it_was(self):
        """Pieces that are there are not made again; damaged ones are."""
        inputs = self.mixed()
        expected = self.plain(*inputs)
        again = [*inputs, "--checkpoint", self.stages,
                 *self.outputs("again")[1]]
        self.stop_before_the_end(again)
        pieces = [path for path in sorted(self.stages.iterdir())
                  if path.name.split(".")[0] in STAGES]
        self.assertGreater(len(pieces), 20)
        before = {path: path.stat().st_ino for path in pieces}
        damaged = self.chance.sample(pieces, 5)
        for path in damaged:
            data = bytearray(path.read_bytes())
            data[self.chance.randrange(len(data))] ^= 1
            path.write_bytes(data if path != damaged[0] else data[:-3])
        self.stop_before_the_end(again)
        for path in pieces:
            same = path.stat().st_ino == before[path]
            self.assertEqual(same, path not in damaged, path)
        self.check(*again)
        self.check_same("again", expected)

    def test_says_what_was_damaged(self):
        path = self.write_lines("in.jsonl", 800)
        again = [path, "--checkpoint", self.stages, "-o", self.root / "kept"]
        self.stop_before_the_end(again)
        piece = sorted(self.stages.glob("sketch.*"))[0]
        piece.write_bytes(b"")
        done = subprocess.run(
            [OPTIONS.wirecopy, "dedup", *map(str, again)],
            capture_output=True, check=True, text=True)
        self.assertIn(f"{piece} is damaged; made again", done.stderr)

    def stop_before_the_end(self, arguments):
        """With all pieces there: what is kept finds no room."""
        place = arguments.index("-o") + 1
        full = [*arguments[:place], "/dev/full", *arguments[place + 1:]]
        self.assertIn("cannot write /dev/full", self.refused(*full))

    def test_other_input_and_options_are_refused(self):
        path = self.write_lines("in.jsonl", 800)
        other = self.write_lines("other.jsonl", 10)
        table = self.root / "table.csv"
        table.write_text("id,published\n1,2020-01-01\n")
        again = [path, "--checkpoint", self.stages, "-o", self.root / "kept"]
        self.stop_before_the_end(again)
        for changed, named in (
                (["--threshold", 0.7], "threshold: 0.8"),
                (["--recall", 0.9], "recall: "),
                (["--k", 4], "k: 5"),
                (["--seed", 7], "seed: 0"),
                (["--keep", "longest"], "keep: first"),
                (["--strict"], "strict: no"),
                (["--max-document", 4000], "max-document: "),
                (["--text-field", "body"], "text-field: text"),
                (["--input-format", "text"], "format"),
                (["--metadata", table], "metadata: "),
                ([other], "other.jsonl")):
            told = self.refused(*again, *changed)
            self.assertIn(named, told)
            self.assertIn("was begun with", told)
        stamp = path.stat()
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1))
        self.assertIn("in.jsonl", self.refused(*again))
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        self.check(*again)
        # After success, the folder is anybody's.
        self.check(other, "--checkpoint", self.stages, "-o", self.root / "kept")
        self.assertEqual(self.root.joinpath("kept").read_bytes(),
                         run(other).stdout)

    def test_two_at_once_and_odd_folders(self):
        path = self.write_lines("in.jsonl", 50)
        self.stages.mkdir()
        with (self.stages / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            told = self.refused(path, "--checkpoint", self.stages)
            self.assertIn("another process is at work", told)
        self.check(path, "--checkpoint", self.stages, "-o", self.root / "kept")
        (self.stages / "letter.txt").write_text("mine")
        told = self.refused(path, "--checkpoint", self.stages)
        self.assertIn("holds other files (letter.txt)", told)
        self.assertEqual((self.stages / "letter.txt").read_text(), "mine")
        told = self.refused("-", "--checkpoint", self.root / "new")
        self.assertIn("standard input cannot be read again", told)
        self.assertFalse((self.root / "new").exists())

    # --- disks that are full -----------------------------------------------

    def pieces(self):
        """The stages' files, and which ones they are."""
        return {path: path.stat().st_ino for path in self.stages.glob("*.*")}

    def check_found_no_room(self, done, places, outputs):
        """That a run said in a line which file had none, that it was in one
        of these places, and that it left nothing that is not whole."""
        told = done.stderr.decode()
        self.assertEqual(done.returncode, 2, told)
        self.assertRegex(told, "^wirecopy: .*(File too large|No space left on "
                               "device)\n$")
        self.assertTrue(any(str(place) in told for place in places), told)
        for path in outputs:
            self.assertFalse(path.exists(), path)
        folders = {path.parent for path in outputs} | {self.stages}
        self.assertEqual([path for folder in folders
                          for path in folder.glob("*part*")], [])

    def run_with_more_room(self, make_room, place, outputs, *arguments):
        """Runs it with ever more room, until it has enough: how often it had
        not, and how many pieces were there then, which no run made again."""
        before = {}
        for refused in range(24):
            done = run(*arguments, **make_room(16 << refused))
            if done.returncode == 0:
                return refused, len(before)
            self.check_found_no_room(done, [place, *outputs], outputs)
            after = self.pieces()
            self.assertEqual({path: after.get(path) for path in before},
                             before)
            before = after
        return self.fail("it never had room")

    @staticmethod
    def grow_files(size):
        return {"preexec_fn": program_tests.limit_files(size)}

    def small_disk(self):
        """One on which all is, and what gives it room."""
        disk = program_tests.SmallDisk.of_test(self, self.root / "small", 4096)
        self.stages = disk.folder / "stages"

        def grow_disk(size):
            disk.leave(size)
            return {}

        return disk.folder, grow_disk

    def check_temp_without_room(self, temp, make_room):
        inputs = self.mixed()
        expected = self.plain(*inputs)
        outputs, options = self.outputs("again")
        refused, _ = self.run_with_more_room(
            make_room, temp, outputs, *inputs, *options,
            "--memory", OPTIONS.memory, "--temp", temp)
        self.assertGreater(refused, 3)
        self.check_same("again", expected)
        self.assertEqual(list(temp.iterdir()), [])

    def test_temp_without_room(self):
        temp = self.root / "temp"
        temp.mkdir()
        self.check_temp_without_room(temp, self.grow_files)

    def test_temp_on_a_full_disk(self):
        self.check_temp_without_room(*self.small_disk())

    def check_checkpoint_without_room(self, make_room):
        inputs = self.mixed()
        expected = self.plain(*inputs)
        outputs, options = self.outputs("again")
        refused, pieces = self.run_with_more_room(
            make_room, self.stages, outputs, *inputs, *options,
            "--checkpoint", self.stages)
        self.assertGreater(refused, 3)
        self.assertGreater(pieces, 2)
        self.check_same("again", expected)
        self.assertEqual(list(self.stages.iterdir()), [])

    def test_checkpoint_without_room(self):
        self.check_checkpoint_without_room(self.grow_files)

    def test_checkpoint_on_a_full_disk(self):
        _, grow_disk = self.small_disk()
        self.check_checkpoint_without_room(grow_disk)

    def check_shards_without_room(self, make_room):
        inputs = self.mixed()
        expected = self.plain(*inputs)
        for stage in STAGES:
            for number in (2, 1):
                refused, _ = self.run_with_more_room(
                    make_room, self.stages, [],
                    *self.shard(stage, number, 2, *inputs))
                self.assertGreater(refused, 0, (stage, number))
        outputs, options = self.outputs("merged")
        self.run_with_more_room(make_room, self.stages, outputs,
                                *self.merge(*inputs, *options))
        self.check_same("merged", expected)

    def test_shards_without_room(self):
        self.check_shards_without_room(self.grow_files)

    def test_shards_on_a_full_disk(self):
        _, grow_disk = self.small_disk()
        self.check_shards_without_room(grow_disk)

    # --- shards ------------------------------------------------------------

    def test_shards(self):
        inputs = [*self.mixed(), "--max-document", 3000]
        expected = self.plain(*inputs)
        for shards in (1, 2, 3, 7):
            self.check_shards(shards, expected, *inputs)

    def test_shards_within_a_bound_on_memory(self):
        """Shards with the bound and without, and pieces that are the same."""
        inputs = [*self.mixed(), "--max-document", 3000]
        bound = ["--memory", OPTIONS.memory, "--temp", self.root]
        expected = self.plain(*inputs)
        pieces = []
        for options in ([], bound):
            shutil.rmtree(self.stages, ignore_errors=True)
            for stage in STAGES:
                self.run_shards(stage, 3, *inputs, *options)
            pieces.append({path.name: path.read_bytes()
                           for path in self.stages.iterdir()})
            for merge in (bound, []):
                self.check(*self.merge(*inputs, *merge,
                                       *self.outputs("merged")[1]))
                self.check_same("merged", expected)
        self.assertEqual(*pieces)

    def test_shards_with_dates_and_table(self):
        inputs = self.mixed()
        table = self.root / "table.csv"
        table.write_text("id,published\n" + "".join(
            f"{i},20{i % 30:02}-03-04\n" for i in range(0, 3000, 3)))
        options = ["--keep", "latest", "--metadata", table]
        expected = self.plain(*inputs, *options)
        self.check_shards(3, expected, *inputs, *options)

    def test_tables_and_longest(self):
        inputs = [self.write_csv("a.csv", 900), self.write_csv("b.csv", 900)]
        expected = self.plain(*inputs, "--keep", "longest")
        self.check_shards(2, expected, *inputs, "--keep", "longest")

    def test_nothing(self):
        empty = self.root / "empty.jsonl"
        empty.write_text("")
        expected = self.plain(empty)
        self.check_shards(2, expected, empty)
        self.check(empty, "--checkpoint", self.root / "new",
                   *self.outputs("again")[1])
        self.check_same("again", expected)

    def test_shard_killed_and_run_again(self):
        inputs = self.mixed()
        expected = self.plain(*inputs)
        for stage in STAGES:
            for number in (2, 1):
                for _ in range(4):
                    self.kill_one(self.chance.uniform(0, 0.05),
                                  *self.shard(stage, number, 2, *inputs))
            # And one twice at once.
            with subprocess.Popen(
                    [OPTIONS.wirecopy, "dedup", "-q",
                     *map(str, self.shard(stage, 1, 2, *inputs))]) as twin:
                self.check(*self.shard(stage, 1, 2, *inputs))
            self.assertEqual(twin.returncode, 0)
            self.check(*self.shard(stage, 2, 2, *inputs))
        self.check(*self.merge(*inputs, *self.outputs("merged")[1]))
        self.check_same("merged", expected)

    def test_missing_shards_are_named(self):
        inputs = [self.write_lines("a.jsonl", 2500)]
        self.assertIn("holds no stage", self.refused(*self.merge(*inputs)))
        for number in (1, 3):
            self.check(*self.shard("sketch", number, 3, *inputs))
        told = self.refused(*self.shard("candidates", 1, 3, *inputs))
        self.assertIn("sketch is not complete", told)
        self.assertIn("--stage sketch with --shard 2/3", told)
        self.check(*self.shard("sketch", 2, 3, *inputs))
        self.check(*self.shard("candidates", 1, 3, *inputs))
        told = self.refused(*self.shard("verify", 1, 3, *inputs))
        self.assertIn("--stage candidates with --shard 2/3, 3/3", told)
        self.run_shards("candidates", 3, *inputs)
        self.check(*self.shard("verify", 3, 3, *inputs))
        told = self.refused(*self.merge(*inputs, "-o", self.root / "kept"))
        self.assertIn("--stage verify with --shard 1/3, 2/3", told)
        self.assertFalse((self.root / "kept").exists())
        self.assertIn("shards: 3; this run has shards: 2",
                      self.refused(*self.shard("verify", 1, 2, *inputs)))

    def test_damaged_pieces_are_named(self):
        inputs = [self.write_lines("a.jsonl", 1200)]
        expected = self.plain(*inputs)
        for stage in STAGES:
            self.run_shards(stage, 2, *inputs)
        pieces = [path for path in sorted(self.stages.iterdir())
                  if path.name != "plan"]
        self.assertEqual({path.name.split(".")[0] for path in pieces},
                         set(STAGES))
        for path in self.chance.sample(pieces, 12):
            data = bytearray(path.read_bytes())
            stage = path.name.split(".")[0]
            for bad in (data[:-1], data[:20], b"", data + b"x",
                        data[:30] + bytes([data[30] ^ 4]) + data[31:],
                        (self.stages / "plan").read_bytes()):
                path.write_bytes(bad)
                told = self.refused(*self.merge(*inputs, "-o",
                                                self.root / "kept"))
                self.assertIn(str(path), told)
                self.assertIn(f"run --stage {stage} --shard ", told)
            for number in (1, 2):
                self.check(*self.shard(stage, number, 2, *inputs))
            self.assertEqual(path.read_bytes(), data)
        self.check(*self.merge(*inputs, *self.outputs("merged")[1]))
        self.check_same("merged", expected)

    def test_input_that_changes_between_stages(self):
        path = self.write_lines("a.jsonl", 300)
        self.check(*self.shard("sketch", 1, 1, path))
        with path.open("ab") as file:
            file.write(b"\n")
        told = self.refused(*self.shard("candidates", 1, 1, path))
        self.assertIn("a.jsonl", told)
        self.assertIn("was begun with", told)


def add_options(parser):
    parser.add_argument("--input", type=pathlib.Path)
    # By default more than sanitizers take.
    parser.add_argument("--memory", default=OPTIONS.memory)


if __name__ == "__main__":
    program_tests.run_tests(__doc__, OPTIONS, add_options)

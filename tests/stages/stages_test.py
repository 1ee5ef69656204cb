#!/usr/bin/env python3
"""`dedup --checkpoint`, killed again and again, and `dedup --stage` in shards
write, byte for byte, what one plain run writes; what is damaged, missing or
another run's is never taken for an answer.

  stages_test.py --wirecopy PROGRAM [--rounds N] [--seed N] [--input FILE]
                 [--memory LIMIT] [NAME...]

Rounds are kills of one run. With an input, that is killed too, after times that
let each run do a tenth of the work at most.
"""

import fcntl
import os
import pathlib
import shutil
import signal
import subprocess
import time

import stage_runs
from stage_runs import OPTIONS, STAGES, program_tests, run


class StagesTest(stage_runs.StageRuns):

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
        self.assertEqual(list(self.root.glob("again.*.part*")), [])
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
    stage_runs.add_options(parser)


if __name__ == "__main__":
    program_tests.run_tests(__doc__, OPTIONS, add_options)

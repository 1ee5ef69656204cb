#!/usr/bin/env python3
"""`dedup` with --memory, --checkpoint or --stage on a full disk says which file
has no room, and leaves no output; with room it goes on, and writes, byte for
byte, what one plain run writes.

  full_disk_test.py --wirecopy PROGRAM [--seed N] [--memory LIMIT] [NAME...]
"""

import stage_runs
from stage_runs import OPTIONS, STAGES, program_tests, run


class FullDiskTest(stage_runs.StageRuns):

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


if __name__ == "__main__":
    program_tests.run_tests(__doc__, OPTIONS, stage_runs.add_options)

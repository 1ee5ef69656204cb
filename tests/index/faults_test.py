#!/usr/bin/env python3
"""Kills an index's writer, fills its disk, takes its rights away, turns its
clock; afterwards nothing that was answered is missing or there twice, and
`index verify` passes.

  faults_test.py --wirecopy PROGRAM [--rounds N] [--seed N] [NAME...]

Rounds are of killing, each at another point; hundreds take some minutes.
"""

import argparse
import itertools
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from support import program_tests  # pylint: disable=wrong-import-position

OPTIONS = argparse.Namespace(wirecopy="wirecopy", rounds=12, seed=1,
                             no_clock=False)
NOBODY = 65534


def run(*arguments, program=None, **named):
    return subprocess.run(
        [program or OPTIONS.wirecopy, "index", *map(str, arguments)],
        text=True, capture_output=True, check=False, **named)


def read_lines(text):
    """The whole lines of what was read from a pipe."""
    return [json.loads(line) for line in text.split("\n")[:-1]]


class Newsroom:
    """Makes documents: new ones, copies with edits, revisions, and some that
    were made before."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.held = {}  # the last text that was made, by id

    def words(self, count):
        return program_tests.make_words(self.random, count, lengths=(2, 3))

    def document(self):
        kind = self.random.random()
        if self.held and kind > 0.95:
            name = self.random.choice(list(self.held))
            return {"id": name, "text": self.held[name]}
        if self.held and kind < 0.5:
            words = self.random.choice(list(self.held.values())).split()
            for _ in range(self.random.randrange(4)):
                words[self.random.randrange(len(words))] = self.words(1)[0]
        else:
            words = self.words(self.random.randrange(20, 120))
        is_revision = self.held and kind > 0.9
        name = (self.random.choice(list(self.held))
                if is_revision else f"doc-{len(self.held)}")
        self.held[name] = " ".join(words)
        return {"id": name, "text": self.held[name]}

    def write(self, path, count):
        """Documents of different ids, which one input must have."""
        made = {}
        while len(made) < count:
            document = self.document()
            made[document["id"]] = document
        lines = [json.dumps(document) + "\n" for document in made.values()]
        path.write_text("".join(lines))
        return list(made.values())


class TurnedClock:
    """A time of day that programs are told instead, by Debian's faketime, for
    `env`. What waits for some seconds to pass, and the times of files, are as
    they were: that is what it is like when someone sets a clock."""

    def __init__(self, path):
        self.path = path
        asked = subprocess.run(
            ["faketime", "-m", "-f", "+0", "printenv", "LD_PRELOAD"],
            text=True, capture_output=True, check=True)
        self.environment = {
            **os.environ, "LD_PRELOAD": asked.stdout.strip(),
            "FAKETIME_TIMESTAMP_FILE": str(path), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}

    def turn_to(self, year):
        """For what runs, too. What to run others with."""
        written = self.path.with_suffix(".new")
        written.write_text(f"@{year}-03-04 05:06:07\n")
        written.replace(self.path)
        return {"env": self.environment}


def years_of_tables(index):
    """When RocksDB thinks that it wrote the index's files: a number of groups
    of seven bits behind the property's name."""
    years = set()
    for path in index.glob("tables/*.sst"):
        data = path.read_bytes()
        name = b"file.creation.time"
        place = data.index(name) + len(name)
        seconds = 0
        for i, byte in enumerate(data[place:place + 10]):
            seconds |= (byte & 127) << 7 * i
            if byte < 128:
                break
        years.add(time.gmtime(seconds).tm_year)
    return years


class IndexFaults(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="wirecopy-faults-")
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.index = self.root / "index"
        self.input = self.root / "in.jsonl"
        self.news = Newsroom(OPTIONS.seed)
        self.assertEqual(run("create", self.index, "-q").returncode, 0)

    def check(self, *arguments, **named):
        done = run(*arguments, **named)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def check_fails(self, message, *arguments, **named):
        done = run(*arguments, **named)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn(message, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def documents(self):
        return json.loads(self.check("info", self.index))["documents"]

    def check_holds(self, expected):
        """That the index holds these texts, by id, and no other documents."""
        self.check("verify", self.index, "-q")
        self.assertEqual(self.documents(), len(expected))
        if not expected:
            return
        asked = self.root / "asked.jsonl"
        asked.write_text("".join(
            json.dumps({"id": name, "text": text}) + "\n"
            for name, text in expected.items()))
        answers = read_lines(self.check("query", self.index, asked, "-q"))
        self.assertEqual({answer["status"] for answer in answers}, {"present"})

    def begin_anew(self):
        shutil.rmtree(self.index)
        self.check("create", self.index, "-q")
        self.news = Newsroom(self.news.random.random())

    def kill_one(self, arguments, seconds, lines=0):
        """Kills a run some time after so many lines of answers; what it had
        answered by then."""
        with subprocess.Popen(
                [OPTIONS.wirecopy, "index", *map(str, arguments)],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True) as process:
            answered = "".join(process.stdout.readline()
                               for _ in range(lines))
            time.sleep(seconds)
            process.kill()
            answered += process.stdout.read()
        return read_lines(answered), process.returncode

    def check_answers(self, answers, documents, before):
        """That these were answered, as an index should that held `before`."""
        self.assertEqual([answer["id"] for answer in answers],
                         [document["id"] for document in documents])
        for answer, document in zip(answers, documents):
            former = before.get(document["id"])
            self.assertEqual(answer["status"] == "present",
                             former == document["text"], answer)
            self.assertEqual(answer["status"] == "revision",
                             former not in (None, document["text"]), answer)

    def check_beginning(self, before, documents, batch):
        """That what the index held before was joined by the beginning of
        these, in whole batches, and nothing else; how many that are."""
        asked = read_lines(self.check("query", self.index, self.input, "-q"))
        self.assertEqual([answer["id"] for answer in asked],
                         [document["id"] for document in documents])
        was_held = [before.get(document["id"]) == document["text"]
                    for document in documents]
        present = [answer["status"] == "present" for answer in asked]
        # Of those that were held with this very text there is nothing to add.
        added = [i for i, (now, then) in enumerate(zip(present, was_held))
                 if now and not then]
        whole = added[-1] // batch * batch + batch if added else 0
        there = min(whole, len(documents))
        self.assertEqual(present, [i < there or then
                                   for i, then in enumerate(was_held)])
        self.check_holds({**before, **{
            d["id"]: d["text"] for d in documents[:there]}})
        return there

    def test_killed_while_adding(self):
        choice = random.Random(OPTIONS.seed)
        held = {}
        took = 0.2  # seconds of a whole run
        killed = 0
        partial = 0
        for number in range(OPTIONS.rounds):
            if number % 12 == 11:  # so that hundreds do not take hours
                self.begin_anew()
                held = {}
            documents = self.news.write(self.input, 120)
            batch = choice.choice((1, 7, 40))
            add = ["add", self.index, self.input, "-q", "--batch", batch]
            # Half of them amid the work, whatever a start takes; the others
            # anywhere.
            answers, status = self.kill_one(
                add, *((choice.uniform(0, 0.01), choice.randrange(1, 70))
                       if number % 2 == 0 else (choice.uniform(0, took),)))
            killed += status != 0
            there = self.check_beginning(held, documents, batch)
            partial += 0 < there < len(documents)
            # A batch is answered before the next one is begun.
            self.assertLessEqual(there, len(answers) + batch)
            self.check_answers(answers, documents[:len(answers)], held)
            held.update((d["id"], d["text"]) for d in documents[:there])
            for document in documents[:len(answers)]:
                self.assertEqual(held.get(document["id"]), document["text"])
            begin = time.monotonic()
            again = read_lines(self.check(*add))
            took = max(0.02, time.monotonic() - begin)
            self.check_answers(again, documents, held)
            held.update((d["id"], d["text"]) for d in documents)
            self.check_holds(held)
        print(f"adding: {killed} of {OPTIONS.rounds} killed, {partial} with a "
              "part of the input added")
        self.assertGreater(killed, OPTIONS.rounds // 3)
        self.assertGreater(partial, OPTIONS.rounds // 4)

    def test_killed_while_compacting(self):
        choice = random.Random(OPTIONS.seed + 1)
        held = {}
        took = 0.06
        killed = 0
        rounds = max(4, OPTIONS.rounds // 3)
        for number in range(rounds):
            if number % 12 == 11:
                self.begin_anew()
                held = {}
            documents = self.news.write(self.input, 300)
            self.check("add", self.index, self.input, "-q")
            held.update((d["id"], d["text"]) for d in documents)
            leaving = choice.sample(sorted(held), 5)
            self.check("remove", self.index, "--id", *leaving)
            for name in leaving:
                del held[name]
            compact = ["compact", self.index, "-q"]
            _, status = self.kill_one(compact, choice.uniform(0, took))
            killed += status != 0
            self.check_holds(held)
            begin = time.monotonic()
            self.check(*compact)
            took = time.monotonic() - begin
        self.check_holds(held)
        print(f"compacting: {killed} of {rounds} killed")
        self.assertGreater(killed, rounds // 10)

    def test_killed_while_creating(self):
        choice = random.Random(OPTIONS.seed + 2)
        begin = time.monotonic()
        self.begin_anew()
        took = time.monotonic() - begin
        killed = 0
        rounds = max(4, OPTIONS.rounds // 3)
        for number in itertools.count():
            # The first, which is timed, may take far longer than all others.
            if number >= (rounds if killed > rounds // 10 else 10 * rounds):
                break
            folder = self.root / f"made-{number}"
            create = ["create", folder, "-q"]
            moment = choice.uniform(0, took)
            _, status = self.kill_one(create, moment)
            killed += status != 0
            if status == 0:
                took = moment  # by then it was done
            # It is whole, or it is not there.
            if folder.exists():
                self.check("verify", folder, "-q")
            else:
                self.assertNotEqual(status, 0)
                self.check(*create)
            shutil.rmtree(folder)
        print(f"creating: {killed} of {number} killed")
        self.assertGreater(killed, rounds // 10)

    def fill_up(self, limit_files):
        """Adds until there is no room; what it holds then, and what it is to
        hold in the end."""
        documents = self.news.write(self.input, 30)
        self.check("add", self.index, self.input, "-q")
        held = {d["id"]: d["text"] for d in documents}
        more = self.news.write(self.input, 3000)
        done = run("add", self.index, self.input, "-q", "--batch", 100,
                   preexec_fn=limit_files)
        self.assertEqual(done.returncode, 2)
        self.assertIn(str(self.index), done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        answered = read_lines(done.stdout)
        self.check_answers(answered, more[:len(answered)], held)
        there = self.check_beginning(held, more, 100)
        self.assertLess(there, len(more))
        self.assertLessEqual(len(answered), there)
        self.assertLessEqual(there, len(answered) + 100)
        return {**held, **{d["id"]: d["text"] for d in more}}

    def test_files_that_may_not_grow(self):
        all_of_them = self.fill_up(program_tests.limit_files(200_000))
        self.check("add", self.index, self.input, "-q")
        self.check_holds(all_of_them)

    def test_full_disk(self):
        disk = program_tests.SmallDisk.of_test(self, self.root / "small",
                                               2 << 20)
        self.index = disk.folder / "index"
        self.check("create", self.index, "-q")
        all_of_them = self.fill_up(None)
        # With room again it goes on where it was.
        disk.resize(64 << 20)
        self.check("add", self.index, self.input, "-q")
        self.check_holds(all_of_them)

    def add_amid_jumps(self, clock, years, path):
        """Adds with a clock that somebody turns all the while."""
        answers = self.root / "answers"
        named = clock.turn_to(years[0])
        turns = 0
        with subprocess.Popen(
                [OPTIONS.wirecopy, "index", "add", self.index, path, "-q",
                 "--batch", "5", "-o", answers], **named) as process:
            while process.poll() is None:
                time.sleep(0.001)
                turns += 1
                clock.turn_to(years[turns % len(years)])
        self.assertEqual(process.returncode, 0)
        self.assertGreater(turns, 5)
        self.assertTrue(years_of_tables(self.index) & set(years))
        return answers.read_text()

    def test_clock_that_jumps(self):
        if OPTIONS.no_clock:
            self.skipTest("a sanitizer's run time and faketime's wait for one "
                          "another")
        if shutil.which("faketime") is None:
            if os.environ.get("CI") == "true":
                self.fail("faketime is not installed")
            self.skipTest("faketime is not installed")
        clock = TurnedClock(self.root / "clock")
        self.news.write(self.input, 900)
        lines = self.input.read_text().splitlines(keepends=True)
        parts = [self.root / f"part-{i}.jsonl" for i in range(4)]
        for i, path in enumerate(parts):
            path.write_text("".join(lines[250 * i:250 * (i + 1)]))
        self.input.write_text("".join(lines[:750]))
        # The fourth part is asked for, after the other three have been added.
        at_once = self.root / "at-once"
        self.check("create", at_once, "-q")
        expected = self.check("add", at_once, self.input, "-q")
        answers = []
        for path, year in zip(parts, (2031, 2009)):
            answers.append(self.check("add", self.index, path, "-q",
                                      **clock.turn_to(year)))
            self.assertIn(year, years_of_tables(self.index))
        answers.append(self.add_amid_jumps(clock, (2050, 1999, 2019),
                                           parts[2]))
        self.assertEqual("".join(answers), expected)
        leaving = [json.loads(line)["id"] for line in lines[100:700:100]]
        self.check("remove", at_once, "--id", *leaving)
        self.check("remove", self.index, "--id", *leaving,
                   **clock.turn_to(1980))
        self.check("compact", self.index, "-q", **clock.turn_to(2000))
        self.assertIn(2000, years_of_tables(self.index))
        self.check("verify", self.index, "-q", **clock.turn_to(1990))
        for path in (self.input, parts[3]):
            self.assertEqual(
                self.check("query", self.index, path, "-q",
                           **clock.turn_to(2045)),
                self.check("query", at_once, path, "-q"))
        self.check("verify", self.index, "-q")
        told = [json.loads(self.check("info", folder))
                for folder in (self.index, at_once)]
        for one in told:
            del one["disk_bytes"]
        self.assertEqual(*told)

    def test_read_only_folder(self):
        documents = self.news.write(self.input, 20)
        self.check("add", self.index, self.input, "-q")
        # Nobody may not enter the folder in which it was built.
        program = shutil.copy(OPTIONS.wirecopy, self.root)
        for path in [self.root, self.index, *self.index.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        self.input.chmod(0o444)

        def become_nobody():
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)

        before = sorted(path.name for path in self.index.rglob("*"))
        named = {"program": program, "preexec_fn": become_nobody, "cwd": "/"}
        self.check("verify", self.index, "-q", **named)
        answers = read_lines(
            self.check("query", self.index, self.input, "-q", **named))
        self.assertEqual(len(answers), len(documents))
        self.check_fails("Permission denied", "add", self.index, self.input,
                         "-q", **named)
        self.check_fails("Permission denied", "compact", self.index, **named)
        self.check_fails("Permission denied", "create", self.root / "other",
                         **named)
        after = sorted(path.name for path in self.index.rglob("*"))
        self.assertEqual(before, after)
        for path in [self.root, self.index, *self.index.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)

    def test_two_writers(self):
        self.news.write(self.input, 50)
        # It opens its input with the index in its hands, and holds it until
        # that input ends; a FIFO is open for writing once it is for reading.
        fifo = pathlib.Path(self.folder.name, "fifo")
        os.mkfifo(fifo)
        with subprocess.Popen(
                [OPTIONS.wirecopy, "index", "add", self.index, fifo, "-q"],
                stdout=subprocess.DEVNULL) as first:
            with fifo.open("w", encoding="utf-8") as feed:
                second = run("add", self.index, self.input, "-q")
                self.assertEqual(second.returncode, 2)
                self.assertIn("open for writing already", second.stderr)
                self.check("verify", self.index, "-q")
                self.check("query", self.index, self.input, "-q")
                feed.write(self.input.read_text())
        self.assertEqual(first.returncode, 0)
        self.check_holds({d["id"]: d["text"] for d in map(
            json.loads, self.input.read_text().splitlines())})


def add_options(parser):
    parser.add_argument("--no-clock", action="store_true",
                        help="without the test that turns clocks")


if __name__ == "__main__":
    program_tests.run_tests(__doc__, OPTIONS, add_options)

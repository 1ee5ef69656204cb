#!/usr/bin/env python3
"""`dedup --index` writes what it keeps while its input goes on, and what it writes is the same
however the input comes and is divided into batches.

    dedup_stream_test.py --wirecopy PROGRAM [NAME...]
"""

import argparse
import gzip
import json
import os
import pathlib
import random
import select
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from support import program_tests  # pylint: disable=wrong-import-position

OPTIONS = argparse.Namespace(wirecopy="wirecopy")
PATIENCE = 60  # seconds, where nothing but a fault takes as long


def make_lines(count, seed=1):
    """Documents and near copies, ids that come twice, dates, and lines that are no documents."""
    chance = random.Random(seed)
    made = [program_tests.make_words(chance, 60)]
    for number in range(count):
        kind = chance.random()
        if kind < 0.1:
            yield f"no document {number}\n"
            continue
        if kind < 0.5:
            words = list(chance.choice(made))
            words[chance.randrange(len(words))] = program_tests.make_words(chance, 1)[0]
        else:
            words = program_tests.make_words(chance, chance.randrange(30, 200))
        made.append(words)
        name = chance.randrange(number + 1) if kind > 0.9 else number
        yield json.dumps({"id": name, "text": " ".join(words), "publisher": f"p{number % 3}",
                          "published": f"2024-01-{1 + number % 28:02}"}) + "\n"


LEAST = 8  # words of a passage


def make_edited(chance, count):
    """Texts that take stretches from one another, amid which words stand that are nobody else's."""
    made, own = [], 0
    for _ in range(count):
        words = []
        while len(words) < 150:
            if made and chance.random() < 0.6:
                source = chance.choice(made)
                begin = chance.randrange(len(source))
                words += source[begin:begin + chance.randrange(5, 60)]
            else:
                words += program_tests.make_words(chance, 20)
            for _ in range(chance.randrange(4)):
                words.insert(chance.randrange(len(words)), f"own{own}")
                own += 1
        made.append(words)
    return made


class DedupStream(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wirecopy-dedup-stream-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.index = self.root / "index"
        self.begin_again()

    def begin_again(self):
        shutil.rmtree(self.index, ignore_errors=True)
        self.check("index", "create", self.index, "-q")

    def check(self, *arguments, **named):
        done = subprocess.run([OPTIONS.wirecopy, *map(str, arguments)], capture_output=True,
                              check=False, **named)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def outputs(self, *arguments, **named):
        """What a run into an empty index writes."""
        self.begin_again()
        paths = [self.root / name for name in ("kept", "removed", "rejects", "stats")]
        self.check("dedup", "--index", self.index, "-q", "-o", paths[0], "--removed", paths[1],
                   "--rejects", paths[2], "--stats", paths[3], *arguments, **named)
        contents = [path.read_bytes() for path in paths]
        stats = json.loads(contents[3])
        stats.pop("seconds")
        return contents[:3] + [stats]

    def test_any_batches_and_threads(self):
        path = self.root / "in.jsonl"
        # More than one block of input.
        lines = "".join(make_lines(1500))
        path.write_text(lines)
        self.assertGreater(len(lines), 1_200_000)
        kept, removed = self.root / "memory.kept", self.root / "memory.removed"
        self.check("dedup", path, "-q", "-o", kept, "--removed", removed)
        expected = self.outputs(path)
        self.assertEqual(expected[0], kept.read_bytes())
        self.assertEqual(expected[1], removed.read_bytes())
        for count in expected[:3]:
            self.assertGreater(count.count(b"\n"), 50)
        for batch in (1, 7, 1_000_000):
            for threads in (1, 2):
                options = ["--batch", batch, "--threads", threads]
                self.assertEqual(self.outputs(path, *options), expected, options)

    def test_any_input(self):
        lines = "".join(make_lines(900, seed=2))
        path = self.root / "in.jsonl"
        path.write_text(lines)
        expected = self.outputs(path)

        packed = self.root / "in.jsonl.gz"
        packed.write_bytes(gzip.compress(lines.encode(), 1))
        from_pipe = self.outputs("-", input=lines.encode())
        from_packed = self.outputs(packed)
        for outputs in (from_pipe, from_packed):
            self.assertEqual(outputs[:2], expected[:2])
            self.assertEqual(outputs[3]["rejected"], expected[3]["rejected"])
        for name, outputs in ((b'"-"', from_pipe), (str(packed).encode(), from_packed)):
            self.assertEqual(outputs[2].count(name), expected[2].count(b"\n"))
        # And cut into two files, and with --strict, which reads it all first.
        middle = lines.index("\n", len(lines) // 2) + 1
        parts = [self.root / "a.jsonl", self.root / "b.jsonl"]
        parts[0].write_text(lines[:middle])
        parts[1].write_text(lines[middle:])
        self.assertEqual(self.outputs(*parts)[:2], expected[:2])
        good = "".join(line for line in lines.splitlines(True) if line.startswith("{"))
        seen = set()
        path.write_text("".join(
            line for line in good.splitlines(True)
            if (name := json.loads(line)["id"]) not in seen and not seen.add(name)))
        self.assertEqual(self.outputs(path, "--strict")[:2], expected[:2])

    def expect_seen(self, words, seen):
        """Each word is one of LEAST in a row that were seen."""
        is_seen = [False] * len(words)
        for begin in range(len(words) - LEAST + 1):
            if tuple(words[begin:begin + LEAST]) in seen:
                is_seen[begin:begin + LEAST] = [True] * LEAST
        self.assertTrue(all(is_seen), (words, is_seen))

    def test_only_what_was_seen_is_cut(self):
        texts = make_edited(random.Random(5), 400)
        path = self.root / "in.jsonl"
        path.write_text("".join(json.dumps({"id": number, "text": " ".join(words)}) + "\n"
                                for number, words in enumerate(texts)))
        annotations = self.root / "annotations"
        noted = self.outputs(path, "--passages", "annotate", "--annotations", annotations)
        cut = self.outputs(path, "--passages", "remove")
        left = {line["id"]: line["text"] for line in map(json.loads, cut[0].splitlines())}
        removed = [json.loads(line) for line in cut[1].splitlines()]
        by_similarity = {line["id"] for line in map(json.loads, noted[1].splitlines())}
        cuts = {line["id"]: line["attributes"]["wirecopy__cuts"]
                for line in map(json.loads, annotations.read_text().splitlines())}
        self.assertEqual({line["id"] for line in removed}, set(range(len(texts))) - set(left))
        seen, count = set(), 0
        for number, words in enumerate(texts):
            text, kept, at = " ".join(words), "", 0
            for begin, end, identity in cuts.get(number, []):
                self.assertEqual(identity, 1)
                self.expect_seen(text[begin:end].split(), seen)
                kept += text[at:begin]
                at = end
                count += 1
            kept += text[at:]
            if number in left:
                self.assertEqual(left[number], kept)
            else:
                self.assertTrue(number in by_similarity or not kept.split(), number)
            seen.update(tuple(words[i:i + LEAST]) for i in range(len(words) - LEAST + 1))
        self.assertGreater(count, 500)

    def day(self, number, rows, *options):
        """What a run into the same index keeps of these rows."""
        path, kept = (self.root / f"day{number}.{name}" for name in ("jsonl", "kept"))
        path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n"
                                for name, text in rows))
        self.check("dedup", "--index", self.index, path, "-q", "-o", kept, *options)
        return {line["id"]: line["text"] for line in map(json.loads, kept.read_text().splitlines())}

    def test_a_copy_is_kept_where_the_kept_one_is_revised(self):
        chance = random.Random(6)
        story, other, end = (" ".join(program_tests.make_words(chance, count))
                             for count in (150, 80, 20))
        near = story + " " + end
        for options in ((), ("--passages", "remove"), ("--present", "remove")):
            with self.subTest(options=options):
                self.begin_again()
                self.assertEqual(set(self.day(1, [("a", story), ("b", near), ("c", near)],
                                              *options)), {"a"})
                self.assertEqual(self.day(2, [("a", other), ("d", near)], *options),
                                 {"a": other, "d": near})
                self.assertEqual(self.day(3, [("b", near), ("c", near)], *options), {})
                self.check("index", "remove", self.index, "--id", "d")
                self.assertEqual(self.day(4, [("c", near), ("b", near)], *options), {"c": near})
                if "--present" not in options:
                    self.assertEqual(self.day(4, [("c", near), ("b", near)], *options),
                                     {"c": near})
                self.check("index", "verify", self.index, "-q")

    def test_what_was_cut_for_a_revised_document_is_not_cut_by(self):
        chance = random.Random(7)
        shared, first, revised, *own = (" ".join(program_tests.make_words(chance, 60))
                                        for _ in range(6))
        cut = "--passages", "remove"
        days = [("a", f"{shared} {first}"), ("b", f"{own[0]} {shared}")]
        self.assertEqual(self.day(1, days, *cut),
                         {"a": days[0][1], "b": own[0] + " "})
        # The new text of a has what b has, and b was rid of.
        after = f"{shared} {revised}"
        self.assertEqual(self.day(2, [("a", after), ("c", f"{own[1]} {shared}")], *cut),
                         {"a": after, "c": own[1] + " "})
        self.check("index", "remove", self.index, "--id", "a")
        whole = f"{own[2]} {shared}"
        self.assertEqual(self.day(3, [("d", whole), ("e", f"{first} {shared}")], *cut),
                         {"d": whole, "e": first + " "})
        self.check("index", "verify", self.index, "-q")

    def test_csv_and_text_files(self):
        chance = random.Random(3)
        texts = [" ".join(program_tests.make_words(chance, 300)) for _ in range(400)]
        texts += texts[:50]
        rows = self.root / "rows.csv"
        rows.write_text("id,text\r\n" + "".join(f'{i},"{text}"\r\n'
                                                  for i, text in enumerate(texts)))
        notes = self.root / "notes"
        notes.mkdir()
        for i, text in enumerate(texts):
            if i % 2:
                (notes / f"{i:03}.txt").write_text(text)
            else:
                (notes / f"{i:03}.txt.gz").write_bytes(gzip.compress(text.encode(), 1))
        for source in (rows, notes):
            kept = self.root / "memory.kept"
            self.check("dedup", source, "-q", "-o", kept)
            for batch in (1, 7, 1000):
                self.assertEqual(self.outputs(source, "--batch", batch)[0], kept.read_bytes())
        header = self.root / "header.csv"
        header.write_text("id,text\r\n")
        self.assertEqual(self.outputs(header)[0], b"id,text\r\n")

    def begin(self, *options):
        return subprocess.Popen([OPTIONS.wirecopy, "dedup", "--index", str(self.index), "-", "-q",
                                 *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read_lines(self, process, count):
        """So many lines that a run writes; an error where they do not come."""
        read = b""
        end = time.monotonic() + PATIENCE
        while read.count(b"\n") < count:
            ready, _, _ = select.select([process.stdout], [], [], max(0, end - time.monotonic()))
            self.assertTrue(ready, "kept lines do not come")
            piece = os.read(process.stdout.fileno(), 1 << 16)
            self.assertTrue(piece, "it ended")
            read += piece
        return read

    def test_lines_come_while_the_input_goes_on(self):
        lines = [line.encode() for line in make_lines(60, seed=4)]
        kept = self.outputs("-", input=b"".join(lines))[0]
        self.begin_again()
        with self.begin() as process:
            written = b""
            for line in lines:
                process.stdin.write(line)
                process.stdin.flush()
                # Of the lines that are kept, this is one or none.
                if line in kept:
                    written += self.read_lines(process, 1)
                    self.assertTrue(kept.startswith(written))
            self.assertEqual(written, kept)
            # What is written is in the index: it lives through this.
            process.kill()
        info = json.loads(self.check("index", "info", self.index))
        self.assertGreaterEqual(info["documents"], kept.count(b"\n"))
        self.check("index", "verify", self.index, "-q")
        self.begin_again()
        again = self.check("dedup", "--index", self.index, "-", "-q", input=b"".join(lines))
        self.assertEqual(again, kept)

    def test_a_line_in_pieces(self):
        """A writer that stops within a line is waited for; what came before it is not."""
        first, second = [json.dumps({"id": name, "text": " ".join(program_tests.make_words(
            random.Random(name), 40))}).encode() + b"\n" for name in (5, 6)]
        with self.begin() as process:
            process.stdin.write(first + second[:30])
            process.stdin.flush()
            self.assertEqual(self.read_lines(process, 1), first)
            process.stdin.write(second[30:50])
            process.stdin.flush()
            process.stdin.write(second[50:-1])  # and no line break at the end
            process.stdin.close()
            self.assertEqual(process.stdout.read(), second[:-1])
        self.assertEqual(process.returncode, 0)


if __name__ == "__main__":
    program_tests.run_tests(__doc__, OPTIONS)

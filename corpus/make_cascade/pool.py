"""Real paragraphs to grow articles from, each given out once.

A paragraph that shares eight words in a row with an earlier one is left out, so that two articles
have in common only what an edit gave them.
"""
import array
import gzip
import json
import os
import re
import tempfile
import zlib

import words

RUN = 8
SPARSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
END = re.compile(r"""[.!?\u2026\u061f\u06d4]["'\u201d\u2019\u00bb)\]]*$""")
SHORTEST, LONGEST = 15, 180  # words in a paragraph
BYTES_PER_ARTICLE = 30_000  # of source text, most of which is not fit or not new


def usable(paragraph):
    """The pieces of a paragraph of prose, or None; None also where no blanks part the words."""
    pieces = paragraph.split()
    if not SHORTEST <= len(pieces) <= LONGEST or not END.search(paragraph):
        return None
    prose = sum(piece.strip("\"'()[]\u201c\u201d\u2018\u2019\u00ab\u00bb.,;:!?").isalpha()
                for piece in pieces)
    if prose < 0.8 * len(pieces) or max(map(len, pieces)) > 40 or SPARSE.search(paragraph):
        return None
    return pieces


class Seen:
    """Which runs of eight words have been met; a Bloom filter, so it may wrongly say yes."""

    def __init__(self, text_bytes):
        bits = 1 << 20
        while bits < min(4 * text_bytes, 1 << 31):
            bits *= 2
        self.mask, self.bits = bits - 1, bytearray(bits // 8)

    def add(self, pieces):
        """Whether all the runs are new, and none stands there twice; they are noted only then."""
        hashes = [zlib.crc32(w.encode()) for piece in pieces for w, _, _ in words.words_of(piece)]
        places, here = [], set()
        for at in range(max(1, len(hashes) - RUN + 1)):
            mixed = 0
            for value in hashes[at : at + RUN]:
                mixed = (mixed * 0x9E3779B97F4A7C15 + value + 1) & 0xFFFFFFFFFFFFFFFF
            mixed ^= mixed >> 29
            one = mixed * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
            other = mixed * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
            run = [(one >> 32) & self.mask, (other >> 32) & self.mask,
                   (one + 3 * other >> 31) & self.mask]
            if mixed in here or all(self.bits[p >> 3] >> (p & 7) & 1 for p in run):
                return False
            places += run
            here.add(mixed)
        for p in places:
            self.bits[p >> 3] |= 1 << (p & 7)
        return True


def lines_of(path):
    with open(path, "rb") as stream:
        zipped = stream.read(2) == b"\x1f\x8b"
    with (gzip.open if zipped else open)(path, "rb") as stream:
        yield from stream


class Pool:
    """`articles` texts of a few paragraphs, and single paragraphs besides, in an order that the
    random numbers decide. The text lies in a temporary file."""

    def __init__(self, rng, paths, articles, singles):
        self.rng, self.paths = rng, paths
        size = sum(os.path.getsize(path) for path in paths)
        step = max(1, size // max(1, articles * BYTES_PER_ARTICLE))
        pick = rng.randrange(1 << 30)
        while True:
            self.fill(size // step, step, pick, singles / max(1, singles + 5 * articles))
            if step == 1 or len(self.starts) >= articles and len(self.spare) >= singles:
                break
            self.close()
            step = max(1, step // 4)
        rng.shuffle(self.starts)
        rng.shuffle(self.spare)

    def close(self):
        self.file.close()

    def fill(self, size, step, pick, spare_share):
        self.file = tempfile.TemporaryFile()
        self.starts, self.spare = array.array("Q"), array.array("Q")
        self.paragraphs = 0
        seen = Seen(size)
        for path in self.paths:
            for line in lines_of(path):
                if zlib.crc32(line) % step != pick % step or not line.strip():
                    continue
                self.cut(self.fresh(json.loads(line).get("text", ""), seen), spare_share)

    def fresh(self, text, seen):
        found = []
        for paragraph in re.split(r"\n\s*\n", text if isinstance(text, str) else ""):
            pieces = usable(paragraph)
            if pieces and seen.add(pieces):
                found.append(" ".join(pieces))
        return found

    def cut(self, paragraphs, spare_share):
        """Cuts the paragraphs of one document into articles of three to eight."""
        at = 0
        self.paragraphs += len(paragraphs)
        while at < len(paragraphs):
            length = self.rng.randint(3, 8)
            part = paragraphs[at : at + length]
            at += length
            if len(part) >= 3 and self.rng.random() >= spare_share:
                self.starts.append(self.store(part))
            else:
                self.spare.extend(self.store([paragraph]) for paragraph in part)

    def store(self, paragraphs):
        start = self.file.seek(0, os.SEEK_END)
        self.file.write(json.dumps(paragraphs).encode() + b"\n")
        return start

    def take(self, starts):
        self.file.seek(starts.pop())
        return json.loads(self.file.readline())

    def article(self):
        """The paragraphs of a new article."""
        return self.take(self.starts)

    def paragraph(self):
        """A new paragraph, or None where none is left."""
        return self.take(self.spare)[0] if self.spare else None

#!/usr/bin/env python3
"""Makes families of edited copies, with a full account of who copied what from whom.

    make_cascade.py --seed 1 --documents 1000 --out FOLDER [--text FILE.jsonl ...]

Writes docs.jsonl, parents.jsonl, pairs.jsonl, passages.jsonl and manifest.json into FOLDER. See
the README. Exit status: 0 done, 2 error (one line on standard error).
"""
import argparse
import collections
import contextlib
import hashlib
import itertools
import json
import pathlib
import random
import sys
import time

sys.dont_write_bytecode = True

import compare  # noqa: E402
import family  # noqa: E402
import pool  # noqa: E402

VERSION = 1  # raise it when the same parameters give other bytes
NEWSROOM = pathlib.Path(__file__).resolve().parent.parent / "newsroom" / "articles.jsonl"
MEAN_FAMILY = 8
SHUFFLED = 4096  # documents among which the next line of docs.jsonl is drawn
FILES = ("docs.jsonl", "parents.jsonl", "pairs.jsonl", "passages.jsonl")


class Fault(Exception):
    """The parameters cannot be met."""


# ------------------------------------------------------------------------------ plan


def family_sizes(documents, families, largest, least=2):
    """Sizes that fall as 1/rank, from `largest` at most down to `least`, with the sum
    `documents`."""
    if not least * families <= documents <= largest * families:
        raise Fault(
            f"{documents} documents do not make {families} families of {least} to {largest}; "
            "give more --text, or other --families, --singles, --least or --largest"
        )

    def sizes(top):
        return [min(largest, max(least, int(top / rank))) for rank in range(1, families + 1)]

    low, high = 1, largest * families  # sum(sizes(low)) <= documents < sum(sizes(high + 1))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(sizes(middle)) <= documents else (low, middle - 1)
    found, left = sizes(low), documents - sum(sizes(low))
    for rank in itertools.cycle(range(families)):
        if not left:
            return found
        if found[rank] < largest:
            found[rank] += 1
            left -= 1


def wanted(arguments):
    """How many families and unrelated articles there should be, as far as there is text."""
    singles = round(arguments.documents * arguments.singles)
    copies = arguments.documents - singles
    mean = max(MEAN_FAMILY, arguments.least)
    families = arguments.families or max(1, -(-copies // mean)) if copies else 0
    return min(families, copies // arguments.least), singles


def plan(arguments, texts):
    """Sizes of the families, in the order in which they are made; 1 is an unrelated article."""
    families, singles = wanted(arguments)
    if families + singles > texts:
        if arguments.families and arguments.families >= texts:
            raise Fault(f"{arguments.families} families, but text for {texts} originals only; "
                        "give more --text, or fewer --families")
        if texts < 2:
            raise Fault("the text has too few paragraphs of prose; give more --text")
        families = arguments.families or min(families, max(1, texts * 2 // 3))
        singles = min(singles, texts - families)
    if not families:
        return [1] * singles
    copies = arguments.documents - singles
    return family_sizes(copies, families, arguments.largest, arguments.least) + [1] * singles


# ------------------------------------------------------------------------------ output


class Output:
    """A JSON Lines file that knows its checksum; it has its name only once it is whole."""

    def __init__(self, path):
        self.path, self.part = path, path.with_name(path.name + ".part")
        self.stream = open(self.part, "wb")
        self.rows = self.bytes = 0
        self.digest = hashlib.sha256()

    def write(self, row):
        line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        self.stream.write(line)
        self.digest.update(line)
        self.rows += 1
        self.bytes += len(line)

    def close(self):
        self.stream.close()
        self.part.replace(self.path)
        return {"rows": self.rows, "bytes": self.bytes, "sha256": self.digest.hexdigest()}


class Writer:
    """Turns articles into rows. Documents leave in another order than they were made in."""

    def __init__(self, folder, rng, all_pairs, names):
        self.docs, self.parents, self.pairs, self.passages = (
            Output(folder / name) for name in FILES
        )
        self.rng, self.all_pairs, self.names = rng, all_pairs, names
        self.waiting = []
        self.counts = {name: collections.Counter() for name in
                       ("status", "edits", "relations", "passages", "dates")}
        self.near = 0

    def document(self, made):
        row = {"id": made.id, "publisher": self.names[made.publisher]}
        if made.published:
            row["published"] = made.published
        row["text"] = made.text()
        self.counts["dates"][made.clock or "right"] += 1
        if len(self.waiting) < SHUFFLED:
            self.waiting.append(row)
            return
        at = self.rng.randrange(SHUFFLED)
        self.docs.write(self.waiting[at])
        self.waiting[at] = row

    def parent(self, made):
        origin = made.origin
        row = {"id": made.id, "status": made.status, "parent": None,
               "origin": None if origin.hidden else origin.id}
        if made.status == "copy":
            row["parent"] = made.parents[0].id
        if len(made.parents) > 1:
            row["parents"] = [parent.id for parent in made.parents]
        if origin.hidden:
            row["source_group"] = "absent-" + origin.id
        if made.edits:
            row["edits"] = made.edits
        if made.clock:
            row["clock"] = made.clock
        self.counts["status"][made.status] += 1
        self.counts["edits"].update(edit.split()[0] for edit in made.edits)
        self.parents.write(row)

    def pair(self, a, b, relation=None, note=None):
        """Writes a pair, `a` the source or the earlier one, and its passages."""
        kind = "quotation" if relation == "quotation" else "copy"
        found = list(compare.passages(b, a, kind))
        if relation is None:
            carried = sum(count for _, kind, count in found if kind == "copy")
            whole = carried >= compare.WHOLE * len(a.layout().words)
            relation = "republication" if whole else "excerpt"
        if relation != "update" and "update" in b.edits and b.parents[0] is a:
            relation = "update"
        jaccard = compare.jaccard(a, b)
        row = {"a": a.id, "b": b.id, "relation": relation, "jaccard": round(jaccard, 6)}
        if jaccard >= compare.NEAR:
            row["near_duplicate"] = True
            self.near += 1
        if note:
            row["note"] = note
        self.pairs.write(row)
        self.counts["relations"][relation] += 1
        for (begin, end, source_begin, source_end), kind, _ in found:
            self.counts["passages"][kind] += 1
            self.passages.write({
                "copy": b.id, "copy_begin": begin, "copy_end": end, "source": a.id,
                "source_begin": source_begin, "source_end": source_end, "kind": kind,
            })

    def family(self, members, quotations):
        hidden = [made for made in members if made.status == "hidden_source"]
        everything = len(members) <= self.all_pairs
        for made in members:
            self.document(made)
            self.parent(made)
            for parent in made.parents:
                if not parent.hidden:
                    self.pair(parent, made, note=", ".join(made.edits) or "unchanged")
            if not everything and made.status == "hidden_source" and made is not hidden[0]:
                self.pair(*sorted((hidden[0], made), key=in_time), relation="common_source")
            for done in (made, *made.parents):  # thousands of layouts would not fit into memory
                if done is not members[0] and done not in hidden[:1]:
                    done.forget()
        if everything:
            self.others(members)
        for copy, quoted in quotations:
            self.pair(quoted, copy, relation="quotation")
        for made in members:
            made.forget()

    def others(self, members):
        """The pairs of a small family that are not parent and copy."""
        for one, other in itertools.combinations(members, 2):
            a, b = sorted((one, other), key=in_time)
            if a not in b.parents:
                self.pair(a, b, relation=None if a in ancestors(b) else "common_source")

    def close(self):
        self.rng.shuffle(self.waiting)
        for row in self.waiting:
            self.docs.write(row)
        outputs = (self.docs, self.parents, self.pairs, self.passages)
        return {output.path.name: output.close() for output in outputs}


def in_time(made):
    return made.time, made.id


def ancestors(made):
    found = []
    while made.parents:
        made = made.parents[0]
        found.append(made)
    return found


def identities(rng):
    """Names that say nothing about the order of the documents: a permutation of 32-bit numbers."""
    factor, shift = rng.randrange(1 << 31) * 2 + 1, rng.randrange(1 << 32)
    for number in itertools.count():
        yield f"{(number * factor + shift) & 0xFFFFFFFF:08x}"


# ------------------------------------------------------------------------------ run


def make(arguments):
    rng = random.Random(arguments.seed)
    paths = [NEWSROOM, *arguments.text]
    families, singles = wanted(arguments)
    shares = arguments.shares
    leads = round(arguments.documents * (shares["lead"] + shares["update"]))
    with contextlib.closing(pool.Pool(rng, paths, families + singles, leads)) as texts:
        return grow(arguments, rng, paths, texts)


def grow(arguments, rng, paths, texts):
    originals, spare = len(texts.starts), len(texts.spare)
    sizes = plan(arguments, originals)
    order = sizes[:]
    rng.shuffle(order)

    arguments.out.mkdir(parents=True, exist_ok=True)
    names = identities(rng)
    grower = family.Grower(rng, texts, lambda: next(names), arguments.shares, arguments.edits)
    writer = Writer(arguments.out, rng, arguments.all_pairs, [p.name for p in grower.publishers])
    shown = time.monotonic()
    for size in order:
        if size == 1:
            made, quoted = grower.single()
            writer.document(made)
            if quoted:
                writer.pair(quoted, made, relation="quotation")
                quoted.forget()
            made.forget()
        else:
            writer.family(*grower.family(size))
            for made in grower.recent:
                made.forget()
        if time.monotonic() - shown > 10:
            shown = time.monotonic()
            print(f"{len(writer.waiting) + writer.docs.rows} documents", file=sys.stderr)
    files = writer.close()
    manifest = manifest_of(arguments, paths, sizes, writer, files)
    manifest["text"] = {"originals": originals, "spare_paragraphs": spare,
                        "edits_without_text": grower.missed}
    text = json.dumps(manifest, indent=1) + "\n"
    (arguments.out / "manifest.json").write_text(text, encoding="utf-8")
    return manifest


def checksum(path):
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def changed(arguments):
    """Parameters that most corpora leave as they are."""
    shares = {name: share for name, share in arguments.shares.items()
              if share != family.SHARES[name]}
    given = {"least": arguments.least if arguments.least != 2 else None,
             "edits": arguments.edits, "shares": shares or None}
    return {name: value for name, value in given.items() if value is not None}


def manifest_of(arguments, paths, sizes, writer, files):
    in_families = [size for size in sizes if size > 1]
    return {
        "made_by": "corpus/make_cascade",
        "version": VERSION,
        "parameters": {
            "seed": arguments.seed, "documents": arguments.documents,
            "families": arguments.families, "singles": arguments.singles,
            "largest": arguments.largest, "all_pairs": arguments.all_pairs,
            **changed(arguments),
            "text": [{"name": path.name, "sha256": checksum(path)} for path in paths],
        },
        "counts": {
            "documents": files["docs.jsonl"]["rows"],
            "families": len(in_families),
            "singles": len(sizes) - len(in_families),
            "largest_family": max(in_families, default=0),
            "near_duplicates": writer.near,
            **{name: dict(sorted(counter.items())) for name, counter in writer.counts.items()},
        },
        "files": files,
    }


def share(text):
    name, _, value = text.partition("=")
    if name not in family.SHARES or not 0 <= float(value) <= 1:
        raise ValueError
    return name, float(value)


def arguments_of(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seed", type=int, required=True, metavar="N")
    parser.add_argument("--documents", type=int, required=True, metavar="N")
    parser.add_argument("--out", type=pathlib.Path, required=True, metavar="FOLDER")
    parser.add_argument("--text", type=pathlib.Path, nargs="+", action="extend", default=[],
                        metavar="FILE.jsonl", help="text besides the newsroom corpus, also gzip")
    parser.add_argument("--families", type=int, metavar="N",
                        help="families (default: one for each eight copies, as far as text goes)")
    parser.add_argument("--singles", type=float, default=0.3, metavar="SHARE",
                        help="unrelated articles, of all; fewer where text is short (default 0.3)")
    parser.add_argument("--largest", type=int, default=10_000, metavar="N",
                        help="most articles in a family (default 10000)")
    parser.add_argument("--all-pairs", type=int, default=10, metavar="N",
                        help="list every pair of families of up to N articles (default 10)")
    parser.add_argument("--least", type=int, default=2, metavar="N",
                        help="fewest articles in a family (default 2)")
    parser.add_argument("--edits", type=float, metavar="MEAN",
                        help="words that a copy changes, on average (default: by rates)")
    parser.add_argument("--share", type=share, action="append", default=[], metavar="NAME=SHARE",
                        help="how often something happens: " + ", ".join(family.SHARES))
    arguments = parser.parse_args(words)
    arguments.shares = family.SHARES | dict(arguments.share)
    if not 2 <= arguments.least <= arguments.largest or (arguments.edits or 0) < 0:
        parser.error("--least is from 2 to --largest, --edits at least 0")
    if arguments.documents < 1 or not 0 <= arguments.singles <= 1 or arguments.largest < 2:
        parser.error("--documents is at least 1, --singles from 0 to 1, --largest at least 2")
    return arguments


def main(words):
    started = time.monotonic()
    try:
        manifest = make(arguments_of(words))
    except (Fault, OSError, ValueError) as fault:
        print(f"make_cascade: {fault}", file=sys.stderr)
        return 2
    counts = manifest["counts"]
    print(f"{counts['documents']} documents, {counts['families']} families, "
          f"{counts['singles']} unrelated, {manifest['files']['pairs.jsonl']['rows']} pairs, "
          f"{manifest['files']['passages.jsonl']['rows']} passages, "
          f"{time.monotonic() - started:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

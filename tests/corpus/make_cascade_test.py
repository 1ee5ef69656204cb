#!/usr/bin/env python3
"""Tests of corpus/make_cascade: what it claims, against the texts, by brute force."""
import collections
import contextlib
import difflib
import hashlib
import importlib.util
import io
import itertools
import json
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
CORPUS = pathlib.Path(__file__).resolve().parents[2] / "corpus"
sys.path[:0] = [str(CORPUS / "make_cascade"), str(CORPUS / "newsroom")]

import make_cascade  # noqa: E402


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


newsroom = load("newsroom_build", CORPUS / "newsroom" / "build.py")
NAMES = ("docs", "parents", "pairs", "passages")


def run(folder, *words):
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        status = make_cascade.main([*words, "--out", str(folder)])
    return status, said.getvalue()


def rows(folder, name):
    with open(folder / f"{name}.jsonl", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


class Cascade(unittest.TestCase):
    """One corpus, made once, looked at from all sides."""

    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = pathlib.Path(holder.name)
        # Families of up to 40 list all their pairs, larger ones only those of parent and copy.
        status, said = run(cls.folder, "--seed", "7", "--documents", "300", "--all-pairs", "40")
        assert status == 0, said
        cls.docs, cls.parents, cls.pairs, cls.passages = (rows(cls.folder, n) for n in NAMES)
        cls.text = {row["id"]: row["text"] for row in cls.docs}
        cls.tokens = {name: newsroom.Text({"text": text}) for name, text in cls.text.items()}
        cls.parent = {row["id"]: row for row in cls.parents}
        cls.manifest = json.loads((cls.folder / "manifest.json").read_text())

    def test_counts_and_checksums(self):
        self.assertEqual(len(self.docs), 300)
        self.assertEqual(len(self.text), 300)
        counts = self.manifest["counts"]
        self.assertEqual(counts["documents"], 300)
        self.assertEqual(counts["singles"] + len(self.parents), 300)
        for name in NAMES:
            data = (self.folder / f"{name}.jsonl").read_bytes()
            entry = self.manifest["files"][f"{name}.jsonl"]
            self.assertEqual(entry["sha256"], hashlib.sha256(data).hexdigest())
            self.assertEqual(entry["bytes"], len(data))
            self.assertEqual(entry["rows"], data.count(b"\n"))

    def test_parents(self):
        groups = collections.Counter(row["status"] for row in self.parents)
        self.assertEqual(set(groups), {"root", "copy", "hidden_source"})
        for row in self.parents:
            self.assertIn(row["id"], self.text)
            if row["status"] == "root":
                self.assertEqual((row["parent"], row["origin"]), (None, row["id"]))
            elif row["status"] == "hidden_source":
                self.assertIsNone(row["parent"])
                self.assertIsNone(row["origin"])
                self.assertIn("source_group", row)
            else:
                above = self.parent[row["parent"]]
                self.assertEqual(row["origin"], above["origin"])
                self.assertEqual(row.get("source_group"), above.get("source_group"))
            for other in row.get("parents", []):
                self.assertIn(other, self.text)

    def test_every_parent_is_a_pair(self):
        listed = {(row["a"], row["b"]) for row in self.pairs}
        self.assertEqual(len(listed), len(self.pairs))
        for row in self.parents:
            if row["status"] == "copy":
                for parent in row.get("parents", [row["parent"]]):
                    self.assertIn((parent, row["id"]), listed)

    def test_dates(self):
        published = {row["id"]: row.get("published") for row in self.docs}
        when = newsroom.datetime.datetime.fromisoformat
        wrong = 0
        for row in self.parents:
            self.assertEqual(row.get("clock") == "missing", published[row["id"]] is None)
            dates = published[row["id"]], published.get(row["parent"])
            wrong += row.get("clock") == "wrong"
            if None not in dates and row.get("clock") != "wrong":
                if self.parent[row["parent"]].get("clock") != "wrong":
                    self.assertGreater(when(dates[0]), when(dates[1]))
        self.assertGreater(wrong, 0)

    def test_jaccard(self):
        near = 0
        for row in self.pairs:
            one, other = (self.tokens[row[side]].shingles for side in "ab")
            jaccard = len(one & other) / len(one | other)
            self.assertAlmostEqual(row["jaccard"], jaccard, places=5)
            self.assertEqual(row.get("near_duplicate", False), jaccard >= 0.8)
            near += jaccard >= 0.8
        self.assertGreater(near, 30)

    def test_relations_follow_from_what_is_carried(self):
        carried = collections.Counter()
        for row in self.passages:
            begin, end = self.tokens[row["source"]].within(row["source_begin"], row["source_end"])
            carried[row["source"], row["copy"]] += (end - begin) * (row["kind"] == "copy")
        for row in self.pairs:
            share = carried[row["a"], row["b"]] / len(self.tokens[row["a"]].words)
            if row["relation"] in ("republication", "excerpt"):
                self.assertEqual(row["relation"] == "republication", share >= 2 / 3, row)

    def ranges(self, row):
        here, there = self.tokens[row["copy"]], self.tokens[row["source"]]
        i, j = here.within(row["copy_begin"], row["copy_end"])
        k, m = there.within(row["source_begin"], row["source_end"])
        return here.words[i:j], there.words[k:m]

    def test_passages(self):
        kinds = collections.Counter(row["kind"] for row in self.passages)
        self.assertEqual(set(kinds), {"copy", "quotation", "boilerplate"})
        equal = wide = 0
        for row in self.passages:
            one, other = self.ranges(row)
            self.assertGreaterEqual(min(len(one), len(other)), 8)
            self.assertEqual(one[:4], other[:4])
            self.assertEqual(one[-4:], other[-4:])
            equal += one == other
            matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
            self.assertGreater(matcher.ratio(), 0.4)
            wide += any(tag != "equal" and max(b - a, d - c) > 10
                        for tag, a, b, c, d in matcher.get_opcodes())
        self.assertGreater(equal, len(self.passages) / 3)
        # The matcher prefers long runs and so finds a wider gap now and then than there need be.
        self.assertLess(wide, len(self.passages) / 100)

    def test_offsets_begin_and_end_with_a_word_or_sign(self):
        for row in self.passages:
            for side in ("copy", "source"):
                text = self.text[row[side]]
                begin, end = row[f"{side}_begin"], row[f"{side}_end"]
                self.assertTrue(0 <= begin < end <= len(text))
                stretch = text[begin:end]
                self.assertEqual(stretch, stretch.strip())
                for at in (begin, end):  # not within a word
                    self.assertFalse(text[at - 1 : at].isalnum() and text[at : at + 1].isalnum())

    def test_listed_pairs_share_nothing_else(self):
        """A run of eight words that both texts of a pair have lies within a passage."""
        declared = collections.defaultdict(list)
        for row in self.passages:
            declared[row["copy"], row["source"]].append((
                self.tokens[row["copy"]].within(row["copy_begin"], row["copy_end"]),
                self.tokens[row["source"]].within(row["source_begin"], row["source_end"]),
            ))
        outside = 0
        for pair in self.pairs:
            one, other = self.tokens[pair["b"]], self.tokens[pair["a"]]
            for i, j in newsroom.common_runs(one, other, 8):
                # Beside boilerplate fewer than four words of the text may be alike, which is too
                # few to be told of.
                told = sum(any(
                    low <= i + k < high and there <= j + k < end
                    for (low, high), (there, end) in declared[pair["b"], pair["a"]]
                ) for k in range(8))
                outside += told < 5
        self.assertEqual(outside, 0)

    def test_strangers_share_only_boilerplate(self):
        """Documents that no chain of pairs connects have no eight words in common."""
        above = {name: name for name in self.text}

        def find(name):
            while above[name] != name:
                name = above[name]
            return name

        for row in self.pairs:
            above[find(row["a"])] = find(row["b"])
        for row in self.parents:
            if "source_group" in row:
                above[find(row["id"])] = find(above.setdefault(row["source_group"],
                                                               row["source_group"]))
        boilerplate = {
            " ".join(piece for piece, _ in part)
            for publisher in make_cascade.family.publishers.publishers()
            for part in publisher.masthead + publisher.footer
        }
        holders = collections.defaultdict(set)
        for name, text in self.text.items():
            for part in set(text.split("\n\n")) - boilerplate:
                for run in self.runs_of(part):
                    holders[run].add(find(name))
        self.assertEqual([run for run, groups in holders.items() if len(groups) > 1], [])

    def runs_of(self, part):
        found = [token.word for token in newsroom.tokens(part)]
        return [tuple(found[at : at + 8]) for at in range(len(found) - 7)]

    def test_all_edits_occur(self):
        self.assertGreaterEqual(set(self.manifest["counts"]["edits"]), {
            "excerpt", "lead", "move", "quotation", "reword", "second", "trim", "typography",
            "update"})

    def test_small_families_list_all_pairs(self):
        listed = {frozenset((row["a"], row["b"])) for row in self.pairs}
        families = collections.defaultdict(list)
        for row in self.parents:
            families[row.get("source_group") or row["origin"]].append(row["id"])
        small = [members for members in families.values() if len(members) <= 40]
        self.assertGreater(len(small), 3)
        for members in small:
            for a, b in itertools.combinations(members, 2):
                self.assertIn(frozenset((a, b)), listed)


class Runs(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def bytes_of(self, name, *words):
        status, said = run(self.folder / name, *words)
        self.assertEqual(status, 0, said)
        return [(self.folder / name / f"{n}.jsonl").read_bytes() for n in NAMES]

    def test_the_seed_decides(self):
        one = self.bytes_of("one", "--seed", "3", "--documents", "120")
        self.assertEqual(one, self.bytes_of("again", "--seed", "3", "--documents", "120"))
        other = self.bytes_of("other", "--seed", "4", "--documents", "120")
        self.assertTrue(all(a != b for a, b in zip(one, other)))
        self.assertEqual((self.folder / "one/manifest.json").read_bytes(),
                         (self.folder / "again/manifest.json").read_bytes())

    def test_families_and_singles(self):
        self.bytes_of("some", "--seed", "1", "--documents", "100", "--families", "5",
                      "--singles", "0.1")
        counts = json.loads((self.folder / "some/manifest.json").read_text())["counts"]
        self.assertEqual((counts["families"], counts["singles"]), (5, 10))

    def test_sizes_fall_like_zipf(self):
        sizes = make_cascade.family_sizes(100_000, 4000, 10_000)
        self.assertEqual(sum(sizes), 100_000)
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        self.assertGreater(sizes[0], 50 * sizes[100])
        self.assertEqual(make_cascade.family_sizes(20_000, 2, 10_000), [10_000, 10_000])

    def test_more_text(self):
        path = self.folder / "more.jsonl"
        letters = "abcdefghijklmnopqrstuvwxyz"
        with open(path, "w") as out:  # words of a kind, since only their being new matters here
            for n in range(40):
                part = [" ".join("Word" + letters[n % 26] + letters[n // 26] + letters[p] +
                                 letters[w % 26] + letters[w // 26] for w in range(30)) + "."
                        for p in range(6)]
                out.write(json.dumps({"id": n, "text": "\n\n".join(part)}) + "\n")
        self.bytes_of("more", "--seed", "1", "--documents", "100", "--text", str(path))
        counts = json.loads((self.folder / "more/manifest.json").read_text())
        self.assertGreater(counts["text"]["originals"], 35)

    def test_too_little_text_is_told(self):
        status, said = run(self.folder / "none", "--seed", "1", "--documents", "5000",
                           "--families", "2000")
        self.assertEqual(status, 2)
        self.assertIn("give more --text", said)
        self.assertEqual(said.count("\n"), 1)



class Shares(unittest.TestCase):
    """Corpora with sizes, edits and shares of one's own."""

    def made(self, *words):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        folder = pathlib.Path(holder.name)
        status, said = run(folder, "--seed", "3", "--documents", "120", "--singles", "0", *words)
        self.assertEqual(status, 0, said)
        docs = {row["id"]: row for row in rows(folder, "docs")}
        return docs, {row["id"]: row for row in rows(folder, "parents")}

    def test_least(self):
        _, parents = self.made("--least", "9", "--largest", "20", "--families", "8",
                               "--share", "second_parent=0")
        sizes = collections.Counter(
            row["origin"] or row["source_group"] for row in parents.values())
        self.assertEqual(len(sizes), 8)
        self.assertTrue(all(9 <= size <= 20 for size in sizes.values()), sizes)

    def test_edits_are_counted(self):
        _, parents = self.made("--edits", "5")
        counts = [int(edit.split()[1]) for row in parents.values()
                  for edit in row.get("edits", []) if edit.startswith("words ")]
        self.assertEqual(len(counts), sum(row["status"] != "root" for row in parents.values()))
        # Binomial with a variance of five at most; four standard errors.
        error = 4 * (5 / len(counts)) ** 0.5
        self.assertLess(abs(sum(counts) / len(counts) - 5), error + 0.5)

    def test_no_edits_leave_the_words(self):
        docs, parents = self.made("--edits", "0", "--share", "plain=1", "--share", "no_date=0",
                                  "--share", "absent_root=0", "--share", "update=0")
        words = {name: newsroom.Text({"text": row["text"]}).shingles
                 for name, row in docs.items()}
        for name, row in parents.items():
            if row["parent"]:
                common = words[name] & words[row["parent"]]
                self.assertGreater(len(common), 0.4 * len(words[name]))

    def test_cut(self):
        _, parents = self.made("--share", "cut=1")
        self.assertTrue(all("cut" in row["edits"] for row in parents.values()))

    def test_wrong_dates_that_are_late(self):
        docs, parents = self.made("--share", "wrong_date=0.5", "--share", "late=1",
                                  "--share", "no_date=0")
        when = newsroom.datetime.datetime.fromisoformat
        wrong = [row for row in parents.values() if row.get("clock") == "wrong"]
        self.assertGreater(len(wrong), 10)
        for row in wrong:
            if row["parent"] and parents[row["parent"]].get("clock") != "wrong":
                self.assertGreater(when(docs[row["id"]]["published"]),
                                   when(docs[row["parent"]]["published"]))

    def test_second_parents_of_the_family(self):
        _, parents = self.made("--share", "second_in_family=0.5", "--share", "lead=0.5",
                               "--share", "second_parent=0")
        second = [row for row in parents.values() if len(row.get("parents", [])) > 1]
        self.assertGreater(len(second), 0)
        for row in second:
            self.assertEqual(row["origin"], parents[row["parents"][1]]["origin"])

    def test_unknown_shares_are_told(self):
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()):
            make_cascade.main(["--seed", "1", "--documents", "9", "--out", "x",
                               "--share", "nothing=1"])


if __name__ == "__main__":
    unittest.main()

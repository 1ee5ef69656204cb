#!/usr/bin/env python3
"""Makes the newsroom corpus: articles.jsonl and truth/*.jsonl from stories/*.txt and truth.py.

    build.py            writes the files
    build.py --check    writes nothing: compares the stored files with a fresh build, byte for byte,
                        and holds the declared truth against the texts by brute force

Exit status: 0 all is well, 1 a fault was found (one line each on standard error).
"""
import bisect
import collections
import datetime
import difflib
import itertools
import json
import pathlib
import re
import sys
import unicodedata

sys.dont_write_bytecode = True  # no __pycache__ among the stories

import truth  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
FIELDS = ("title", "publisher", "published", "url")
RELATIONS = {"republication", "excerpt", "update", "common_source", "quotation"}
KINDS = {"copy", "quotation", "shared", "boilerplate", "self"}
COPYING = {"republication", "excerpt", "update"}

SHINGLE = 5  # words in a shingle
NEAR = 0.8  # Jaccard similarity from which a pair is a near duplicate
WHOLE = 2 / 3  # a republication carries so much of its source, an excerpt less
FREE = 6  # independent reports share no run of so many words
Limits = collections.namedtuple("Limits", "run edge gap")
WORDS = Limits(run=8, edge=4, gap=10)
CHARACTERS = Limits(run=12, edge=6, gap=15)  # Han and Kana: a token is one character

SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
PART = rf"[^\W_{SINGLE}]+"
JOIN = r"(?:'|(?<=[^\W\d_])[-\u00ad\u2010]+(?=[^\W\d_]))"  # inside a word only
TOKEN = re.compile(rf"[{SINGLE}]|{PART}(?:{JOIN}{PART})*")
HYPHENS = re.compile("[-\u00ad\u2010]")
APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")

Token = collections.namedtuple("Token", "word begin end")  # offsets into the text as stored
Passage = collections.namedtuple(
    "Passage", "copy copy_begin copy_end source source_begin source_end kind"
)


class Fault(Exception):
    """The stories or the declared truth cannot be read as they stand."""


# ------------------------------------------------------------------------------ stories


def read_story(path):
    """One story file: front matter of `key: value` lines, an empty line, the text."""
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    article = {"id": path.stem}
    values = dict(line.split(": ", 1) for line in head.split("\n"))
    if unknown := set(values) - set(FIELDS):
        raise Fault(f"{path.name}: unknown fields {sorted(unknown)}")
    article.update((f, values[f]) for f in FIELDS if f in values)
    article["text"] = text.removesuffix("\n")
    return article


def read_stories():
    paths = sorted((HERE / "stories").glob("*.txt"))
    return {path.stem: read_story(path) for path in paths}


def require_stories(articles):
    """Every id that truth.py names must have a story."""
    named = {name for row in truth.PAIRS + truth.PASSAGES for name in row[:2]}
    named.update(name for block in truth.BLOCKS for name, _ in block["in"])
    named.update(truth.FAMILIES)
    named.update(name for groups in truth.INDEPENDENT for group in groups for name in group)
    if missing := sorted(named - set(articles)):
        raise Fault(f"truth.py names articles that have no story: {', '.join(missing)}")


def paragraphs(text):
    """The (begin, end) offsets of each paragraph."""
    spans, at = [], 0
    for part in text.split("\n\n"):
        spans.append((at, at + len(part)))
        at += len(part) + 2
    return spans


def only(text, anchor, begin, end, where):
    """The offset of an anchor that must stand exactly once in text[begin:end]."""
    if text.count(anchor, begin, end) != 1:
        raise Fault(f"{where}: {anchor!r} stands {text.count(anchor, begin, end)} times, not once")
    return text.index(anchor, begin, end)


def locate(article, span):
    """Offsets of a span: "3", "2-5", or "2-5 | first words | last words".

    The first words are sought in the first paragraph named, the last words in the last one; where
    either is empty the passage begins or ends with its paragraph.
    """
    text, where = article["text"], f"{article['id']}: span {span!r}"
    numbers, first, last = ([part.strip() for part in span.split("|")] + ["", ""])[:3]
    low, _, high = numbers.partition("-")
    spans = paragraphs(text)
    if not 1 <= int(low) <= int(high or low) <= len(spans):
        raise Fault(f"{where}: there are {len(spans)} paragraphs")
    head, tail = spans[int(low) - 1], spans[int(high or low) - 1]
    begin = only(text, first, *head, where) if first else head[0]
    end = only(text, last, *tail, where) + len(last) if last else tail[1]
    if begin >= end:
        raise Fault(f"{where}: ends before it begins")
    return begin, end


# ------------------------------------------------------------------------------ output


def declared_passages(articles):
    """Every declared passage with its offsets, those of repeated blocks written out by pair."""
    rows = [
        Passage(copy, *locate(articles[copy], here), source, *locate(articles[source], there), kind)
        for copy, source, kind, spans in truth.PASSAGES
        for here, there in spans
    ]
    for block in truth.BLOCKS:
        for (older, there), (newer, here) in itertools.combinations(block["in"], 2):
            one, other = articles[older], articles[newer]
            if block.get("across_publishers") and one["publisher"] == other["publisher"]:
                continue
            rows.append(
                Passage(newer, *locate(other, here), older, *locate(one, there), block["kind"])
            )
    place = {name: n for n, name in enumerate(articles)}
    return sorted(rows, key=lambda p: (place[p.copy], place[p.source], p.copy_begin))


def origin(name):
    """The root a document goes back to, by its first parent; none behind a hidden source."""
    status = truth.FAMILIES[name]
    if status == "hidden_source":
        return None
    return name if status == "root" else origin(status[0])


def parent_row(name):
    status = truth.FAMILIES[name]
    if isinstance(status, str):
        return {"id": name, "status": status, "parent": None, "origin": origin(name)}
    row = {"id": name, "status": "copy", "parent": status[0], "origin": origin(name)}
    if len(status) > 1:
        row["parents"] = list(status)
    return row


def pair_row(a, b, relation, near, note):
    row = {"a": a, "b": b, "relation": relation, "note": note}
    if near:
        row["near_duplicate"] = True
    return row


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def build(articles):
    """The content of every file that is made, by its path below this folder."""
    return {
        "articles.jsonl": lines(articles.values()),
        "truth/pairs.jsonl": lines(pair_row(*pair) for pair in truth.PAIRS),
        "truth/passages.jsonl": lines(p._asdict() for p in declared_passages(articles)),
        "truth/parents.jsonl": lines(parent_row(name) for name in truth.FAMILIES),
    }


# ------------------------------------------------------------------------------ tokens


def folded(text):
    """The text in NFKC and lower case, with the stored offsets each character came from."""
    out, origins = [], []
    for cluster in re.finditer(r".[\u0300-\u036f\u3099\u309a]*", text, re.S):
        plain = unicodedata.normalize("NFKC", cluster[0]).translate(APOSTROPHES).casefold()
        out.append(plain)
        origins += [cluster.span()] * len(plain)
    return "".join(out), origins


def tokens(text):
    """Words, with inner hyphens dropped and inner apostrophes kept; one token a Han or Kana."""
    plain, origins = folded(text)
    return [
        Token(HYPHENS.sub("", m[0]), origins[m.start()][0], origins[m.end() - 1][1])
        for m in TOKEN.finditer(plain)
    ]


def shingles(words):
    count = max(1, len(words) - SHINGLE + 1)
    return {tuple(words[i : i + SHINGLE]) for i in range(count)}


class Text:
    """An article's tokens, and what the checks ask of them."""

    def __init__(self, article):
        self.tokens = tokens(article["text"])
        self.words = [t.word for t in self.tokens]
        self.begins = [t.begin for t in self.tokens]
        self.shingles = shingles(self.words)
        single = sum(bool(re.match(f"[{SINGLE}]", word)) for word in self.words)
        self.limits = CHARACTERS if single > len(self.words) / 2 else WORDS

    def within(self, begin, end):
        """The range of tokens that stand in text[begin:end]."""
        return bisect.bisect_left(self.begins, begin), bisect.bisect_left(self.begins, end)


def common_runs(a, b, length):
    """Every (i, j) where the same `length` words begin in both texts."""
    places = collections.defaultdict(list)
    for j in range(len(b.words) - length + 1):
        places[tuple(b.words[j : j + length])].append(j)
    for i in range(len(a.words) - length + 1):
        for j in places.get(tuple(a.words[i : i + length]), ()):
            yield i, j


# ------------------------------------------------------------------------------ checks


def check_stored(made):
    for name, content in made.items():
        path = HERE / name
        if not path.exists() or path.read_bytes() != content.encode():
            yield f"{name}: differs from a fresh build"


def check_articles(articles, texts):
    for name, article in articles.items():
        text = article["text"]
        if "title" not in article or not re.fullmatch("[a-z0-9-]+", name):
            yield f"{name}: no title, or the id is not a slug"
        if any(not part or part != part.strip() for part in text.split("\n\n")):
            yield f"{name}: empty paragraph, or blanks at an end of one"
        if not 80 <= len(texts[name].tokens) <= 400:
            yield f"{name}: {len(texts[name].tokens)} words"
        try:
            datetime.datetime.fromisoformat(article.get("published", "2024-01-01"))
        except ValueError:
            yield f"{name}: published is not a date: {article['published']}"


def later(articles, newer, older):
    """Whether `newer` may have been published after `older`, as far as their dates tell."""
    dates = [articles[name].get("published") for name in (newer, older)]
    if None in dates:
        return True
    if any(len(date) == 10 for date in dates):
        return dates[0][:10] >= dates[1][:10]
    one, other = map(datetime.datetime.fromisoformat, dates)
    return one >= other


def check_pairs(articles, texts, passages):
    shared = collections.defaultdict(set)
    for p in passages:
        shared[frozenset((p.copy, p.source))].add(p.kind)
    declared = {}
    for a, b, relation, near, _ in truth.PAIRS:
        if frozenset((a, b)) in declared or relation not in RELATIONS:
            yield f"{a} / {b}: declared twice, or not a relation: {relation}"
        declared[frozenset((a, b))] = near
        if not shared[frozenset((a, b))] - {"boilerplate"}:
            yield f"{a} / {b}: {relation}, but no passage"
        if not later(articles, b, a):
            yield f"{a} / {b}: a is the later one"
    for pair, kinds in shared.items():
        if kinds - {"boilerplate", "self"} and pair not in declared:
            yield f"{sorted(pair)}: passages, but no row among the pairs"
    for a, b in itertools.combinations(texts, 2):
        one, other = texts[a].shingles, texts[b].shingles
        jaccard = len(one & other) / len(one | other)
        if (jaccard >= NEAR) != declared.get(frozenset((a, b)), False):
            yield f"{a} / {b}: similarity {jaccard:.3f} against the near_duplicate flag"


def check_parents(articles):
    related = {frozenset(row[:2]): row[2] for row in truth.PAIRS}
    for name, status in truth.FAMILIES.items():
        for parent in () if isinstance(status, str) else status:
            if related.get(frozenset((name, parent))) not in COPYING:
                yield f"{name}: no copying relation to its parent {parent}"
            if parent not in truth.FAMILIES or not later(articles, name, parent):
                yield f"{name}: parent {parent} is later, or in no family"
    for a, b, relation, *_ in truth.PAIRS:
        if relation != "quotation" and not {a, b} <= set(truth.FAMILIES):
            yield f"{a} / {b}: {relation}, but not both in a family"


def token_ranges(p, texts):
    """Where a passage stands in the tokens of its copy, and of its source."""
    here = texts[p.copy].within(p.copy_begin, p.copy_end)
    return here, texts[p.source].within(p.source_begin, p.source_end)


def check_passage(p, texts):
    """A passage's two sides: length, equal ends, no wide gap, and as long as can be."""
    copy, source = texts[p.copy], texts[p.source]
    (i, i_end), (j, j_end) = token_ranges(p, texts)
    one, other, limits = copy.words[i:i_end], source.words[j:j_end], copy.limits
    if p.kind not in KINDS or (p.kind == "self") != (p.copy == p.source):
        yield f"kind {p.kind}"
    if min(len(one), len(other)) < limits.run:
        yield f"only {min(len(one), len(other))} words long"
    if one[: limits.edge] != other[: limits.edge] or one[-limits.edge :] != other[-limits.edge :]:
        yield f"the first or the last {limits.edge} words differ"
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < NEAR:
        yield f"the two sides are only {matcher.ratio():.2f} alike"
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag != "equal" and max(a_end - a, b_end - b) > limits.gap:
            yield f"a gap of {max(a_end - a, b_end - b)} words at {' '.join(one[a:a_end])!r}"
    if i and j and copy.words[i - 1] == source.words[j - 1]:
        yield f"could begin earlier, with {copy.words[i - 1]!r}"
    if copy.words[i_end : i_end + 1] == source.words[j_end : j_end + 1] != []:
        yield f"could end later, with {copy.words[i_end]!r}"


def check_shares(texts, passages):
    """A republication carries most of its source's words, an excerpt does not."""
    carried = collections.Counter()
    for p in passages:
        begin, end = token_ranges(p, texts)[1]
        carried[p.source, p.copy] += (end - begin) * (p.kind == "copy")
    for a, b, relation, *_ in truth.PAIRS:
        share = carried[a, b] / len(texts[a].tokens)
        if relation in ("republication", "excerpt") and (relation == "excerpt") != (share < WHOLE):
            yield f"{a} / {b}: {relation}, but {share:.2f} of the source is carried"


def check_split(passages, texts):
    """Two passages of a pair that follow each other closely on both sides ought to be one."""
    for p, q in itertools.permutations(passages, 2):
        if (p.copy, p.source, p.kind) != (q.copy, q.source, q.kind):
            continue
        (_, i), (_, j) = token_ranges(p, texts)
        (k, _), (m, _) = token_ranges(q, texts)
        if 0 <= k - i <= texts[p.copy].limits.gap and 0 <= m - j <= texts[p.copy].limits.gap:
            yield f"{p.copy} from {p.source}: passages at {p.copy_begin} and {q.copy_begin} are one"


def check_passages(articles, texts, passages):
    for p in passages:
        for fault in check_passage(p, texts):
            yield f"{p.copy} from {p.source} at {p.copy_begin}, {p.kind}: {fault}"
        if not later(articles, p.copy, p.source):
            yield f"{p.copy} from {p.source}: the source is the later one"
    yield from check_split(passages, texts)


def check_runs(texts, passages):
    """Whatever run of words two texts share, or one repeats, must lie within a passage."""
    declared = collections.defaultdict(list)
    for p in passages:
        declared[p.copy, p.source].append(token_ranges(p, texts))
        if p.copy != p.source:
            declared[p.source, p.copy].append(token_ranges(p, texts)[::-1])
    for a, b in itertools.combinations_with_replacement(texts, 2):
        run = min(texts[a].limits.run, texts[b].limits.run)
        for i, j in common_runs(texts[a], texts[b], run):
            if a == b and i <= j:
                continue  # a run is found at itself, and each repeat from both its ends
            if not any(
                low <= i and i + run <= high and there <= j and j + run <= end
                for (low, high), (there, end) in declared[a, b]
            ):
                yield f"{a} / {b}: undeclared {' '.join(texts[a].words[i : i + run])!r}"


def check_independent(texts):
    for group in truth.INDEPENDENT:
        for a, b in itertools.product(*group):
            for i, _ in common_runs(texts[a], texts[b], FREE):
                yield f"{a} / {b}: not independent: {' '.join(texts[a].words[i : i + FREE])!r}"


def check(articles, made):
    texts = {name: Text(article) for name, article in articles.items()}
    passages = declared_passages(articles)
    return itertools.chain(
        check_stored(made),
        check_articles(articles, texts),
        check_pairs(articles, texts, passages),
        check_parents(articles),
        check_shares(texts, passages),
        check_passages(articles, texts, passages),
        check_runs(texts, passages),
        check_independent(texts),
    )


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__.strip(), file=sys.stderr)
        return 1
    try:
        articles = read_stories()
        require_stories(articles)
        made = build(articles)
        faults = list(check(articles, made)) if arguments else []
    except (Fault, KeyError, ValueError) as fault:
        faults = [f"{type(fault).__name__}: {fault}"]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    for name, content in made.items():
        if not arguments:
            (HERE / name).parent.mkdir(exist_ok=True)
            (HERE / name).write_bytes(content.encode())
        print(f"{name}: {content.count(chr(10))} rows" + (", as built" if arguments else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What the duplicates of a corpus really are, and how near a peer comes.

The truth is wirecopy's exact join, `pairs --exact`, which is itself compared
with a plain computation on sets (see check()). Peers are given simpler words
than wirecopy's (drivers/common.py), and a pair at the threshold must not count
for or against anyone because of that. So there are two truths: wirecopy's own,
and one of the peers' words. For the latter every distinct word is replaced by
`w` and a number, which any tokeniser takes for one word, and the same join
runs.
"""

import collections
import json
import subprocess
import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).parent / "drivers"))

import common  # noqa: E402


class Fault(Exception):
    """What keeps the benchmark from going on."""


def renumber(docs, out):
    """Writes the documents with peers' words as numbers."""
    numbers = {}
    ids, texts = common.read(docs)
    with open(out, "w", encoding="utf-8") as to:
        for name, text in zip(ids, texts):
            coded = " ".join(f"w{numbers.setdefault(word, len(numbers))}"
                             for word in common.words(text))
            to.write(json.dumps({"id": name, "text": coded}) + "\n")


def exact_pairs(wirecopy, docs, threshold):
    """(a, b) to Jaccard similarity of every pair that reaches the threshold."""
    out = pathlib.Path(docs).with_suffix(".pairs")
    subprocess.run([wirecopy, "pairs", "--exact", "--quiet", "--threshold",
                    str(threshold), str(docs), "-o", str(out)], check=True)
    with open(out, encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return {tuple(sorted((pair["a"], pair["b"]))): pair["jaccard"]
            for pair in found}


def pairs_by_sets(ids, texts, threshold):
    """The same by intersecting sets of shingles, through their postings."""
    postings, sets, found = collections.defaultdict(list), [], {}
    for number, text in enumerate(texts):
        # No hashes, no bands, no prefix filter: nothing that could err alike.
        own = set(common.shingles(text)) if common.words(text) else set()
        shared = collections.Counter(
            other for shingle in own for other in postings[shingle])
        for other, count in shared.items():
            similarity = count / (len(own) + len(sets[other]) - count)
            if similarity >= threshold:
                pair = tuple(sorted((ids[number], ids[other])))
                found[pair] = similarity
        for shingle in own:
            postings[shingle].append(number)
        sets.append(own)
    return found


def check(docs, joined, threshold, most):
    """Compares the join over peers' words with sets, on the first `most`
    documents; returns how many pairs were the same."""
    ids, texts = common.read(docs)
    ids, texts = ids[:most], texts[:most]
    inside = set(ids)
    expected = pairs_by_sets(ids, texts, threshold)
    got = {pair for pair in joined if inside.issuperset(pair)}
    if got != expected.keys():
        raise Fault(f"the exact join is wrong: {sorted(got ^ expected.keys())}")
    for pair, similarity in expected.items():
        if abs(joined[pair] - similarity) > 1e-6:
            raise Fault(f"{pair}: {joined[pair]} instead of {similarity}")
    return len(expected)


def agreed(one, other, least=0.98):
    """Pairs of both: nobody checks those by wirecopy's words with plain sets,
    but nearly all are to be those by the peers' words."""
    both = set(one) & set(other)
    if len(both) < least * max(len(one), len(other)):
        raise Fault(f"it matters by whose words: {len(both)} pairs of "
                    f"{len(one)} and {len(other)}")
    return both


def score(removed, pairs):
    """right: the share of what was removed that is similar to some other
    document; found: the share of documents with a similar one that are rid of
    such, for they went or nothing similar stays; lost: removed documents of
    which nothing similar stays. Counted by documents, not by pairs: fifty equal
    ones have more pairs than all others together."""
    removed = set(removed)
    similar = collections.defaultdict(list)
    for a, b in pairs:
        similar[a].append(b)
        similar[b].append(a)

    def gone(name):
        return all(other in removed for other in similar[name])

    right = sum(name in similar for name in removed)
    found = sum(name in removed or gone(name) for name in similar)
    lost = sum(name not in similar or gone(name) for name in removed)
    return {"removed": len(removed),
            "right": right / len(removed) if removed else 1.0,
            "found": found / len(similar) if similar else 1.0, "lost": lost}

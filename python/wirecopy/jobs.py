"""The jobs: sketch, dedup, pairs, passages, trace.

All take documents as `data`: a table (pyarrow, polars, pandas, duckdb,
datasets, whatever has __arrow_c_stream__) of which columns are named by
keywords; a column of strings; a list of str; or a list of dicts, as
json.loads gives them, with these columns as keys. Strings may be utf8,
large_utf8, string views or dictionaries of these, and stay where they are. Ids
are strings or integers, and distinct; without them the rows' numbers, from 0,
are the ids.
Offsets count code points, as Python's own strings do.

Errors: TypeError for what is of the wrong kind (None, bytes, a column of
numbers), ValueError for what is of the right kind and cannot be (a null text, a
column that is missing, an id that comes twice, a threshold of 2), both of which
say what it is. A null text is an error, or with nulls="empty" an empty
document, which resembles nothing.

Python's lock is not held while they work. Results do not depend on `threads`
(None: as many as there are processors).
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from typing import TypedDict

import numpy as np

from wirecopy import _core, _documents
from wirecopy._options import (agency_names, checked, match_options, passage_options,
                               shingle_options)


def sketch(data, *, text: str = "text", slots: int = 128, shingle: str = "word",
           k: int = 5, seed: int = 0, nulls: str = "error",
           threads: int | None = None) -> np.ndarray:
    """Signatures of texts: Fast Similarity Sketching (Dahlgaard, Knudsen and
    Thorup 2017), as docs/signature.md has them.

    Args:
        data: documents (see this module).
        text: the column that has them.
        slots: 64 to 1024.
        shingle, k: runs of k "word"s (1 to 32) or "char"s (1 to 256).
        seed: of all hashes.

    Returns:
        An array of shape (documents, slots), uint64. The share of equal slots
        of two rows estimates their Jaccard similarity, but for documents
        without a word, whose slots are all 2**64 - 1. (wirecopy knows more of
        small sets, which it keeps whole: pairs() is exact.)
    """
    width = checked(int, slots=slots)["slots"]
    if not 64 <= width <= 1024:
        raise ValueError(f"slots {slots}: must be from 64 to 1024")
    corpus = _documents.corpus(data, {"text": text}, nulls)
    return _core.sketch(corpus, width, shingle_options(shingle, k, seed),
                        _documents.threads_of(threads))


def shingles(text: str, *, shingle: str = "word", k: int = 5,
             seed: int = 0) -> np.ndarray:
    """A text's shingle hashes: sorted, distinct, shape (n,), uint64."""
    return _core.shingles(**checked(str, text=text),
                          shingle=shingle_options(shingle, k, seed))


class ComparedPassage(TypedDict):
    """A passage of two texts: a[a_begin:a_end] and b[b_begin:b_end]; `words`
    are the same on both sides, `edits` put in, left out or replaced; `identity`
    is the words' share of the two; `kind` is copy, quotation or shared."""

    a_begin: int
    a_end: int
    b_begin: int
    b_end: int
    words: int
    edits: int
    identity: float
    kind: str


class Comparison(TypedDict):
    """What compare() found, as `wirecopy compare --format json` has it.

    `containment_a` is the share of a that b has. `tokens_a` are words,
    `shingles_a` distinct shingles, `shared_shingles` those that both have.
    `passages` are in order of a_begin.
    """

    jaccard: float
    containment_a: float
    containment_b: float
    tokens_a: int
    tokens_b: int
    shingles_a: int
    shingles_b: int
    shared_shingles: int
    shingle_unit: str
    shingle_size: int
    passages: list[ComparedPassage]


def compare(a: str, b: str, *, shingle: str = "word", k: int = 5,
            seed: int = 0, **options: int) -> Comparison:
    """How two texts relate: a dict with the fields of Comparison.

    Args:
        a, b: texts.
        shingle, k, seed: as of sketch().
        options: of passages: min_run, min_words, min_letters, fragment_words,
            lone_words, max_gap, every_run.
    """
    return _core.compare(
        **checked(str, a=a, b=b), shingle=shingle_options(shingle, k, seed),
        passages=passage_options({**options, "seed": seed}, False, False, 1))


@dataclasses.dataclass(frozen=True)
class DedupResult:
    """What dedup() found.

    Attributes:
        mask: shape (documents,), bool: which stay.
        removed: Table of id, kept, similarity, measure, cluster.
        clusters: Table of cluster, kept, members; of two or more.
        stats: a dict of counts.
        kept: the rows that stay, as the same kind of table that went in
            (readers, duckdb and datasets: a pyarrow table).
    """

    mask: np.ndarray
    removed: _core.Table
    clusters: _core.Table
    stats: dict
    _data: object = dataclasses.field(repr=False)

    @functools.cached_property
    def kept(self):
        if self._data is None:
            raise AttributeError("rows of files are not held: "
                                 "wirecopy.parquet.write_kept() copies them")
        return _documents.kept(self._data, self.mask)


def dedup(data, *, text: str = "text", id: str | None = "id",
          published: str | None = "published", threshold: float = 0.8,
          measure: str = "jaccard", exact: bool = False, recall: float = 0.999,
          cluster: str = "star", keep: str = "first", shingle: str = "word",
          k: int = 5, seed: int = 0, nulls: str = "error",
          threads: int | None = None) -> DedupResult:
    """Keeps one document of each near-duplicate cluster.

    Args:
        data: documents (see this module).
        text, id, published: columns. None, or a usual name that is not there:
            ids are rows, dates unknown.
        threshold: how similar is alike, above 0, at most 1.
        measure: "jaccard", or "containment": a document goes where so much of
            it is in the one kept.
        exact: find all pairs, not a share of `recall` of those right at the
            threshold.
        cluster: "star": each removed document reaches the threshold with its
            kept one, no two kept ones do; or "components": chains of such.
        keep: "first", "longest", "earliest" or "latest" of a cluster.
        shingle, k, seed: as of sketch().

    Returns:
        A DedupResult. Every removal has been verified exactly.
    """
    data = _documents.settled(data)
    options = match_options(threshold, measure, exact, recall, shingle, k,
                            seed, threads)
    columns = {"text": text, "id": id, "published": published}
    if keep not in ("earliest", "latest"):
        columns["published"] = None  # whatever it holds
    corpus = _documents.corpus(data, columns, nulls)
    return DedupResult(*_core.dedup(
        corpus, options, **checked(str, cluster=cluster, keep=keep)), data)


@dataclasses.dataclass(frozen=True)
class PairsResult:
    """What pairs() found: `pairs`, a Table of a, b, jaccard, containment_a and
    containment_b, in input order of a, then b; and `stats`, a dict."""

    pairs: _core.Table
    stats: dict


def pairs(data, *, text: str = "text", id: str | None = "id",
          threshold: float = 0.8, measure: str = "jaccard", exact: bool = False,
          recall: float = 0.999, shingle: str = "word", k: int = 5,
          seed: int = 0, nulls: str = "error",
          threads: int | None = None) -> PairsResult:
    """All pairs of documents that are alike, verified. Arguments as dedup's;
    with measure="containment", pairs of which one side is in the other."""
    options = match_options(threshold, measure, exact, recall, shingle, k,
                            seed, threads)
    corpus = _documents.corpus(_documents.settled(data),
                               {"text": text, "id": id}, nulls)
    return PairsResult(*_core.pairs(corpus, options))


@dataclasses.dataclass(frozen=True)
class PassagesResult:
    """What passages() found.

    Attributes:
        passages: Table of a, a_begin, a_end, b, b_begin, b_end, words, edits,
            identity, kind, group.
        groups: Table of group, kind, first, members: where one and the same
            passage stands.
        stats: a dict of counts.
    """

    passages: _core.Table
    groups: _core.Table
    stats: dict


def passages(data, *, text: str = "text", id: str | None = "id",
             published: str | None = "published", all_pairs: bool = False,
             repeats: bool = False, nulls: str = "error",
             threads: int | None = None, **options: int) -> PassagesResult:
    """The passages that documents share, to the character.

    Args:
        data: documents (see this module).
        text, id, published: columns, as dedup's.
        all_pairs: every two documents that share a run of words, not each with
            those that had it first.
        repeats: what one document has twice, as well.
        options: min_run, min_words, min_letters, fragment_words, lone_words,
            max_gap, every_run, seed, as `wirecopy help passages` has them.

    Returns:
        A PassagesResult.
    """
    wanted = passage_options(options, all_pairs, repeats, threads)
    columns = {"text": text, "id": id, "published": published}
    corpus = _documents.corpus(_documents.settled(data), columns, nulls)
    return PassagesResult(*_core.passages(corpus, wanted))


@dataclasses.dataclass(frozen=True)
class TraceResult:
    """What trace() found: tables with the fields of docs/records.md.

    Attributes:
        passages: as of PassagesResult; source, confidence besides.
        groups: as of PassagesResult.
        edges: Table of a, b, source, confidence, relation, words, a_coverage,
            b_coverage, evidence (a list of feature, weight, detail, prior).
        lineage: Table of id, family, status, parent, parents, runners_up,
            absent_confidence, source_group, origin, clock_overruled.
        publishers: Table of source, copy, documents, words,
            median_delay_seconds.
        stats: a dict of counts.
    """

    passages: _core.Table
    groups: _core.Table
    edges: _core.Table
    lineage: _core.Table
    publishers: _core.Table
    stats: dict


def trace(data, *, text: str = "text", id: str | None = "id",
          published: str | None = "published",
          publisher: str | None = "publisher", title: str | None = "title",
          url: str | None = "url", canonical: str | None = "canonical",
          is_based_on: str | None = "isBasedOn", use_dates: bool = True,
          agencies: Iterable[Iterable[str]] = (), all_pairs: bool = False,
          repeats: bool = False, nulls: str = "error",
          threads: int | None = None, **options: int) -> TraceResult:
    """Who copied whom: for each pair with passages a direction and its
    evidence, for each family its lineage (docs/provenance.md).

    Args:
        data: documents (see this module).
        text, id, published, publisher, title, url, canonical, is_based_on:
            columns. All but the texts may be missing.
        use_dates: without, the texts alone judge.
        agencies: lists of names that belong together, of those that texts may
            credit besides those that are known.
        all_pairs, repeats, options: as of passages().

    Returns:
        A TraceResult.
    """
    wanted = passage_options(options, all_pairs, repeats, threads)
    names = agency_names(agencies)
    columns = {"text": text, "id": id, "published": published,
               "publisher": publisher, "title": title, "url": url,
               "canonical": canonical, "is_based_on": is_based_on}
    corpus = _documents.corpus(_documents.settled(data), columns, nulls)
    return TraceResult(*_core.trace(
        corpus, wanted, **checked(bool, use_dates=use_dates), agencies=names))

"""What workers do with batches of Arrow data when documents are traced. Each
function makes another, for mapInArrow, as those of _batches do."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wirecopy import _core, _documents
from wirecopy._options import passage_options
from wirecopy.spark._batches import binary_of, corpus_of, numbers_of, order_of

DETAILS = ("publisher", "title", "url", "canonical", "isBasedOn")
FINGERPRINTED = ("number long, id {id}, late boolean, time long, tokens long, "
                 "prints binary, text string, published {published}, "
                 + ", ".join(f"{name} string" for name in DETAILS))
KEYED = "print long, number long, size long"
LINKED = "a long, b long, shared long, size long, capped boolean"
COUNTED = "slot long, count long"
JUDGED = "print long, furniture boolean"

_PARENTS = ("array<struct<id: {id}, confidence: double, words: long, "
            "share: double>>")
_PLACE = "struct<id: {id}, begin: long, end: long>"
# A row has one of them. Fields as docs/records.md has them, but for feeds.
TRACED = ("passage struct<a: {id}, a_begin: long, a_end: long, b: {id}, "
          "b_begin: long, b_end: long, words: long, edits: long, "
          "identity: double, kind: string, group: string, source: {id}, "
          "confidence: double>, "
          f"`group` struct<group: string, kind: string, first: {_PLACE}, "
          f"members: array<{_PLACE}>>, "
          "edge struct<a: {id}, b: {id}, source: {id}, confidence: double, "
          "relation: string, words: long, a_coverage: double, "
          "b_coverage: double, evidence: array<struct<feature: string, "
          "weight: double, detail: string, prior: boolean>>>, "
          "lineage struct<id: {id}, family: string, status: string, "
          f"parent: {{id}}, parents: {_PARENTS}, runners_up: {_PARENTS}, "
          "absent_confidence: double, source_group: string, origin: {id}, "
          "clock_overruled: boolean>, "
          "feed struct<source: string, copy: string, documents: long, "
          "words: long, delays: array<double>>, "
          "candidates long")

# A task traces so many bytes of text at once, and whole groups.
_BYTES_AT_ONCE = 32 << 20
_ROWS_AT_ONCE = 10_000
_PRINTS_AT_ONCE = 1 << 20


def _options(passages):
    return passage_options(passages["options"], False, passages["repeats"], 1)


def fingerprint(passages, use_dates):
    """number, id, text, published, details: with what traces begin from."""
    keep = "earliest" if use_dates else None
    def run(batches):
        reader = _core.FingerprintReader(_options(passages))
        for batch in batches:
            try:
                tokens, ends, prints = reader.read(corpus_of(batch))
            except ValueError as error:
                raise ValueError(f"{error} (ids {batch.column('id')[0]} to "
                                 f"{batch.column('id')[-1]})") from error
            late, time = order_of(batch, keep, tokens)
            yield pa.record_batch({
                "number": batch.column("number"), "id": batch.column("id"),
                "late": pa.array(late), "time": pa.array(time, pa.int64()),
                "tokens": pa.array(tokens),
                "prints": binary_of(prints, ends),
                "text": batch.column("text"),
                "published": batch.column("published"),
                **{name: batch.column(name) for name in DETAILS}})
    return run


def by_print(batches):
    """A row for each document and fingerprint; `size` is how many the document
    has."""
    for batch in batches:
        column = batch.column("prints")
        prints = numbers_of(column, np.int64)
        sizes = pc.binary_length(column).to_numpy() // 8
        which = np.repeat(np.arange(batch.num_rows), sizes)
        numbers = batch.column("number").to_numpy()
        for begin in range(0, len(prints), _PRINTS_AT_ONCE):
            some = slice(begin, begin + _PRINTS_AT_ONCE)
            yield pa.record_batch({
                "print": pa.array(prints[some]),
                "number": pa.array(numbers[which[some]]),
                "size": pa.array(sizes[which[some]].astype(np.int64))})


def count_tokens(passages, tokens):
    """How many of a task's documents have a token of each slot."""
    def run(batches):
        counter = _core.TokenCounter(_options(passages), tokens)
        for batch in batches:
            counter.count(corpus_of(batch))
        slots, counts = counter.counts()
        yield pa.record_batch({"slot": pa.array(slots),
                               "count": pa.array(counts)})
    return run


def _runs(batches, key, most=None):
    """Rows that come sorted by a key, in pieces that end where it changes. Of a
    key with more rows than `most`, some more than `most` may be all that come.
    """
    held, rows = [], 0
    for batch in batches:
        if batch.num_rows == 0:
            continue
        keys = batch.column(key).to_numpy(zero_copy_only=False)
        changes = np.flatnonzero(keys[1:] != keys[:-1])
        if held and held[-1].column(key)[-1] != batch.column(key)[0]:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
        if len(changes) > 0:
            cut = int(changes[-1]) + 1
            yield pa.Table.from_batches([*held, batch.slice(0, cut)])
            held, rows = [batch.slice(cut)], batch.num_rows - cut
        elif most is None or rows <= most:
            held.append(batch)
            rows += batch.num_rows
    if held:
        yield pa.Table.from_batches(held)


def _begins(keys):
    """Where rows of a piece have another key than the row before."""
    return np.flatnonzero(np.concatenate(
        ([True], keys[1:] != keys[:-1])))


def link(most):
    """Rows of by_print(), those of a fingerprint one after another, by number:
    each document with the first, how many they share by this, and how many the
    one with fewer has. Of fingerprints that more than `most` documents have:
    the fingerprint itself, twice."""
    def run(batches):
        for piece in _runs(batches, "print", most):
            prints, numbers, sizes = (piece.column(name).to_numpy() for name in
                                      ("print", "number", "size"))
            begins = _begins(prints)
            rows = np.diff(begins, append=len(prints))
            capped = rows > most
            first = np.repeat(begins, rows)
            linked = (first != np.arange(len(prints))) & ~np.repeat(
                capped, rows)
            pairs, shared = np.unique(np.stack((
                numbers[first], numbers, np.minimum(sizes[first], sizes)),
                axis=1)[linked], axis=0, return_counts=True)
            over = prints[begins][capped]
            nothing = np.zeros(len(over), np.int64)
            yield pa.record_batch({
                "a": pa.array(np.concatenate((pairs[:, 0], over))),
                "b": pa.array(np.concatenate((pairs[:, 1], over))),
                "shared": pa.array(np.concatenate((shared, nothing))),
                "size": pa.array(np.concatenate((pairs[:, 2], nothing))),
                "capped": pa.array(np.arange(len(pairs) + len(over))
                                   >= len(pairs))})
    return run


def judge(documents):
    """print, publisher_documents, with: of each publisher that prints a
    fingerprint; those of a fingerprint one after another."""
    def run(batches):
        for piece in _runs(batches, "print"):
            prints = piece.column("print").to_numpy()
            shares = piece.column("with").to_numpy().astype(np.uint32)
            all_of = piece.column("publisher_documents").to_numpy().astype(
                np.uint32)
            begins = _begins(prints)
            totals = np.add.reduceat(shares.astype(np.uint64), begins)
            known = all_of > 0
            ends = np.cumsum(np.add.reduceat(known.astype(np.uint64), begins))
            found = _core.are_furniture(ends.astype(np.uint64), shares[known],
                                        all_of[known], totals, documents)
            yield pa.record_batch({"print": pa.array(prints[begins]),
                                   "furniture": pa.array(found)})
    return run


def _parts(batches):
    """Whole groups, some at a time; those whose links were cut alone, lest
    they meet whom they were cut from."""
    held, size = [], 0
    for piece in _runs(batches, "group"):
        groups = piece.column("group").to_numpy()
        ends = np.append(_begins(groups)[1:], len(groups))
        cut = piece.column("cut").to_numpy(zero_copy_only=False)
        begin = 0
        for end in ends.tolist():
            group = piece.slice(begin, end - begin)
            if cut[begin]:
                yield group
            else:
                held.append(group)
                size += group.column("text").nbytes
                if size > _BYTES_AT_ONCE:
                    yield pa.concat_tables(held)
                    held, size = [], 0
            begin = end
    if held:
        yield pa.concat_tables(held)


def _verdicts(part):
    """Fingerprints, and whether they are furniture."""
    rows = part.column("verdicts").combine_chunks()
    told = pc.list_flatten(rows)
    prints, first = np.unique(pc.struct_field(told, "print").to_numpy(
        zero_copy_only=False).astype(np.int64), return_index=True)
    furniture = pc.struct_field(told, "furniture").to_numpy(
        zero_copy_only=False).astype(np.uint8)
    return prints.view(np.uint64), furniture[first]


def _rows(tables, candidates, schema):
    """What was found, a kind after the other."""
    for name, table in zip(schema.names, tables):
        field = schema.field(name)
        wanted = pa.schema(list(field.type))
        for batch in pa.table(table).cast(wanted).to_batches(_ROWS_AT_ONCE):
            if batch.num_rows == 0:
                continue
            values = pa.StructArray.from_arrays(batch.columns,
                                                fields=list(field.type))
            yield pa.record_batch([
                values if other.name == name else
                pa.nulls(len(values), other.type) for other in schema],
                schema=schema)
    yield pa.record_batch([
        pa.array([candidates if other.name == "candidates" else None],
                 other.type) for other in schema], schema=schema)


def trace(passages, use_dates, agencies, documents, counts, schema):
    """Documents of groups, those of a group one after another by id: all that
    is found. `counts` are a broadcast variable of slots and counts."""
    columns = {"text": "text", "id": "id", "published": "published",
               "publisher": "publisher", "title": "title", "url": "url",
               "canonical": "canonical", "is_based_on": "isBasedOn"}
    def run(batches):
        tracer = None
        for part in _parts(batches):
            if tracer is None:
                tracer = _core.PartTracer(
                    _options(passages), use_dates, agencies, documents,
                    counts.value)
            prints, furniture = _verdicts(part)
            *tables, candidates = tracer.trace(
                _documents.corpus(part, columns, "empty"),
                part.column("publisher_documents").to_numpy().astype(
                    np.uint32), prints, furniture)
            yield from _rows(tables, candidates, schema)
    return run

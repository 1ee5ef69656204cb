"""What workers do with batches of Arrow data. Each function makes another, for
mapInArrow, from the keywords of wirecopy's options: compiled objects do not
travel."""

import hashlib

import numpy as np
import pyarrow as pa

from wirecopy import _core, _documents
from wirecopy._options import match_options

SKETCHED = ("number long, id {id}, late boolean, time long, shingles long, "
            "twin binary, keys binary, packed binary, text string")
LINKED = "a long, b long, of_hub boolean"
KEYED = "key long, number long, packed binary"
COUNTED = "place long, count long"
DECIDED = "number long, kept long, similarity double"


def _options(match):
    return match_options(**match, threads=1)


def corpus_of(batch, **columns):
    return _documents.corpus(batch, {"text": "text", "id": None, **columns},
                             "empty")


def binary_of(values, ends):
    """Numbers as bytes, of each row those up to its end."""
    offsets = np.concatenate(([0], ends)).astype(np.int64) * values.itemsize
    return pa.Array.from_buffers(
        pa.large_binary(), len(ends), [
            None, pa.py_buffer(offsets),
            pa.py_buffer(np.ascontiguousarray(values))]).cast(pa.binary())


def numbers_of(column, dtype):
    """What binary_of made, flat."""
    return np.frombuffer(b"".join(column.to_pylist()), dtype)


def _twins(shingles, ends):
    """Equal for documents with the same shingles in the same sequence. Nobody
    can make two that differ agree, so that this needs no proof."""
    data, begin, found = memoryview(shingles), 0, []
    for end in ends.tolist():
        found.append(hashlib.blake2b(data[begin:end], digest_size=20).digest())
        begin = end
    return pa.array(found, pa.binary())


def order_of(batch, keep, code_points):
    """late, time: rising in what is kept first; all alike for None."""
    none = np.zeros(len(batch), bool)
    if keep is None:
        return none, none.astype(np.int64)
    if keep == "longest":
        return none, -code_points.astype(np.int64)
    if keep == "first":
        order = batch.column("published")
        return (order.is_null().to_numpy(zero_copy_only=False),
                order.fill_null(0).to_numpy(zero_copy_only=False))
    missing, times = _core.times(corpus_of(batch, published="published"))
    times = times if keep == "earliest" else ~times
    return missing, np.where(missing, 0, times)


def sketch(match, keep):
    """number, id, text, published: what each document is known by."""
    def run(batches):
        sketcher = _core.BandSketcher(_options(match))
        bands, words = sketcher.banding[0], sketcher.packed_words
        for batch in batches:
            points, ends, shingles, keys, packed = sketcher.sketch(
                corpus_of(batch))
            rows = np.arange(1, len(points) + 1)
            late, time = order_of(batch, keep, points)
            yield pa.record_batch({
                "number": batch.column("number"), "id": batch.column("id"),
                "late": pa.array(late), "time": pa.array(time, pa.int64()),
                "shingles": pa.array(np.diff(ends, prepend=np.uint64(0)),
                                     pa.int64()),
                "twin": _twins(shingles, ends),
                "keys": binary_of(keys, rows * bands),
                "packed": binary_of(packed, rows * words),
                "text": batch.column("text")})
    return run


def by_band(batches):
    """A row for each document and band."""
    for batch in batches:
        rows = batch.num_rows
        if rows == 0:
            continue
        keys = numbers_of(batch.column("keys"), np.uint32).reshape(rows, -1)
        bands = np.arange(keys.shape[1], dtype=np.int64) << 32
        which = pa.array(np.repeat(np.arange(rows), keys.shape[1]))
        yield pa.record_batch({
            "key": pa.array((keys | bands).ravel()),
            "number": batch.column("number").take(which),
            "packed": batch.column("packed").take(which)})


def _links(found):
    a, b, of_hub = found
    return pa.record_batch({"a": pa.array(a), "b": pa.array(b),
                            "of_hub": pa.array(of_hub)})


def link(match):
    """Rows of by_band(), those of a key one after another: links."""
    def run(batches):
        linker = _core.BucketLinker(_options(match))
        for batch in batches:
            keys = batch.column("key").to_numpy().view(np.uint64)
            yield _links(linker.add(
                keys, batch.column("number").to_numpy(),
                numbers_of(batch.column("packed"), np.uint64)))
        yield _links(linker.finish())
    return run


def count_shingles(match):
    """How many of a task's documents have a shingle, roughly."""
    def run(batches):
        finder = _core.PrefixFinder(_options(match))
        for batch in batches:
            finder.count(corpus_of(batch))
        places, counts = finder.counters()
        yield pa.record_batch({"place": pa.array(places),
                               "count": pa.array(counts)})
    return run


def by_prefix(match, counters):
    """A row for each document and shingle that it must be found by.

    counters: a broadcast variable of places and counts.
    """
    def run(batches):
        finder = _core.PrefixFinder(_options(match))
        finder.add_counters(*counters.value)
        for batch in batches:
            ends, shingles = finder.prefixes(corpus_of(batch))
            sizes = np.diff(ends, prepend=np.uint64(0)).astype(np.int64)
            which = pa.array(np.repeat(np.arange(batch.num_rows), sizes))
            yield pa.record_batch({
                "key": pa.array(shingles.view(np.int64)),
                "number": batch.column("number").take(which),
                "packed": batch.column("packed").take(which)})
    return run


def replay(match):
    """Documents of groups, those of a group one after another in the order in
    which they are kept: those that go."""
    def run(batches):
        stars = _core.StarReplay(_options(match))
        for batch in batches:
            numbers = batch.column("number").to_numpy()
            kept, similarities = stars.add(
                corpus_of(batch), batch.column("group").to_numpy(), numbers,
                batch.column("in_hub").to_numpy(zero_copy_only=False).view(
                    np.uint8))
            goes = kept != numbers
            yield pa.record_batch({
                "number": pa.array(numbers[goes]),
                "kept": pa.array(kept[goes]),
                "similarity": pa.array(similarities[goes])})
    return run


def name_clusters(batches):
    """With the name of each one's cluster."""
    for batch in batches:
        names = [_core.cluster_name(kept)
                 for kept in batch.column("kept").to_pylist()]
        yield batch.append_column("cluster", pa.array(names, pa.string()))

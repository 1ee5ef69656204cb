"""MinHashLSH, as users of the package datasketch know it, in memory.

Signatures are cut into b bands of r slots; keys are candidates where all slots
of some band agree (Indyk and Motwani 1998). What it gives are candidates:
dedup() and pairs() verify theirs.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable

import numpy as np

from wirecopy.minhash import MinHash


@functools.lru_cache(maxsize=64)
def _choose_bands(threshold, num_perm, weights):
    """The (b, r) with the least weighted area of false positives (left of the
    threshold, under the chance of being a candidate) and false negatives (right
    of it, above). The chance 1 - (1 - s^r)^b is a polynomial in s, which
    Gauss and Legendre's rule integrates exactly."""
    nodes, shares = np.polynomial.legendre.leggauss(num_perm // 2 + 1)
    below = threshold * (nodes + 1) / 2
    above = threshold + (1 - threshold) * (nodes + 1) / 2
    least, best = np.inf, (0, 0)
    for b in range(1, num_perm + 1):
        rows = np.arange(1, num_perm // b + 1)[:, None]
        with np.errstate(under="ignore"):
            missed = (1 - above ** rows) ** b
            found = 1 - (1 - below ** rows) ** b
        error = (weights[0] * (found @ shares) * threshold / 2
                 + weights[1] * (missed @ shares) * (1 - threshold) / 2)
        r = int(np.argmin(error))
        if error[r] < least:
            least, best = error[r], (b, r + 1)
    return best


class _Buckets(dict):
    """A band's table: from a part of a signature to the set of keys."""

    def get(self, part, default=()):
        return dict.get(self, part, default)

    def size(self):
        return len(self)

    def itemcounts(self):
        return {part: len(keys) for part, keys in self.items()}

    def insert(self, part, key):
        self.setdefault(part, set()).add(key)

    def discard(self, part, key):
        keys = dict.get(self, part)
        if keys is None:
            return
        keys.discard(key)
        if not keys:
            del self[part]


def _check_arguments(threshold, num_perm, weights, storage_config):
    kind = (storage_config or {"type": "dict"}).get("type")
    if kind != "dict":
        raise ValueError(f"storage_config of type {kind!r}: only 'dict', "
                         "memory, is there")
    for name, value in (("threshold", threshold), ("num_perm", num_perm)):
        if isinstance(value, bool) or not isinstance(
                value, (int, float, np.number)):
            raise TypeError(f"{name} must be a number, not "
                            f"{type(value).__name__}")
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold {threshold}: must be from 0 to 1")
    if num_perm != int(num_perm) or num_perm < 2:
        raise ValueError(f"num_perm {num_perm}: must be 2 or more")
    if any(not 0 <= weight <= 1 for weight in weights):
        raise ValueError(f"weights {weights}: each must be from 0 to 1")
    if len(weights) != 2 or sum(weights) != 1:
        raise ValueError(f"weights {weights}: two that sum to 1")


class MinHashLSH:
    """An index of MinHash by key.

    Args:
        threshold: the similarity, 0 to 1, that bands are chosen for.
        num_perm: slots of the MinHash that go in, 2 or more.
        weights: of false positives and false negatives; they sum to 1.
        params: (b, r), instead of threshold and weights.
        storage_config: only {"type": "dict"}.
        prepickle: keep keys pickled, so that they need not be hashable.
        hashfunc: from bytes to bytes, to make parts of signatures shorter.

    Raises:
        TypeError, ValueError: what is wrong with which argument.

    Queries may run in several threads at once; changes may not.
    """

    def __init__(self, threshold: float = 0.9, num_perm: int = 128,
                 weights: tuple[float, float] = (0.5, 0.5),
                 params: tuple[int, int] | None = None,
                 storage_config: dict | None = None,
                 prepickle: bool | None = None,
                 hashfunc: Callable[[bytes], bytes] | None = None) -> None:
        _check_arguments(threshold, num_perm, weights, storage_config)
        self.h = int(num_perm)
        if params is None:
            self.b, self.r = _choose_bands(float(threshold), self.h,
                                           tuple(map(float, weights)))
        else:
            self.b, self.r = params
        if self.b * self.r > self.h:
            raise ValueError(f"params {params}: {self.b} bands of {self.r} are "
                             f"more than num_perm, {self.h}")
        if self.b < 2:
            raise ValueError(f"a threshold of {threshold} with num_perm "
                             f"{num_perm} leaves less than 2 bands")
        self.prepickle = bool(prepickle)
        self.hashfunc = hashfunc
        self.buffer_size = 50000
        self.hashtables = [_Buckets() for _ in range(self.b)]
        self.hashranges = [(i * self.r, (i + 1) * self.r)
                           for i in range(self.b)]
        self.keys = {}  # to the parts of its signature, one a band
        self._minhash_scheme = None
        self._queries = []

    # ------------------------------------------------------------- signatures

    def _check(self, minhash):
        if not hasattr(minhash, "hashvalues"):
            raise TypeError(f"a MinHash is wanted, not "
                            f"{type(minhash).__name__}")
        if len(minhash) != self.h:
            raise ValueError(f"a MinHash of num_perm {len(minhash)} in an "
                             f"index of {self.h}")
        scheme = getattr(minhash, "scheme", None)
        if None not in (scheme, self._minhash_scheme) and (
                scheme != self._minhash_scheme):
            raise ValueError(f"a MinHash of scheme {scheme!r} in an index of "
                             f"{self._minhash_scheme!r}")
        return scheme

    def _parts(self, minhash):
        values = np.ascontiguousarray(minhash.hashvalues)
        data = values.byteswap().tobytes()
        step = self.r * (len(data) // len(values))
        parts = [data[i * step:(i + 1) * step] for i in range(self.b)]
        return parts if self.hashfunc is None else [
            self.hashfunc(part) for part in parts]

    def _stored(self, key):
        return pickle.dumps(key) if self.prepickle else key

    def _shown(self, keys):
        return [pickle.loads(key) for key in keys] if self.prepickle else list(
            keys)

    # ---------------------------------------------------------------- changes

    def insert(self, key, minhash: MinHash,
               check_duplication: bool = True) -> None:
        """Adds a key. ValueError where it is there, or the MinHash is of
        another num_perm or scheme."""
        scheme = self._check(minhash)
        stored = self._stored(key)
        if check_duplication and stored in self.keys:
            raise ValueError(f"the key {key!r} is there already")
        self._minhash_scheme = self._minhash_scheme or scheme
        self._put(stored, self._parts(minhash))

    def _put(self, stored, parts):
        # Two of one key, which check_duplication=False lets in, stay findable;
        # remove() knows the last.
        self.keys[stored] = parts
        for part, table in zip(parts, self.hashtables):
            table.insert(part, stored)

    def remove(self, key) -> None:
        """Takes a key out. ValueError where it is not there."""
        stored = self._stored(key)
        if stored not in self.keys:
            raise ValueError(f"there is no key {key!r}")
        for part, table in zip(self.keys.pop(stored), self.hashtables):
            table.discard(part, stored)

    def merge(self, other: MinHashLSH, check_overlap: bool = False) -> None:
        """Adds all of another index with the same num_perm and bands."""
        if type(self) is not type(other):
            raise ValueError(f"cannot merge {type(other).__name__} into a "
                             "MinHashLSH")
        for name in ("h", "b", "r"):
            if getattr(self, name) != getattr(other, name):
                raise ValueError(
                    f"cannot merge indexes of different {name}: "
                    f"{getattr(self, name)} and {getattr(other, name)}")
        mine, others = self._minhash_scheme, other._minhash_scheme
        if None not in (mine, others) and mine != others:
            raise ValueError(f"cannot merge an index of scheme {others!r} into "
                             f"one of {mine!r}")
        if check_overlap and not self.keys.keys().isdisjoint(other.keys):
            raise ValueError("both indexes have some of the same keys")
        self._minhash_scheme = mine or others
        for stored, parts in other.keys.items():
            self._put(stored, parts)

    def insertion_session(self, buffer_size=50000):
        """A context manager with insert(); in memory it only forwards."""
        return _Session(self, buffer_size)

    def deletion_session(self, buffer_size=50000):
        """A context manager with remove()."""
        return _Session(self, buffer_size)

    # ---------------------------------------------------------------- queries

    def _candidates(self, minhash):
        self._check(minhash)
        found = set()
        for part, table in zip(self._parts(minhash), self.hashtables):
            found.update(table.get(part))
        return found

    def query(self, minhash: MinHash) -> list:
        """A list of the keys that may reach the threshold, in any order."""
        return self._shown(self._candidates(minhash))

    def add_to_query_buffer(self, minhash: MinHash) -> None:
        """Keeps a query for collect_query_buffer()."""
        self._check(minhash)
        self._queries.append(minhash)

    def collect_query_buffer(self) -> list:
        """The keys that all queries of the buffer find, which it empties."""
        queries, self._queries = self._queries, []
        if not queries:
            return []
        return self._shown(set.intersection(*map(self._candidates, queries)))

    def __contains__(self, key) -> bool:
        return self._stored(key) in self.keys

    def is_empty(self) -> bool:
        """Whether there is no key."""
        return not self.keys

    def get_counts(self) -> list[dict]:
        """Of each band, how many keys each part of a signature has."""
        return [table.itemcounts() for table in self.hashtables]

    def get_subset_counts(self, *keys) -> list[dict]:
        """The same of some keys alone."""
        tables = [_Buckets() for _ in range(self.b)]
        for key in set(map(self._stored, keys)):
            for part, table in zip(self.keys.get(key, ()), tables):
                table.insert(part, key)
        return [table.itemcounts() for table in tables]


class _Session:
    """Inserts or removes within a with statement."""

    def __init__(self, index, buffer_size):
        self.lsh = index
        index.buffer_size = buffer_size
        self.insert = index.insert
        self.remove = index.remove

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Does nothing: all is done already."""

"""MinHash, as users of the package datasketch know it, to the bit.

Change ``from datasketch import MinHash`` to ``from wirecopy import MinHash``;
signatures that either made compare with the other's. python/README.md says
what differs.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from wirecopy import _core

_WIDTHS = {"affine32": 32, "affine64": 64, "legacy": 32}
_TYPES = {"affine32": np.uint32, "affine64": np.uint64, "legacy": np.uint64}


@functools.lru_cache(maxsize=64)
def _functions(num_perm, seed, scheme):
    return _core.Functions(num_perm, seed, scheme)


@functools.lru_cache(maxsize=2)
def _hasher(scheme):
    return _functions(1, 1, scheme)


def sha1_hash32(data):
    """The first four bytes of the SHA-1 of bytes, as a number."""
    return _hasher("affine32").sha1(data)


def sha1_hash64(data):
    """The first eight bytes of the SHA-1 of bytes, as a number."""
    return _hasher("affine64").sha1(data)


def _integer(name, value):
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be an integer, not "
                        f"{type(value).__name__}")
    return value.__index__()


class MinHash:
    """The least values of `num_perm` hash functions over a set of items.

    The share of slots in which two agree estimates the Jaccard similarity of
    the sets, with a standard error of sqrt(J (1 - J) / num_perm).

    Args:
        num_perm: slots, 1 to 4096; ignored where there are hashvalues.
        seed: of the functions, 0 to 2**32 - 1.
        hashfunc: from what update() takes to an integer of the scheme's width;
            None: SHA-1 of bytes.
        hashvalues: to begin with; then the scheme must be said.
        permutations: must be those of the seed.
        scheme: "affine32" (datasketch's default since 2.0), "affine64", or
            "legacy" (all that datasketch had before).

    Raises:
        TypeError, ValueError: what is wrong with which argument.

    `hashvalues` is an array of shape (num_perm,), uint32 with affine32, else
    uint64. An object belongs to one thread at a time.
    """

    def __init__(self, num_perm: int = 128, seed: int = 1,
                 gpu_mode: str = "disable", hashfunc: Callable | None = None,
                 hashobj=None, hashvalues=None, permutations=None,
                 scheme: str | None = None) -> None:
        if scheme is None:
            if hashvalues is not None or permutations is not None:
                raise ValueError(
                    "scheme: must be said with hashvalues or permutations, "
                    "which do not tell it ('legacy' for those of datasketch "
                    "before 2.0)")
            scheme = "affine32"
        if scheme not in _WIDTHS:
            raise ValueError(f"scheme {scheme!r}: must be one of "
                             + ", ".join(_WIDTHS))
        if gpu_mode == "always":
            raise RuntimeError("gpu_mode 'always': there is no GPU code here")
        if hashobj is not None:
            warnings.warn("hashobj is ignored: use hashfunc",
                          DeprecationWarning, stacklevel=2)
        if hashfunc is None:
            hashfunc = sha1_hash64 if scheme == "affine64" else sha1_hash32
        if not callable(hashfunc):
            raise ValueError("hashfunc: must be callable")
        self.scheme = scheme
        self.seed = _integer("seed", seed)
        self.hashfunc = hashfunc
        if hashvalues is not None:
            hashvalues = self._checked(hashvalues)
            num_perm = len(hashvalues)
        self.num_perm = _integer("num_perm", num_perm)
        functions = self._functions
        self.hashvalues = self._empty() if hashvalues is None else hashvalues
        if permutations is not None and not np.array_equal(
                np.asarray(permutations), functions.permutations):
            raise ValueError("permutations: not those of the seed, scheme and "
                             "number of slots, which are all that there are")

    @property
    def _functions(self):
        return _functions(self.num_perm, self.seed, self.scheme)

    @property
    def permutations(self) -> np.ndarray:
        """The a and the b of each slot: an array of shape (2, num_perm)."""
        return self._functions.permutations

    def _most(self):
        return (1 << _WIDTHS[self.scheme]) - 1

    def _empty(self):
        return np.full(self.num_perm, self._most(), _TYPES[self.scheme])

    def _checked(self, hashvalues):
        try:
            values = np.array(hashvalues, dtype=None if isinstance(
                hashvalues, np.ndarray) else _TYPES[self.scheme])
        except (OverflowError, TypeError, ValueError) as error:
            raise ValueError(f"hashvalues: {error}") from error
        if values.ndim != 1 or not values.size or values.dtype.kind not in "iu":
            raise ValueError("hashvalues: must be one row of integers")
        if int(values.min()) < 0 or int(values.max()) > self._most():
            raise ValueError(f"hashvalues: out of range for {self.scheme!r}")
        return values.astype(_TYPES[self.scheme])

    def _slots(self):
        """The hash values as the compiled part takes them."""
        values = self.hashvalues
        if (isinstance(values, np.ndarray) and values.flags.c_contiguous
                and values.dtype == _TYPES[self.scheme]):
            return values
        return np.ascontiguousarray(values, dtype=_TYPES[self.scheme])

    def update(self, b) -> None:
        """Adds an item: bytes, or what the hash function takes."""
        self.update_batch((b,))

    def update_batch(self, b: Iterable) -> None:
        """Adds all items of an iterable; much faster than one at a time."""
        if isinstance(b, (bytes, str)):
            raise TypeError(f"items must come as an iterable of them, not as "
                            f"{type(b).__name__}")
        functions, slots = self._functions, self._slots()
        if self.hashfunc in (sha1_hash32, sha1_hash64) and (
                self.hashfunc is sha1_hash64) == (self.scheme == "affine64"):
            self.hashvalues = functions.with_items(slots, b)
        else:
            hashes = [self.hashfunc(item) for item in b]
            self.hashvalues = functions.with_hashes(slots, hashes)

    def _require_like(self, other, what):
        if not hasattr(other, "hashvalues"):
            raise TypeError(f"cannot {what} a MinHash and "
                            f"{type(other).__name__}")
        for name in ("scheme", "seed"):
            mine, others = getattr(self, name), getattr(other, name, None)
            if mine != others:
                raise ValueError(f"cannot {what} MinHash of different {name}: "
                                 f"{mine!r} and {others!r}")
        if len(self) != len(other):
            raise ValueError(f"cannot {what} MinHash of different num_perm: "
                             f"{len(self)} and {len(other)}")

    def jaccard(self, other: MinHash) -> float:
        """The estimate of the two sets' Jaccard similarity, in [0, 1].

        ValueError where scheme, seed or num_perm differ.
        """
        self._require_like(other, "compare")
        equal = np.count_nonzero(self.hashvalues == other.hashvalues)
        return float(equal) / len(self)

    def merge(self, other: MinHash) -> None:
        """Makes this one that of the union of both sets. Errors as jaccard."""
        self._require_like(other, "merge")
        self.hashvalues = np.minimum(self.hashvalues, other.hashvalues)

    def count(self) -> float:
        """An estimate of how many distinct items there are."""
        mean = np.sum(self.hashvalues / float(self._most()))
        return float(len(self)) / float(mean) - 1.0

    def digest(self) -> np.ndarray:
        """A copy of the hash values."""
        return np.array(self.hashvalues)

    def is_empty(self) -> bool:
        """Whether nothing has been added."""
        return not np.any(self.hashvalues != self._most())

    def clear(self) -> None:
        """Makes it the empty set's."""
        self.hashvalues = self._empty()

    def copy(self) -> MinHash:
        """An equal one that shares nothing that changes."""
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.hashvalues = self.digest()
        return made

    def __len__(self) -> int:
        return len(self.hashvalues)

    def __eq__(self, other) -> bool:
        return (type(self) is type(other) and self.scheme == other.scheme
                and self.seed == other.seed
                and np.array_equal(self.hashvalues, other.hashvalues))

    __hash__ = None

    def __setstate__(self, state):
        # datasketch's own attributes, should they come along, do no harm.
        state = dict(state)
        state.setdefault("scheme", "legacy")
        state.pop("permutations", None)
        self.__dict__.update(state)

    @classmethod
    def union(cls, *mhs: MinHash) -> MinHash:
        """The MinHash of the union of two or more sets. Errors as jaccard."""
        if len(mhs) < 2:
            raise ValueError("a union is of two MinHash or more")
        made = mhs[0].copy()
        for other in mhs[1:]:
            made.merge(other)
        return made

    @classmethod
    def bulk(cls, b: Iterable[Iterable], **minhash_kwargs) -> list[MinHash]:
        """A list of a MinHash for each iterable of items in `b`."""
        return list(cls.generator(b, **minhash_kwargs))

    @classmethod
    def generator(cls, b: Iterable[Iterable],
                  **minhash_kwargs) -> Iterator[MinHash]:
        """As bulk, one at a time."""
        empty = cls(**minhash_kwargs)
        for items in b:
            made = empty.copy()
            made.update_batch(items)
            yield made

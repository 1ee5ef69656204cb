"""MinHash against the formulas written out, against sets, and against the
package datasketch where it is installed."""

import hashlib
import math
import pickle
import random
import struct

import numpy as np
import pytest

from wirecopy import MinHash
from wirecopy.minhash import sha1_hash32, sha1_hash64

SCHEMES = ["affine32", "affine64", "legacy"]
PRIME = (1 << 61) - 1


def mixed(value, width):
    """The finalizer of MurmurHash3."""
    a, b, c, m, n = {
        32: (16, 13, 16, 0x85EBCA6B, 0xC2B2AE35),
        64: (33, 33, 33, 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53)}[width]
    top = (1 << width) - 1
    value = (value ^ (value >> a)) * m & top
    value = (value ^ (value >> b)) * n & top
    return value ^ (value >> c)


def slow_signature(hashes, permutations, scheme):
    """What the slots must be, in Python's own integers."""
    slots = []
    width = 64 if scheme == "affine64" else 32
    for a, b in zip(*map(lambda part: part.tolist(), permutations)):
        if scheme == "legacy":
            values = [(a * h + b) % (1 << 64) % PRIME % (1 << 32)
                      for h in hashes]
        else:
            values = [(a * mixed(h, width) + b) % (1 << width) for h in hashes]
        slots.append(min([(1 << width) - 1, *values]))
    return slots


def items(count, seed=0):
    chance = random.Random(seed)
    return [chance.randbytes(chance.randint(0, 20)) for _ in range(count)]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("num_perm, seed, count", [
    (1, 0, 1), (16, 1, 3), (128, 1, 70), (130, 2**32 - 1, 200)])
def test_slots_are_the_formula_s(scheme, num_perm, seed, count):
    made = MinHash(num_perm, seed, scheme=scheme)
    batch = items(count, seed)
    made.update_batch(batch)
    size, form = (8, "<Q") if scheme == "affine64" else (4, "<I")
    hashes = [struct.unpack(form, hashlib.sha1(item).digest()[:size])[0]
              for item in batch]
    assert made.hashvalues.tolist() == slow_signature(
        hashes, made.permutations, scheme)
    one_by_one = MinHash(num_perm, seed, scheme=scheme)
    for item in reversed(batch):
        one_by_one.update(item)
    assert one_by_one == made
    own = MinHash(num_perm, seed, scheme=scheme, hashfunc=lambda h: h)
    own.update_batch(hashes)
    assert np.array_equal(own.hashvalues, made.hashvalues)


def test_hash_functions():
    digest = hashlib.sha1(b"ferry").digest()
    assert sha1_hash32(b"ferry") == struct.unpack("<I", digest[:4])[0]
    assert sha1_hash64(b"ferry") == struct.unpack("<Q", digest[:8])[0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_types_are_datasketch_s(scheme):
    expected = np.uint32 if scheme == "affine32" else np.uint64
    made = MinHash(scheme=scheme)
    assert made.hashvalues.dtype == expected
    made.update(b"x")
    assert made.hashvalues.dtype == expected
    assert made.permutations.dtype == expected
    assert made.permutations.shape == (2, 128)


def test_estimates_lie_as_the_binomial_distribution_has_it():
    """Of 60 pairs of sets whose similarity is known, the sum of squared
    deviations over their variance is about chi-squared."""
    chi = 0.0
    chance = random.Random(5)
    for trial in range(60):
        shared, alone = chance.randint(20, 200), chance.randint(10, 100)
        both = items(shared + 2 * alone, 1000 + trial)
        both = [b"%d-" % i + item for i, item in enumerate(both)]
        a, b = MinHash(seed=trial), MinHash(seed=trial)
        a.update_batch(both[:shared + alone])
        b.update_batch(both[:shared] + both[shared + alone:])
        true = shared / (shared + 2 * alone)
        chi += (a.jaccard(b) - true) ** 2 / (true * (1 - true) / 128)
    # Mean 60, variance 120: four and a half standard deviations.
    assert abs(chi - 60) < 4.5 * math.sqrt(120)


def test_union_and_merge_are_those_of_sets():
    left, right = items(40, 1), items(50, 2)
    a, b, both = MinHash(), MinHash(), MinHash()
    a.update_batch(left)
    b.update_batch(right)
    both.update_batch(left + right)
    assert MinHash.union(a, b, a) == both
    before = a.hashvalues
    held = before.copy()
    a.merge(b)
    assert a == both
    assert np.array_equal(before, held)  # what others hold does not change


def test_copy_pickle_clear_and_count():
    made = MinHash(64, 3)
    assert made.is_empty() and len(made) == 64
    made.update_batch(items(500))
    copied = made.copy()
    for same in (copied, pickle.loads(pickle.dumps(made))):
        assert same == made
        assert np.array_equal(same.permutations, made.permutations)
        same.update(b"another, and one more, and so on")
    assert not made.is_empty()
    assert 300 < made.count() < 800
    digest = made.digest()
    digest[:] = 0
    assert not np.array_equal(digest, made.hashvalues)
    made.clear()
    assert made.is_empty() and made == MinHash(64, 3)


def test_bulk_is_one_after_another():
    batches = [items(n, n) for n in (0, 1, 5, 100)]
    for made, batch in zip(MinHash.bulk(batches, num_perm=32), batches):
        alone = MinHash(32)
        alone.update_batch(batch)
        assert made == alone
    assert next(MinHash.generator([[]])).is_empty()


def test_from_hashvalues():
    made = MinHash(16)
    made.update_batch(items(9))
    again = MinHash(hashvalues=made.hashvalues, scheme="affine32",
                    permutations=made.permutations)
    assert again == made and again.hashvalues is not made.hashvalues
    again.update(b"more")
    assert MinHash(hashvalues=made.digest().tolist(), scheme="affine32") == made


@pytest.mark.parametrize("make, error, says", [
    (lambda: MinHash(0), ValueError, "num_perm|slots"),
    (lambda: MinHash(5000), ValueError, "5000"),
    (lambda: MinHash("128"), TypeError, "num_perm"),
    (lambda: MinHash(seed=-1), ValueError, "seed"),
    (lambda: MinHash(seed=None), TypeError, "seed"),
    (lambda: MinHash(scheme="sha"), ValueError, "sha"),
    (lambda: MinHash(hashfunc=3), ValueError, "hashfunc"),
    (lambda: MinHash(gpu_mode="always"), RuntimeError, "GPU"),
    (lambda: MinHash(hashvalues=[1, 2]), ValueError, "scheme"),
    (lambda: MinHash(hashvalues=[-1], scheme="legacy"), ValueError, "hashval"),
    (lambda: MinHash(hashvalues=[2**32], scheme="affine32"), ValueError,
     "hashvalues"),
    (lambda: MinHash(hashvalues=[], scheme="legacy"), ValueError, "hashvalues"),
    (lambda: MinHash(hashvalues=np.zeros(3), scheme="legacy"), ValueError,
     "integers"),
    (lambda: MinHash(permutations=MinHash(seed=2).permutations,
                     scheme="affine32"), ValueError, "permutations"),
    (lambda: MinHash().update("text"), TypeError, "bytes, not str"),
    (lambda: MinHash().update(None), TypeError, "NoneType"),
    (lambda: MinHash().update_batch(b"abc"), TypeError, "iterable"),
    (lambda: MinHash().update_batch(None), TypeError, "NoneType|iterable|args"),
    (lambda: MinHash(hashfunc=lambda x: "x").update(1), ValueError, "'x'"),
    (lambda: MinHash(hashfunc=lambda x: -1).update(1), ValueError, "-1"),
    (lambda: MinHash(hashfunc=lambda x: 2**32).update(1), ValueError, "32"),
    (lambda: MinHash().jaccard(None), TypeError, "NoneType"),
    (lambda: MinHash().jaccard(MinHash(seed=2)), ValueError, "seed"),
    (lambda: MinHash().jaccard(MinHash(64)), ValueError, "num_perm"),
    (lambda: MinHash().merge(MinHash(scheme="legacy")), ValueError, "scheme"),
    (lambda: MinHash.union(MinHash()), ValueError, "two"),
])
def test_wrong_input_is_named(make, error, says):
    with pytest.raises(error, match=says):
        make()


def test_after_an_error_nothing_has_changed():
    made = MinHash()
    made.update(b"one")
    before = made.digest()
    with pytest.raises(TypeError):
        made.update_batch([b"two", None])
    assert np.array_equal(made.hashvalues, before)


def test_against_the_package_itself():
    datasketch = pytest.importorskip("datasketch", "2.0")
    for scheme in SCHEMES:
        for num_perm, seed in [(1, 1), (128, 1), (77, 12345)]:
            theirs = datasketch.MinHash(num_perm, seed, scheme=scheme)
            ours = MinHash(num_perm, seed, scheme=scheme)
            batch = items(300, seed)
            theirs.update_batch(batch)
            ours.update_batch(batch)
            assert np.array_equal(ours.hashvalues, theirs.hashvalues)
            assert ours.hashvalues.dtype == theirs.hashvalues.dtype
            assert np.array_equal(ours.permutations, theirs.permutations)
            assert ours.jaccard(theirs) == 1.0
            assert ours.count() == pytest.approx(theirs.count())

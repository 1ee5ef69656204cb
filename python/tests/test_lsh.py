"""MinHashLSH against brute force, and against datasketch's where it is."""

import pickle
import random

import numpy as np
import pytest

from wirecopy import MinHash, MinHashLSH
from wirecopy.lsh import _choose_bands


def random_minhashes(count, num_perm=32, seed=7):
    """Some alike, some not."""
    chance = random.Random(seed)
    made = []
    for i in range(count):
        base = made and chance.random() < 0.6 and chance.choice(made)
        one = base.copy() if base else MinHash(num_perm)
        one.update_batch([chance.randbytes(8)
                          for _ in range(chance.randint(1, 12))])
        made.append(one)
    return made


def brute(made, query, bands, rows):
    """The numbers of those that agree with a query in all slots of a band."""
    return {i for i, one in enumerate(made) if any(
        np.array_equal(one.hashvalues[b * rows:(b + 1) * rows],
                       query.hashvalues[b * rows:(b + 1) * rows])
        for b in range(bands))}


def test_candidates_are_those_of_brute_force():
    made = random_minhashes(120)
    index = MinHashLSH(threshold=0.5, num_perm=32)
    assert index.is_empty()
    for i, one in enumerate(made):
        index.insert(i, one)
    assert not index.is_empty()
    for one in made + random_minhashes(20, seed=8):
        assert set(index.query(one)) == brute(made, one, index.b, index.r)
    gone = set(range(0, 120, 3))
    for i in gone:
        index.remove(i)
        assert i not in index
    for one in made:
        assert set(index.query(one)) == brute(
            made, one, index.b, index.r) - gone
    for i in set(range(120)) - gone:
        index.remove(i)
    assert index.is_empty() and all(not table for table in index.hashtables)


def test_keys_tables_and_counts():
    made = random_minhashes(20)
    index = MinHashLSH(num_perm=32, params=(4, 8))
    with index.insertion_session() as session:
        for i, one in enumerate(made):
            session.insert(f"k{i}", one)
    assert set(index.keys) == {f"k{i}" for i in range(20)}
    for key, parts in index.keys.items():
        for part, table in zip(parts, index.hashtables):
            assert key in table[part]
    assert [sum(table.values()) for table in index.get_counts()] == [20] * 4
    assert [sum(table.values())
            for table in index.get_subset_counts("k1", "k2")] == [2] * 4
    with index.deletion_session() as session:
        session.remove("k3")
    assert "k3" not in index


def test_merge_pickle_and_buffer():
    made = random_minhashes(30)
    left, right = (MinHashLSH(num_perm=32, threshold=0.6) for _ in range(2))
    for i, one in enumerate(made):
        (left if i % 2 else right).insert(i, one)
    left.merge(right, check_overlap=True)
    with pytest.raises(ValueError, match="same keys"):
        left.merge(right, check_overlap=True)
    again = pickle.loads(pickle.dumps(left))
    for one in made:
        assert set(again.query(one)) == brute(made, one, left.b, left.r)
    left.add_to_query_buffer(made[0])
    left.add_to_query_buffer(made[1])
    assert set(left.collect_query_buffer()) == brute(
        made, made[0], left.b, left.r) & brute(made, made[1], left.b, left.r)
    assert left.collect_query_buffer() == []


def test_unhashable_keys_and_short_parts():
    index = MinHashLSH(num_perm=16, threshold=0.5, prepickle=True,
                       hashfunc=lambda part: part[:4])
    one = MinHash(16)
    one.update(b"x")
    index.insert(["a", "list"], one)
    assert index.query(one) == [["a", "list"]]
    assert ["a", "list"] in index


@pytest.mark.parametrize("make, error, says", [
    (lambda: MinHashLSH(threshold=1.5), ValueError, "threshold"),
    (lambda: MinHashLSH(threshold=None), TypeError, "threshold"),
    (lambda: MinHashLSH(threshold=float("nan")), ValueError, "threshold"),
    (lambda: MinHashLSH(num_perm=1), ValueError, "num_perm"),
    (lambda: MinHashLSH(num_perm="8"), TypeError, "num_perm"),
    (lambda: MinHashLSH(weights=(0.2, 0.2)), ValueError, "weights"),
    (lambda: MinHashLSH(weights=(-1, 2)), ValueError, "weights"),
    (lambda: MinHashLSH(params=(20, 20)), ValueError, "num_perm"),
    (lambda: MinHashLSH(storage_config={"type": "redis"}), ValueError, "redis"),
    (lambda: MinHashLSH().insert("a", None), TypeError, "NoneType"),
    (lambda: MinHashLSH().insert("a", MinHash(64)), ValueError, "64"),
    (lambda: MinHashLSH().query(MinHash(64)), ValueError, "64"),
    (lambda: MinHashLSH().remove("a"), ValueError, "'a'"),
    (lambda: MinHashLSH().merge({}), ValueError, "dict"),
    (lambda: MinHashLSH().merge(MinHashLSH(num_perm=64)), ValueError, "h"),
])
def test_wrong_input_is_named(make, error, says):
    with pytest.raises(error, match=says):
        make()


def test_schemes_do_not_mix():
    index = MinHashLSH()
    index.insert("a", MinHash())
    with pytest.raises(ValueError, match="legacy"):
        index.insert("b", MinHash(scheme="legacy"))
    with pytest.raises(ValueError, match="legacy"):
        index.query(MinHash(scheme="legacy"))
    with pytest.raises(ValueError, match="there already"):
        index.insert("a", MinHash())


def test_bands_are_datasketch_s():
    lsh = pytest.importorskip("datasketch.lsh")
    for num_perm in (16, 64, 128):
        for threshold in (0.1, 0.3, 0.5, 0.7, 0.8, 0.9):
            for weights in ((0.5, 0.5), (0.2, 0.8), (0.7, 0.3)):
                assert _choose_bands(threshold, num_perm, weights) == (
                    lsh._optimal_param(threshold, num_perm, *weights))

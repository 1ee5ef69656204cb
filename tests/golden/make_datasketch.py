#!/usr/bin/env python3
"""Makes or checks datasketch.json, the golden file of the datasketch mode.

The file holds what the Python package datasketch computes: permutations,
signatures, merges and Jaccard estimates, and what numpy's RandomState draws.
The C++ tests compare wirecopy with it.

To make the file, which needs datasketch 2.0 or newer (it has every scheme):

    python3 -m venv env && env/bin/pip install datasketch==2.0.0
    env/bin/python make_datasketch.py datasketch.json

To confirm that an older release computes the same values (releases before 2.0
know the legacy scheme only; the records of the others are then skipped):

    python3 -m venv old && old/bin/pip install datasketch==1.6.5
    old/bin/python make_datasketch.py --check datasketch.json

Long arrays are stored as the SHA-1 of their values in decimal, with a space
between two.
"""

import argparse
import hashlib
import importlib.metadata
import json
import random
import sys

import datasketch
import numpy as np

VERSION = importlib.metadata.version("datasketch")
HAS_SCHEMES = int(VERSION.split(".")[0]) >= 2
SCHEMES = ["legacy", "affine32", "affine64"] if HAS_SCHEMES else ["legacy"]

SEEDS = [0, 1, 42, 123456, 4294967295]
NUM_PERMS = [1, 16, 64, 128, 256, 1024]
PRIME = 2**61 - 1

# A set is a list of byte strings. An item is {"hex": bytes, "repeat": times};
# a counter stands for the items prefix + decimal number.
BYTE_SETS = {
    "empty": [],
    "one": [{"hex": b"wirecopy".hex(), "repeat": 1}],
    "ascii": [
        {"hex": text.encode().hex(), "repeat": 1}
        for text in ("a", "b", "the quick brown fox", "jumps over", "a b c")
    ],
    "utf8": [
        {"hex": text.encode().hex(), "repeat": 1}
        for text in ("h\u00e9llo", "\u65e5\u672c\u8a9e", "\U0001f600")
    ],
    "edge": [
        {"hex": "", "repeat": 1},
        {"hex": "00", "repeat": 1},
        {"hex": "fffe80", "repeat": 1},
        {"hex": "0123456789abcdef", "repeat": 640},
    ],
    "left": {"prefix": "item-", "first": 0, "count": 200},
    "right": {"prefix": "item-", "first": 100, "count": 200},
    "many": {"prefix": "item-", "first": 0, "count": 1500},
}

# Full slots for the first two, a digest for the others.
FULL_CONFIGS = [(1, 16), (42, 64)]
DIGEST_CONFIGS = [
    (0, 1),
    (1, 128),
    (123456, 256),
    (4294967295, 1024),
    (7, 4096),
]


def hash_sets():
    """Returns lists of given hashes by name, each with its width in bits."""
    rng = random.Random(20240229)
    wide = [0, 1, 2**32, 2**63, 2**63 - 1, 2**64 - 1, PRIME, PRIME + 1]
    narrow = [0, 1, 2**31 - 1, 2**31, 2**32 - 1]
    return {
        "sequential": (32, list(range(10))),
        "narrow": (32, narrow + [rng.getrandbits(32) for _ in range(40)]),
        "zero": (32, [0]),
        "wide": (64, wide + [rng.getrandbits(64) for _ in range(40)]),
        "largest": (64, [2**64 - 1]),
    }


def expand(description):
    """Returns the byte strings that a description of a set stands for."""
    if isinstance(description, dict):
        first, count = description["first"], description["count"]
        prefix = description["prefix"]
        return [f"{prefix}{i}".encode() for i in range(first, first + count)]
    return [bytes.fromhex(x["hex"]) * x["repeat"] for x in description]


def new_minhash(scheme, seed, num_perm, **kwargs):
    if HAS_SCHEMES:
        kwargs["scheme"] = scheme
    return datasketch.MinHash(num_perm=num_perm, seed=seed, **kwargs)


def digest(*arrays):
    text = " ".join(str(int(x)) for array in arrays for x in array)
    return hashlib.sha1(text.encode()).hexdigest()


def integers(array):
    return [int(x) for x in array]


def permutation_records():
    for scheme in SCHEMES:
        for seed in SEEDS:
            for num_perm in NUM_PERMS + [4096]:
                a, b = new_minhash(scheme, seed, num_perm).permutations
                yield {
                    "scheme": scheme,
                    "seed": seed,
                    "num_perm": num_perm,
                    "first": integers([a[0], b[0]]),
                    "sha1": digest(a, b),
                }


def sketch(scheme, seed, num_perm, items):
    minhash = new_minhash(scheme, seed, num_perm)
    minhash.update_batch(items)
    return minhash


def sketch_hashes(scheme, seed, num_perm, hashes):
    minhash = new_minhash(scheme, seed, num_perm, hashfunc=lambda x: x)
    minhash.update_batch(hashes)
    return minhash


def describe(scheme, seed, num_perm, name, minhash):
    record = {
        "scheme": scheme,
        "seed": seed,
        "num_perm": num_perm,
        "set": name,
    }
    if (seed, num_perm) in FULL_CONFIGS:
        record["slots"] = integers(minhash.digest())
    else:
        record["sha1"] = digest(minhash.digest())
    return record


def signature_records():
    for scheme in SCHEMES:
        for seed, num_perm in FULL_CONFIGS + DIGEST_CONFIGS:
            for name, description in BYTE_SETS.items():
                minhash = sketch(scheme, seed, num_perm, expand(description))
                yield describe(scheme, seed, num_perm, name, minhash)


def hash_signature_records():
    for scheme in SCHEMES:
        for seed, num_perm in FULL_CONFIGS + DIGEST_CONFIGS:
            for name, (width, hashes) in hash_sets().items():
                if width == 64 and scheme == "affine32":
                    continue  # The package refuses these with ValueError.
                minhash = sketch_hashes(scheme, seed, num_perm, hashes)
                yield describe(scheme, seed, num_perm, name, minhash)


def reduction_records():
    """Yields legacy signatures of hashes that hit multiples of the prime.

    For an odd multiplier the hash that makes a * h + b mod 2^64 a wanted value
    is found with the inverse of a; random hashes practically never get there.
    """
    a, b = new_minhash("legacy", 1, 16).permutations
    odd = next(i for i in range(16) if int(a[i]) % 2 == 1)
    inverse = pow(int(a[odd]), -1, 2**64)
    targets = [0, 2**64 - 1]
    for multiple in range(1, 9):
        targets += [multiple * PRIME + delta for delta in (-1, 0, 1)]
    for target in targets:
        value = (target - int(b[odd])) * inverse % 2**64
        slots = integers(sketch_hashes("legacy", 1, 16, [value]).digest())
        if slots[odd] != target % PRIME % 2**32:
            raise AssertionError(f"the hash misses its target {target}")
        yield {"slot": odd, "target": target, "hash": value, "slots": slots}


def merge_records():
    for scheme in SCHEMES:
        for seed, num_perm in [(1, 16), (1, 128), (42, 1024)]:
            for left, right in [
                ("left", "right"),
                ("left", "many"),
                ("left", "empty"),
                ("empty", "empty"),
                ("utf8", "ascii"),
            ]:
                one = sketch(scheme, seed, num_perm, expand(BYTE_SETS[left]))
                two = sketch(scheme, seed, num_perm, expand(BYTE_SETS[right]))
                jaccard = one.jaccard(two)
                one.merge(two)
                yield {
                    "scheme": scheme,
                    "seed": seed,
                    "num_perm": num_perm,
                    "left": left,
                    "right": right,
                    "jaccard": jaccard,
                    "merged": digest(one.digest()),
                }


def randint_records():
    """Yields RandomState.randint draws; bounds are closed at both ends."""
    ranges = [
        ("uint32", 0, 2**31 - 1),
        ("uint32", 0, 2**32 - 1),
        ("uint32", 5, 5),
        ("uint32", 10, 10 + 2**20),  # Rejects nearly half of the draws.
        ("uint32", 3, 9),
        ("uint64", 0, 2**64 - 1),
        ("uint64", 0, 2**63 - 1),
        ("uint64", 1, PRIME - 1),
        ("uint64", 7, 7),
        ("uint64", 1, 2**32),  # The widest range drawn with 32 bits.
        ("uint64", 0, 2**32),  # The narrowest drawn with 64.
        ("uint64", 100, 100 + 2**40),
    ]
    for seed in SEEDS:
        for dtype, low, last in ranges:
            state = np.random.RandomState(seed)
            drawn = state.randint(low, last + 1, 700, dtype=np.dtype(dtype))
            yield {
                "seed": seed,
                "dtype": dtype,
                "low": low,
                "last": last,
                "count": 700,
                "first": integers(drawn[:6]),
                "last_values": integers(drawn[-4:]),
                # What comes next tells how many draws were used up.
                "next": int(state.randint(0, 2**32, dtype=np.uint32)),
            }


def build():
    hashes = {name: values for name, (_, values) in hash_sets().items()}
    return {
        "versions": {"datasketch": VERSION, "numpy": np.__version__},
        "byte_sets": BYTE_SETS,
        "hash_sets": hashes,
        "randint": list(randint_records()),
        "permutations": list(permutation_records()),
        "signatures": list(signature_records()),
        "hash_signatures": list(hash_signature_records()),
        "reductions": list(reduction_records()),
        "merges": list(merge_records()),
    }


def check(path):
    """Compares the file with this installation; returns the exit code."""
    with open(path, encoding="utf-8") as file:
        golden = json.load(file)
    fresh = build()
    failed = False
    for section in sorted(set(golden) - {"versions"}):
        expected = golden[section]
        if isinstance(expected, list):
            expected = [
                record
                for record in expected
                if record.get("scheme", "legacy") in SCHEMES
            ]
        same = expected == fresh[section]
        failed = failed or not same
        verdict = "equal" if same else "DIFFER"
        print(f"{section}: {len(expected)} records, {verdict}")
    print(f"datasketch {VERSION}, numpy {np.__version__},", ", ".join(SCHEMES))
    return 1 if failed else 0


def write(path):
    """Writes the file with one record a line, so that a diff can be read."""
    if not HAS_SCHEMES:
        raise SystemExit("making the file needs datasketch 2.0 or newer")
    parts = []
    for section, value in build().items():
        if isinstance(value, list):
            lines = ",\n".join(json.dumps(record) for record in value)
            parts.append(f"{json.dumps(section)}: [\n{lines}\n]")
        else:
            parts.append(f"{json.dumps(section)}: {json.dumps(value)}")
    with open(path, "w", encoding="utf-8") as file:
        file.write("{\n" + ",\n".join(parts) + "\n}\n")
    return 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="the golden file to make or to check")
    parser.add_argument(
        "--check",
        action="store_true",
        help="compare the file with the installed package; exit 1 on a "
        "difference",
    )
    args = parser.parse_args()
    return check(args.file) if args.check else write(args.file)


if __name__ == "__main__":
    sys.exit(main())

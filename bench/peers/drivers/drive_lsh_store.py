"""datasketch's MinHashLSH as a store of documents that questions are asked of, in memory or in
Redis: adds documents, then asks for others, and prints seconds and what it has in memory.

    drive_lsh_store.py ADDED.jsonl ASKED.jsonl [--redis PORT]
"""

import argparse
import json
import resource
import time

import common

import datasketch  # noqa: E402
import xxhash  # noqa: E402

THRESHOLD = 0.8
SLOTS = 128


def sketches(texts):
    sets = ([item.encode() for item in common.shingles(text)] for text in texts)
    return datasketch.MinHash.generator(sets, num_perm=SLOTS, hashfunc=xxhash.xxh32_intdigest)


def store(port):
    if not port:
        return datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=SLOTS)
    return datasketch.MinHashLSH(
        threshold=THRESHOLD, num_perm=SLOTS,
        storage_config={"type": "redis", "basename": b"bench",
                        "redis": {"host": "127.0.0.1", "port": port}})


def add(index, ids, texts):
    """As its documentation has it for many documents: with a session, which sends them in
    batches."""
    with index.insertion_session() as session:
        for name, sketch in zip(ids, sketches(texts)):
            session.insert(name, sketch, check_duplication=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("added")
    parser.add_argument("asked")
    parser.add_argument("--redis", type=int, default=0)
    options = parser.parse_args()
    added, asked = common.read(options.added), common.read(options.asked)
    index = store(options.redis)
    begin = time.perf_counter()
    add(index, *added)
    between = time.perf_counter()
    found = sum(bool(index.query(sketch)) for sketch in sketches(asked[1]))
    end = time.perf_counter()
    print(json.dumps({
        "add": between - begin, "query": end - between, "found": found,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6}))


if __name__ == "__main__":
    main()

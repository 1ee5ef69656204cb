"""datasketch: MinHash in its batch form, MinHashLSH.

Recommended: a text is the set of its words, SHA-1, threshold 0.9 (the class's
own); equal: word shingles, xxHash.
"""

import common

import datasketch  # noqa: E402
import xxhash  # noqa: E402


def items(job, text):
    found = common.shingles(text) if job.equal else set(common.words(text))
    return [item.encode() for item in found]


def parameters(job):
    """Of MinHash; the batch form draws its permutations once."""
    found = {"num_perm": job.options.slots}
    if job.equal:
        found["hashfunc"] = xxhash.xxh32_intdigest
    return found


def sketches(job, sets):
    return datasketch.MinHash.generator(sets, **parameters(job))


def dedup(job):
    ids, texts = job.read()
    sets = (items(job, text) for text in texts)
    made = list(sketches(job, sets))
    job.lap("sketch")
    threshold = job.options.threshold if job.equal else 0.9
    index = datasketch.MinHashLSH(threshold=threshold,
                                  num_perm=job.options.slots)
    removed = []
    for name, sketch in zip(ids, made):
        if index.query(sketch):
            removed.append(name)
        else:
            index.insert(name, sketch, check_duplication=False)
    job.lap("band")
    job.result["bands"] = [index.b, index.r]
    job.finish(removed)


def main():
    job = common.Job("datasketch")
    if job.options.job == "dedup":
        dedup(job)
    elif job.options.job == "signatures":
        common.signatures(job, lambda texts: [items(job, t) for t in texts],
                          lambda sets: len(list(sketches(job, sets))))
    else:
        common.probe(job, lambda text: list(next(sketches(
            job, [[word.encode() for word in text]])).hashvalues))


if __name__ == "__main__":
    main()

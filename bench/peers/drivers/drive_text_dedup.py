"""text-dedup: its program text_dedup.minhash, called in this process.

Recommended: the program's defaults; equal: slots, threshold, xxHash and no
least length.
"""

import common

import tempfile

import datasets  # noqa: E402
import numpy as np  # noqa: E402
from text_dedup import minhash  # noqa: E402


def dedup(job):
    options = job.options
    with tempfile.TemporaryDirectory() as folder:
        words = ["--path", "json", "--data_files", options.docs,
                 "--split", "train", "--column", "text", "--output", folder,
                 "--cache_dir", folder + "/cache",
                 "--num_proc", str(options.cores)]
        if job.equal:
            words += ["--num_perm", str(options.slots), "--threshold",
                      str(options.threshold), "--ngram", str(common.SHINGLE),
                      "--min_length", "1", "--hash_func", "xxh3"]
        minhash.main(words, standalone_mode=False)
        job.lap("all")
        kept = set(datasets.load_from_disk(folder)["id"])
        ids, _ = common.read(options.docs)
    job.finish([name for name in ids if name not in kept])


def sketcher(slots):
    """embed_func as the program calls it, with one range of hashes."""
    chance = np.random.RandomState(42)
    prime = np.uint64((1 << 61) - 1)
    permutations = tuple(chance.randint(low, prime, size=slots,
                                        dtype=np.uint64) for low in (1, 0))

    def sketch(text):
        return minhash.embed_func(
            text, 0, num_perm=slots, ngram_size=common.SHINGLE, min_length=1,
            hashranges=[(0, slots)], permutations=permutations,
            hash_func=minhash.xxh3_32hash, dtype=np.uint64,
            max_hash=np.uint32((1 << 32) - 1), modulo_prime=prime)

    return sketch


def main():
    job = common.Job("text-dedup")
    if job.options.job == "dedup":
        dedup(job)
    else:
        sketch = sketcher(job.options.slots)
        common.signatures(job, lambda texts: texts,
                          lambda texts: len([sketch(t) for t in texts]))


if __name__ == "__main__":
    main()

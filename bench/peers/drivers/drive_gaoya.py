"""gaoya: MinHashStringIndex, which makes its own words and shingles.

Recommended: as its README has it, single words at 0.5; equal: word shingles.
"""

import common

import gaoya.minhash  # noqa: E402


def new_index(job):
    if job.equal:
        return gaoya.minhash.MinHashStringIndex(
            hash_size=32, jaccard_threshold=job.options.threshold,
            num_hashes=job.options.slots, num_bands=None, band_size=None,
            analyzer="word", lowercase=True,
            ngram_range=(common.SHINGLE, common.SHINGLE))
    return gaoya.minhash.MinHashStringIndex(
        hash_size=32, jaccard_threshold=0.5, num_bands=42, band_size=3,
        num_hashes=42 * 3, analyzer="word", lowercase=True,
        ngram_range=(1, 1))


def main():
    job = common.Job("gaoya")
    ids, texts = job.read()
    index = new_index(job)
    numbers = list(range(len(ids)))
    index.par_bulk_insert_docs(numbers, texts)
    job.lap("sketch and band")
    found = index.par_bulk_query(texts)
    job.lap("query")
    job.finish([ids[i] for i in numbers if min(found[i], default=i) < i])


if __name__ == "__main__":
    main()

"""rensa: three kinds of signatures, by --variant.

r    RMinHash; duplicates by RMinHashDeduplicator, as its README has it
c    CMinHash; duplicates by CMinHashDeduplicator
rho  the batch pipeline of its published figures, with that one's eight bands.
     It flags every document of a group, also the one that one would keep.

Recommended: a text is its words, as text.split() has them; equal: shingles.
"""

import common

import rensa  # noqa: E402

SEED = 42
RHO_BANDS = 8


def tokens(job, text):
    return common.shingles(text) if job.equal else text.split()


def sketches(job, sets):
    """Signatures in the form that costs least in Python."""
    slots = job.options.slots
    if job.options.variant == "c":
        return rensa.CMinHash.from_token_sets(sets, slots, SEED)
    if job.options.variant == "rho":
        return rensa.RMinHash.digest_matrix_from_token_sets_rho(
            sets, slots, SEED)
    return rensa.RMinHash.digest_matrix_from_token_sets(sets, slots, SEED)


def count(made):
    return len(made) if isinstance(made, list) else made.len()


def slots_of(job, text):
    made = sketches(job, [text])
    return (made[0].digest_u64() if job.options.variant == "c"
            else made.to_rows()[0])


def keep_first(job, ids, sets):
    """What the deduplicators, which sketch and band by themselves, let go."""
    options = job.options
    if options.variant == "c":
        index = rensa.CMinHashDeduplicator(options.threshold, options.slots)
    else:
        index = rensa.RMinHashDeduplicator(options.threshold, options.slots,
                                           True)
    kept = index.add_pairs(zip(ids, sets))
    return [name for name, keep in zip(ids, kept) if not keep]


def flagged(job, ids, sets):
    matrix = sketches(job, sets)
    job.lap("sketch")
    index = rensa.RMinHashLSH(job.options.threshold, job.options.slots,
                              RHO_BANDS)
    flags = index.query_duplicate_flags_matrix_one_shot(matrix)
    return [name for name, flag in zip(ids, flags) if flag]


def dedup(job):
    ids, texts = job.read()
    sets = [tokens(job, text) for text in texts]
    job.lap("shingles")
    rho = job.options.variant == "rho"
    removed = (flagged if rho else keep_first)(job, ids, sets)
    job.lap("band" if rho else "sketch and band")
    job.finish(removed)


def main():
    job = common.Job("rensa")
    if job.options.job == "dedup":
        dedup(job)
    elif job.options.job == "signatures":
        common.signatures(job, lambda texts: [tokens(job, t) for t in texts],
                          lambda sets: count(sketches(job, sets)))
    else:
        common.probe(job, lambda text: slots_of(job, text))


if __name__ == "__main__":
    main()

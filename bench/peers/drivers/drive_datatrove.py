"""datatrove: the four steps of its MinHash pipeline, on this machine.

Recommended: MinhashConfig as it is, 14 bands of 8; equal: the bands that
datasketch takes for 128 slots at 0.8, 9 of 13. Words are its own (spaCy's).
"""

import common

import itertools
import pathlib
import tempfile

from datatrove.executor import LocalPipelineExecutor  # noqa: E402
from datatrove.pipeline.dedup import (  # noqa: E402
    MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter,
    MinhashDedupSignature)
from datatrove.pipeline.dedup.minhash import MinhashConfig  # noqa: E402
from datatrove.pipeline.readers import JsonlReader  # noqa: E402
from datatrove.pipeline.writers import JsonlWriter  # noqa: E402


def config(job):
    if job.equal:
        return MinhashConfig(n_grams=common.SHINGLE, num_buckets=9,
                             hashes_per_bucket=13)
    return MinhashConfig()


def split(docs, folder, parts):
    """A file a task: tasks share no file."""
    folder.mkdir()
    outs = [open(folder / f"{i}.jsonl", "wb") for i in range(parts)]
    with open(docs, "rb") as lines:
        for line, out in zip(lines, itertools.cycle(outs)):
            out.write(line)
    for out in outs:
        out.close()


def run(folder, step, pipeline, tasks, workers):
    LocalPipelineExecutor(pipeline, tasks=tasks, workers=workers,
                          logging_dir=str(folder / "logs" / step)).run()


def dedup(job, folder):
    cores, settings = job.options.cores, config(job)
    names = {name: str(folder / name) for name in
             ("docs", "signatures", "buckets", "removals", "kept", "removed")}
    split(job.options.docs, folder / "docs", cores)
    job.lap("split")
    run(folder, "1", [JsonlReader(names["docs"]), MinhashDedupSignature(
        names["signatures"], settings)], cores, cores)
    job.lap("sketch")
    run(folder, "2", [MinhashDedupBuckets(
        names["signatures"], names["buckets"], config=settings)],
        settings.num_buckets, cores)
    job.lap("band")
    run(folder, "3", [MinhashDedupCluster(
        names["buckets"], names["removals"], settings)], 1, 1)
    job.lap("cluster")
    run(folder, "4", [
        JsonlReader(names["docs"]), MinhashDedupFilter(
            names["removals"], exclusion_writer=JsonlWriter(
                names["removed"], compression=None)),
        JsonlWriter(names["kept"], compression=None)], cores, cores)
    job.lap("filter")
    removed = []
    for path in sorted((folder / "removed").glob("*.jsonl")):
        removed += common.read(path)[0]
    job.finish(removed)


def signatures(job):
    step = MinhashDedupSignature("memory://signatures", MinhashConfig(
        num_buckets=1, hashes_per_bucket=job.options.slots))
    common.signatures(
        job, lambda texts: [step.get_shingles(text) for text in texts],
        lambda sets: len([step.get_signature(s) for s in sets if s.size])
        + sum(not s.size for s in sets))


def main():
    job = common.Job("datatrove")
    if job.options.job == "dedup":
        with tempfile.TemporaryDirectory() as folder:
            dedup(job, pathlib.Path(folder))
    else:
        signatures(job)


if __name__ == "__main__":
    main()

"""A block for pipelines of the package datatrove.

    from wirecopy.datatrove import Dedup

    LocalPipelineExecutor(tasks=1, pipeline=[
        JsonlReader("crawl/"),
        Dedup(threshold=0.8, keep="longest",
              exclusion_writer=JsonlWriter("removed/")),
        JsonlWriter("kept/"),
    ]).run()

One step takes the place of datatrove's four: signatures, buckets, clusters,
filter; what goes has been verified.
"""

from __future__ import annotations

import contextlib
import pickle
import tempfile

import pyarrow
from datatrove.pipeline.base import PipelineStep

from wirecopy import _spool
from wirecopy._options import CLUSTER, KEEP, check_choice, match_options

_BATCH = 1024  # documents that go to the comparison at once
_SCHEMA = pyarrow.schema([("id", pyarrow.string()), ("text", pyarrow.string()),
                          ("published", pyarrow.string())])
_COLUMNS = {name: name for name in _SCHEMA.names}


class Dedup(PipelineStep):
    """Keeps one document of each near-duplicate cluster, and passes it on, in
    input order.

    Args:
        threshold, measure, exact, recall, cluster, keep, shingle, k, seed,
            threads: as of wirecopy.dedup.
        published: the key of Document.metadata that has the date, for
            keep="earliest" and "latest".
        exclusion_writer: a datatrove writer for what is removed; its metadata
            gets kept, similarity and cluster.
        each_task: with several tasks, each looks only at its own documents,
            which must be said; else there must be one.
        folder: where documents go meanwhile, twice their size.

    Raises:
        ValueError: an argument, an id that comes twice, several tasks.
    """

    name = "wirecopy"
    type = "DEDUP"

    def __init__(self, *, threshold: float = 0.8, measure: str = "jaccard",
                 exact: bool = False, recall: float = 0.999,
                 cluster: str = "star", keep: str = "first",
                 shingle: str = "word", k: int = 5, seed: int = 0,
                 threads: int | None = None, published: str = "published",
                 exclusion_writer=None, each_task: bool = False,
                 folder: str | None = None):
        super().__init__()
        # The options themselves do not travel to other processes.
        self.match = (threshold, measure, exact, recall, shingle, k, seed,
                      threads)
        match_options(*self.match)
        check_choice("cluster", cluster, CLUSTER)
        check_choice("keep", keep, KEEP)
        self.cluster, self.keep = cluster, keep
        self.published = published
        self.exclusion_writer = exclusion_writer
        self.each_task, self.folder = each_task, folder

    def _batch(self, documents):
        dates = [document.metadata.get(self.published)
                 for document in documents]
        return pyarrow.RecordBatch.from_arrays([
            pyarrow.array([document.id for document in documents], "string"),
            pyarrow.array([document.text for document in documents], "string"),
            pyarrow.array([None if date is None else str(date)
                           for date in dates], "string")], schema=_SCHEMA)

    def _batches(self, data, store):
        """The documents for the comparison; each goes to a file as it comes."""
        pending = []
        for document in data:
            pickle.dump(document, store)
            pending.append(document)
            if len(pending) == _BATCH:
                yield self._batch(pending)
                pending = []
        if pending:
            yield self._batch(pending)

    def run(self, data, rank: int = 0, world_size: int = 1):
        if world_size > 1 and not self.each_task:
            raise ValueError(
                f"{world_size} tasks, each of which would see its own "
                "documents alone: use tasks=1, or say each_task=True")
        with tempfile.TemporaryFile(dir=self.folder) as store:
            with self.track_time():
                reader = pyarrow.RecordBatchReader.from_batches(
                    _SCHEMA, self._batches(data, store))
                found = _spool.dedup(reader, match_options(*self.match),
                                     _COLUMNS, "empty", self.cluster,
                                     self.keep, self.folder)
            store.seek(0)
            yield from self._kept(found, store, rank)

    def _kept(self, found, store, rank):
        removed = iter(found.removed.to_pylist())
        with self.exclusion_writer or contextlib.nullcontext() as writer:
            for stays in found.mask:
                document = pickle.load(store)
                self.stat_update("total")
                if stays:
                    self.stat_update("forwarded")
                    self.update_doc_stats(document)
                    yield document
                    continue
                self.stat_update("dropped")
                why = next(removed)
                if writer is not None:
                    document.metadata.update(
                        {name: why[name]
                         for name in ("kept", "similarity", "cluster")})
                    writer.write(document, rank)

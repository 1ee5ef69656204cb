"""De-duplication of a DataFrame."""

from __future__ import annotations

import dataclasses

from pyspark.sql import functions as F
from pyspark.sql import types as T

from wirecopy._core import version as __version__
from wirecopy._options import KEEP, check_choice, match_options
from wirecopy.spark import _batches, _columns, _groups, _joins
from wirecopy.spark._stages import Stages


@dataclasses.dataclass(frozen=True)
class DedupResult:
    """What dedup() found: DataFrames over the run's folder.

    Attributes:
        removed: id, kept, similarity, measure, cluster, as wirecopy.dedup's.
        stats: a dict of counts: read, removed, kept, groups (connected
            documents that are compared in one task), largest_group,
            hub_documents (that a bucket of more than 128 holds).
        kept: the rows that stay, with all their columns.
        clusters: cluster, kept, members (rising); a row's list is as long as
            the cluster: not for one of millions.
    """

    removed: object
    stats: dict
    _data: object = dataclasses.field(repr=False)
    _read: object = dataclasses.field(repr=False)  # all ids
    _id: str = dataclasses.field(repr=False)

    @property
    def kept(self):
        # A row that a plan gives only now was compared with none: it is not
        # one of these.
        stays = self._read.join(self.removed.select("id"), "id", "left_anti")
        return self._data.join(
            stays.select(F.col("id").alias(self._id)), self._id, "left_semi")

    @property
    def clusters(self):
        grouped = self.removed.groupBy("cluster", "kept").agg(
            F.collect_list("id").alias("members"))
        return grouped.withColumn("members", F.array_sort(F.array_union(
            "members", F.array("kept"))))


class _Run:
    """One de-duplication, stage after stage."""

    def __init__(self, df, folder, columns, match, keep, nulls):
        self.df, self.columns, self.match = df, columns, match
        self.keep, self.nulls = keep, nulls
        self.id_type = _columns.id_type(df, columns["id"])
        self.stages = Stages(df.sparkSession, folder, {
            "wirecopy": __version__, **match, **columns, "keep": keep,
            "nulls": nulls,
            "schema": df.schema.jsonValue(), "files": sorted(df.inputFiles())})

    def _sketched(self):
        """Every document, with what it is known by."""
        c = self.columns
        extra = F.lit(None).cast("long")
        if self.keep == "first":
            extra = _columns.named(c["order"]).cast("long")
        elif self.keep != "longest" and c["published"] is not None:
            extra = _columns.named(c["published"])
        elif self.keep != "longest":
            extra = F.lit(None).cast("string")
        rows = self.df.select(
            F.monotonically_increasing_id().alias("number"),
            _columns.named(c["id"]).cast(self.id_type).alias("id"),
            _columns.named(c["text"]).alias("text"), extra.alias("published"))
        return rows.mapInArrow(
            _batches.sketch(self.match, self.keep),
            _batches.SKETCHED.format(id=self.id_type))

    def _check(self, documents):
        """ValueError for rows that will not do."""
        _columns.check_rows(documents, self.nulls)
        if self.keep == "first":
            null = documents.where("late").select("id").first()
            if null is not None:
                raise ValueError(f"order: null, of the document with id "
                                 f"{null['id']!r}")

    @staticmethod
    def _twins(documents):
        """number, of: documents and the first with the same shingles."""
        some = documents.where("shingles > 0").select(
            "number", "twin", F.struct("late", "time", "id", "number").alias(
                "rank"))
        first = some.groupBy("twin").agg(
            F.min("rank").alias("first"), F.count("*").alias("copies")).where(
                "copies > 1").select("twin", F.col("first.number").alias("of"))
        return _joins.with_one(
            some.select("number", "twin"), first, "twin").where(
                "number != of").select("number", "of")

    def _linked(self, keyed):
        """Links of rows (key, number, packed)."""
        return keyed.repartition("key").sortWithinPartitions(
            "key", "number").mapInArrow(_batches.link(self.match),
                                        _batches.LINKED)

    def _hub_links(self, hubs):
        """Of the documents in hubs, by what they share and few others have."""
        counted = hubs.select("text").mapInArrow(
            _batches.count_shingles(self.match), _batches.COUNTED)
        counts = counted.groupBy("place").agg(
            F.sum("count").alias("count")).toArrow()
        context = self.df.sparkSession.sparkContext
        counters = context.broadcast(tuple(
            counts.column(name).to_numpy() for name in ("place", "count")))
        return self._linked(hubs.select("number", "packed", "text").mapInArrow(
            _batches.by_prefix(self.match, counters), _batches.KEYED))

    def _links(self, alone):
        """a, b; and the numbers of those in hubs."""
        keyed = alone.select("number", "keys", "packed").mapInArrow(
            _batches.by_band, _batches.KEYED)
        links = self.stages.table("buckets", lambda: self._linked(keyed))
        hubs = self.stages.table("hubs", lambda: links.where("of_hub").select(
            F.col("b").alias("number")).distinct())
        links = links.where("not of_hub")
        if not hubs.isEmpty():
            of_hubs = alone.join(hubs, "number", "left_semi")
            links = links.union(self.stages.table(
                "hub-links", lambda: self._hub_links(of_hubs)))
        return links.where("a != b").select("a", "b").distinct(), hubs

    def _stars(self, documents, groups, hubs):
        """number, kept, similarity of those that go, but for twins."""
        marked = hubs.select("number", F.lit(True).alias("in_hub"))
        rows = documents.select("number", "late", "time", "id", "text").join(
            groups, "number").join(marked, "number", "left").withColumn(
                "in_hub", F.coalesce("in_hub", F.lit(False)))
        return rows.repartition("group").sortWithinPartitions(
            "group", "late", "time", "id").mapInArrow(
                _batches.replay(self.match), _batches.DECIDED)

    def _removed(self, documents, twins, stars):
        """As records have them."""
        fate = stars.select(F.col("number").alias("of"), "kept", "similarity")
        followed = _joins.with_one(twins, fate, "of", "left").select(
            "number", F.coalesce("kept", "of").alias("kept"),
            F.coalesce("similarity", F.lit(1.0)).alias("similarity"))
        ids = documents.select("number", "id")
        kept = ids.select(F.col("number").alias("kept"),
                          F.col("id").alias("kept_id"))
        rows = _joins.with_one(
            stars.union(followed).join(ids, "number"), kept, "kept").select(
                "id", F.col("kept_id").alias("kept"), "similarity",
                F.lit("jaccard").alias("measure"))
        schema = T.StructType([*rows.schema.fields,
                               T.StructField("cluster", T.StringType())])
        return rows.mapInArrow(_batches.name_clusters, schema)

    def run(self):
        table = self.stages.table
        documents = table("documents", self._sketched)
        self._check(documents)
        twins = table("twins", lambda: self._twins(documents))
        alone = documents.where("shingles > 0").join(
            twins.select("number"), "number", "left_anti")
        links, hubs = self._links(alone)
        groups = table("groups", lambda: _groups.find(
            table("links", lambda: links), self.stages))
        stars = table("stars", lambda: self._stars(documents, groups, hubs))
        removed = table("removed", lambda: self._removed(
            documents, twins, stars))
        return (removed, self._stats(documents, removed, groups, hubs),
                documents.select("id"))

    @staticmethod
    def _stats(documents, removed, groups, hubs):
        read, gone = documents.count(), removed.count()
        sizes = groups.groupBy("group").count().agg(
            F.count("*"), F.max("count")).first()
        return {"read": read, "removed": gone, "kept": read - gone,
                "groups": sizes[0], "largest_group": sizes[1] or 0,
                "hub_documents": hubs.count()}


def dedup(df, folder: str, *, text: str = "text", id: str = "id",
          published: str | None = None, order: str | None = None,
          threshold: float = 0.8, recall: float = 0.999, keep: str = "longest",
          shingle: str = "word", k: int = 5, seed: int = 0,
          nulls: str = "error") -> DedupResult:
    """Keeps one document of each near-duplicate cluster: the stars of
    wirecopy.dedup by resemblance.

    Args:
        df: a DataFrame. It is read once, and its documents' texts are written
            to `folder`, since a plan may give other rows when it runs again.
        folder: of the run, on any file system of Spark's. A run with the same
            arguments goes on there; any other is refused. To be removed when
            `kept` and `removed` have been written elsewhere.
        text, id: columns. Ids are strings or integers, and distinct.
        published: the column of dates, for keep="earliest" and "latest":
            timestamps, dates, or strings as the program takes them.
        order: a column of integers, for keep="first": rows of a DataFrame have
            no order of their own.
        threshold, recall, shingle, k, seed: as of wirecopy.dedup.
        keep: "longest", "earliest", "latest" or "first" of a cluster.
        nulls: "error", or "empty": a null text is an empty document.

    Returns:
        A DedupResult. Every removal has been verified exactly.

    Raises:
        TypeError, ValueError: what wirecopy.dedup raises them for; and another
        run's folder.
    """
    match = {"threshold": threshold, "measure": "jaccard", "exact": False,
             "recall": recall, "shingle": shingle, "k": k, "seed": seed}
    match_options(**match, threads=1)
    check_choice("keep", keep, KEEP)
    _columns.check_nulls(nulls)
    _columns.column(df, text, "text", _columns.STRINGS, "strings")
    if keep == "first":
        if order is None:
            raise ValueError("keep='first' wants order, the column that says "
                             "which row is before which")
        _columns.column(df, order, "order", _columns.INTEGERS, "integers")
    if keep in ("earliest", "latest"):
        if published is None:
            raise ValueError(f"keep={keep!r} wants published, the column of "
                             "dates")
        _columns.column(df, published, "published", _columns.DATES,
                        "dates or strings")
    columns = {"text": text, "id": id, "published": published, "order": order}
    removed, stats, read = _Run(df, folder, columns, match, keep, nulls).run()
    return DedupResult(removed, stats, df, read, id)

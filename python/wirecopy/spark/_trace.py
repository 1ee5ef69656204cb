"""Who copied whom in a DataFrame."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import numpy as np
from pyspark.sql import Window
from pyspark.sql import functions as F
from pyspark.sql import types as T
from pyspark.sql.pandas.types import to_arrow_schema

from wirecopy import _core
from wirecopy._core import version as __version__
from wirecopy._documents import DEFAULTS
from wirecopy._options import agency_names, checked, passage_options
from wirecopy.spark import _columns, _groups, _joins, _trace_batches
from wirecopy.spark._stages import Stages


# Copies of one text among which a task looks for the earliest.
COPIES_AT_ONCE = 1 << 16
_VERDICTS = "array<struct<print: long, furniture: boolean>>"
# Of groups that are too large, documents stay together that share so many
# hundredths of the fingerprints of the one with fewer; the more, the smaller
# the groups are.
_LEAST_SHARED = (10, 20, 30, 40, 50, 60, 70, 80, 90)


@dataclasses.dataclass(frozen=True)
class TraceResult:
    """What trace() found: DataFrames over the run's folder, with the fields of
    wirecopy.TraceResult's tables.

    Attributes:
        stats: a dict of counts: documents, candidates, passages, edges,
            families, groups (documents that share words, which one task
            traces), largest_group, set_aside, capped_fingerprints (that are
            no furniture), cut_links (between documents of two groups).
        set_aside: id, of: copies of one text beyond the most that are traced,
            and the first document that has it.
    """

    stats: dict
    set_aside: object
    _traced: object = dataclasses.field(repr=False)

    def _of(self, kind):
        return self._traced.where(F.col(kind).isNotNull()).select(f"{kind}.*")

    @property
    def passages(self):
        return self._of("passage")

    @property
    def groups(self):
        return self._of("group")

    @property
    def edges(self):
        return self._of("edge")

    @property
    def lineage(self):
        return self._of("lineage")

    @property
    def publishers(self):
        feeds = self._of("feed")
        sums = feeds.groupBy("source", "copy").agg(
            F.sum("documents").alias("documents"),
            F.sum("words").alias("words"))
        delays = feeds.select("source", "copy", F.explode("delays").alias(
            "delay")).groupBy("source", "copy").agg(F.expr(
                "percentile_disc(0.5) within group (order by delay)").alias(
                    "median_delay_seconds"))
        return sums.join(delays, ["source", "copy"], "left")


class _Run:
    """One trace, stage after stage."""

    def __init__(self, df, folder, columns, passages, use_dates, agencies,
                 most):
        self.df, self.columns, self.passages = df, columns, passages
        self.use_dates, self.agencies, self.most = use_dates, agencies, most
        self.id_type = _columns.id_type(df, columns["id"])
        self.stages = Stages(df.sparkSession, folder, {
            "wirecopy": __version__, "job": "trace", **passages, **columns,
            "use_dates": use_dates, "agencies": agencies, **most,
            "schema": df.schema.jsonValue(), "files": sorted(df.inputFiles())})

    def _fingerprinted(self):
        """Every document, with what is known of it."""
        c = self.columns
        def held(name, kind="string"):
            return (F.lit(None) if c[name] is None else
                    _columns.named(c[name])).cast(kind)
        dates = (T.StringType() if c["published"] is None else
                 self.df.schema[c["published"]].dataType)
        rows = self.df.select(
            F.monotonically_increasing_id().alias("number"),
            held("id", self.id_type).alias("id"), held("text").alias("text"),
            held("published", dates).alias("published"),
            *(held("is_based_on" if name == "isBasedOn" else name).alias(name)
              for name in _trace_batches.DETAILS))
        return rows.mapInArrow(
            _trace_batches.fingerprint(self.passages, self.use_dates),
            _trace_batches.FINGERPRINTED.format(
                id=self.id_type, published=dates.simpleString()))

    def _copies(self, documents):
        """number, id, late, time, same, count: copies of texts of which there
        are more than the most."""
        texts = documents.where("tokens > 0").select(
            "number", "id", "late", "time", F.sha2("text", 256).alias("same"))
        many = texts.groupBy("same").count().where(
            F.col("count") > self.most["most_copies"])
        return _joins.with_one(texts, many, "same")

    def _traced_copies(self, copies):
        """The earliest ones of each text, as many as are traced. A task looks
        among some of its copies; in one round after another, until they are
        few."""
        def earliest(rows, *parts):
            by_rank = Window.partitionBy("same", *parts).orderBy(
                "late", "time", "id")
            return rows.withColumn("place", F.row_number().over(
                by_rank)).where(F.col("place") <= most).drop("place")
        most = self.most["most_copies"]
        at_once = max(COPIES_AT_ONCE, 16 * most)
        left = copies.agg(F.max("count")).first()[0] or 0
        while left > at_once:
            parts = F.ceil(F.col("count") / at_once)
            copies = earliest(copies, F.pmod(F.xxhash64("number"), parts))
            copies = copies.withColumn("count", parts * most)
            left = -(-left // at_once) * most
        return earliest(copies)

    def _aside(self, copies):
        """number, id, of: copies of one text beyond the most."""
        rank = F.struct("late", "time", "id")
        ends = self._traced_copies(copies).groupBy("same").agg(
            F.min(rank).alias("first"), F.max(rank).alias("last"))
        return _joins.with_one(copies, ends, "same").where(
            rank > F.col("last")).select(
                "number", "id", F.col("first.id").alias("of"))

    def _counts(self, documents, tokens):
        """By slot: how many documents have a token of it. Broadcast."""
        passages = self.passages
        counted = self.stages.table("counts", lambda: documents.select(
            "text").mapInArrow(
                _trace_batches.count_tokens(passages, tokens),
                _trace_batches.COUNTED).groupBy("slot").agg(
                    F.sum("count").alias("count"))).toArrow()
        counter = _core.TokenCounter(
            passage_options(passages["options"], False, False, 1), tokens)
        counts = np.zeros(counter.slots, np.uint32)
        counts[counted.column("slot").to_numpy()] = counted.column(
            "count").to_numpy()
        return self.df.sparkSession.sparkContext.broadcast(counts)

    def _verdicts(self, keyed, capped, documents, publishers):
        """print, furniture: of fingerprints that link nobody."""
        with_publisher = _joins.with_one(
            documents[0].select("number", "publisher"), publishers,
            "publisher", "left").select(
                "number", "publisher", "publisher_documents")
        shares = keyed.join(capped, "print").join(
            with_publisher, "number").groupBy(
                "print", "publisher",
                F.coalesce("publisher_documents", F.lit(0)).alias(
                    "publisher_documents")).agg(
                        F.count("*").alias("with"))
        return shares.repartition("print").sortWithinPartitions(
            "print").mapInArrow(_trace_batches.judge(documents[1]),
                                _trace_batches.JUDGED)

    def _groups(self, links):
        """number, group, cut: connected components. Those that are too large
        keep the links of documents that share the more, until they are not."""
        pairs = links.select("a", "b")
        groups = _groups.find(pairs, self.stages).withColumn(
            "cut", F.lit(False))
        for percent in _LEAST_SHARED:
            groups = self.stages.table(f"groups-{percent}", lambda: groups)
            large = groups.groupBy("group").count().where(
                F.col("count") > self.most["most_group"]).select("group")
            if large.isEmpty():
                break
            inside = groups.join(large, "group", "left_semi")
            kept = links.where(F.col("shared") * 100 >= F.col("size")
                               * percent).join(inside.select(
                                   F.col("number").alias("a")), "a",
                                   "left_semi").select("a", "b")
            finer = _groups.find(kept, self.stages, f"round-{percent}")
            alone = inside.select("number").join(
                finer.select("number"), "number", "left_anti").select(
                    "number", F.col("number").alias("group"))
            groups = groups.join(large, "group", "left_anti").select(
                "number", "group", "cut").union(finer.union(alone).withColumn(
                    "cut", F.lit(True)))
        return groups

    def _rows(self, documents, groups, publishers, verdicts):
        """What is traced: documents of groups, with what parts must know."""
        texts = documents.drop("prints", "tokens", "late", "time")
        # Texts travel when all that is said of them has come together.
        known = _joins.with_one(
            documents.select("number", "publisher"), publishers,
            "publisher").drop("publisher")
        facts = groups.join(known, "number", "left").withColumn(
            "publisher_documents", F.coalesce("publisher_documents", F.lit(0)))
        if verdicts is None:
            facts = facts.withColumn("verdicts", F.lit(None).cast(_VERDICTS))
        else:
            facts = facts.join(verdicts, "number", "left")
        grouped = texts.join(facts, "number").repartition(
            "group").sortWithinPartitions("group", "id")
        if not self.passages["repeats"]:
            return [grouped]
        # Who shares nothing may repeat itself, and is traced where it is.
        # Others' documents, and so publishers, have no say in that.
        alone = texts.join(groups, "number", "left_anti").withColumns({
            "publisher": F.lit(None).cast("string"),
            "group": F.col("number"), "cut": F.lit(False),
            "publisher_documents": F.lit(0).cast("long"),
            "verdicts": F.lit(None).cast(_VERDICTS)})
        return [grouped, alone.select(grouped.columns)]

    def _trace(self, rows, documents, counts):
        kinds = _trace_batches.TRACED.format(id=self.id_type)
        schema = to_arrow_schema(T.StructType.fromDDL(kinds))
        work = _trace_batches.trace(self.passages, self.use_dates,
                                    self.agencies, documents, counts, schema)
        traced = [some.mapInArrow(work, kinds) for some in rows]
        return traced[0] if len(traced) == 1 else traced[0].union(traced[1])

    def run(self, nulls):
        table = self.stages.table
        documents = table("documents", self._fingerprinted)
        _columns.check_rows(documents, nulls)
        copies = table("copies", lambda: self._copies(documents))
        aside = table("aside", lambda: self._aside(copies))
        set_aside = aside.count()
        if set_aside > 0:
            documents = documents.join(aside.select("number"), "number",
                                       "left_anti")
        size, tokens = documents.agg(
            F.count("*"), F.coalesce(F.sum("tokens"), F.lit(0))).first()
        keyed = documents.select("number", "prints").mapInArrow(
            _trace_batches.by_print, _trace_batches.KEYED)
        links = table("links", lambda: keyed.repartition(
            "print").sortWithinPartitions("print", "number").mapInArrow(
                _trace_batches.link(self.most["most_documents"]),
                _trace_batches.LINKED).groupBy("a", "b", "capped").agg(
                    F.sum("shared").alias("shared"),
                    F.max("size").alias("size")))
        groups = table("groups", lambda: self._groups(
            links.where("not capped")))
        publishers = table("publishers", lambda: documents.where(
            "publisher != ''").groupBy("publisher").agg(F.count("*").alias(
                "publisher_documents")))
        capped = links.where("capped").select(F.col("a").alias("print"))
        told, of_documents = None, None
        if not capped.isEmpty():
            told = table("verdicts", lambda: self._verdicts(
                keyed, capped, (documents, size), publishers))
            of_documents = table("of-documents", lambda: keyed.join(
                told, "print").groupBy("number").agg(F.collect_list(
                    F.struct("print", "furniture")).alias("verdicts")))
        traced = table("traced", lambda: self._trace(
            self._rows(documents, groups, publishers, of_documents), size,
            self._counts(documents, tokens)))
        stats = {"documents": size, **self._stats(traced, groups),
                 "set_aside": set_aside, "capped_fingerprints": 0 if told is
                 None else told.where("not furniture").count(),
                 "cut_links": self._cut_links(links, groups)}
        return TraceResult(stats, aside.select("id", "of"), traced)

    @staticmethod
    def _cut_links(links, groups):
        """How many link documents of two groups."""
        cut = groups.where("cut").select("number", "group")
        of_a, of_b = (cut.select(F.col("number").alias(name), F.col(
            "group").alias(f"group_{name}")) for name in ("a", "b"))
        return links.where("not capped").join(of_a, "a").join(of_b, "b").where(
            "group_a != group_b").count()

    @staticmethod
    def _stats(traced, groups):
        found = traced.agg(
            F.coalesce(F.sum("candidates"), F.lit(0)).alias("candidates"),
            F.count("passage").alias("passages"),
            F.count("edge").alias("edges"),
            F.countDistinct("lineage.family").alias("families")).first()
        sizes = groups.groupBy("group").count().agg(
            F.count("*"), F.max("count")).first()
        return {**found.asDict(), "groups": sizes[0],
                "largest_group": sizes[1] or 0}


def _found(df, columns):
    """The columns that are there: as wirecopy.trace, only those under their
    usual names may be missing."""
    return {what: None if name is not None and name == DEFAULTS[what]
            and name not in df.columns and what not in ("text", "id")
            else name for what, name in columns.items()}


def _check(df, columns):
    for what, name in columns.items():
        if what in ("text", "id") or name is not None:
            kinds, kind = {
                "id": (_columns.IDS, "strings or integers"),
                "published": (_columns.DATES, "dates or strings"),
            }.get(what, (_columns.STRINGS, "strings"))
            _columns.column(df, name, what, kinds, kind)


def trace(df, folder: str, *, text: str = "text", id: str = "id",
          published: str | None = "published",
          publisher: str | None = "publisher", title: str | None = "title",
          url: str | None = "url", canonical: str | None = "canonical",
          is_based_on: str | None = "isBasedOn", use_dates: bool = True,
          agencies: Iterable[Iterable[str]] = (), repeats: bool = False,
          nulls: str = "error", most_copies: int = 1000,
          most_documents: int = 10_000, most_group: int = 50_000,
          **options: int) -> TraceResult:
    """Who copied whom: passages, edges, lineage and publishers of
    wirecopy.trace, of a table in the order of its ids.

    Documents that share words, if only by way of others, are one group, which
    one task traces. Three things would make that one task everything, and are
    capped and counted: copies of one text, words that are on very many pages,
    and chains of quotations from story to story.

    Args:
        df: a DataFrame. It is read once, and its documents' texts are written
            to `folder`, as dedup() does.
        folder: of the run, as of dedup().
        text, id, published, publisher, title, url, canonical, is_based_on:
            columns. Ids are strings or integers, and distinct. All but texts
            and ids may be missing.
        use_dates, agencies, repeats, options: as of wirecopy.trace.
        nulls: "error", or "empty": a null text is an empty document.
        most_copies: of one text, so many are traced, the earliest ones;
            `set_aside` has the others. What is said of the rest is what
            wirecopy.trace says of a table without those.
        most_documents: a fingerprint that more documents have links none of
            them. Where it is furniture of their publishers, nothing is lost
            but the passages that say so, and what pages that have little else
            share; stats["capped_fingerprints"] counts the others.
        most_group: a group of more documents is divided: those stay together
            that share a tenth of the fingerprints of the shorter one, or two
            tenths, and so on. What is said of the parts is what they say alone,
            with the whole corpus's counts; stats["cut_links"] counts the pairs
            that are in two parts now, 0 where nothing was divided.

    Returns:
        A TraceResult.

    Raises:
        TypeError, ValueError: what wirecopy.trace raises them for; and another
        run's folder.
    """
    wanted = passage_options(options, False, repeats, 1)
    passages = {"options": {
        name: bool(value) if name == "every_run" else int(value)
        for name, value in options.items()}, "repeats": bool(repeats)}
    use_dates = checked(bool, use_dates=use_dates)["use_dates"]
    names = agency_names(agencies)
    _core.check_trace(wanted, names)
    most = checked(int, most_copies=most_copies, most_documents=most_documents,
                   most_group=most_group)
    for name, value in most.items():
        if value < 2:
            raise ValueError(f"{name} {value}: must be 2 or more")
    _columns.check_nulls(nulls)
    columns = _found(df, {
        "text": text, "id": id, "published": published, "publisher": publisher,
        "title": title, "url": url, "canonical": canonical,
        "is_based_on": is_based_on})
    _check(df, columns)
    return _Run(df, folder, columns, passages, use_dates, names, most).run(
        nulls)

"""Connected components of a graph that no machine holds."""

from pyspark.sql import functions as F

# As many rounds as a chain of 2^30 documents wants, and some.
_MOST_ROUNDS = 64


def _both_ways(edges):
    return edges.select("a", "b").union(edges.select(
        F.col("b").alias("a"), F.col("a").alias("b")))


def _least(edges):
    """Of each a: itself, and the least of it and its neighbours."""
    return edges.groupBy("a").agg(F.least(F.min("b"), F.first("a")).alias("m"))


def _large_star(edges):
    """Larger neighbours go to the least one."""
    both = _both_ways(edges)
    return both.where("b > a").join(_least(both), "a").select(
        F.col("b").alias("a"), F.col("m").alias("b")).where(
            "a != b").distinct()


def _small_star(edges):
    """A document, and its smaller neighbours, go to the least one."""
    down = edges.select(F.greatest("a", "b").alias("a"),
                        F.least("a", "b").alias("b"))
    least = _least(down)
    own = least.select("a", F.col("m").alias("b"))
    others = down.join(least, "a").select(F.col("b").alias("a"),
                                          F.col("m").alias("b"))
    return own.union(others).where("a != b").distinct()


def _sum(edges):
    """What changes where any edge does: a count, and a sum of hashes."""
    return tuple(edges.agg(F.count("*"), F.sum(F.xxhash64("a", "b").cast(
        "decimal(20,0)"))).first())


def find(edges, stages, name="round"):
    """number, group of all that edges (a, b) join with others: alternately the
    large and the small star (Kiveris, Lattanzi, Mirrokni, Rastogi and
    Vassilvitskii 2014, "Connected components in MapReduce and beyond"), until
    nothing changes. Each round is a stage, `name` and a number, so that what
    comes after does not make it again; it shuffles the edges four times, and there are some log n.
    """
    last = None
    for i in range(_MOST_ROUNDS):
        before = edges
        edges = stages.table(f"{name}-{i}", lambda: _small_star(
            _large_star(before)))
        now = _sum(edges)
        if now == last:
            break
        last = now
    roots = edges.select(F.col("b").alias("number")).distinct()
    return edges.select(F.col("a").alias("number"), F.col("b").alias("group")
                        ).union(roots.select("number", F.col("number").alias(
                            "group")))

"""Joins in which many rows have one and the same key."""

from pyspark.sql import functions as F

# Of a key, so many rows at the most go to one task: those whose numbers differ
# in these bits alone. (Numbers count up within a part of the table.)
BLOCK_BITS = 13


def with_one(rows, one, key, how="inner"):
    """Rows, each with the row of `one` that has its key, of which there is no
    more than one. Rows of a key do not all end in one task: the key goes to
    each block of rows that has it, and the rows of a block to one another.

    rows: has a column `number`, distinct, beside the key.
    how: "inner", or "left".
    """
    blocked = rows.withColumn("block", F.shiftright("number", BLOCK_BITS))
    told = blocked.select(key, "block").distinct().join(one, key, how)
    return blocked.join(told, [key, "block"], how).drop("block")

#!/usr/bin/env python3
"""From a Parquet file to the page that shows who copied whom.

  newsroom.py articles.parquet kept.parquet page.html

Needs polars and pyarrow. The file has columns id, text, published, publisher.
"""

import sys

import polars

import wirecopy
import wirecopy.page


def main(articles, kept, page):
    table = polars.read_parquet(articles)

    # Near-duplicates go; the earliest of each cluster stays.
    result = wirecopy.dedup(table, threshold=0.8, keep="earliest")
    result.kept.write_parquet(kept)
    print(polars.DataFrame(result.removed).select("id", "kept", "similarity"))

    # Who copied whom, in the largest family.
    found = wirecopy.trace(table)
    lineage = polars.DataFrame(found.lineage)
    sizes = lineage.group_by("family").len().sort("len", "family")
    family = lineage.filter(polars.col("family") == sizes["family"][-1])
    print(family.select("id", "status", "parent"))
    edges = polars.DataFrame(found.edges).join(
        family.select(a="id"), on="a", how="semi").filter(
            polars.col("source").is_not_null())
    for edge in edges.sort("confidence").tail(3).iter_rows(named=True):
        print(edge["a"], edge["b"], "source:", edge["source"])
        for piece in edge["evidence"]:
            print(f"  {piece['weight']:+.2f} {piece['feature']}: "
                  f"{piece['detail']}")

    # The same to look at: one file, which opens without a network.
    wirecopy.page.write(table, page)


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/env python3
"""What wirecopy.spark.dedup costs at a size that was not measured.

  spark_model.py RUN... [--at ROWS...]

RUN is what bench/spark.py printed, of one kind of documents and as many rows a
partition. Bytes shuffled and seconds of tasks of each stage are taken for lines
over the number of rows: what begins and ends, and what each row adds. The lines go
through the two smallest sizes, so that every larger one is a forecast that its
measurement can refute; both are printed. What is asked --at is then a forecast by
the two largest sizes. Text around the lines of JSON is passed over.
"""

import argparse
import collections
import json
import pathlib
import re

from markdown_table import lines_of

STAGES = {"documents": "documents", "twins": "twins", "buckets": "buckets",
          "hubs": "hubs, hub-links", "hub-links": "hubs, hub-links",
          "links": "links, rounds", "groups": "links, rounds",
          "stars": "stars", "removed": "removed", "counts": "checks, counts"}


def stage_of(description):
    """The row of the table that Spark's description of a job belongs to."""
    name = description.removeprefix("wirecopy: ")
    name = "links" if re.match(r"(round|groups)-", name) else name
    return STAGES.get(name, name)


def runs_of(texts):
    """{rows: {stage: (bytes, seconds)}} of the runs of dedup in the texts."""
    found, stages = {}, None
    for line in "\n".join(texts).split("\n"):
        if not line.startswith("{"):
            continue
        row = json.loads(line)
        if "job" in row:
            stages = None
            if row["job"] == "dedup":
                stages = collections.defaultdict(lambda: (0, 0.0))
                found[row["rows"]] = stages
        elif "stage" in row and stages is not None:
            name = stage_of(row["stage"])
            size, seconds = stages[name]
            stages[name] = (size + row["shuffled"],
                            seconds + row["task_seconds"])
    return {rows: dict(stages) for rows, stages in found.items() if stages}


def forecast(runs, smaller, larger, rows):
    """{stage: (bytes, seconds)} at `rows`, by lines through two sizes."""
    found = {}
    for stage in runs[larger]:
        one, two = (runs[size].get(stage, (0, 0.0))
                    for size in (smaller, larger))
        found[stage] = tuple(
            max(0.0, b + (b - a) * (rows - larger) / (larger - smaller))
            for a, b in zip(one, two))
    return found


def total(stages):
    return tuple(sum(value[i] for value in stages.values()) for i in (0, 1))


def table(columns, rows):
    """Lines of Markdown; columns are pairs of a name and what `total` takes."""
    head = ["stage"] + [f"{of}, {what}" for of, _ in columns
                        for what in ("bytes a row", "seconds of tasks")]
    columns = [{**stages, "all": total(stages)} for _, stages in columns]
    names = dict.fromkeys(name for column in columns for name in column)
    names = [name for name in names if name != "all"] + ["all"]
    body = []
    for name in names:
        pairs = [column.get(name, (0, 0.0)) for column in columns]
        body.append([name] + [cell for size, seconds in pairs for cell in
                              (f"{size / rows:,.0f}", f"{seconds:,.1f}")])
    return lines_of(head, body)


def report(runs, at):
    sizes = sorted(runs)
    if len(sizes) < 2:
        raise SystemExit("a line wants runs of two sizes at least")
    lines = []
    for size in sizes[2:]:
        told = forecast(runs, *sizes[:2], size)
        lines += [f"{size:,} rows, by {sizes[0]:,} and {sizes[1]:,}:", "",
                  *table([("forecast", told), ("measured", runs[size])],
                         size), ""]
    for size in at:
        told = forecast(runs, *sizes[-2:], size)
        size_all, seconds = total(told)
        lines += [f"{size:,} rows, by {sizes[-2]:,} and {sizes[-1]:,}: "
                  f"{size_all / 1e12:.2f} TB shuffled, {seconds / 3600:,.0f} "
                  "hours of one core", ""]
    return "\n".join(lines).rstrip()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=pathlib.Path, nargs="+", metavar="RUN")
    parser.add_argument("--at", type=int, nargs="+", default=[],
                        metavar="ROWS")
    options = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in options.runs]
    print(report(runs_of(texts), options.at))


if __name__ == "__main__":
    main()

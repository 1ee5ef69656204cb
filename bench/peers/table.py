#!/usr/bin/env python3
"""Tables and charts of a run of bench/peers/run.py.

  bench/peers/table.py bench/runs/DATE-peers.json            all, to the screen
  bench/peers/table.py RUN --readme README.md --charts docs

--readme puts a short table of equal settings between the two marks of that
file; --charts writes peers_dedup.svg and peers_signatures.svg in a folder.
Peers are compared by processor time on one core, which a busy machine distorts
less than what the clock says.
"""

import argparse
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import places  # noqa: E402
import plot  # noqa: E402
from markdown_table import lines_of  # noqa: E402

BEGIN, END = "<!-- peers -->", "<!-- /peers -->"
OURS = "wirecopy"


def seconds(value):
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def times(value):
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def share(value):
    """Never 1 where something is missing."""
    return "1" if value == 1 else f"{min(value, 0.9999):.4g}"


def rows_of(run, job, settings=None, cores=1):
    return {row["peer"]: row for row in run["rows"] if row["job"] == job
            and row["cores"] == cores and settings in (None, row["settings"])}


def without_start(row):
    """Seconds less those of the interpreter and of imports."""
    stages = row["seconds"]
    return sum(stages.values()) - stages.get("import", 0) or row["wall"]


def slower(row, ours):
    return times(row["cpu"] / ours["cpu"])


# --- text on disk to duplicates ----------------------------------------------

DEDUP = ["", "s", "without start", "of processor", "times ours", "2 cores, s",
         "peak MB", "removed", "right", "found", "lost"]
SHORT = [0, 1, 4, 5, 6, 8, 9, 10]


def with_ours(run, settings, cores):
    """Wirecopy's settings are its defaults, and stand in both tables."""
    equal = rows_of(run, "dedup", "equal", cores)
    ours = {OURS: equal[OURS]} if OURS in equal else {}
    return {**ours, **rows_of(run, "dedup", settings, cores)}


def dedup_table(run, settings):
    """Rows of DEDUP."""
    ones, twos = (with_ours(run, settings, cores) for cores in (1, 2))
    ours = ones.get(OURS)
    rows = []
    for name, row in ones.items():
        if "fault" in row:
            rows.append([name, row["fault"]] + [""] * (len(DEDUP) - 2))
            continue
        two = twos.get(name, {})
        rows.append([
            name, seconds(row["wall"]), seconds(without_start(row)),
            seconds(row["cpu"]),
            slower(row, ours) if ours and "cpu" in ours else "",
            seconds(two["wall"]) if "wall" in two else two.get("fault", "-"),
            f"{row['peak_mb']:.0f}", f"{row['removed']:,}",
            share(row["right"]), share(row["found"]), f"{row['lost']:,}"])
    return rows


# --- texts in memory to signatures -------------------------------------------

SIGNATURES = ["", "MB/s", "times ours", "of English, MB/s", "times ours",
              "without shingles, MB/s",
              "of 400 shingles matter", "a header's similarity"]


def signature_seconds(row):
    return sum(value for stage, value in row["seconds"].items()
               if stage in ("shingles", "sketch"))


def rate(rows, peer, megabytes):
    """Megabytes a second of a peer, and how many times as long as ours it
    takes, as far as both were measured."""
    row, ours = rows.get(peer, {}), rows.get(OURS, {})
    if "seconds" not in row:
        return ["", ""]
    took = signature_seconds(row)
    return [times(megabytes / took), times(took / signature_seconds(ours))
            if "seconds" in ours else ""]


def signature_table(run):
    found = rows_of(run, "signatures")
    english = rows_of(run, "english")
    probes = rows_of(run, "probe")
    megabytes = run["corpus"]["text_mb"]
    rows = []
    for name, row in found.items():
        if "fault" in row:
            rows.append([name, row["fault"]] + [""] * (len(SIGNATURES) - 2))
            continue
        took, parts = signature_seconds(row), row["seconds"]
        probe = probes.get(name, {}).get("probe", {})
        own = "shingles" in parts and parts["shingles"] > 0.01 * took
        rows.append([
            name, *rate(found, name, megabytes),
            *rate(english, name, run["corpus"].get("english_mb")),
            times(megabytes / parts["sketch"]) if own else "",
            f"{probe.get('matter', '')}",
            f"{probe.get('header_estimate', '')}"])
    return rows


# --- words around the tables -------------------------------------------------


def corpus_line(run):
    corpus, said = run["corpus"], run["truth"]
    return (f"{corpus['documents']:,} documents ({corpus['mb']:.1f} MB) of "
            f"{corpus['source']}, {said['pairs']['peers']:,} pairs of a "
            f"similarity of {said['threshold']} or more")


def truth_line(run):
    said = run["truth"]
    return (f"In the first {said['checked_documents']:,} documents the exact "
            f"join found the same {said['checked_pairs']:,} pairs as plain "
            f"sets. By wirecopy's words there are "
            f"{said['pairs']['wirecopy']:,}, {said['pairs_of_both']:,} of them "
            "the same")


def machine_line(run):
    machine = run["machine"]
    commit = f" ({machine['commit']})" if machine.get("commit") else ""
    return (f"{run['date']}, {machine['wirecopy']}{commit}, "
            f"{machine['processor']}, "
            f"{machine['processors']} processors; load {machine['load']:.1f} "
            f"before and {run['load_after']:.1f} after (where it is above 2, "
            "others ran at the same time, and seconds are more than on a "
            "quiet machine)")


def absent_line(run):
    names = [f"{one['peer']} ({one['reason']})" for one in run["absent"]]
    return f" Not run: {'; '.join(names)}." if names else ""


def version_lines(run):
    seen = {}
    for row in run["rows"]:
        if row.get("version") or row["note"]:
            seen.setdefault(row["peer"], [row.get("version", ""), row["note"]])
    return [f"- {peer}: " + ", ".join(word for word in words if word)
            for peer, words in seen.items()]


def explained():
    return """\
- A run ends with a list of what is to go. Of what is kept, text-dedup and
  datatrove write files, as their pipelines do; wirecopy's first row writes it to
  /dev/null, for the others make nothing of it.
- times ours: processor time of one core, over wirecopy's. without start: less
  what the interpreter and imports take. peak MB: of all processes of a run.
- right: the share of what was removed that is similar to some other document;
  found: the share of documents with a similar one that are rid of such, for
  they went or nothing similar stays; lost: removed documents of which nothing
  similar stays.
- times ours, of signatures: their seconds over wirecopy's. English: texts of
  5 KB, words of corpus/newsroom in random order.
- matter: on how many of a text's 400 shingles the signature depends; 128 draws
  give 109.7, or 128 where the draws exclude each other.
- a header's similarity: what the signatures say of that text with a header of
  20 shingles in front and without; in truth 0.952.""".split("\n")


def whole(run):
    equal, own = (dedup_table(run, s) for s in ("equal", "recommended"))
    return "\n".join([
        "# wirecopy and its peers", "", machine_line(run) + ".", "",
        f"{corpus_line(run)}. {truth_line(run)}.", "",
        "## Text on disk to duplicates", "",
        "Equal settings: threshold 0.8, 5-word shingles, 128 slots, as far as "
        "each can.", "", *lines_of(DEDUP, equal), "",
        "Recommended settings, each its own; measured by the same truth.", "",
        *lines_of(DEDUP, own), "",
        "## Texts in memory to signatures of 128 slots, one core", "",
        *lines_of(SIGNATURES, signature_table(run)), "",
        *explained(), *version_lines(run), "",
        absent_line(run).strip()]).rstrip() + "\n"


def brief(run):
    head = ["text on disk to duplicates", *(DEDUP[c] for c in SHORT[1:])]
    rows = [[row[c] for c in SHORT] for row in dedup_table(run, "equal")]
    signatures = [row[:-1] for row in signature_table(run)]
    return "\n".join([
        *lines_of(head, rows), "",
        *lines_of(["texts in memory to signatures", *SIGNATURES[1:-1]],
                  signatures), "",
        f"{corpus_line(run)}. {machine_line(run)}.{absent_line(run)}"])


def put(readme, run):
    """Replaces what stands between the marks."""
    text = readme.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise SystemExit(f"{readme} has no {BEGIN} and {END}")
    readme.write_text(re.sub(
        f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{brief(run)}\n{END}", text,
        flags=re.S), encoding="utf-8")


def chart_rows(found, speed):
    """Wirecopy's rows first in their colour; a fault has no speed."""
    return [plot.Row(name, speed(row), group=not name.startswith(OURS))
            for name, row in found.items() if "fault" not in row]


def charts(folder, run):
    file_size, size = (run["corpus"][of] * 1e6 for of in ("mb", "text_mb"))
    axis = plot.Axis("text a second of one core", unit="B/s")
    lines = plot.Axis("JSON Lines a second of one core", unit="B/s")
    note = f"{run['date']}, {corpus_line(run)}"
    plot.dots(folder / "peers_dedup.svg", "Text on disk to duplicates", lines,
              chart_rows(rows_of(run, "dedup", "equal"),
                         lambda row: file_size / row["cpu"]), note)
    plot.dots(folder / "peers_signatures.svg", "Texts in memory to signatures",
              axis, chart_rows(rows_of(run, "signatures"),
                               lambda row: size / signature_seconds(row)),
              note)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=places.file)
    parser.add_argument("--readme", type=places.file)
    parser.add_argument("--charts", type=places.folder, metavar="FOLDER")
    options = parser.parse_args()
    try:
        run = json.loads(options.run.read_text(encoding="utf-8"))
    except ValueError as error:
        parser.error(f"{options.run}: not JSON: {error}")
    if not isinstance(run, dict) or "rows" not in run:
        parser.error(f"{options.run}: not what run.py writes")
    if options.readme:
        put(options.readme, run)
    if options.charts:
        charts(options.charts, run)
    if not options.readme and not options.charts:
        print(whole(run), end="")


if __name__ == "__main__":
    main()

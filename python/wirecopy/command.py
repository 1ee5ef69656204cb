"""The command `wirecopy` of the installed package.

`wirecopy dedup` of Parquet files is done here; all else is the compiled
program's, which comes along.
"""

import argparse
import glob
import json
import os
import pathlib
import sys
import time

_ENDINGS = (".parquet", ".pq")
_OTHER_ENDINGS = (".jsonl", ".json", ".csv", ".tsv", ".txt")


def program():
    """The path of the compiled program; None where the build had none."""
    path = pathlib.Path(__file__).parent / "bin" / "wirecopy"
    return path if os.access(path, os.X_OK) else None


def _is_parquet(word):
    return not word.startswith("-") and word.lower().endswith(_ENDINGS)


def _parser():
    from wirecopy._options import CLUSTER, KEEP
    parser = argparse.ArgumentParser(
        prog="wirecopy dedup", allow_abbrev=False,
        description="Keeps one document of each near-duplicate cluster of "
                    "Parquet files. Kept rows have all their columns, in "
                    "order; a null text is an empty document, which stays.")
    add = parser.add_argument
    add("inputs", nargs="+", metavar="IN.parquet", help="files or patterns")
    add("-o", "--output", required=True, metavar="KEPT.parquet")
    add("--removed", metavar="FILE", help="what is removed, for which document"
        " (.parquet, else JSON Lines)")
    add("--clusters", metavar="FILE", help="clusters of two or more")
    add("--stats", metavar="FILE", help="figures of the run, a JSON object")
    add("--text-field", default="text", metavar="NAME")
    add("--id-field", default="id", metavar="NAME",
        help="without such a column rows' numbers are the ids")
    add("--date-field", default="published", metavar="NAME")
    add("--threshold", type=float, default=0.8, metavar="T")
    add("--measure", default="jaccard", choices=["jaccard", "containment"])
    add("--exact", action="store_true", help="find every pair")
    add("--recall", type=float, default=0.999, metavar="R")
    add("--cluster", default="star", choices=CLUSTER)
    add("--keep", default="first", choices=KEEP)
    add("--shingle", default="word", choices=["word", "char"])
    add("--k", type=int, default=5, metavar="N")
    add("--seed", type=int, default=0, metavar="N")
    add("--threads", type=int, default=None, metavar="N")
    add("--temporary", metavar="FOLDER", help="where texts go meanwhile "
        "[the output's]")
    add("-q", "--quiet", action="store_true", help="no summary")
    return parser


def _paths(words):
    """The files that words and patterns name, each once, in order."""
    found = []
    for word in words:
        if not _is_parquet(word):
            raise ValueError(f"{word}: Parquet files and others cannot be read "
                             "together")
        matches = [word] if os.path.exists(word) else sorted(glob.glob(word))
        if not matches:
            raise FileNotFoundError(f"{word}: no such file")
        found += [match for match in matches if match not in found]
    return found


def _check_outputs(options, paths):
    if options.output.lower().endswith(_OTHER_ENDINGS):
        raise ValueError(f"{options.output}: what is kept of Parquet files is "
                         "written as Parquet, which this name belies")
    named = set(map(os.path.realpath, paths))
    for path in (options.output, options.removed, options.clusters,
                 options.stats):
        if path is None:
            continue
        if os.path.realpath(path) in named:
            raise ValueError(f"{path}: is written to, and named once more")
        named.add(os.path.realpath(path))


def _write_table(table, name, path):
    """To `path`, in the format that `name` says."""
    if name is None:
        return
    if _is_parquet(name):
        import pyarrow.parquet
        pyarrow.parquet.write_table(pyarrow.table(table), path)
        return
    with open(path, "w", encoding="utf-8") as out:
        for row in table.to_pylist():
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            out.write(line + "\n")


def _dedup(options):
    from wirecopy import _outputs
    begin = time.monotonic()
    paths = _paths(options.inputs)
    _check_outputs(options, paths)
    with _outputs.whole(options.output, options.removed, options.clusters,
                        options.stats, guarded=True) as parts:
        stats = _dedup_to(parts, options, paths, begin)
    if not options.quiet:
        print("{read:,} documents read in {seconds:.2f} s\n  {kept:,} kept, "
              "{removed:,} removed in {clusters:,} clusters".format(**stats),
              file=sys.stderr)
        for name, one, more in (
                ("null_texts", "text is null: an empty document, which stays",
                 "texts are null: empty documents, which stay"),
                ("unreadable_dates", "date could not be read",
                 "dates could not be read")):
            if count := stats[name]:
                print(f"  {count:,} {one if count == 1 else more}",
                      file=sys.stderr)


def _stats(found, parameters, paths, seconds):
    """Figures of the run, as the program has them."""
    from wirecopy import __version__
    banding = {name: found.stats[name] for name in ("bands", "rows")
               if found.stats[name] is not None}
    named = {"shingle": "shingle_unit", "k": "shingle_size"}
    return {
        "version": __version__,
        "parameters": {**{named.get(name, name): value
                          for name, value in parameters.items()
                          if name != "recall" or not parameters["exact"]},
                       **banding},
        **{name: found.stats[name] for name in ("read", "kept", "removed")},
        "rejected": 0, "bytes": sum(map(os.path.getsize, paths)),
        **{name: found.stats[name] for name in (
            "candidates", "verified_pairs", "clusters", "largest_cluster",
            "expected_recall", "unreadable_dates", "null_texts")},
        "seconds": seconds}


def _dedup_to(parts, options, paths, begin):
    """The figures of the run, whose outputs are then under these names."""
    from wirecopy import parquet
    output, removed, clusters, figures = parts
    parameters = {name: getattr(options, name) for name in (
        "threshold", "measure", "exact", "recall", "cluster", "keep",
        "shingle", "k", "seed")}
    found = parquet.dedup(
        paths, text=options.text_field, id=options.id_field,
        published=options.date_field, threads=options.threads,
        folder=options.temporary or os.path.dirname(options.output) or ".",
        **parameters)
    _write_table(found.removed, options.removed, removed)
    _write_table(found.clusters, options.clusters, clusters)
    parquet.copy_kept(paths, found.mask, output)
    stats = _stats(found, parameters, paths, time.monotonic() - begin)
    if figures is not None:
        with open(figures, "w", encoding="utf-8") as out:
            out.write(json.dumps(stats) + "\n")
    return stats


def _run_program(words):
    path = program()
    if path is None:
        print("wirecopy: this installation has no compiled program; from "
              "Python, and for `wirecopy dedup` of Parquet files, none is "
              "needed", file=sys.stderr)
        return 2
    return os.execv(path, ["wirecopy", *words])  # which does not return


def main(words=None):
    """Runs the command; returns its exit status: 0, or 2 after an error."""
    words = sys.argv[1:] if words is None else words
    parquet = next(filter(_is_parquet, words[1:]), None)
    if parquet is None:
        return _run_program(words)
    if words[0] != "dedup":
        print(f"wirecopy: {parquet}: `wirecopy dedup` alone knows Parquet; "
              "from Python, tables have pairs, passages, trace and Index",
              file=sys.stderr)
        return 2
    try:
        _dedup(_parser().parse_args(words[1:]))
    except ModuleNotFoundError as error:
        print(f"wirecopy: Parquet needs the package {error.name}: "
              "pip install 'wirecopy[parquet]'", file=sys.stderr)
        return 2
    except (OSError, TypeError, ValueError) as error:
        print(f"wirecopy: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

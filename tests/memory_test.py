#!/usr/bin/env python3
"""`wirecopy dedup --memory`, with and without `--index`: the system's own count of what a run
takes, on inputs of several shapes, stays within the bound, and what is kept and removed is the
same as without one.

    memory_test.py --wirecopy build/wirecopy [--rounds N]

Python 3.11, no packages. Not for builds with sanitizers, which take memory of their own.
"""
import argparse
import gzip
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "bench"))
import measured_run  # noqa: E402

MEBI = 1 << 20
WORDS = 30_000


def body(chance, words):
    return [f"w{n:x}" for n in chance.choices(range(WORDS), k=words)]


def edited(chance, words, share):
    """A copy with some of its words replaced."""
    return [f"e{chance.randrange(WORDS):x}" if chance.random() < share else word
            for word in words]


def families(chance, documents):
    """Half the documents are copies, with more or fewer edits, of one not long before."""
    recent = [body(chance, 150)]
    for _ in range(documents):
        if chance.random() < 0.5:
            yield edited(chance, chance.choice(recent), chance.choice((0, 0.001, 0.01, 0.1)))
        else:
            recent = recent[-2000:] + [body(chance, chance.randrange(60, 1200))]
            yield recent[-1]


def large(chance, documents):
    """Copies of texts of some hundred kilobytes."""
    recent = [body(chance, 40_000) for _ in range(documents // 2)]
    for i in range(documents):
        yield edited(chance, recent[i % len(recent)], 0.001)


def tiny(chance, documents):
    """A few words each, so that what is noted of a document is most of it."""
    for _ in range(documents):
        yield body(chance, 7)


def one_template(chance, documents):
    """All share a paragraph, and nothing else."""
    shared = body(chance, 100)
    for _ in range(documents):
        yield shared + body(chance, 100)


COMPONENTS = ("--cluster", "components")
CONTAINMENT = ("--measure", "containment")
# Of runs with an index, which take longer.
INDEX_CASES = [(families, 2500, 64), (large, 40, 96), (tiny, 8000, 64), (one_template, 2000, 64)]
CASES = [(families, 20_000, 48), (large, 400, 80), (tiny, 200_000, 64),
         (one_template, 40_000, 64), (families, 20_000, 48, *COMPONENTS),
         (tiny, 200_000, 64, *COMPONENTS), (one_template, 40_000, 64, *COMPONENTS),
         (families, 20_000, 48, "--exact"), (one_template, 40_000, 64, "--exact"),
         (families, 20_000, 64, "--exact", *COMPONENTS), (families, 20_000, 48, *CONTAINMENT),
         (one_template, 40_000, 64, *CONTAINMENT)]
STAGED_CASES = [(families, 20_000, 48), (large, 400, 80), (tiny, 200_000, 64),
                (one_template, 40_000, 64)]


def write(path, texts):
    with open(path, "w", encoding="utf-8") as out:
        for number, words in enumerate(texts):
            print(json.dumps({"id": number, "text": " ".join(words)}), file=out)


def inputs(folder, make, documents):
    """A file of such documents, and the same packed; cases share them."""
    path = folder / f"{make.__name__}-{documents}.jsonl"
    packed = path.with_suffix(".jsonl.gz")
    if not packed.exists():
        write(path, make(random.Random(1), documents))
        with gzip.open(packed, "wb", compresslevel=1) as out:
            out.write(path.read_bytes())
    return path, packed


def check(wirecopy, folder, make, documents, bound, *with_options):
    ran = []
    what = " ".join((make.__name__, *with_options))
    path, packed = inputs(folder, make, documents)
    limit = ["--memory", f"{bound}M", "--temp", folder]
    for name, options in (("free", [path]), ("bound", [path, *limit]),
                          ("packed", [packed, *limit])):
        most = measured_run.run([wirecopy, "dedup", "-q", "--threads", "2", *with_options, *options,
                                 "-o", folder / f"kept.{name}",
                                 "--removed", folder / f"removed.{name}"]).peak * 1e6
        ran.append(f"{name} {most / MEBI:.0f} MiB")
        if name != "free" and most > bound * MEBI:
            raise AssertionError(f"{what}: {ran[-1]}, more than {bound}")
        for kind in ("kept", "removed"):
            if (folder / f"{kind}.{name}").read_bytes() != (folder / f"{kind}.free").read_bytes():
                raise AssertionError(f"{what}, {name}: {kind} differ")
    removed = (folder / "removed.free").read_bytes().count(b"\n")
    print(f"{what}: {path.stat().st_size / 1e6:.0f} MB, {documents} documents, {removed} "
          f"removed; bound {bound} MiB; {', '.join(ran)}")


def check_stages(wirecopy, folder, make, documents, bound):
    """A checkpoint within the bound, each stage in three shards, and the merge, which is of
    pieces alone; of lines, and of the same packed, which is one part however large."""
    path, packed = inputs(folder, make, documents)
    limit = ["--memory", f"{bound}M", "--temp", folder, "--threads", "2"]

    def outputs(name):
        return ["-o", folder / f"kept.{name}", "--removed", folder / f"removed.{name}"]

    def peak(what, *options):
        most = measured_run.run([wirecopy, "dedup", "-q", *options, *limit]).peak * 1e6 / MEBI
        if most > bound:
            raise AssertionError(f"{make.__name__}, {what}: {most:.0f} MiB, more than {bound}")
        return f"{what} {most:.0f}"

    subprocess.run([wirecopy, "dedup", "-q", path, *outputs("free")], check=True)
    ran = []
    for source in (path, packed):
        state, stages = folder / "state", folder / "stages"
        kind = source.suffix[1:]
        ran.append(peak(f"{kind}: checkpoint", source, "--checkpoint", state,
                        *outputs("checkpoint")))
        for stage in ("sketch", "candidates", "verify"):
            ran.append(max((peak(stage, source, "--stages", stages, "--stage", stage, "--shard",
                                 f"{shard}/3") for shard in (1, 2, 3)),
                           key=lambda told: int(told.rsplit(" ", 1)[1])))
        ran.append(peak("merge", source, "--stages", stages, "--stage", "merge",
                        *outputs("merged")))
        shutil.rmtree(stages)
        for name in ("checkpoint", "merged"):
            for out in ("kept", "removed"):
                if (folder / f"{out}.{name}").read_bytes() != \
                        (folder / f"{out}.free").read_bytes():
                    raise AssertionError(f"{make.__name__}, {kind} {name}: {out} differ")
    print(f"{make.__name__} in stages: bound {bound} MiB; {', '.join(ran)}")


def run_with_index(wirecopy, folder, name, options):
    """What a run into an empty index takes, in MiB, and writes."""
    index = folder / "index"
    shutil.rmtree(index, ignore_errors=True)
    subprocess.run([wirecopy, "index", "create", index, "-q"], check=True)
    files = [folder / f"{kind}.{name}" for kind in ("kept", "removed")]
    ran = measured_run.run([wirecopy, "dedup", "--index", index, "-q", "--threads", "2", *options,
                            "-o", files[0], "--removed", files[1]])
    subprocess.run([wirecopy, "index", "verify", index, "-q"], check=True)
    return ran.peak * 1e6 / MEBI, [path.read_bytes() for path in files]


def check_index(wirecopy, folder, make, documents, bound):
    path, packed = inputs(folder, make, documents)
    limit = ["--memory", f"{bound}M", "--temp", folder]
    for passages in ([], ["--passages", "remove"]):
        ran = []
        written = {}
        for name, options in (("free", [path]), ("bound", [path, *limit]),
                              ("packed", [packed, *limit])):
            most, written[name] = run_with_index(wirecopy, folder, name, options + passages)
            ran.append(f"{name} {most:.0f} MiB")
            if name != "free" and most > bound:
                raise AssertionError(f"{make.__name__} {passages}: {ran[-1]}, more than {bound}")
            if written[name] != written["free"]:
                raise AssertionError(f"{make.__name__} {passages}, {name}: outputs differ")
        print(f"--index {' '.join(passages)} {make.__name__}: {path.stat().st_size / 1e6:.0f} MB, "
              f"{documents} documents, {written['free'][1].count(bytes([10]))} removed; "
              f"bound {bound} MiB; {', '.join(ran)}", flush=True)


def check_index_refusals(wirecopy, folder):
    """A bound that is too low for an index, and for a document, is one by name."""
    path = folder / "record.jsonl"
    write(path, [body(random.Random(1), 500_000), body(random.Random(2), 10)])
    index = folder / "index"
    shutil.rmtree(index, ignore_errors=True)
    subprocess.run([wirecopy, "index", "create", index, "-q"], check=True)
    for bound, told in (("16M", "this needs "), ("96M", "takes more memory than there may be; a "
                                                 "smaller --max-document rejects it")):
        ran = subprocess.run([wirecopy, "dedup", "--index", index, "-q", path, "--memory", bound,
                              "-o", folder / "none"], capture_output=True, text=True, check=False)
        if ran.returncode != 2 or told not in ran.stderr or (folder / "none").exists():
            raise AssertionError(f"{bound}: {ran}")
    # Nor is a text compared with that is in the index, and takes too much.
    subprocess.run([wirecopy, "dedup", "--index", index, "-q", path, "-o", folder / "all"],
                   check=True)
    words = json.loads(path.read_text().splitlines()[0])["text"].split()
    write(path, [words[:30_000] + body(random.Random(3), 100)])
    ran = subprocess.run([wirecopy, "dedup", "--index", index, "-q", path, "--memory", "96M",
                          "--id-field", "name", "--passages", "remove", "-o", folder / "none"],
                         capture_output=True, text=True, check=False)
    if ran.returncode != 2 or "takes more memory than there may be" not in ran.stderr:
        raise AssertionError(f"a long text in the index: {ran}")
    print("--index: bounds that are too low, and large documents: refused")


def check_large_record(wirecopy, folder):
    """Nothing is rejected for want of memory: the run ends, and says what would do."""
    path = folder / "record.jsonl"
    write(path, [body(random.Random(1), 500_000), body(random.Random(2), 10)])
    command = [wirecopy, "dedup", "-q", path, "--memory", "64M", "-o", folder / "kept"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    told = "takes more memory than there may be; a smaller --max-document rejects it"
    if ran.returncode != 2 or told not in ran.stderr or (folder / "kept").exists():
        raise AssertionError(f"a large record: {ran}")
    for threads in ("1", "8"):
        subprocess.run([*command, "--max-document", "1M", "--threads", threads], check=True)
        if (folder / "kept").read_bytes().count(b"\n") != 1:
            raise AssertionError("a record that is too long was kept, or the other went")
    print("a large record: refused")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wirecopy", required=True)
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for case in CASES * arguments.rounds:
            check(os.path.abspath(arguments.wirecopy), pathlib.Path(name), *case)
        for case in STAGED_CASES * arguments.rounds:
            check_stages(os.path.abspath(arguments.wirecopy), pathlib.Path(name), *case)
        check_large_record(os.path.abspath(arguments.wirecopy), pathlib.Path(name))
        for make, documents, bound in INDEX_CASES:
            check_index(os.path.abspath(arguments.wirecopy), pathlib.Path(name), make, documents,
                        bound)
        check_index_refusals(os.path.abspath(arguments.wirecopy), pathlib.Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())

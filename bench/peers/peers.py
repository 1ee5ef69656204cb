"""Who takes part: packages, drivers, and the jobs that each can do."""

import dataclasses
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SETTINGS = ("recommended", "equal")


@dataclasses.dataclass(frozen=True)
class Peer:
    """A program or package in one of its variants."""

    name: str
    driver: str = ""  # below drivers/, without drive_ and .py
    variant: str = ""
    environment: str = ""  # the name of its folder of packages
    packages: tuple = ()  # what pip is to install there
    unresolved: tuple = ()  # likewise, but without what these ask for
    dedup: tuple = SETTINGS  # settings it has
    signatures: bool = True
    probe: bool = True
    threads: bool = False  # whether it can use a second core
    words: str = "peers"  # whose truth it is measured by
    note: str = ""
    absent: str = ""  # why it cannot take part
    command: tuple = ()  # instead of a driver; see own_command()
    kept: str = os.devnull  # where wirecopy's row writes what it keeps


RENSA = {"driver": "rensa", "environment": "rensa", "packages": ("rensa",)}

PEERS = (
    Peer("wirecopy", dedup=("equal",), threads=True, words="wirecopy",
         probe=False,
         note="its defaults; bands of 144 slots, every removal verified"),
    Peer("wirecopy, with a file of what is kept", dedup=("equal",),
         signatures=False, probe=False, threads=True, words="wirecopy",
         kept="kept.jsonl"),
    Peer("wirecopy, datasketch 1.6's formula", variant="legacy", dedup=(),
         probe=False),
    Peer("wirecopy, datasketch 2's formula", variant="affine32", dedup=(),
         probe=False),
    Peer("datasketch 1.6", "datasketch", "", "datasketch1",
         ("datasketch==1.6.5", "xxhash")),
    Peer("datasketch 2", "datasketch", "", "datasketch2",
         ("datasketch>=2", "xxhash")),
    Peer("rensa, R-MinHash", variant="r", **RENSA),
    Peer("rensa, C-MinHash", variant="c", **RENSA),
    Peer("rensa, rho", variant="rho", **RENSA, threads=True,
         note="flags every document of a group"),
    Peer("text-dedup", "text_dedup", "", "text_dedup",
         ("click", "click-option-group", "datasets", "numpy", "scipy", "tqdm",
          "xxhash", "regex", "zstandard", "rich", "setuptools", "bitarray",
          "ftfy", "psutil"), ("text-dedup",), probe=False, threads=True),
    Peer("datatrove", "datatrove", "", "datatrove",
         ("datatrove", "spacy", "tokenizers", "xxhash<4", "orjson",
          "fasteners", "ftfy", "regex"), probe=False, threads=True),
    Peer("gaoya", "gaoya", "", "gaoya", ("gaoya",), signatures=False,
         probe=False, threads=True),
    Peer("Spark MinHashLSH", "spark", "", "spark", ("pyspark", "numpy"),
         dedup=("equal",), signatures=False, probe=False, threads=True,
         note="five tables of one hash; joins on exact distance"),
    Peer("duplodocus", absent="not on crates.io, where cargo could fetch it"),
    Peer("onion", absent="source only, in no package registry"),
)


def python_of(peer, folder):
    return folder / peer.environment / "bin" / "python"


def pip(python, log, *words):
    with open(log, "ab") as to:
        subprocess.run([python, "-m", "pip", "install", "--quiet",
                        "--disable-pip-version-check", *words], check=True,
                       stdout=to, stderr=to)


def install(peer, folder):
    """Makes the peer's environment, unless it is there. Returns why it cannot
    take part, or nothing."""
    if peer.absent or not peer.environment:
        return peer.absent
    place = folder / peer.environment
    wanted = "\n".join((*peer.packages, *peer.unresolved))
    mark, log = place / "packages", folder / f"{peer.environment}.log"
    if mark.exists() and mark.read_text() == wanted:
        return ""
    try:
        log.write_bytes(b"")
        subprocess.run([sys.executable, "-m", "venv", "--clear", place],
                       check=True, capture_output=True)
        pip(python_of(peer, folder), log, *peer.packages)
        if peer.unresolved:
            pip(python_of(peer, folder), log, "--no-deps", *peer.unresolved)
    except subprocess.CalledProcessError:
        said = [line for line in log.read_text(errors="replace").split("\n")
                if line.startswith("ERROR")]
        return said[-1] if said else f"no environment could be made: {log}"
    mark.write_text(wanted)
    return ""


def own_command(peer, job, build, docs, removed):
    """Of wirecopy's rows, which need no driver, and of rows that the command
    line adds."""
    if peer.command:
        values = {"docs": docs, "removed": removed, "cores": job.cores,
                  "job": job.task, "threshold": job.threshold}
        return [word.format_map(values) for word in peer.command]
    if job.task == "signatures":
        return [build / "bench" / "sketch_texts", docs,
                peer.variant or "native"]
    return [build / "wirecopy", "dedup", docs, "--quiet", "--threshold",
            job.threshold, "--threads", job.cores, "-o", peer.kept,
            "--removed", removed]


def command(peer, job, build, environments, docs, removed):
    """What runs a job of a peer."""
    if not peer.environment:
        return own_command(peer, job, build, docs, removed)
    words = [python_of(peer, environments),
             HERE / "drivers" / f"drive_{peer.driver}.py", job.task, docs,
             "--removed", removed, "--settings", job.settings,
             "--threshold", job.threshold, "--cores", job.cores]
    return words + (["--variant", peer.variant] if peer.variant else [])

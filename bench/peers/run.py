#!/usr/bin/env python3
"""Compares wirecopy with other programs on one corpus, in one run.

  bench/peers/run.py --build build             all of them, on Debian's texts
  bench/peers/run.py --build build --docs FILE.jsonl --only datasketch rensa
  bench/peers/run.py --build build --peer 'mine=mine {docs} {removed}'

From a file on disk to the documents that go, and from texts in memory to
signatures; on one processor and, where a peer can use it, two. Jobs run in
turn, round after round, and medians count. A job that takes longer than
--once-over runs in the first round alone, one that passes --limit is stopped,
and after --total seconds nothing begins. Writes a file of JSON, of which
bench/peers/table.py makes tables and a chart.

Each peer has an environment of its own below BUILD/peers, made by pip when it
is missing. --peer adds a command line: {docs} has id and text, and the command
leaves `id` of what it would remove in {removed}, both JSON Lines; {threshold}
and {cores} stand for those.
"""

import argparse
import dataclasses
import datetime
import hashlib
import heapq
import json
import multiprocessing
import os
import pathlib
import platform
import random
import shlex
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
sys.dont_write_bytecode = True

import peers as registry  # noqa: E402
import places  # noqa: E402
import process  # noqa: E402
import truth  # noqa: E402

THRESHOLD = 0.8


@dataclasses.dataclass(frozen=True)
class Job:
    peer: registry.Peer
    kind: str  # dedup, signatures (also of english texts) or probe
    settings: str = "equal"
    cores: int = 1
    threshold: float = THRESHOLD

    @property
    def task(self):
        """What a driver is to do."""
        return "signatures" if self.kind == "english" else self.kind

    def name(self):
        return " ".join([self.peer.name + ",", self.kind, self.settings,
                         f"{self.cores} core" + "s" * (self.cores > 1)])


def jobs_of(peer, cores):
    """In the order in which they run."""
    found = [Job(peer, kind) for kind in ("signatures", "english")
             if peer.signatures]
    if peer.probe:
        found.append(Job(peer, "probe"))
    for count in cores:
        if count == 1 or peer.threads:
            found += [Job(peer, "dedup", settings, count)
                      for settings in peer.dedup]
    return found


# --- the corpus --------------------------------------------------------------


def with_words(source):
    """(digest of the id, place, id, text) of each document that has words."""
    with open(source, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            name, text = record["id"], record["text"]
            if truth.common.words(text):
                digest = hashlib.sha256(str(name).encode()).digest()
                yield digest, number, name, text


def sample(source, out, count):
    """Writes `count` documents, the same ones each time, in their order, with
    id and text alone. Returns how many there were."""
    chosen = heapq.nsmallest(count, with_words(source))
    with open(out, "w", encoding="utf-8") as to:
        for _, _, name, text in sorted(chosen, key=lambda one: one[1]):
            to.write(json.dumps({"id": name, "text": text},
                                ensure_ascii=False) + "\n")
    return len(chosen)


def text_bytes(docs):
    with open(docs, encoding="utf-8") as lines:
        return sum(len(json.loads(line)["text"].encode()) for line in lines)


def make_corpus(options, folder):
    """The documents that everyone reads, and what the run file says of them."""
    source, name = options.docs, options.docs and options.docs.name
    if source is None:
        source, name = folder / "debian.jsonl", "corpus/make_debian"
        if not source.exists():
            subprocess.run([sys.executable, ROOT / "corpus" / "make_debian" /
                            "make_debian.py", source, "--download",
                            folder / "debian"], check=True)
    docs = folder / "docs.jsonl"
    count = sample(source, docs, options.documents)
    english_mb = write_english(folder / "english.jsonl")
    return docs, {"english_mb": english_mb, "source": name, "documents": count,
                  "mb": docs.stat().st_size / 1e6,
                  "text_mb": text_bytes(docs) / 1e6,
                  "sha256": hashlib.sha256(docs.read_bytes()).hexdigest()}


def write_english(path, count=400, size=5000):
    """Texts of prose: the words of the newsroom's English articles (whose ids
    begin with no language) in random order, so that no two texts have
    shingles in common. Returns their megabytes."""
    with open(ROOT / "corpus" / "newsroom" / "articles.jsonl",
              encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    words = [word for article in articles if article["id"][2] != "-"
             for word in article["text"].split()]
    chance = random.Random(1)
    total = 0
    with open(path, "w", encoding="utf-8") as to:
        for number in range(count):
            text = " ".join(chance.choices(words, k=size))[:size]
            total += len(text.encode())
            to.write(json.dumps({"id": number, "text": text},
                                ensure_ascii=False) + "\n")
    return total / 1e6


def make_truths(options, docs, count, folder):
    """Whose words: similar pairs of so many documents. And what the run file
    says of them."""
    wirecopy, coded = options.build / "wirecopy", folder / "coded.jsonl"
    truth.renumber(docs, coded)
    truths = {"wirecopy": truth.exact_pairs(wirecopy, docs, THRESHOLD),
              "peers": truth.exact_pairs(wirecopy, coded, THRESHOLD)}
    checked = min(options.checked, count)
    same = truth.check(docs, truths["peers"], THRESHOLD, checked)
    both = truth.agreed(truths["wirecopy"], truths["peers"])
    return truths, {
        "threshold": THRESHOLD, "checked_documents": checked,
        "checked_pairs": same,
        "pairs": {whose: len(pairs) for whose, pairs in truths.items()},
        "pairs_of_both": len(both)}


# --- running -----------------------------------------------------------------


class Runner:
    """Runs jobs, and gathers what they took."""

    def __init__(self, options, docs, truths, folder):
        self.options, self.docs, self.truths = options, docs, truths
        self.folder = folder
        self.end = time.monotonic() + options.total
        self.usages = {}
        self.scores = {}

    def run(self, job):
        """One run, in a folder of its own that goes afterwards."""
        left = self.end - time.monotonic()
        if left <= 0:
            return
        place = self.folder / "run"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        docs = self.docs if job.kind != "english" else (
            self.folder / "english.jsonl")
        removed = place / "removed.jsonl"
        usage = process.run(
            registry.command(job.peer, job, self.options.build,
                             self.options.build / "peers", docs, removed),
            place, job.cores, min(self.options.limit, round(left) + 1))
        if not usage.fault and job.kind == "dedup":
            try:
                with open(removed, encoding="utf-8") as lines:
                    gone = [json.loads(line)["id"] for line in lines]
            except (OSError, ValueError, KeyError, TypeError) as error:
                usage.fault = f"no list of what it would remove: {error!r}"
            else:
                self.scores[job] = truth.score(
                    gone, self.truths[job.peer.words])
        self.usages.setdefault(job, []).append(usage)
        shutil.rmtree(place, ignore_errors=True)
        print(f"{usage.wall:8.2f} s {usage.peak_mb:7.0f} MB  {job.name()}"
              f"  {usage.fault}", file=sys.stderr, flush=True)

    def again(self, job):
        """Whether a further round has the job."""
        runs = self.usages.get(job, [])
        return job.kind != "probe" and bool(runs) and not runs[0].fault and (
            runs[0].wall <= self.options.once_over)

    def all(self, jobs):
        for job in jobs:
            self.run(job)
        for _ in range(1, self.options.rounds):
            for job in filter(self.again, jobs):
                self.run(job)


def median(values):
    return statistics.median(list(values))


def row(job, usages, score):
    """What the run file says of a job."""
    found = {"peer": job.peer.name, "job": job.kind, "settings": job.settings,
             "cores": job.cores, "words": job.peer.words,
             "note": job.peer.note}
    good = [usage for usage in usages if not usage.fault]
    if not good:
        return {**found, "fault": usages[0].fault if usages
                else "not begun: no time left"}
    last = good[-1].answer
    stages = [usage.answer.get("seconds", {}) for usage in good]
    walls = sorted(usage.wall for usage in good)
    found.update(
        runs=len(good), wall=median(walls), wall_low=walls[0],
        wall_high=walls[-1], cpu=median(usage.cpu for usage in good),
        peak_mb=max(usage.peak_mb for usage in good),
        seconds={name: median(stage[name] for stage in stages)
                 for name in stages[0]},
        version=last.get("version", ""))
    for key in ("probe", "bands"):
        if key in last:
            found[key] = last[key]
    return {**found, **(score or {})}


def commit():
    """Of the tree, with a mark where it has other changes; empty where it is
    none of git's, or there is no git."""
    if shutil.which("git") is None:
        return ""
    said = subprocess.run(
        ["git", "-C", ROOT, "describe", "--always", "--dirty", "--exclude=*"],
        check=False, capture_output=True, text=True)
    return said.stdout.strip()


def machine(wirecopy):
    """What a figure of time depends on besides the peers."""
    model = next((line.split(":")[1].strip()
                  for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), platform.machine())
    return {"commit": commit(), "processor": model,
            "processors": len(os.sched_getaffinity(0)),
            "load": os.getloadavg()[0], "python": platform.python_version(),
            "wirecopy": subprocess.run(
                [wirecopy, "--version"], check=True, capture_output=True,
                text=True).stdout.strip()}


# --- the command line --------------------------------------------------------


def is_called(peer, word):
    return peer.name.lower().startswith(word.lower())


def added_peer(words):
    """Of NAME=COMMAND."""
    name, _, line = words.partition("=")
    if not name or not line.strip():
        raise argparse.ArgumentTypeError(f"{words}: not NAME=COMMAND")
    return registry.Peer(
        name, dedup=("equal",), signatures=False, probe=False,
        threads="{cores}" in line, command=tuple(shlex.split(line)))


def chosen_peers(options):
    return [peer for peer in registry.PEERS if not options.only or any(
        is_called(peer, word) for word in options.only)] + options.peer


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build",
                        help="the folder of the build, with the program")
    parser.add_argument("--docs", type=places.file,
                        help="JSON Lines with id and text; else Debian's")
    parser.add_argument("--documents", type=int, default=2000,
                        help="how many of them")
    parser.add_argument("--only", nargs="+", metavar="NAME",
                        help="peers whose names begin so")
    parser.add_argument("--peer", type=added_peer, action="append", default=[],
                        metavar="NAME=COMMAND", help="one more")
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--once-over", type=float, default=15,
                        metavar="SECONDS")
    parser.add_argument("--limit", type=float, default=150, metavar="SECONDS",
                        help="of one run")
    parser.add_argument("--total", type=float, default=1080, metavar="SECONDS",
                        help="of all runs")
    parser.add_argument("--checked", type=int, default=2000,
                        metavar="DOCUMENTS",
                        help="on which the exact join itself is checked")
    parser.add_argument("--out", type=pathlib.Path,
                        help="else bench/runs/DATE-peers.json")
    options = parser.parse_args()
    options.build = options.build.resolve()
    if not (options.build / "wirecopy").is_file():
        parser.error(f"{options.build}: no wirecopy has been built there")
    for word in options.only or []:
        if not any(is_called(peer, word) for peer in registry.PEERS):
            parser.error(f"--only {word}: no peer's name begins so")
    return options


def main():
    options = parse_arguments()
    folder = options.build / "peers"
    folder.mkdir(parents=True, exist_ok=True)
    # In a process of its own: the peak of a process is never less than that of
    # the one that started it, which must therefore stay small.
    with multiprocessing.get_context("fork").Pool(1) as pool:
        docs, corpus = pool.apply(make_corpus, (options, folder))
        truths, said = pool.apply(
            make_truths, (options, docs, corpus["documents"], folder))
    absent, jobs = [], []
    for peer in chosen_peers(options):
        reason = registry.install(peer, folder)
        if reason:
            absent.append({"peer": peer.name, "reason": reason})
        else:
            jobs += jobs_of(peer, options.cores)
    runner = Runner(options, docs, truths, folder)
    before = machine(options.build / "wirecopy")
    runner.all(jobs)
    today = datetime.date.today().isoformat()
    out = options.out or ROOT / "bench" / "runs" / f"{today}-peers.json"
    out.write_text(json.dumps(
        {"date": today, "machine": before, "load_after": os.getloadavg()[0],
         "corpus": corpus, "truth": said, "absent": absent,
         "rows": [row(job, runner.usages.get(job, []), runner.scores.get(job))
                  for job in jobs]}, indent=1) + "\n", encoding="utf-8")
    print(out)


if __name__ == "__main__":
    try:
        main()
    except (truth.Fault, subprocess.CalledProcessError) as fault:
        sys.exit(f"peers: {fault}")

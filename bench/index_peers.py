#!/usr/bin/env python3
"""`wirecopy index` beside datasketch's MinHashLSH, in memory and in Redis, in one run: documents
added and asked for a second, and what each takes.

  index_peers.py --wirecopy build/wirecopy --python PYTHON CORPUS.jsonl
                 [--documents N ...] [--questions N] [--rounds N] [--only STORE ...]

PYTHON is one that has datasketch, xxhash and redis: that of build/peers/datasketch2, which
`./dev bench peers` makes, once `pip install redis` has been run there. redis-server is Debian's.
Rounds are interleaved; the table has medians. All sketch their documents within the time. What
differs: an index of wirecopy is on disk before it answers, has compared sets exactly, and (but
with --no-passages) finds passages; datasketch answers with candidates, and Redis keeps them in
its memory.
"""

import argparse
import json
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import index
import measured_run

DRIVER = pathlib.Path(__file__).resolve().parent / "peers" / "drivers" / "drive_lsh_store.py"


class Redis:
    """A server of its own, with its defaults but for the port, that saves nothing."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", folder,
             "--save", ""], stdout=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        sys.exit("redis-server does not answer")

    def peak(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def drive(options, sizes, *more):
    ran = subprocess.run([options.python, DRIVER, sizes.added, sizes.asked, *map(str, more)],
                         check=True, text=True, stdout=subprocess.PIPE)
    return json.loads(ran.stdout)


def in_memory(options, sizes, _):
    result = drive(options, sizes)
    return result | {"disk": 0}


def in_redis(options, sizes, folder):
    with Redis(folder) as server:
        result = drive(options, sizes, "--redis", server.port)
        return result | {"peak": result["peak"] + server.peak(), "disk": 0}


def wirecopy(options, sizes, folder, *create):
    path = folder / "index"
    shutil.rmtree(path, ignore_errors=True)
    found = folder / "found.jsonl"

    def run(action, *arguments):
        return measured_run.run([options.wirecopy, "index", action, path, "-q", *arguments])

    run("create", *create)
    added = run("add", sizes.added, "-o", "/dev/null", "--threads", options.threads)
    asked = run("query", sizes.asked, "-o", found, "--threads", options.threads)
    with open(found, encoding="utf-8") as lines:
        duplicates = sum(json.loads(line)["status"] == "duplicate" for line in lines)
    return {"add": added.wall, "query": asked.wall, "found": duplicates,
            "peak": max(added.peak, asked.peak), "disk": index.info(options, path)["disk_bytes"]}


STORES = {
    "wirecopy, duplicates": lambda *a: wirecopy(*a, "--no-passages"),
    "wirecopy, and passages": wirecopy,
    "datasketch 2, in memory": in_memory,
    "datasketch 2, Redis": in_redis,
}


def measure(options, documents, folder):
    sizes = index.Sizes(options.corpus, documents, options.questions, folder)
    results = {name: [] for name in options.only}
    for _ in range(options.rounds):
        for name in options.only:
            results[name].append(STORES[name](options, sizes, folder))
    for name, rounds in results.items():
        def middle(key, rounds=rounds):
            return statistics.median(one[key] for one in rounds)
        print(f"| {name} | {sizes.documents:,} | {sizes.documents / middle('add'):,.0f} "
              f"| {sizes.questions / middle('query'):,.0f} | {middle('found'):,.0f} "
              f"| {middle('peak'):,.0f} | {middle('disk') / sizes.documents:,.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--wirecopy", required=True, type=pathlib.Path)
    parser.add_argument("--python", required=True, type=pathlib.Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[20_000])
    parser.add_argument("--questions", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", choices=STORES, default=list(STORES))
    options = parser.parse_args()
    print(*measured_run.head(), sep="\n", end="\n\n")
    print("| store | documents | added a second | asked a second | with an answer | peak MB "
          "| bytes on disk, a document |")
    print("|---|" + "---:|" * 6)
    for documents in options.documents:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            measure(options, documents, pathlib.Path(folder))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How much memory `wirecopy serve` takes for one request, as large as its limits let it be.

  service_memory.py --wirecopy build/wirecopy [--documents N] [--bytes B]

Each body is as long as --max-body and has as many documents as --max-documents, of one kind: see
BODIES. A server of its own, on an empty index, gets it from one client, or others like it from four
at once; printed are the most memory that the server had (VmHWM) before and after, and how long the
answers took. Python 3.11, no packages.
"""

import argparse
import concurrent.futures
import http.client
import json
import pathlib
import random
import re
import subprocess
import tempfile
import time
import urllib.parse

import service

WORDS = [f"w{number}" for number in range(50_000)]


def unlike(randomness, size):
    """Some of 50,000 words, in any order."""
    return " ".join(randomness.choices(WORDS, k=max(1, size // 7)))


def letters(randomness, size):
    """As many words, of so many bytes, as can be."""
    return " ".join(randomness.choices("abcdefghijklmnopqrstuvwxyz", k=max(1, size // 2)))


def same(_, size):
    return unlike(random.Random(1), size)


def stitched(randomness, size):
    """Of pieces that many others have, too, in another order: as many passages as can be."""
    pieces = [unlike(random.Random(number), 120) for number in range(40)]
    return " ".join(randomness.choices(pieces, k=max(1, size // 121)))


BODIES = {"tiny": lambda _, __: "a b", "unlike": unlike, "letters": letters, "same": same,
          "stitched": stitched}


def body_of(kind, documents, size, client):
    randomness = random.Random(client)
    overhead = len('{"id":10000000,"text":""}\n')
    lines = []
    left = size
    for number in range(documents):
        room = size // documents - overhead
        line = json.dumps({"id": client * documents + number,
                           "text": BODIES[kind](randomness, room)[:max(room, 3)]},
                          separators=(",", ":")) + "\n"
        left -= len(line)
        if left < 0:
            break
        lines.append(line)
    return "".join(lines).encode()


def most_memory(server):
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s*(\d+)", status)[1]) * 1024 / 1e6


def ask(url, path, body):
    """Status and bytes of the answer."""
    where = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=900)
    connection.request("POST", path, body, {"Content-Type": "application/x-ndjson"})
    reply = connection.getresponse()
    return reply.status, len(reply.read())


def measure(options, kind, documents, path, clients=1):
    bodies = [body_of(kind, documents, options.bytes, client) for client in range(clients)]
    with tempfile.TemporaryDirectory() as folder:
        index = pathlib.Path(folder) / "index"
        subprocess.run([options.wirecopy, "index", "create", index, "-q"], check=True)
        with service.Server(options.wirecopy, index, "--max-documents", str(documents),
                            "--timeout", "600") as server:
            before = most_memory(server)
            begin = time.monotonic()
            with concurrent.futures.ThreadPoolExecutor(clients) as pool:
                answers = list(pool.map(lambda body: ask(server.url, path, body), bodies))
            seconds = time.monotonic() - begin
            statuses = ", ".join(sorted({str(status) for status, _ in answers}))
            print(f"| {path} | {kind} | {clients} | {documents:,} | {len(bodies[0]) / 1e6:.1f} "
                  f"| {statuses} | {sum(size for _, size in answers) / 1e6:.1f} | {seconds:.1f} "
                  f"| {before:.0f} | {most_memory(server):.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wirecopy", required=True)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--bytes", type=int, default=16 << 20)
    options = parser.parse_args()
    print("| request | body | clients | documents | MB | status | answers, MB | seconds "
          "| memory before, MB | at most, MB |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for kind in BODIES:
        measure(options, kind, options.documents, "/v1/documents")
    for kind in ("unlike", "letters"):
        measure(options, kind, options.documents, "/v1/query")
        for path in ("/v1/documents", "/v1/query"):
            measure(options, kind, 1, path)
            measure(options, kind, 1, path, clients=4)


if __name__ == "__main__":
    main()

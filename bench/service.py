#!/usr/bin/env python3
"""How many requests a second `wirecopy serve` answers, how soon, and what it does when there are
too many: with wrk, over the loopback.

  service.py --wirecopy build/wirecopy CORPUS.jsonl [--documents N] [--clients N ...]
             [--seconds S] [--folder D]

The index is made of the corpus's first N documents; those behind them are asked for, and then
added, one a request. Under overload, twenty times as many clients come as the server takes
(--workers 2 --queue 8): what it answers, and how much memory it has before and after. wrk and the
server share the machine's processors. Python 3.11 and wrk (Debian's package of that name).
"""

import argparse
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import measured_run

# A client's every request has the next body of the file; what came of all is printed as JSON.
SCRIPT = """
local bodies, next_body = {}, 0
function init(arguments)
  for line in io.lines(arguments[1]) do bodies[#bodies + 1] = line end
  wrk.method = "POST"
  wrk.path = arguments[2]
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  next_body = next_body + 1
  return wrk.format(nil, nil, nil, bodies[(next_body - 1) % #bodies + 1])
end
local threads = {}
function setup(thread) threads[#threads + 1] = thread end
function response(status) statuses[status] = (statuses[status] or 0) + 1 end
statuses = {}
function done(summary, latency)
  local counts = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("statuses")) do
      counts[#counts + 1] = string.format('"%s": %d', status, count)
    end
  end
  io.write(string.format(
      'RESULT {"requests": %d, "micros": %d, "p50": %d, "p99": %d, "p999": %d, "max": %d,' ..
      ' "lost": %d, "statuses": {%s}}\\n',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
      latency:percentile(99.9), latency.max,
      summary.errors.connect + summary.errors.read + summary.errors.write +
      summary.errors.timeout, table.concat(counts, ", ")))
end
"""


class Server:
    def __init__(self, wirecopy, index, *options):
        self.process = subprocess.Popen(
            [wirecopy, "serve", "--index", index, "--listen", "127.0.0.1:0", *options],
            stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        found = re.search(r"http://\S+:\d+", line)
        if not found:
            sys.exit(f"no server: {line}{self.process.stderr.read()}")
        self.url = found[0]

    def memory(self):
        """What it has in memory now, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s*(\d+)", status)[1]) * 1024 / 1e6

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stderr.close()


def load(server, folder, bodies, path, clients, seconds):
    script = folder / "requests.lua"
    script.write_text(SCRIPT, encoding="ascii")
    ran = subprocess.run(
        ["wrk", "--threads", "1", "--connections", str(clients), "--duration", f"{seconds}s",
         "--timeout", "30s", "--script", script, server.url, "--", bodies, path],
        check=True, text=True, stdout=subprocess.PIPE)
    return json.loads(re.search(r"RESULT (.*)", ran.stdout)[1])


def copy_lines(lines, count, path):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(itertools.islice(lines, count))


def row(what, clients, result, memory):
    rate = result["requests"] / result["micros"] * 1e6
    statuses = ", ".join(f"{count:,} of {status}"
                         for status, count in sorted(result["statuses"].items()))
    times = " | ".join(f"{result[key] / 1e3:.1f}" for key in ("p50", "p99", "p999", "max"))
    print(f"| {what} | {clients} | {rate:,.0f} | {times} | {statuses} | {result['lost']} "
          f"| {memory[0]:.0f} to {memory[1]:.0f} |", flush=True)


def measure(options, folder):
    held, asked = folder / "held.jsonl", folder / "asked.jsonl"
    with open(options.corpus, encoding="utf-8") as lines:
        copy_lines(lines, options.documents, held)
        copy_lines(lines, options.requests, asked)
    index = folder / "index"
    for action in (["create", index], ["add", index, held, "-o", "/dev/null", "-q"]):
        subprocess.run([options.wirecopy, "index", *action], check=True)
    print("| request | clients | a second | p50, ms | p99 | p99.9 | most | answers | lost "
          "| memory, MB |")
    print("|---|---:|---:|---:|---:|---:|---:|---|---:|---|")

    def run(what, server, path, clients):
        before = server.memory()
        result = load(server, folder, asked, path, clients, options.seconds)
        row(what, clients, result, (before, server.memory()))

    with Server(options.wirecopy, index) as server:
        for clients in options.clients:
            run("query", server, "/v1/query", clients)
        for clients in options.clients:
            run("add", server, "/v1/documents", clients)
    with Server(options.wirecopy, index, "--workers", "2", "--queue", "8") as server:
        for _ in range(2):
            run("overload: query", server, "/v1/query", 200)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--wirecopy", required=True, type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=30_000,
                        help="documents that are asked for and added, over and over if need be")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--folder", type=pathlib.Path)
    options = parser.parse_args()
    print(*measured_run.head(), sep="\n", end="\n\n")
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        measure(options, pathlib.Path(folder))


if __name__ == "__main__":
    main()

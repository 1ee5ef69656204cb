#!/usr/bin/env python3
"""`wirecopy serve` as a whole: its start and end, its token, overload, and what a kill leaves.

    program_test.py --wirecopy build/wirecopy [--rounds 8] [--seed 1]

Each round kills the server (SIGKILL) while clients add documents, starts it anew on the same
index, and asks for every document whose addition was acknowledged: none may be missing, or there
twice. Python 3.11, no packages.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

TOKEN = "a-token-of-some-length"


class Server:
    """A server on a free port, and the requests that are made to it."""

    def __init__(self, wirecopy, index, *options, token=None):
        self.token = token
        self.process = subprocess.Popen(
            [wirecopy, "serve", "--index", index, "--listen", "127.0.0.1:0", *options],
            stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        match = re.search(r"listening on http://127\.0\.0\.1:(\d+)", line)
        if match is None:
            raise AssertionError(f"no server: {line}{self.process.stderr.read()}")
        self.port = int(match[1])

    def ask(self, method, path, body=None, timeout=20):
        """Status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            connection.request(method, path, body and json.dumps(body), headers)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()
        finally:
            connection.close()

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=30)
        self.process.stderr.close()
        return self.process.returncode

    def resident(self):
        """Kilobytes."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1])


def words(number):
    return " ".join(f"w{number}x{i}" for i in range(60))


def check(holds, what):
    if not holds:
        raise AssertionError(what)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False,
                          timeout=60)


def new_index(wirecopy, folder, name):
    index = str(folder / name)
    made = run(wirecopy, "index", "create", index)
    check(made.returncode == 0, made.stderr)
    return index


def check_start_and_end(wirecopy, folder):
    index = new_index(wirecopy, folder, "plain")
    server = Server(wirecopy, index)
    status, body = server.ask("POST", "/v1/documents", {"id": 1, "text": words(1)})
    check(status == 200 and json.loads(body)["status"] == "new", body)
    status, body = server.ask("POST", "/v1/query", {"text": words(1)})
    check(json.loads(body)["of"] == 1, body)
    second = run(wirecopy, "serve", "--index", index, "--listen", "127.0.0.1:0")
    check(second.returncode == 2 and "process" in second.stderr, second.stderr)
    for how in (signal.SIGTERM, signal.SIGINT):
        check(server.end(how) == 0, f"it did not end in peace by {how}")
        server = Server(wirecopy, index)
        check(server.ask("GET", "/v1/documents/1")[0] == 200, "what was added is gone")
    server.end()
    taken = Server(wirecopy, index)
    other = run(wirecopy, "serve", "--index", new_index(wirecopy, folder, "other"), "--listen",
                f"127.0.0.1:{taken.port}")
    check(other.returncode == 2 and str(taken.port) in other.stderr, other.stderr)
    taken.end()


def check_token(wirecopy, folder):
    index = new_index(wirecopy, folder, "token")
    open_to_all = run(wirecopy, "serve", "--index", index, "--listen", "0.0.0.0:0")
    check(open_to_all.returncode == 2 and "--token-file" in open_to_all.stderr,
          open_to_all.stderr)
    path = folder / "token.txt"
    path.write_text(TOKEN + "\n", encoding="ascii")
    path.chmod(0o600)
    server = Server(wirecopy, index, "--token-file", str(path))
    check(server.ask("GET", "/metrics")[0] == 401, "no token was asked for")
    server.token = TOKEN + "x"
    check(server.ask("GET", "/metrics")[0] == 401, "another token was taken")
    server.token = TOKEN
    check(server.ask("GET", "/metrics")[0] == 200, "the token was not taken")
    server.end()


def check_overload(wirecopy, folder):
    index = new_index(wirecopy, folder, "overload")
    server = Server(wirecopy, index, "--workers", "2", "--queue", "2")
    counts = {200: 0, 429: 0}
    lock = threading.Lock()

    def ask(number):
        for i in range(40):
            try:
                status, _ = server.ask("POST", "/v1/query", {"text": words(number * 100 + i)})
            except (ConnectionError, http.client.HTTPException):
                status = "reset"
            with lock:
                counts[status] = counts.get(status, 0) + 1

    server.ask("GET", "/healthz")
    before = server.resident()
    threads = [threading.Thread(target=ask, args=(n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(counts[429] > 0 and counts[200] > 0, f"{counts}")
    check(counts.get("reset", 0) == 0, f"connections were reset: {counts}")
    grown = server.resident() - before
    check(grown < 64 * 1024, f"it grew by {grown} KB")
    check(server.end() == 0, "it did not end in peace")


def add_until_killed(server, first, acknowledged):
    for number in range(first, first + 100_000):
        try:
            status, body = server.ask("POST", "/v1/documents",
                                      {"id": number, "text": words(number)})
        except (ConnectionError, http.client.HTTPException, TimeoutError):
            return
        check(status == 200, body)
        acknowledged.append(number)


def kill_amid(server, randomness, first):
    """What was acknowledged until the server was killed."""
    acknowledged = [[] for _ in range(4)]
    threads = [threading.Thread(target=add_until_killed,
                                args=(server, first + 100_000 * n, part))
               for n, part in enumerate(acknowledged)]
    for thread in threads:
        thread.start()
    time.sleep(randomness.uniform(0.01, 0.4))
    server.end(signal.SIGKILL)
    for thread in threads:
        thread.join()
    return [number for part in acknowledged for number in part]


def check_kills(wirecopy, folder, rounds, seed):
    randomness = random.Random(seed)
    index = new_index(wirecopy, folder, "killed")
    acknowledged = []
    for i in range(rounds):
        acknowledged += kill_amid(Server(wirecopy, index), randomness, 1_000_000 * i)
        verified = run(wirecopy, "index", "verify", index)
        check(verified.returncode == 0, f"round {i}: {verified.stderr}")
        server = Server(wirecopy, index)
        for number in acknowledged[-50:] + randomness.sample(acknowledged,
                                                             min(50, len(acknowledged))):
            status, _ = server.ask("GET", f"/v1/documents/{number}")
            check(status == 200, f"round {i}: {number} was acknowledged, and is gone")
        if acknowledged:
            status, body = server.ask("POST", "/v1/documents",
                                      {"id": acknowledged[-1], "text": words(acknowledged[-1])})
            check(json.loads(body)["status"] == "present", body)
        server.end()
    info = json.loads(run(wirecopy, "index", "info", index).stdout)
    check(info["documents"] >= len(acknowledged), f"{info}, {len(acknowledged)} acknowledged")
    check(info["documents"] <= len(acknowledged) + 4 * rounds, "more than were ever sent")
    print(f"{rounds} kills, {len(acknowledged)} documents acknowledged, none lost")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wirecopy", required=True)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wirecopy = os.path.abspath(arguments.wirecopy)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_start_and_end(wirecopy, folder)
        check_token(wirecopy, folder)
        check_overload(wirecopy, folder)
        check_kills(wirecopy, folder, arguments.rounds, arguments.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())

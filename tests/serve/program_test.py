#!/usr/bin/env python3
"""`wirecopy serve` as a whole: its start and end, its token, overload, and what a kill or a
full disk leaves.

    program_test.py --wirecopy build/wirecopy [--rounds 8] [--seed 1]

Each round kills the server (SIGKILL) while clients add documents, starts it anew on the same
index, and asks for every document whose addition was acknowledged: none may be missing, or there
twice. So it is where its index has no room to grow. Python 3.11, no packages.
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

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from support import program_tests  # pylint: disable=wrong-import-position

TOKEN = "a-token-of-some-length"
CLIENTS = 4


class Server:
    """A server on a free port, and the requests that are made to it."""

    def __init__(self, wirecopy, index, *options, token=None, **named):
        self.token = token
        self.process = subprocess.Popen(
            [wirecopy, "serve", "--index", index, "--listen", "127.0.0.1:0", *options],
            stderr=subprocess.PIPE, text=True, **named)
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


def add_until_the_end(server, first, acknowledged, refused):
    for number in range(first, first + 100_000):
        try:
            status, body = server.ask("POST", "/v1/documents",
                                      {"id": number, "text": words(number)})
        except (ConnectionError, http.client.HTTPException, TimeoutError):
            return
        if status != 200:
            refused.append((status, body))
            return
        acknowledged.append(number)


def add_amid(server, first, end):
    """What four clients had acknowledged, and how they were refused, until the server ended,
    which `end` waits for."""
    acknowledged = [[] for _ in range(CLIENTS)]
    refused = []
    threads = [threading.Thread(target=add_until_the_end, daemon=True,
                                args=(server, first + 100_000 * n, part, refused))
               for n, part in enumerate(acknowledged)]
    for thread in threads:
        thread.start()
    end()
    for thread in threads:
        thread.join()
    return [number for part in acknowledged for number in part], refused


def kill_amid(server, randomness, first):
    """What was acknowledged until the server was killed."""
    def end():
        time.sleep(randomness.uniform(0.01, 0.4))
        server.end(signal.SIGKILL)

    acknowledged, refused = add_amid(server, first, end)
    check(not refused, f"{refused}")
    return acknowledged


def check_all_held(wirecopy, folder, index, acknowledged):
    """That the index has each of these with its text."""
    asked = folder / "asked.jsonl"
    with asked.open("w") as lines:
        for number in acknowledged:
            lines.write(json.dumps({"id": number, "text": words(number)}) + "\n")
    answers = run(wirecopy, "index", "query", index, asked, "-q").stdout.splitlines()
    check(len(answers) == len(acknowledged), f"{len(answers)} answers")
    for answer in map(json.loads, answers):
        check(answer["status"] == "present", f"{answer}: it was acknowledged, and is gone")


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
    check_all_held(wirecopy, folder, index, acknowledged)
    info = json.loads(run(wirecopy, "index", "info", index).stdout)
    check(info["documents"] >= len(acknowledged), f"{info}, {len(acknowledged)} acknowledged")
    check(info["documents"] <= len(acknowledged) + CLIENTS * rounds, "more than were ever sent")
    print(f"{rounds} kills, {len(acknowledged)} documents acknowledged, none lost")


def check_without_room(wirecopy, index, make_room, **named):
    """A server whose index cannot grow any more says so to its clients and at its end; when there
    is room, all that it had acknowledged is there, and more can be added."""
    server = Server(wirecopy, index, **named)
    # One alone, and done with: cpp-httplib makes its tables for the first request, and is built
    # without the thread sanitizer, which does not see that others wait for them.
    server.ask("GET", "/healthz")
    time.sleep(0.1)
    acknowledged, refused = add_amid(server, 0, lambda: server.process.wait(timeout=120))
    told = server.process.stderr.read()
    server.process.stderr.close()
    check(server.process.returncode == 2, f"status {server.process.returncode}: {told}")
    check(told.count("\n") == 1 and index in told, told)
    check(acknowledged and refused, f"{len(acknowledged)} acknowledged, {refused}")
    for status, body in refused:
        check(status == 503 and index in json.loads(body)["error"], f"{status} {body}")
    check_count(wirecopy, index, acknowledged)
    make_room()
    server = Server(wirecopy, index)
    for number in acknowledged:
        status, body = server.ask("GET", f"/v1/documents/{number}")
        check(status == 200 and json.loads(body)["text"] == words(number), body)
    for number in (acknowledged[-1], 1_000_000):
        status, body = server.ask("POST", "/v1/documents", {"id": number, "text": words(number)})
        said = json.loads(body)["status"]
        check(status == 200 and said == ("new" if number == 1_000_000 else "present"), body)
    check(server.end() == 0, "it did not end in peace")
    check_count(wirecopy, index, [*acknowledged, 1_000_000])
    return len(acknowledged)


def check_count(wirecopy, index, acknowledged):
    """That the index is sound, and has no more than these and what each client sent last."""
    verified = run(wirecopy, "index", "verify", index)
    check(verified.returncode == 0, verified.stderr)
    info = json.loads(run(wirecopy, "index", "info", index).stdout)
    check(0 <= info["documents"] - len(acknowledged) <= CLIENTS,
          f"{info}, {len(acknowledged)} acknowledged")


def check_full_disk(wirecopy, folder):
    limited = check_without_room(wirecopy, new_index(wirecopy, folder, "limited"), lambda: None,
                                 preexec_fn=program_tests.limit_files(1 << 19))
    print(f"files that may not grow: {limited} documents acknowledged, none lost")
    disk = program_tests.SmallDisk(folder / "small", 1 << 20)
    if not disk.is_mounted:
        print(f"skipped: a full disk: {program_tests.NO_MOUNT}")
        return
    try:
        held = check_without_room(wirecopy, new_index(wirecopy, disk.folder, "index"),
                                  lambda: disk.resize(64 << 20))
        print(f"a full disk: {held} documents acknowledged, none lost")
    finally:
        disk.close()


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
        check_full_disk(wirecopy, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

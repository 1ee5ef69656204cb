#!/usr/bin/env python3
"""Runs command-line tests: scripts with the expected output beside them.

A test is NAME.sh and NAME.out, the standard output that is expected of it.
NAME.err, where there is one, is the expected standard error, and NAME.status
the exit status (default 0). The script runs with bash in an empty folder,
without input, with these variables:

  $WIRECOPY  the program             $CORPUS   the folder corpus/
  NO_COLOR=1, LC_ALL=C.UTF-8, TZ=UTC

Before outputs are compared, what differs from run to run is replaced by a
token (NORMALIZERS): seconds, rates, and where the program and corpus are.

  run_cli_tests.py --wirecopy PROGRAM --corpus FOLDER NAME.sh...
  run_cli_tests.py ... --update NAME.sh   writes what the script printed, to
                                          be read before it is committed; an
                                          empty NAME.err asks for that one too
  run_cli_tests.py --self-test
"""

import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TIMEOUT_SECONDS = 300

NUMBER = r"\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?"

# Tried in order, on standard output and standard error alike.
NORMALIZERS = [
    # A field of a record: "seconds":0.0123, "read_seconds": 1e-05
    (re.compile(rf'("(?:\w+_)?seconds"\s*:\s*){NUMBER}'), r"\1<seconds>"),
    # Narration: 12.3 MB/s, 4,567 documents/s, 1.2 million documents per second
    (re.compile(rf"{NUMBER}( ?(?:million )?(?:[KMG]i?B|bytes|\w+)"
                r"(?:/s\b| (?:per|a) second\b))"), r"<rate>\1"),
    # in 0.12 s, 35 ms, 3 seconds, 2 min 3 s
    (re.compile(rf"(?<![\w.])(?:{NUMBER} ?min(?:utes?)? )?"
                rf"{NUMBER} ?(?:s|ms|seconds?)\b"), "<seconds> s"),
]


def normalize(text, paths):
    """`text` without what differs from run to run; `paths` are (path, token),
    replaced first."""
    for path, token in paths:
        text = text.replace(str(path), token)
    for pattern, token in NORMALIZERS:
        text = pattern.sub(token, text)
    return text


class Outcome:
    """What a script printed, normalised, and its exit status."""

    def __init__(self, out, err, status):
        self.out = out
        self.err = err
        self.status = status


def environment(options):
    return dict(os.environ, WIRECOPY=str(options.wirecopy),
                CORPUS=str(options.corpus), NO_COLOR="1", LC_ALL="C.UTF-8",
                TZ="UTC")


def run_script(script, options):
    """Runs one script in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="wirecopy-cli-") as folder:
        try:
            done = subprocess.run(
                ["bash", str(script)], cwd=folder, env=environment(options),
                stdin=subprocess.DEVNULL, capture_output=True, check=False,
                timeout=TIMEOUT_SECONDS)
            status = done.returncode
        except subprocess.TimeoutExpired as late:
            done, status = late, "timeout"
    paths = [(folder, "<folder>"), (options.wirecopy, "<wirecopy>"),
             (options.corpus, "<corpus>")]
    # surrogateescape: bytes that are no UTF-8 are compared as they are.
    texts = [normalize((raw or b"").decode("utf-8", "surrogateescape"), paths)
             for raw in (done.stdout, done.stderr)]
    return Outcome(*texts, str(status))


def read_expected(file, default):
    """A file's text; `default` where there is none."""
    if not file.exists():
        return default
    with open(file, encoding="utf-8", errors="surrogateescape",
              newline="") as opened:
        return opened.read()


def write_expected(file, text):
    with open(file, "w", encoding="utf-8", errors="surrogateescape",
              newline="") as opened:
        opened.write(text)


def diff(name, expected, actual):
    """A unified diff, empty where the two are the same."""
    if expected == actual:
        return ""
    lines = difflib.unified_diff(
        expected.splitlines(keepends=True), actual.splitlines(keepends=True),
        f"{name} (expected)", f"{name} (actual)")
    return "".join(line if line.endswith("\n")
                   else line + "\n\\ No newline at end of file\n"
                   for line in lines)


def compare(script, outcome):
    """What is not as expected, as text; empty where all is."""
    out, err, status = (script.with_suffix(s)
                        for s in (".out", ".err", ".status"))
    if not out.exists():
        return f"{out.name} is missing; --update writes it\n"
    expected_status = read_expected(status, "0").strip()
    problems = diff(out.name, read_expected(out, ""), outcome.out)
    if err.exists():
        problems += diff(err.name, read_expected(err, ""), outcome.err)
    if expected_status != outcome.status:
        problems += (f"exit status {outcome.status}, expected "
                     f"{expected_status}; standard error:\n{outcome.err}")
    return problems


def update(script, outcome):
    """Makes the outcome what is expected."""
    write_expected(script.with_suffix(".out"), outcome.out)
    if script.with_suffix(".err").exists():
        write_expected(script.with_suffix(".err"), outcome.err)
    status = script.with_suffix(".status")
    if outcome.status != "0":
        write_expected(status, outcome.status + "\n")
    elif status.exists():
        status.unlink()


def run_tests(options):
    """Runs all scripts; the number of those that failed."""
    failed = 0
    for script in options.scripts:
        outcome = run_script(script.resolve(), options)
        if options.update:
            update(script, outcome)
            continue
        problems = compare(script, outcome)
        if problems:
            failed += 1
            sys.stdout.write(f"--- {script.stem}: FAILED\n{problems}")
    return failed


# --- self test ---------------------------------------------------------------

# Name, script, files beside it, and what the report must contain ("" where
# the test must pass).
CASES = [
    ("passes", 'echo "$NO_COLOR $CORPUS"; pwd; "$WIRECOPY" 7; exit 3',
     {"out": "1 <corpus>\n<folder>\n7\n", "status": "3\n"}, ""),
    ("other_output", "echo one; echo two", {"out": "one\n2\n"},
     "-2\n+two\n"),
    ("no_newline", "printf one", {"out": "one\n"}, "No newline"),
    ("other_status", "echo oops >&2; exit 2", {"out": ""},
     "exit status 2, expected 0; standard error:\noops\n"),
    ("status_not_reached", "true", {"out": "", "status": "1"},
     "exit status 0, expected 1"),
    ("error_is_free", "echo any >&2", {"out": ""}, ""),
    ("other_error", "echo any >&2", {"out": "", "err": "none\n"}, "+any\n"),
    ("no_expectation", "true", {}, "no_expectation.out is missing"),
    ("no_input", "cat", {"out": ""}, ""),
    ("odd_bytes", r"printf 'a\xff\r\n'", {"out": "a\udcff\r\n"}, ""),
    ("empty_folder", "ls -A", {"out": ""}, ""),
    ("seconds", """echo '{"seconds":0.25,"x":1,"read_seconds": 1e-05}'""",
     {"out": '{"seconds":<seconds>,"x":1,"read_seconds": <seconds>}\n'}, ""),
    ("narration", "echo '46 documents in 1.25 s (1,234 documents/s, 12 MB/s)'",
     {"out": "46 documents in <seconds> s (<rate> documents/s, <rate> MB/s)\n"},
     ""),
    ("only_times", "echo '\"score\":0.25 5 stories 16 MB 0.8 similarity'",
     {"out": '"score":0.25 5 stories 16 MB 0.8 similarity\n'}, ""),
]


def write_case(folder, name, script, files):
    path = folder / f"{name}.sh"
    write_expected(path, script + "\n")
    for suffix, text in files.items():
        write_expected(folder / f"{name}.{suffix}", text)
    return path


def case_problem(path, options, expected):
    """What is wrong with the runner's report on one made-up test, or None."""
    report = compare(path, run_script(path, options))
    if expected not in report or bool(report) != bool(expected):
        return f"expected a report with {expected!r}, got {report!r}"
    update(path, run_script(path, options))
    if compare(path, run_script(path, options)):
        return "--update did not make it pass"
    return None


def self_test():
    """Runs the runner over made-up tests; the number of surprises."""
    surprises = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        program = folder / "program"
        program.write_text('#!/bin/sh\necho "$1"\n', encoding="utf-8")
        program.chmod(0o755)
        options = argparse.Namespace(wirecopy=program, corpus=folder / "corpus")
        for case, script, files, expected in CASES:
            path = write_case(folder, case, script, files)
            problem = case_problem(path, options, expected)
            if problem:
                surprises += 1
                print(f"{case}: {problem}")
    return surprises


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("scripts", nargs="*", type=pathlib.Path)
    parser.add_argument("--wirecopy", type=pathlib.Path)
    parser.add_argument("--corpus", type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        return options
    if not (options.scripts and options.wirecopy and options.corpus):
        parser.error("--wirecopy, --corpus and a script are needed")
    options.wirecopy = options.wirecopy.resolve()
    options.corpus = options.corpus.resolve()
    for path in (options.wirecopy, options.corpus, *options.scripts):
        if not path.exists():
            parser.error(f"{path} does not exist")
    return options


def main():
    options = parse_arguments()
    failed = self_test() if options.self_test else run_tests(options)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Makes pages and runs the browser's tests on them.

  run_browser_tests.py --make-page PROGRAM --wirecopy PROGRAM --corpus FOLDER

Exits with 77 where there is no Node.js, no Chromium, or no node_modules
(npm ci --prefix tests/browser), and says so.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def what_is_missing():
    if shutil.which("node") is None:
        return "Node.js (nodejs)"
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if shutil.which(chromium) is None:
        return f"Chromium ({chromium}; CHROMIUM names another)"
    if not (HERE / "node_modules" / "playwright-core").is_dir():
        return "playwright-core (npm ci --prefix tests/browser)"
    return None


def make_pages(make_page, folder):
    for kind, (maker, *arguments) in {
            "desk": ["desk"], "hostile": ["hostile"],
            "large": ["large", "2000", "40"],  # documents, largest family
            "too_large": ["large", "2600", "30", "6"],
            "many_passages": ["long", "8000", "0"],  # passages, bytes
            "long_texts": ["long", "3", "2000000"],
    }.items():
        (folder / kind).mkdir()
        subprocess.run([make_page, maker, folder / kind, *arguments],
                       check=True)


def trace_newsroom(wirecopy, corpus, folder):
    """The page of the real program, where it has the command already."""
    listed = subprocess.run([wirecopy, "--help"], check=True,
                            capture_output=True, text=True).stdout
    if " trace " not in listed:
        return
    articles = pathlib.Path(corpus) / "newsroom" / "articles.jsonl"
    target = folder / "newsroom"
    subprocess.run([wirecopy, "trace", articles, "-o", target, "--report",
                    target / "page.html"], check=True, capture_output=True)
    shutil.copy(articles, target / "documents.jsonl")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--make-page", required=True)
    parser.add_argument("--wirecopy", required=True)
    parser.add_argument("--corpus", required=True)
    arguments = parser.parse_args()
    missing = what_is_missing()
    if missing is not None:
        print(f"skipped: there is no {missing}")
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_pages(arguments.make_page, folder)
        trace_newsroom(arguments.wirecopy, arguments.corpus, folder)
        tests = sorted(str(path) for path in HERE.glob("*.test.mjs"))
        return subprocess.run(
            ["node", "--test", "--test-concurrency=1", *tests],
            env={**os.environ, "PAGES": str(folder)}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

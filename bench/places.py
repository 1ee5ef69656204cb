"""Types for argparse: paths that are there, so that a slip is one line."""

import argparse
import pathlib


def file(text):
    path = pathlib.Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{text}: no such file")
    return path


def folder(text):
    path = pathlib.Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text}: no such folder")
    return path


def table(columns):
    """Of a table whose columns begin so, below lines that begin with #."""
    def checked(text):
        path = file(text)
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        named = next((line for line in lines if not line.startswith("#")), "")
        if not named.startswith(columns):
            raise argparse.ArgumentTypeError(
                f"{text}: no table that begins with {columns!r}")
        return path
    return checked

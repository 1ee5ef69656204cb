"""The examples, run; and the page that they end with."""

import pathlib
import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import wirecopy.page

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "examples"


def test_newsroom(newsroom, tmp_path):
    pq.write_table(pa.Table.from_pylist(newsroom), tmp_path / "in.parquet")
    done = subprocess.run(
        [sys.executable, EXAMPLES / "newsroom.py", "in.parquet", "out.parquet",
         "page.html"], cwd=tmp_path, capture_output=True, text=True,
        check=False)
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 41
    assert "ferry-wire" in done.stdout and "attribution" in done.stdout
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "ferry-wire" in page and page.rstrip().endswith("</html>")


def test_parts_come_when_they_are_named():
    done = subprocess.run(
        [sys.executable, "-c", "import wirecopy; wirecopy.page.write; "
         "wirecopy.parquet.write_kept; wirecopy.none"], capture_output=True,
        text=True, check=False)
    assert "module 'wirecopy' has no attribute 'none'" in done.stderr


def test_the_page_is_the_program_s(newsroom, articles, program, tmp_path):
    program("trace", articles, "-q", "-o", tmp_path / "trace", "--report",
            tmp_path / "theirs.html")
    table = pa.Table.from_pylist(newsroom)
    wirecopy.page.write(table, tmp_path / "ours.html")
    assert (tmp_path / "ours.html").read_bytes() == (
        tmp_path / "theirs.html").read_bytes()
    renamed = table.rename_columns(
        {"text": "body", "id": "nr", "publisher": "paper"})
    wirecopy.page.write(renamed, tmp_path / "again.html", text="body", id="nr",
                        publisher="paper")
    assert (tmp_path / "again.html").read_bytes() == (
        tmp_path / "theirs.html").read_bytes()


def test_the_page_of_other_documents(newsroom, tmp_path):
    """Dicts, texts and columns, as all jobs take them."""
    def page(data):
        wirecopy.page.write(data, tmp_path / "page.html")
        return (tmp_path / "page.html").read_bytes()

    table = pa.Table.from_pylist(newsroom)
    assert page(newsroom) == page(table)
    texts = table["text"].to_pylist()
    of_texts = page(table.select(["text"]))
    assert of_texts != page(table)
    for data in (texts, tuple(texts), pa.array(texts), table["text"],
                 pd.Series(texts), np.array(texts), pl.Series(texts)):
        assert page(data) == of_texts, type(data)


def test_mistakes(newsroom, tmp_path, monkeypatch):
    table = pa.Table.from_pylist(newsroom)
    with pytest.raises(ValueError, match="no column 'body'"):
        wirecopy.page.write(table, tmp_path / "page.html", text="body")
    with pytest.raises(TypeError, match="colour"):
        wirecopy.page.write(table, tmp_path / "page.html", colour="red")
    with pytest.raises(RuntimeError, match="no/such"):
        wirecopy.page.write(table, tmp_path / "no" / "such" / "page.html")
    monkeypatch.setattr(wirecopy.command, "program", lambda: None)
    with pytest.raises(RuntimeError, match="no compiled program"):
        wirecopy.page.write(table, tmp_path / "page.html")

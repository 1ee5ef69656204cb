"""What the guide shows, run: its blocks of Python one after another, and its
commands."""

import json
import pathlib
import shlex
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import wirecopy
from conftest import blocks

pytest.importorskip("polars")

COURIER = " ".join(f"The council said on day {i} that the ferry would sail."
                   for i in range(12))
TEXTS = {"wire": COURIER + " So the agency was told.", "courier": COURIER,
         "argus": "Something else altogether was in the Argus that day."}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """With the files that the pages name."""
    monkeypatch.chdir(tmp_path)
    table = pa.table({"id": list(TEXTS), "text": list(TEXTS.values()),
                      "published": ["2025-03-01 06:00", "2025-03-01 09:30",
                                    "2025-03-02"]})
    for name in ("articles.parquet", "crawl-1.parquet"):
        pq.write_table(table, name)
    pathlib.Path("crawl").mkdir()
    pathlib.Path("crawl", "00.jsonl").write_text("".join(
        json.dumps(row) + "\n" for row in table.to_pylist()))
    return tmp_path


def test_the_guide(folder, capsys):
    pytest.importorskip("datatrove")
    code = blocks("docs/python.md", "python")
    assert len(code) >= 4
    names = dict(TEXTS)
    for block in code:
        exec(compile(block, "docs/python.md", "exec"), names)  # noqa: S102
    said = capsys.readouterr().out
    assert names["result"].kept["id"].to_list() == ["wire", "argus"]
    assert len(names["found"]["passages"]) == 1
    assert COURIER[:-1] in said and "courier duplicate wire" in said
    with wirecopy.Index(folder / "held", write=False) as index:
        assert index.get("courier") is None
        assert index.info()["documents"] == 2
    assert len(list((folder / "kept").iterdir())) == 1


@pytest.mark.parametrize("page", ["README.md", "python/README.md"])
def test_the_readmes(page, folder):
    code, = blocks(page, "python")
    names = {}
    exec(compile(code, page, "exec"), names)  # noqa: S102
    assert names["result"].kept["id"].to_list() == ["wire", "argus"]


@pytest.mark.parametrize("page", ["python/README.md", "docs/python.md"])
def test_commands(page, folder):
    command = pathlib.Path(sys.executable).parent / "wirecopy"
    lines = [line for block in blocks(page, "sh")
             for line in block.replace("\\\n", " ").splitlines()]
    assert lines
    for line in lines:
        words = shlex.split(line)
        assert words[0] == "wirecopy"
        subprocess.run([command, *words[1:]], check=True)
        assert pq.read_table("kept.parquet")["id"].to_pylist() == [
            "wire", "argus"]
        assert pq.read_table("removed.parquet")["id"].to_pylist() == [
            "courier"]

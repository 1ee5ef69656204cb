"""The block for datatrove, in a pipeline of it."""

import gzip
import json
import pickle

import pyarrow as pa
import pytest

import wirecopy

pytest.importorskip("datatrove")

from datatrove.data import Document  # noqa: E402
from datatrove.executor import LocalPipelineExecutor  # noqa: E402
from datatrove.pipeline.readers import JsonlReader  # noqa: E402
from datatrove.pipeline.writers import JsonlWriter  # noqa: E402

import wirecopy.datatrove  # noqa: E402
from wirecopy.datatrove import Dedup  # noqa: E402


def documents(rows):
    return [Document(text=row["text"], id=row["id"],
                     metadata={"published": row.get("published")})
            for row in rows]


@pytest.mark.parametrize("options", [
    {}, {"keep": "earliest", "threshold": 0.5},
    {"measure": "containment", "threshold": 0.6}])
@pytest.mark.parametrize("batch", [7, 1024])
def test_equals_dedup(newsroom, options, batch, monkeypatch):
    monkeypatch.setattr(wirecopy.datatrove, "_BATCH", batch)
    step = pickle.loads(pickle.dumps(Dedup(**options)))
    kept = list(step.run(iter(documents(newsroom))))
    expected = wirecopy.dedup(pa.Table.from_pylist(newsroom), **options)
    assert [one.id for one in kept] == expected.kept["id"].to_pylist()
    assert [one.text for one in kept] == expected.kept["text"].to_pylist()
    assert step.stats["dropped"].total == len(expected.removed) > 0
    assert step.stats["forwarded"].total == len(kept)


def test_in_a_pipeline(articles, newsroom, tmp_path):
    executor = LocalPipelineExecutor(
        tasks=1, logging_dir=str(tmp_path / "logs"), pipeline=[
            JsonlReader(str(articles.parent), glob_pattern=articles.name),
            Dedup(exclusion_writer=JsonlWriter(str(tmp_path / "removed"))),
            JsonlWriter(str(tmp_path / "kept"))])
    executor.run()
    expected = wirecopy.dedup(pa.Table.from_pylist(newsroom))

    def rows(folder):
        path, = (tmp_path / folder).iterdir()
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    assert [row["id"] for row in rows("kept")] == (
        expected.kept["id"].to_pylist())
    removed = [{"id": row["id"], "measure": "jaccard",
                **{name: row["metadata"][name]
                   for name in ("kept", "similarity", "cluster")}}
               for row in rows("removed")]
    assert removed == expected.removed.to_pylist()


def test_mistakes(newsroom):
    with pytest.raises(ValueError, match="threshold 2"):
        Dedup(threshold=2)
    with pytest.raises(ValueError, match="keep 'best': must be one of first"):
        Dedup(keep="best")
    with pytest.raises(TypeError, match="cluster must be str, not None"):
        Dedup(cluster=None)
    with pytest.raises(ValueError, match="2 tasks"):
        list(Dedup().run(iter([]), rank=0, world_size=2))
    assert not list(Dedup(each_task=True).run(iter([]), world_size=2))
    twice = documents(newsroom[:1]) * 2
    with pytest.raises(ValueError, match="not distinct"):
        list(Dedup().run(iter(twice)))

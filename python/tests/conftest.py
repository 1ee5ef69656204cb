"""What the tests have in common: the sample, the program, made-up texts."""

import json
import os
import pathlib
import random
import re
import shutil
import subprocess

import pytest

import wirecopy.command

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SYLLABLES = ["ka", "lo", "mi", "tu", "re", "sa", "ne", "vo", "pi", "du", "ö"]


@pytest.fixture(scope="session")
def articles():
    """The file of the sample newsroom."""
    corpus = os.environ.get("WIRECOPY_CORPUS", ROOT / "corpus")
    return pathlib.Path(corpus) / "newsroom" / "articles.jsonl"


@pytest.fixture(scope="session")
def newsroom(articles):
    """Its records."""
    with open(articles, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def program():
    """Runs the compiled program that came with the package."""
    path = wirecopy.command.program()
    assert path is not None, "the package has no compiled program"
    return lambda *words: subprocess.run([path, *map(str, words)], check=True,
                                         capture_output=True, text=True)


def spark_is_wanted():
    """Skips a module of Spark's tests where Spark is not there; never where a
    skip would go unseen."""
    must_run = os.environ.get("CI") == "true"
    if not must_run:
        pytest.importorskip("pyspark", reason="there is no pyspark")
    if shutil.which("java"):
        return
    if must_run:
        raise RuntimeError("Spark's tests want Java")
    pytest.skip("there is no Java for Spark", allow_module_level=True)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Spark's, of two workers. Jobs are small: Java that compiles at once, if
    not well, takes half the time for them."""
    import spark_cluster
    os.environ.setdefault("JAVA_TOOL_OPTIONS",
                          "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    with spark_cluster.Cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture(scope="module")
def spark(cluster):
    session = cluster.session(spark_sql_shuffle_partitions="4")
    yield session
    session.stop()


def blocks(path, kind):
    """The code of a page's blocks of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", (ROOT / path).read_text(
        encoding="utf-8"), re.MULTILINE | re.DOTALL)


def records(path):
    """The records of a file of JSON Lines."""
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def word(chance):
    return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))


def edited_copies(seed, originals=12, copies=4, words=60):
    """Texts in families: of each original some copies, with some words changed.
    Among them an empty one, and one of two words."""
    chance = random.Random(seed)
    texts = ["", "mi re"]
    for _ in range(originals):
        first = [word(chance) for _ in range(words)]
        for copy in range(copies):
            now = first[:]
            for _ in range(copy):
                now[chance.randrange(words)] = word(chance)
            texts.append(" ".join(now))
    chance.shuffle(texts)
    return texts

"""Parquet files: every column, type and row of what is kept; equal answers;
memory that does not grow with the texts; and the installed command."""

import decimal
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import wirecopy
import wirecopy.command
import wirecopy.parquet
from conftest import edited_copies, records, word


def wide_table(texts):
    """A column of each kind beside the texts, with nulls, and metadata."""
    n = len(texts)
    some = [None if i % 5 == 2 else i for i in range(n)]
    made = pa.table({
        "number": pa.array(some, pa.int16()),
        "text": pa.array(texts, pa.large_string()),
        "real": pa.array([None if i is None else i / 3 for i in some]),
        "flag": pa.array([None if i is None else i % 2 == 0 for i in some]),
        "when": pa.array(some, pa.timestamp("us", tz="Europe/Berlin")),
        "day": pa.array(some, pa.date32()),
        "bytes": pa.array([b"\x00%d" % i for i in range(n)], pa.binary()),
        "exact": pa.array([decimal.Decimal(i) / 8 for i in range(n)],
                          pa.decimal128(12, 3)),
        "list": pa.array([None if i is None else list(range(i % 4))
                          for i in some], pa.list_(pa.int32())),
        "struct": pa.array([{"a": i, "b": [str(i)]} for i in range(n)]),
        "map": pa.array([[("k", i)] for i in range(n)],
                        pa.map_(pa.string(), pa.int64())),
        "category": pa.array([f"c{i % 3}" for i in range(n)]
                             ).dictionary_encode(),
        "view": pa.array([None if i is None else "of " + texts[i] for i in
                          some], pa.string_view()),
        "id": pa.array([f"d{i}" for i in range(n)]),
    })
    field = made.schema.field("number").with_metadata({"unit": "pieces"})
    return made.cast(made.schema.set(0, field)).replace_schema_metadata(
        {"made": "by hand"})


def write_parts(table, folder, cuts, rows=7):
    paths, begin = [], 0
    for i, end in enumerate([*cuts, len(table)]):
        paths.append(str(folder / f"part-{i}.parquet"))
        pq.write_table(table.slice(begin, end - begin), paths[-1],
                       row_group_size=rows, compression="zstd")
        begin = end
    return paths


@pytest.mark.parametrize("batch", [3, 4096])
def test_kept_rows_are_whole(tmp_path, monkeypatch, batch):
    monkeypatch.setattr(wirecopy.parquet, "_BATCH", batch)
    monkeypatch.setattr(wirecopy.parquet, "_GROUP_BYTES", 2000)
    table = wide_table(edited_copies(5))
    paths = write_parts(table, tmp_path, [0, 11, 12])  # one has no rows
    found = wirecopy.parquet.dedup(paths, threshold=0.6)
    memory = wirecopy.dedup(table, threshold=0.6)
    assert found.mask.tolist() == memory.mask.tolist()
    assert found.removed.to_pylist() == memory.removed.to_pylist() != []
    assert found.clusters.to_pylist() == memory.clusters.to_pylist()
    output = str(tmp_path / "kept.parquet")
    wirecopy.parquet.write_kept(paths, found.mask, output)
    kept = pq.read_table(output)
    assert kept.schema.equals(pq.read_schema(paths[0]), check_metadata=True)
    assert kept.to_pylist() == memory.kept.to_pylist()
    assert pq.ParquetFile(output).metadata.row_group(0).column(
        0).compression == "ZSTD"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "kept.parquet", *(pathlib.Path(path).name for path in paths)]


def test_dictionaries_within(tmp_path):
    """Of structs and lists, one for each row group."""
    texts = edited_copies(5)
    names = pa.array([f"c{i % 5}" for i in range(len(texts))]
                     ).dictionary_encode()
    table = pa.table({
        "text": texts, "struct": pa.StructArray.from_arrays([names], ["x"]),
        "list": pa.ListArray.from_arrays(range(len(texts) + 1), names)})
    paths = write_parts(table, tmp_path, [11])
    found = wirecopy.parquet.dedup(paths, threshold=0.6)
    output = str(tmp_path / "kept.parquet")
    wirecopy.parquet.write_kept(paths, found.mask, output)
    assert pq.read_schema(output) == pq.read_schema(paths[0])
    rows = table.to_pylist()
    kept = [rows[i] for i in range(len(rows)) if found.mask[i]]
    assert 0 < len(kept) < len(rows)
    assert [row for group in range(pq.ParquetFile(output).num_row_groups)
            for row in pq.ParquetFile(output).read_row_group(group).to_pylist()
            ] == kept


@pytest.mark.parametrize("options", [
    {}, {"keep": "latest"}, {"keep": "longest", "exact": True},
    {"measure": "containment"}, {"cluster": "components", "threads": 1}])
def test_answers_are_those_of_tables(tmp_path, newsroom, options):
    table = pa.Table.from_pylist(newsroom)
    paths = write_parts(table, tmp_path, [20], rows=9)
    found = wirecopy.parquet.dedup(paths, threshold=0.5, **options)
    memory = wirecopy.dedup(table, threshold=0.5, **options)
    assert found.mask.tolist() == memory.mask.tolist()
    assert found.removed.to_pylist() == memory.removed.to_pylist()


def test_null_texts_stay(tmp_path):
    table = pa.table({"text": ["a b c d e f", None, "a b c d e f", None]})
    paths = write_parts(table, tmp_path, [2])
    found = wirecopy.parquet.dedup(paths)
    assert found.mask.tolist() == [True, True, False, True]
    assert found.stats["null_texts"] == 2
    done = run("dedup", *paths, "-o", tmp_path / "kept.parquet", "--stats",
               tmp_path / "stats.json")
    assert "\n  2 texts are null: empty documents, which stay\n" in done.stderr
    stats = json.loads((tmp_path / "stats.json").read_text())
    assert stats["null_texts"] == 2 and stats["kept"] == 3
    with pytest.raises(ValueError, match="null in row 1"):
        wirecopy.parquet.dedup(paths, nulls="error")


@pytest.mark.parametrize("options, error, says", [
    ({"paths": None}, TypeError, "paths must be a list of paths, not None"),
    ({"paths": "in.parquet"}, TypeError, "paths must be a list"),
    ({"paths": pathlib.Path("in.parquet")}, TypeError, "paths must be a list"),
    ({"paths": []}, ValueError, "no Parquet files"),
    ({"paths": ["twice.parquet"]}, ValueError, "two columns are named 'text'"),
    ({"cluster": None}, TypeError, "cluster must be str"),
    ({"keep": 3}, TypeError, "keep must be str"),
    ({"cache_bytes": -1}, ValueError, "cache_bytes -1"),
    ({"mask": [True]}, ValueError, "mask has 1 rows; the files have 2"),
    ({"mask": [True] * 3}, ValueError, "mask has 3 rows; the files have 2"),
    ({"mask": [1, 0]}, TypeError, "mask must be a row of bool, not int64"),
    ({"mask": [None, True]}, TypeError, "mask must be a row of bool"),
])
def test_says_what_is_wrong(options, error, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pq.write_table(pa.table({"text": ["a", "b"]}), "in.parquet")
    pq.write_table(pa.table([["a"], ["b"]], names=["text", "text"]),
                   "twice.parquet")
    with pytest.raises(error, match=says):
        if "mask" in options:
            wirecopy.parquet.write_kept(["in.parquet"], options["mask"],
                                        "kept.parquet")
        else:
            wirecopy.parquet.dedup(**{"paths": ["in.parquet"], **options})
    assert not pathlib.Path("kept.parquet").exists()


def test_rows_of_files_are_not_held(tmp_path):
    paths = write_parts(pa.table({"text": ["a b c d e f"] * 2}), tmp_path, [])
    with pytest.raises(AttributeError, match="write_kept"):
        wirecopy.parquet.dedup(paths).kept


def run(*words):
    return subprocess.run(
        [sys.executable, "-m", "wirecopy.command", *map(str, words)],
        capture_output=True, text=True, check=False)


def test_the_command_equals_the_program(tmp_path, newsroom, articles, program):
    write_parts(pa.Table.from_pylist(newsroom), tmp_path, [20], rows=9)
    done = run("dedup", tmp_path / "part-*.parquet", "-o",
               tmp_path / "kept.parquet", "--removed", tmp_path / "removed",
               "--clusters", tmp_path / "clusters.parquet", "--stats",
               tmp_path / "stats", "--threshold", "0.5", "--keep", "earliest")
    assert done.returncode == 0, done.stderr
    assert "46 documents read" in done.stderr and done.stdout == ""
    program("dedup", articles, "--threshold", "0.5", "--keep", "earliest", "-q",
            "-o", tmp_path / "lines", "--removed", tmp_path / "other",
            "--clusters", tmp_path / "groups", "--stats",
            tmp_path / "their-stats")
    assert (tmp_path / "removed").read_bytes() == (
        tmp_path / "other").read_bytes()
    assert pq.read_table(tmp_path / "clusters.parquet").to_pylist() == records(
        tmp_path / "groups")
    kept = pq.read_table(tmp_path / "kept.parquet")["id"].to_pylist()
    assert kept == [row["id"] for row in records(tmp_path / "lines")]
    stats, = records(tmp_path / "stats")
    assert stats["read"] == 46 == stats["kept"] + stats["removed"]
    wanted, = records(tmp_path / "their-stats")
    assert stats.pop("null_texts") == 0  # which the program rejects
    for name in stats.keys() - {"bytes", "seconds"}:
        assert stats[name] == wanted[name], name
    assert stats.keys() >= {"version", "parameters", "rejected",
                            "largest_cluster", "verified_pairs"}


def test_dates_that_cannot_be_read_are_told(tmp_path):
    pq.write_table(pa.table({"text": ["a", "b"], "published": [
        "2024-05-01", "yesterday"]}), tmp_path / "in.parquet")
    done = run("dedup", tmp_path / "in.parquet", "-o", tmp_path / "k.parquet",
               "--keep", "latest")
    assert done.returncode == 0 and "1 date could not be read" in done.stderr


def test_other_commands_are_the_program_s(articles):
    assert run("--version").stdout.startswith("wirecopy ")
    done = run("dedup", articles, "-q")
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 41
    assert run("dedup", "missing.jsonl").returncode == 2


def test_the_command_is_installed():
    command = pathlib.Path(sys.executable).parent / "wirecopy"
    done = subprocess.run([command, "--version"], capture_output=True,
                          text=True, check=True)
    assert done.stdout.split() == ["wirecopy", wirecopy.__version__]


@pytest.mark.parametrize("command", ["pairs", "trace", "passages"])
def test_parquet_is_dedup_s_alone(command, capsys):
    assert wirecopy.command.main([command, "a.parquet", "-o", "x"]) == 2
    assert "a.parquet: `wirecopy dedup` alone" in capsys.readouterr().err


def test_without_the_program(monkeypatch, capsys):
    monkeypatch.setattr(wirecopy.command, "program", lambda: None)
    assert wirecopy.command.main(["trace", "x.jsonl"]) == 2
    assert "no compiled program" in capsys.readouterr().err


@pytest.mark.parametrize("words, says", [
    (["missing.parquet", "-o", "k.parquet"], "missing.parquet: no such file"),
    (["a.parquet", "b.jsonl", "-o", "k.parquet"], "b.jsonl: Parquet files and"),
    (["a.parquet", "-o", "a.parquet"], "a.parquet: is written to"),
    (["a.parquet", "-o", "k.jsonl"], "k.jsonl: what is kept of Parquet files"),
    (["a.parquet", "-o", "k.parquet", "--removed", "./k.parquet"],
     "./k.parquet: is written to"),
    (["a.parquet", "-o", "k.parquet", "--text-field", "body"],
     "no column 'body'; there are: text, n"),
    (["a.parquet", "-o", "k.parquet", "--text-field", "n"],
     "'n' is of type int64"),
    (["a.parquet", "-o", "k.parquet", "--id-field", "nr"], "no column 'nr'"),
    (["a.parquet", "-o", "k.parquet", "--threshold", "2"], "threshold 2"),
    (["a.parquet", "b.parquet", "-o", "k.parquet"],
     "b.parquet: column 'n' is of type string; in a.parquet it is int64"),
    (["a.parquet", "c.parquet", "-o", "k.parquet"],
     "c.parquet: its columns are ['text']"),
    (["bad.parquet", "-o", "k.parquet"], "bad.parquet: "),
    (["a.parquet", "-o", "no/such/folder/k.parquet"], "no/such/folder"),
])
def test_mistakes_are_named(words, says, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    pq.write_table(pa.table({"text": ["x"], "n": [1]}), "a.parquet")
    pq.write_table(pa.table({"text": ["x"], "n": ["1"]}), "b.parquet")
    pq.write_table(pa.table({"text": ["x"]}), "c.parquet")
    pathlib.Path("b.jsonl").write_text("{}\n")
    pathlib.Path("bad.parquet").write_bytes(b"PAR1 and nothing behind it")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert wirecopy.command.main(["dedup", *words]) == 2
    said = capsys.readouterr().err
    assert says in said and said.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def damaged(folder):
    """A file whose texts cannot be read, though its end says what it holds."""
    path = folder / "damaged.parquet"
    pq.write_table(pa.table({"text": edited_copies(3)}), path,
                   compression="zstd")
    whole = bytearray(path.read_bytes())
    first = pq.ParquetFile(path).metadata.row_group(0).column(0)
    begin = first.dictionary_page_offset or first.data_page_offset
    for i in range(begin, begin + first.total_compressed_size):
        whole[i] ^= 0x5A
    path.write_bytes(whole)
    return path


def test_damaged_files_are_named(tmp_path):
    path = damaged(tmp_path)
    with pytest.raises((OSError, ValueError), match="damaged.parquet: "):
        wirecopy.parquet.dedup([str(path)])
    output = tmp_path / "kept.parquet"
    with pytest.raises((OSError, ValueError), match="damaged.parquet: "):
        wirecopy.parquet.write_kept([str(path)], [True] * 50, str(output))
    done = run("dedup", path, "-o", output, "--removed", tmp_path / "removed")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith(f"wirecopy: {path}: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == [path]


def side_outputs(folder):
    return ["--removed", folder / "removed.parquet", "--clusters",
            folder / "clusters.jsonl", "--stats", folder / "stats.json"]


def test_no_output_of_a_run_that_fails(tmp_path):
    """Whatever it is that cannot be written, all outputs are as before."""
    texts = edited_copies(4)
    blobs = [random.Random(i).randbytes(20_000) for i in range(len(texts))]
    path = tmp_path / "in.parquet"
    pq.write_table(pa.table({"text": texts, "blob": blobs}), path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "removed.parquet").write_text("of another run")
    command = [sys.executable, "-m", "wirecopy.command", "dedup", path, "-o",
               out / "kept.parquet", *side_outputs(out)]
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE,
                                              (300_000, 300_000)))
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
    assert "wirecopy: " in done.stderr and "Traceback" not in done.stderr
    assert [entry.name for entry in out.iterdir()] == ["removed.parquet"]
    assert (out / "removed.parquet").read_text() == "of another run"
    done = run(*command[3:])
    assert done.returncode == 0, done.stderr
    assert len(list(out.iterdir())) == 4
    assert len(pq.read_table(out / "removed.parquet")) > 0


@pytest.mark.parametrize("which", ["-o", "--removed", "--clusters", "--stats"])
def test_outputs_are_tried_before_the_work(which, tmp_path, monkeypatch,
                                           capsys):
    monkeypatch.setattr(wirecopy.parquet, "dedup", lambda *_, **__: 1 / 0)
    path = tmp_path / "in.parquet"
    pq.write_table(pa.table({"text": ["x"]}), path)
    words = ["dedup", path, "-o", tmp_path / "kept.parquet",
             *side_outputs(tmp_path)]
    for bad, reason in [(tmp_path / "no" / "folder" / "x.parquet", "No such"),
                        (tmp_path, "directory")]:
        words[words.index(which) + 1] = bad
        assert wirecopy.command.main(list(map(str, words))) == 2
        said = capsys.readouterr().err
        assert str(bad) in said and reason in said and said.count("\n") == 1
        assert list(tmp_path.iterdir()) == [path]


def test_outputs_that_are_no_files(tmp_path):
    """A link stays one, and a device is written to."""
    path, elsewhere = tmp_path / "in.parquet", tmp_path / "elsewhere"
    pq.write_table(pa.table({"text": ["a b c d e f"] * 2}), path)
    elsewhere.mkdir()
    (tmp_path / "kept.parquet").symlink_to(elsewhere / "behind.parquet")
    done = run("dedup", path, "-o", tmp_path / "kept.parquet", "--removed",
               "/dev/stdout", "--clusters", "/dev/null", "-q")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["kept"] is not None
    assert (tmp_path / "kept.parquet").is_symlink()
    assert [entry.name for entry in elsewhere.iterdir()] == ["behind.parquet"]
    assert len(pq.read_table(elsewhere / "behind.parquet")) == 1
    assert pathlib.Path("/dev/null").is_char_device()


def write_corpus(path, documents, seed=1):
    """Documents of 8 KB each, a fifth of which are copies."""
    chance = random.Random(seed)
    words = [word(chance) for _ in range(3000)]
    schema = pa.schema([("text", pa.string()), ("n", pa.int64())])
    texts = []
    with pq.ParquetWriter(path, schema) as writer:
        for begin in range(0, documents, 1000):
            for _ in range(1000):
                texts.append(texts[-1] if texts and chance.random() < 0.2 else
                             " ".join(chance.choices(words, k=1400)))
            writer.write_table(pa.table(
                {"text": texts, "n": range(begin, begin + 1000)}, schema))
            texts = texts[-1:]
            texts.clear()


def peak_of(path, output):
    """Megabytes of resident memory that it took."""
    done = subprocess.run(
        [sys.executable, "-c",
         "import resource, sys, wirecopy.parquet\n"
         "paths, output = [sys.argv[1]], sys.argv[2]\n"
         "wirecopy.parquet._GROUP_BYTES = 8 << 20\n"
         "mask = wirecopy.parquet.dedup(\n"
         "    paths, threads=1, cache_bytes=4 << 20).mask\n"
         "wirecopy.parquet.write_kept(paths, mask, output)\n"
         "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)",
         path, output], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def test_memory_does_not_grow_with_the_texts(tmp_path):
    """64 MB more of texts take little more memory: what is kept of each of
    8,000 documents, not its 8 KB. (Caches and row groups, which are bounded,
    are small here, so as not to hide it.)"""
    small, large = tmp_path / "small.parquet", tmp_path / "large.parquet"
    write_corpus(small, 4000)
    write_corpus(large, 12_000)
    first = peak_of(small, tmp_path / "k1.parquet")
    second = peak_of(large, tmp_path / "k2.parquet")
    assert second - first < 40, (first, second)


def processor_seconds(process):
    """What a process has used, by /proc."""
    stat = pathlib.Path(f"/proc/{process.pid}/stat").read_text("ascii")
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT,
                                    signal.SIGHUP])
def test_a_signal_leaves_nothing(number, tmp_path):
    """Nor does it wait until the compiled part has done its work: 50 million
    pairs that are not quite alike."""
    chance = random.Random(1)
    common = " ".join(f"w{i}" for i in range(60))
    path, out = tmp_path / "in.parquet", tmp_path / "out"
    out.mkdir()
    (out / "stats.json").write_text("of another run")
    pq.write_table(pa.table({"text": [
        common + "".join(f" x{chance.randrange(10**9)}" for _ in range(40))
        for _ in range(10_000)]}), path)
    begun = subprocess.Popen(
        [sys.executable, "-m", "wirecopy.command", "dedup", str(path), "-o",
         str(out / "kept.parquet"), *map(str, side_outputs(out)), "--exact",
         "--threshold", "0.45", "--threads", "1"],
        stderr=subprocess.PIPE, text=True,
        # Whoever runs the tests may ignore it.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
    while begun.poll() is None and len(list(out.iterdir())) < 5:
        time.sleep(0.05)
    # What pyarrow takes to load is less than this, what the pairs take far
    # more.
    until = processor_seconds(begun) + 3
    while begun.poll() is None and processor_seconds(begun) < until:
        time.sleep(0.05)
    assert begun.poll() is None, "it was too quick for this test"
    begun.send_signal(number)
    _, said = begun.communicate(timeout=600)
    assert begun.returncode == -number and said == ""
    assert [entry.name for entry in out.iterdir()] == ["stats.json"]
    assert (out / "stats.json").read_text() == "of another run"


def test_an_ignored_signal_stays_ignored(tmp_path):
    """As nohup has it; and in a process that goes on, signals do afterwards
    what they did before."""
    path = tmp_path / "in.parquet"
    pq.write_table(pa.table({"text": ["a b c d e f"] * 2}), path)
    script = (
        "import os, signal, sys, wirecopy.command, wirecopy.parquet\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "real = wirecopy.parquet.dedup\n"
        "def dedup(*words, **options):\n"
        "    os.kill(os.getpid(), signal.SIGHUP)\n"
        "    return real(*words, **options)\n"
        "wirecopy.parquet.dedup = dedup\n"
        "assert wirecopy.command.main(['dedup', *sys.argv[1:]]) == 0\n"
        "told = []\n"
        "signal.signal(signal.SIGTERM, lambda *_: told.append('caught'))\n"
        "assert wirecopy.command.main(['dedup', *sys.argv[1:]]) == 0\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
        "assert told == ['caught']\n")
    done = subprocess.run(
        [sys.executable, "-c", script, path, "-o", tmp_path / "kept.parquet"],
        capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        "in.parquet", "kept.parquet"]

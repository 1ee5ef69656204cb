"""Python's threads, its lock, and memory over many calls."""

import gc
import pathlib
import random
import subprocess
import sys
import threading
import time

import numpy as np
import pyarrow as pa
import pytest

import wirecopy
from conftest import edited_copies

SOME = edited_copies(8, originals=40, words=300)


def resident():
    """Megabytes."""
    with open("/proc/self/status", encoding="ascii") as lines:
        line = next(line for line in lines if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def in_threads(count, work):
    """The results of work(number), each in a thread of its own."""
    results = [None] * count
    errors = []

    def call(number):
        try:
            results[number] = work(number)
        except BaseException as error:  # shown by the test
            errors.append(error)

    threads = [threading.Thread(target=call, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    return results


def test_python_goes_on_meanwhile():
    """While a job works, another thread of Python counts: it would have to
    wait for the job's end if that held the lock."""
    table = pa.table({"text": SOME * 40})
    counted = []
    done = threading.Event()

    def count():
        while not done.is_set():
            counted.append(time.monotonic())
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    begin = time.monotonic()
    wirecopy.sketch(table, threads=1)
    end = time.monotonic()
    done.set()
    counter.join()
    within = sum(begin < moment < end for moment in counted)
    assert within > (end - begin) / 0.001 / 50


@pytest.mark.parametrize("job", [
    lambda data: wirecopy.sketch(data, threads=2).tobytes(),
    lambda data: wirecopy.dedup(data, threads=2).removed.to_pylist(),
    lambda data: wirecopy.pairs(data, threads=2).pairs.to_pylist(),
    lambda data: wirecopy.passages(data, threads=2).passages.to_pylist(),
    lambda data: wirecopy.trace(data, threads=2).lineage.to_pylist(),
])
def test_two_threads_at_once(job):
    table = pa.table({"text": SOME})
    alone = job(table)
    assert in_threads(4, lambda _: job(table)) == [alone] * 4


def test_minhash_in_threads():
    batch = [random.Random(1).randbytes(9) for _ in range(2000)]
    alone = wirecopy.MinHash(seed=3)
    alone.update_batch(batch)

    def work(_):
        made = wirecopy.MinHash(seed=3)
        for begin in range(0, 2000, 100):
            made.update_batch(batch[begin:begin + 100])
        return made

    assert all(made == alone for made in in_threads(4, work))


def call_everything(table):
    found = wirecopy.dedup(table)
    pa.table(found.removed)
    pa.table(found.clusters)
    pa.table(wirecopy.trace(table).edges)
    assert found.kept.num_rows
    wirecopy.sketch(SOME)
    wirecopy.pairs(table.to_reader())
    made = wirecopy.MinHash.bulk([[b"a", b"b"]] * 100)
    index = wirecopy.MinHashLSH()
    for i, one in enumerate(made):
        index.insert(i, one)
    for wrong in (None, [None], pa.array([1]), pa.array([None, "x"])):
        try:
            wirecopy.sketch(wrong)
        except (TypeError, ValueError):
            pass


def growth():
    """Megabytes by which 40 rounds of calls let memory grow, and bytes of
    Arrow."""
    table = pa.table({"text": SOME})
    for _ in range(20):
        call_everything(table)
    gc.collect()
    before, held = resident(), pa.total_allocated_bytes()
    for _ in range(40):
        call_everything(table)
    gc.collect()
    return resident() - before, pa.total_allocated_bytes() - held


def test_memory_stays_flat():
    """Losing a third of the texts' size in each round would show. (In a process
    of its own, where memory that other tests gave back is not in the way.)"""
    done = subprocess.run(
        [sys.executable, "-c", "import test_threads\n"
         "print(*test_threads.growth())"], cwd=pathlib.Path(__file__).parent,
        capture_output=True, text=True, check=True)
    grown, arrow = map(float, done.stdout.split())
    assert arrow == 0
    assert grown < 40 * sum(map(len, SOME)) / 1e6 / 3


def test_arrays_live_as_long_as_they_are_used():
    slots = wirecopy.sketch(SOME)
    part = slots[3:5]
    copy = part.copy()
    del slots
    gc.collect()
    wirecopy.sketch(SOME * 2)
    assert np.array_equal(part, copy)

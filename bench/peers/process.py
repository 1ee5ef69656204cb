"""Runs one command: how long, how much memory, on how many processors."""

import dataclasses
import json
import os
import pathlib
import signal
import subprocess
import time

INTERVAL = 0.005  # seconds between two looks at the memory
MEGABYTE = 1e6
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
           "RAYON_NUM_THREADS", "NUMEXPR_NUM_THREADS")


@dataclasses.dataclass
class Usage:
    """What one run took, and what it said; `fault` where it went wrong."""

    wall: float = 0.0  # seconds
    cpu: float = 0.0  # seconds, of all its processes
    peak_mb: float = 0.0  # resident, the sum of its processes
    answer: dict = dataclasses.field(default_factory=dict)
    fault: str = ""


def tree(process):
    """The ids of a process and all that it started."""
    found = [process]
    for one in found:
        try:
            for thread in pathlib.Path(f"/proc/{one}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
        except (OSError, ValueError):
            pass  # has ended meanwhile
    return found


class Watch:
    """Memory and processor time of a process and all that it started."""

    def __init__(self):
        self.peak = 0  # bytes; pages that two processes share count twice
        self.ticks = {}  # of the processor, by process, when last seen

    def look(self, process):
        pages = 0
        for one in tree(process):
            try:
                with open(f"/proc/{one}/stat", encoding="utf-8") as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            if len(fields) > 21:
                self.ticks[one] = int(fields[11]) + int(fields[12])
                pages += int(fields[21])
        self.peak = max(self.peak, pages * os.sysconf("SC_PAGE_SIZE"))

    def cpu(self, usage):
        """Seconds; what ran on to the end without being waited for is known
        only from the last look at it."""
        seen = sum(self.ticks.values()) / os.sysconf("SC_CLK_TCK")
        return max(seen, usage.ru_utime + usage.ru_stime)


def wait(process, limit):
    """Waits for a process; kills its group at the limit. Returns processor
    time and peak memory, and whether it was stopped."""
    end, watch = time.monotonic() + limit, Watch()
    while True:
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        stopped = not done and time.monotonic() > end
        if stopped:
            os.killpg(process.pid, signal.SIGKILL)
            done, status, usage = os.wait4(process.pid, 0)
        if done:
            process.returncode = os.waitstatus_to_exitcode(status)
            peak = max(watch.peak, usage.ru_maxrss * 1024)
            return watch.cpu(usage), peak, stopped
        watch.look(process.pid)
        time.sleep(INTERVAL)


def last_line(path):
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def environment(folder, cores):
    """Nothing of one run is there for the next: caches go to its folder."""
    return {**os.environ, "TMPDIR": str(folder), "HF_HOME": str(folder / "hf"),
            "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "SPARK_LOCAL_DIRS": str(folder), "SPARK_LOCAL_IP": "127.0.0.1",
            **{name: str(cores) for name in THREADS}}


def run(command, folder, cores, limit):
    """Runs a command in a folder on so many processors, for so many seconds
    at most. Where its last line is a JSON object, that is its answer."""
    processors = sorted(os.sched_getaffinity(0))[:cores]
    out, err = folder / "stdout", folder / "stderr"
    begin = time.perf_counter()
    with open(out, "wb") as to, open(err, "wb") as errors:
        try:
            process = subprocess.Popen(
                [str(word) for word in command], cwd=folder, stdout=to,
                stderr=errors, stdin=subprocess.DEVNULL,
                start_new_session=True, env=environment(folder, cores),
                preexec_fn=lambda: os.sched_setaffinity(0, processors))
        except OSError as error:
            return Usage(fault=f"cannot be run: {error}")
        cpu, peak, stopped = wait(process, limit)
    found = Usage(time.perf_counter() - begin, cpu, peak / MEGABYTE)
    if stopped:
        found.fault = f"stopped after {limit:g} s"
    elif process.returncode != 0:
        found.fault = f"exit status {process.returncode}: {last_line(err)}"
    elif (line := last_line(out)).startswith("{"):
        found.answer = json.loads(line)
    return found

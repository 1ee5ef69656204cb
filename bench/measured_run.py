"""Running a program and saying what it took, and on what machine."""

import datetime
import os
import pathlib
import shlex
import signal
import subprocess
import sys

# Runs a command for so many seconds at most and prints what it took. A process
# of its own, for a program's peak memory is no less than that of the process
# that started it.
LAUNCHER = """
import os, signal, sys, time
limit, names = float(sys.argv[1]), sys.argv[2]
files = [(os.POSIX_SPAWN_OPEN, 0, names, os.O_RDONLY, 0),
         (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
begin = time.perf_counter()
pid = os.posix_spawnp(sys.argv[3], sys.argv[3:], os.environ,
                      file_actions=files)
signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
signal.setitimer(signal.ITIMER_REAL, limit)
_, status, usage = os.wait4(pid, 0)
print(time.perf_counter() - begin, usage.ru_utime + usage.ru_stime,
      usage.ru_maxrss * 1024 / 1e6, os.waitstatus_to_exitcode(status))
"""


class Usage:
    """What one run took: seconds, processor seconds, megabytes at most."""

    def __init__(self, printed):
        words = printed.split()
        self.wall, self.cpu, self.peak = (float(word) for word in words[:3])
        self.status = int(words[3])
        self.is_stopped = self.status == -signal.SIGKILL


def run(command, limit=0, names=os.devnull, folder=None):
    """Runs a command, with a file as standard input; 0 is no limit."""
    launch = [sys.executable, "-S", "-E", "-c", LAUNCHER, str(limit),
              str(names), *map(str, command)]
    usage = Usage(subprocess.run(launch, cwd=folder, check=True, text=True,
                                 stdout=subprocess.PIPE).stdout)
    if usage.status != 0 and not (limit and usage.is_stopped):
        sys.exit(f"exit status {usage.status}: {command}")
    return usage


def processor():
    """Its name, where the system tells."""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return "unknown processor"
    for line in text.splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown processor"


def head(note=""):
    """Lines that a file of figures begins with: when, where, how busy."""
    load = os.getloadavg()
    arguments = [one for one in sys.argv[1:] if one not in ("--note", note)]
    lines = [f"{datetime.date.today()}, {os.cpu_count()} cores of "
             f"{processor()}",
             f"load average when it began: {load[0]:.1f} of one minute, "
             f"{load[2]:.1f} of fifteen",
             "$ " + shlex.join([os.path.relpath(sys.argv[0]), *arguments])]
    return lines + ([note] if note else [])

"""What a command takes: seconds on the clock, of the processors, and the memory of its processes.

A build's editions are forks of multiprocessing's fork server, and their kernels are forks of
theirs. The time of a process is handed on to whoever waits for its end; nobody in the command
waits for the fork server, which ends after it. So this process adopts what outlives its parent
(PR_SET_CHILD_SUBREAPER) and waits until nothing is left: then each process of the command was
waited for exactly once, by its parent or here, and the sum is complete. Without it five sixths of a
build's time were not counted. Looking at /proc now and then would miss what a process does between
the last look and its end.

The peak of a process's memory includes what it was a copy of before it became another program, so
whoever measures imports next to nothing.
"""

import ctypes
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter

PR_SET_CHILD_SUBREAPER = 36
UNITS = 1 if sys.platform == "darwin" else 1024  # bytes of ru_maxrss


@dataclass(frozen=True)
class Spent:
    """What one run took: seconds, processor's seconds, megabytes of its largest process."""

    wall: float
    cpu: float
    memory: float


def middle(runs: Sequence[Spent]) -> Spent:
    """Return the median of each."""
    return Spent(
        median(one.wall for one in runs),
        median(one.cpu for one in runs),
        median(one.memory for one in runs),
    )


def spend(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Spent:
    """Run a command to its end and that of all that it started; stop where it fails."""
    _adopt_orphans()
    with TemporaryFile() as told:
        began = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=told, stderr=told
        )
        usages = []
        for pid, status, usage in _endings():
            usages.append(usage)
            if pid == process.pid:
                wall = perf_counter() - began
                process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            sys.exit(f"{command} failed:\n{told.read().decode()}")
    return Spent(wall, sum(map(_cpu, usages)), max(map(_megabytes, usages)))


def _endings():
    """Yield each process that ends, until none is left."""
    while True:
        try:
            yield os.wait4(-1, 0)
        except ChildProcessError:
            return


def _adopt_orphans() -> None:
    if sys.platform == "linux":  # elsewhere nothing is forked, and each process is waited for
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _cpu(usage: struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def _megabytes(usage: struct_rusage) -> float:
    return usage.ru_maxrss * UNITS / 1e6

"""Runs one process of a measurement, and says what it took."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Process:
    """``took_s`` from its start until it is gone, ``cpu_s`` of all its threads, ``said`` on stdout."""

    took_s: float
    cpu_s: float
    peak_mb: float
    said: str


def python(*arguments: str, exits: tuple[int, ...] = (0,)) -> Process:
    """A Python with these arguments; ends the measurement when it exits otherwise. Needs POSIX."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        child = subprocess.Popen([sys.executable, *arguments], stdout=output)
        _, status, usage = os.wait4(child.pid, 0)
        took_s = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in exits:
            raise SystemExit(f"{' '.join(arguments)}: exit code {child.returncode}")
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    peak_mb = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)  # getrusage(2): kilobytes, or bytes
    return Process(took_s, usage.ru_utime + usage.ru_stime, peak_mb, said)

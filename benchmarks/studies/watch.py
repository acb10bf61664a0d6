"""What commands and all the processes that they start take: seconds by the clock and of the processors, and memory.

Linux only: every command has a session of its own, and ``/proc`` tells who belongs to it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, perf_counter, sleep
from typing import Any

EVERY_S = 5.0
LEFT_S = 30.0
TICKS = os.sysconf("SC_CLK_TCK")


class Watch:
    """What all processes of the commands started through it took.

    ``peak_mb`` is the most that all had together at a time, shared pages counted once (proportional set size).
    """

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self.wall_s = 0.0
        self._cpu_s: dict[int, float] = {}
        self._sessions: set[int] = set()

    @property
    def cpu_s(self) -> float:
        return sum(self._cpu_s.values())

    def start(self, *command: str, **options: Any) -> subprocess.Popen[str]:
        """``python -m command``, watched."""
        started = subprocess.Popen([sys.executable, "-m", *command], start_new_session=True, text=True, **options)
        self._sessions.add(started.pid)
        return started

    def gone(self, session: int) -> bool:
        """Whether all processes of a command have ended, at the latest half a minute from now."""
        deadline = monotonic() + LEFT_S
        while left := [pid for pid, of, _ in _processes() if of == session]:
            if monotonic() > deadline:
                print(f"still there: {left}")
                return False
            sleep(0.1)
        return True

    def look(self) -> None:
        """Add what they have taken since the last look."""
        own = [(pid, cpu_s) for pid, session, cpu_s in _processes() if session in self._sessions]
        self._cpu_s.update(own)
        self.peak_mb = max(self.peak_mb, sum(_megabytes(pid) for pid, _ in own))


@contextmanager
def watching() -> Iterator[Watch]:
    """A watch that looks every few seconds until the block ends."""
    watch, over, began = Watch(), Event(), perf_counter()

    def looking() -> None:
        while not over.wait(EVERY_S):
            watch.look()

    thread = Thread(target=looking, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()
        watch.wall_s = perf_counter() - began


def _processes() -> list[tuple[int, int, float]]:
    """Number, session and seconds of the processors of every process that lives."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # has just ended
            fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if fields[0] != "Z":
                found.append((int(folder.name), int(fields[3]), (int(fields[11]) + int(fields[12])) / TICKS))
    return found


def _megabytes(pid: int) -> float:
    with suppress(OSError):
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return sum(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1000
    return 0.0

"""What commands and all the processes that they start take: seconds by the clock and of the processors, and memory.

Linux only: every command has a session of its own, and ``/proc`` tells who belongs to it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, perf_counter, sleep
from types import TracebackType
from typing import Any, Self

EVERY_S = 1.0
LEFT_S = 30.0
TICKS = os.sysconf("SC_CLK_TCK")


class Watch:
    """Looks at all processes of the commands started through it once a second, as long as its context lasts.

    ``peak_mb`` is the most that all had together at a time, shared pages counted once (proportional set size).
    """

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self.wall_s = 0.0
        self._cpu_s: dict[int, float] = {}
        self._sessions: set[int] = set()
        self._over = Event()
        self._began = perf_counter()
        self._looking = Thread(target=self._look, daemon=True)

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

    def __enter__(self) -> Self:
        self._began = perf_counter()
        self._looking.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._looking.join()
        self.wall_s = perf_counter() - self._began

    def _look(self) -> None:
        while not self._over.wait(EVERY_S):
            own = [(pid, cpu_s) for pid, session, cpu_s in _processes() if session in self._sessions]
            self._cpu_s.update(own)
            self.peak_mb = max(self.peak_mb, sum(_megabytes(pid) for pid, _ in own))


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

"""CPU and memory of a process with all its descendants, read from /proc (Linux)."""

from __future__ import annotations

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20
UTIME, RSS = 11, 21  # fields after the command's closing bracket


def descendants(pid: int) -> list[int]:
    """The process itself, its children, theirs and so on."""
    found = [pid]
    for process in found:
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                found += [int(child) for child in children.read_text().split()]
            except OSError:
                continue  # that thread has just ended
    return found


def usage(pid: int) -> tuple[float, float]:
    """CPU seconds, with those of children that have ended, and resident megabytes."""
    seconds, megabytes = 0.0, 0.0
    for process in descendants(pid):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        seconds += sum(map(int, fields[UTIME : UTIME + 4])) / TICKS
        megabytes += int(fields[RSS]) * PAGE_MB
    return seconds, megabytes


def status_mb(pid: int, what: str) -> float:
    """From ``/proc/PID/status``: ``VmRSS`` resident now, ``RssAnon`` its own of that, ``VmHWM`` the most so far."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith(what)).split()[1]) / 1000

"""Workers as processes of their own, to be watched and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import TypeVar

from pts_optimiser.store import BusyError, Store, plans
from pts_optimiser.store.plans import Plan

BY = "key:0123456789abcdef"
PATIENCE_S = 120.0
"""On a machine that is busy with other things."""

Found = TypeVar("Found")


def now() -> datetime:
    return datetime.now(UTC)


def until(found: Callable[[], Found | None]) -> Found:
    """What is found once it is there."""
    give_up = monotonic() + PATIENCE_S
    while monotonic() < give_up:
        try:
            if (value := found()) is not None:
                return value
        except BusyError:
            pass
        sleep(0.02)
    raise TimeoutError("what was waited for never came")


def plan_of(store: Store, plan_id: str) -> Plan:
    with store.read() as session:
        return plans.plan(session, plan_id)


def ended(store: Store, plan_id: str) -> Plan:
    """The plan once it is final."""

    def final() -> Plan | None:
        plan = plan_of(store, plan_id)
        return plan if plan.final else None

    return until(final)


class Worker:
    """``pts-optimiser work`` on a store."""

    def __init__(self, url: str) -> None:
        self._said = TemporaryFile()  # noqa: SIM115  closed when the worker has gone
        self.process = subprocess.Popen([sys.executable, "-m", "pts_optimiser", "work", url], stderr=self._said)

    def working(self) -> Worker:
        """Itself, once it takes turns."""
        until(lambda: "Working." in self.said() or self.process.poll())
        assert self.process.poll() is None, self.said()
        return self

    def said(self) -> str:
        """What it has told on stderr."""
        size = os.fstat(self._said.fileno()).st_size
        return os.pread(self._said.fileno(), size, 0).decode()

    def kill(self) -> None:
        self.process.kill()
        self._gone()

    def stop(self) -> int:
        """Exit code after a polite request."""
        self.process.terminate()
        return self._gone()

    def children(self) -> list[int]:
        """Processes that solve: children of the fork server, which is a child of the worker."""
        parents = _parents()
        servers = {pid for pid, parent in parents.items() if parent == self.process.pid}
        return [pid for pid, parent in parents.items() if parent in servers]

    def family(self) -> list[int]:
        """All processes below it."""
        return offspring(self.process.pid)

    def _gone(self) -> int:
        code = self.process.wait(60)
        self._said.close()
        return code


@contextmanager
def worker_on(url: str) -> Iterator[Worker]:
    """A worker that takes turns, stopped after the block."""
    worker = Worker(url).working()
    try:
        yield worker
    finally:
        if worker.process.poll() is None:
            worker.stop()


def offspring(pid: int) -> list[int]:
    """Its children, their children, and so on."""
    parents = _parents()
    found, new = [], [pid]
    while new:
        new = [child for child, parent in parents.items() if parent in new]
        found += new
    return found


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def alive(pid: int) -> bool:
    return _parents().get(pid) is not None


def _parents() -> dict[int, int]:
    """The parent of every process that is not only waiting to be buried."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(stat.parent.name)] = int(parent)
    return found

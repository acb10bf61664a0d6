"""Processes that solve: from a fork server with all kernels loaded, within limits, and gone with who asked."""

from __future__ import annotations

import os
import resource
import signal
from contextlib import suppress
from enum import Enum
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from pts_optimiser.jobs.turns import Turns
from pts_optimiser.services.hosted.shelf import IDLE_S
from pts_optimiser.store import Store

_FORKS = get_context("forkserver")


class Ending(Enum):
    """How a turn has ended: by itself, by the death of its process, or by the clock."""

    DONE = "done"
    DIED = "died"
    TOO_LONG = "too_long"


def warm_up() -> None:
    """Start the fork server, and wait until it has loaded programs and kernels."""
    _FORKS.set_forkserver_preload(["pts_optimiser.jobs.preload"])
    first = _FORKS.Process(target=_nothing)
    first.start()
    first.join()


class Child:
    """A process that takes one turn after another; what it has learned of a day it still knows at the next.

    Parameters
    ----------
    url
        The store, which the process opens for itself.
    memory
        Bytes of address space that it may have.
    niceness
        By how much it stands back behind others.
    network
        Folder of a road network for plans.
    idle_s
        It ends when it was asked for nothing so long: a process that nobody needs keeps no day in memory.
    """

    def __init__(
        self, url: str, memory: int, niceness: int, network: Path | None = None, *, idle_s: float = IDLE_S
    ) -> None:
        self._pipe, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(target=_serve, args=(theirs, url, memory, niceness, network, idle_s))
        self._process.start()
        theirs.close()

    def take_turn(self, plan_id: str, fence: int, limit_s: float) -> Ending:
        """Have a claimed plan worked on, for ``limit_s`` seconds at most."""
        try:
            self._pipe.send((plan_id, fence))
            if not wait([self._pipe], limit_s):
                self.kill()
                return Ending.TOO_LONG
            self._pipe.recv()
        except (EOFError, OSError):
            self.kill()
            return Ending.DIED
        return Ending.DONE

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _nothing() -> None: ...


def _serve(pipe: Connection, url: str, memory: int, niceness: int, network: Path | None, idle_s: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who presses a key speaks to the worker
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.nice(niceness)
    orders: SimpleQueue[tuple[str, int]] = SimpleQueue()
    Thread(target=_listen, args=(pipe, orders), daemon=True).start()
    with Store(url) as store:
        turns = Turns(store, network)
        with suppress(Empty):
            while True:
                turns.take(*orders.get(timeout=idle_s))
                pipe.send(None)


def _listen(pipe: Connection, orders: SimpleQueue[tuple[str, int]]) -> None:
    """Hand on what is asked for, and end this process when nobody is there to ask any more."""
    try:
        while True:
            orders.put(pipe.recv())
    finally:  # closed, or reset where an answer was never read
        os.kill(os.getpid(), signal.SIGKILL)

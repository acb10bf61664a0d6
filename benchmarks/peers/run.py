"""One solver on one problem in a process of its own, with what it used."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any

from benchmarks.peers.clock import Clock, core_share
from benchmarks.peers.parts import solve_in_parts
from benchmarks.peers.registry import PEERS
from benchmarks.peers.shipments import VARIANTS, Variant
from benchmarks.peers.unfit import UnfitError
from benchmarks.usage import descendants, usage
from solver.problem import Problem

LOOK_S = 0.1
PATIENCE, GRACE_S = 3.0, 60.0  # a peer may overrun its wall limit by so much before it is stopped
EXACT = Variant("exact", 1, True)


@dataclass(frozen=True, slots=True)
class Job:
    """``seconds`` of CPU on each of ``cores``."""

    peer: str
    problem: Problem
    variant: str
    seconds: float
    cores: int
    seed: int


@dataclass(frozen=True, slots=True)
class Run:
    """``first_s`` is the CPU used when a plan first served 99 %, where the peer says so. Without routes, ``note``
    tells why. Building the peer's model counts, importing it does not."""

    routes: list[list[int]] | None
    note: str
    cpu_s: float
    wall_s: float
    peak_mb: float
    first_s: float | None


def run(job: Job) -> Run:
    """Run a job and watch it."""
    here, there = get_context("spawn").Pipe()
    share = core_share()
    process = get_context("spawn").Process(target=_child, args=(there, job, share))
    process.start()
    there.close()
    assert process.pid is not None
    watch = _Watch(process.pid, PATIENCE * job.seconds * job.cores / share + GRACE_S)
    try:
        outcome = watch.until_done(here)
    except EOFError:
        outcome = (None, "the process died")
    finally:
        for pid in reversed(descendants(process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.join()
    return Run(*outcome, watch.cpu - watch.cpu_before, watch.wall, watch.peak_mb, watch.first_s)


class _Watch:
    """CPU and memory of a child's process tree, and what the child tells."""

    def __init__(self, pid: int, patience: float) -> None:
        self.pid, self.patience = pid, patience
        self.cpu = self.cpu_before = self.peak_mb = self.wall = 0.0
        self.first_s: float | None = None
        self.began = perf_counter()

    def until_done(self, connection: Connection) -> tuple[list[list[int]] | None, str]:
        while True:
            word: Any = connection.recv() if connection.poll(LOOK_S) else ()
            self.cpu, megabytes = usage(self.pid)
            self.peak_mb, self.wall = max(self.peak_mb, megabytes), perf_counter() - self.began
            if word == ("ready",):
                self.cpu_before, self.began = self.cpu, perf_counter()
            elif word == ("first",):
                self.first_s = self.cpu - self.cpu_before
            elif word:
                return word[1], word[2]
            if self.wall > self.patience:
                return None, "did not stop in time"


def _child(connection: Connection, job: Job, share: float) -> None:
    """Solve and tell; then wait to be ended, so that the parent can read what was used."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    if not sys.stderr.isatty():
        os.dup2(silence, 2)
    peer, variant = PEERS[job.peer], VARIANTS.get(job.variant, EXACT)
    solve = peer.load()
    connection.send(("ready",))
    clock = Clock(job.seconds, job.cores, job.problem.n_requests, lambda: connection.send(("first",)), share)
    try:
        if peer.parts:
            routes = solve_in_parts(peer.name, job.problem, variant, clock, job.seed)
        else:
            routes = solve(job.problem, variant, clock, job.seed)
        connection.send(("done", routes, ""))
    except UnfitError as unfit:
        connection.send(("done", None, f"can't express it: {unfit}"))
    except Exception as error:
        connection.send(("done", None, f"{type(error).__name__}: {error}"))
    signal.pause()

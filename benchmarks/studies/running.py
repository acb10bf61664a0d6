"""A study run as users run it, stopped on the way if asked to, here or on a scheduler and workers started by hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from benchmarks.days import line
from benchmarks.studies.watch import Watch, watching

START_S = 60.0
COLUMNS = ("workers", "days", "solved", "s by the clock", "CPU s", "days an hour", "peak MB of all processes")


@dataclass(frozen=True, slots=True)
class Stop:
    """After so many days ``kill`` (the program alone, at once) or ``interrupt`` (all its processes, as Ctrl-C does)."""

    how: str
    days: int

    @classmethod
    def read(cls, text: str) -> Stop:
        """``kill:60``."""
        how, _, days = text.partition(":")
        if how not in {"kill", "interrupt"}:
            raise ValueError(text)
        return cls(how, int(days))


@dataclass(frozen=True, slots=True)
class Ran:
    """Days of scenarios that the study has and that this run solved, and what it took."""

    workers: str
    days: int
    solved: int
    wall_s: float
    cpu_s: float
    peak_mb: float

    @property
    def days_an_hour(self) -> float:
        return 3600 * self.solved / self.wall_s

    def row(self) -> str:
        """A row of a table under ``COLUMNS``."""
        return line((self.workers, f"{self.days:,}", f"{self.solved:,}", f"{self.wall_s:,.0f}", f"{self.cpu_s:,.0f}",
                     f"{self.days_an_hour:,.0f}", f"{self.peak_mb:,.0f}"))  # fmt: skip


def run(plan: str, out: Path, workers: int, stops: Sequence[Stop] = (), *, by_hand: bool = False) -> Ran:
    """Run a study to its end, started again after each stop; the last start must solve only what was not kept."""
    before = kept(out)
    here = nullcontext(("--workers", str(workers)))
    with watching() as watch, _scheduler(watch, workers) if by_hand else here as pool:
        command = ("pts_optimiser", "study", "run", plan, "--out", str(out), "--json", *pool)
        for stop in stops:
            _stopped(watch, watch.start(*command), out, stop)
        left_off = kept(out)
        last = watch.start(*command, stdout=subprocess.PIPE)
        told, _ = last.communicate()
        if last.returncode:
            raise SystemExit(f"study ended with {last.returncode}")
        watch.gone(last.pid)
    found = json.loads(told)
    if found["solved"] != kept(out) - left_off:
        raise SystemExit(f"{left_off} days were kept, and yet {found['solved']} were solved again or anew")
    name = f"{workers}, by hand" if by_hand else str(workers)
    return Ran(name, found["days"], kept(out) - before, watch.wall_s, watch.cpu_s, watch.peak_mb)


def kept(out: Path) -> int:
    """Days whose answers are in the folder."""
    return sum(not path.name.startswith("unfinished-") for path in (out / "days").glob("*"))


def _stopped(watch: Watch, process: subprocess.Popen[str], out: Path, stop: Stop) -> None:
    while process.poll() is None and kept(out) < stop.days:
        sleep(0.05)
    if process.poll() is not None:
        raise SystemExit(f"the study ended ({process.returncode}) before it had {stop.days} days")
    if stop.how == "kill":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGINT)
    code = process.wait(START_S)
    gone = watch.gone(process.pid)
    print(f"{stop.how}: ended with {code}, {kept(out)} days kept, {'no process' if gone else 'PROCESSES'} left behind")


@contextmanager
def _scheduler(watch: Watch, workers: int) -> Iterator[tuple[str, ...]]:
    """A dask scheduler and so many worker processes, each started by a command of its own."""
    with TemporaryDirectory() as place:
        file = Path(place, "scheduler.json")
        quiet = {"stderr": subprocess.DEVNULL, "cwd": place}
        given = ("--scheduler-file", str(file), "--no-dashboard")
        started = [watch.start("distributed.cli.dask_scheduler", *given, "--port", "0", **quiet)]
        started += [
            watch.start("distributed.cli.dask_worker", *given, "--nthreads", "1", **quiet) for _ in range(workers)
        ]
        try:
            deadline = monotonic() + START_S
            while not file.is_file() and monotonic() < deadline:
                sleep(0.1)
            yield "--scheduler", json.loads(file.read_text(encoding="utf-8"))["address"]
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(START_S)

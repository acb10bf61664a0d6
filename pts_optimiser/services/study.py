"""``study``: many days × scenarios solved, kept, compared and drawn."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from pts_optimiser.demand.wall import DayKind, day_kind
from pts_optimiser.domain.errors import InputError
from pts_optimiser.study.cluster import cluster
from pts_optimiser.study.day_key import engine_version
from pts_optimiser.study.document import read_study
from pts_optimiser.study.in_place import StoppedError
from pts_optimiser.study.outcome import about, write_duties, write_tables
from pts_optimiser.study.report import write_report
from pts_optimiser.study.results import Results
from pts_optimiser.study.run import run
from pts_optimiser.study.solve_day import Task

EXAMPLES = Path(__file__).parents[1] / "study" / "data"

WEIGHT = {DayKind.WEEKDAY: 1.0, DayKind.SATURDAY: 0.54, DayKind.SUNDAY: 0.09}
"""Journeys of a day for one of a weekday: what the time left is worked out by."""

OnWork = Callable[[float, float], None]
"""Told the work done and all there is, in weekdays, whenever a day is there."""


@dataclass(frozen=True, slots=True)
class StudyOrder:
    """Which plan, into which folder, on whose workers: ``workers`` processes here, or those of ``scheduler``."""

    plan: Path
    out: Path
    scheduler: str | None = None
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Studied:
    """``solved`` days of ``days`` were new; the others had been kept."""

    out: Path
    days: int
    solved: int


def example_plan(name: str) -> Path | None:
    """A plan of the package by its name."""
    path = EXAMPLES / f"{name}.toml"
    return path if path.is_file() else None


Pool = Callable[[str | None, int], AbstractContextManager[tuple[Executor, int]]]
"""Where days are solved, for a scheduler and a number of workers: as ``cluster``."""


def study(order: StudyOrder, on_work: OnWork = lambda _done, _all: None, pool: Pool | None = None) -> Studied:
    """Run a plan. Days that are in the folder from before are not solved again.

    Where the ``pool`` stops by ``StoppedError``, the tables are those of the days that there are.

    Raises
    ------
    InputError
        A plan or a file that it names that cannot be used, no scheduler, or stopped before any day was solved.
    RefusedRosterError
        A plan of a day that the referee does not pass.
    """
    plan = read_study(order.plan)
    results = Results(order.out / "days")
    results.sweep()
    travel = (order.out / "travel").resolve()
    pairs = plan.tasks(travel)
    tasks = [task for _, task in pairs]
    whole, done = sum(map(_weight, {task.key: task for task in tasks}.values())), 0.0

    def count(task: Task) -> None:
        nonlocal done
        done += _weight(task)
        on_work(done, whole)

    missing = len({task.key for task in tasks if task.key not in results})
    if missing:
        with suppress(StoppedError), (pool or cluster)(order.scheduler, min(order.workers, missing)) as (made, workers):
            run(tasks, made, workers, results, count)
    pairs = [pair for pair in pairs if pair[1].key in results]
    if not pairs:
        raise InputError("the study was stopped before a day was solved")
    shutil.rmtree(travel, ignore_errors=True)
    write_tables(plan, pairs, results, order.out / "tables")
    write_duties(plan, order.out / "duties")
    document = about(plan, pairs, engine_version())
    (order.out / "study.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    write_report(order.out)
    return Studied(order.out, len(pairs), missing)


def report(folder: Path) -> None:
    """Draw the report of a study that was run before.

    Raises
    ------
    InputError
        A folder without a study.
    """
    if not (folder / "study.json").is_file():
        raise InputError(f"{folder} has no study.json. Name the folder that study wrote.")
    write_report(folder)


def _weight(task: Task) -> float:
    return WEIGHT[day_kind(task.source.service_date)] * task.scenario.demand

"""One day of one scenario: adapted, planned, passed by the referee, measured. No files, no terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pts_optimiser.checking import check
from pts_optimiser.domain.errors import RefusedRosterError
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.planning.day import PlannedDay
from pts_optimiser.reporting.kpis import with_kpis
from pts_optimiser.study.adapt import adapted
from pts_optimiser.study.case import Case, plan_case
from pts_optimiser.study.days import DaySource
from pts_optimiser.study.recurring import Habit, habits, start_from
from pts_optimiser.study.scenario import Scenario
from pts_optimiser.study.tables import tables_of
from pts_optimiser.study.travel_store import shared_travel, travel_of


@dataclass(frozen=True, slots=True)
class Task:
    """One day to solve. ``policy`` is the scenario's; ``share_travel`` the folder of times that scenarios share."""

    key: str
    source: DaySource
    scenario: Scenario
    policy: Policy
    network: Path | None = None
    share_travel: Path | None = None
    after: str = ""  # the key of the day a week before, whose plan this one starts from


@dataclass(frozen=True, slots=True)
class Answer:
    """The tables of a day by name (see ``tables``) and what of its plan may come again."""

    tables: Mapping[str, pa.Table]
    habits: tuple[Habit, ...]


def solve_day(task: Task, before: tuple[Habit, ...] | None = None) -> Answer:
    """Plan and measure a day; ``before`` is what came of the day a week before, where that is to be the start.

    Raises
    ------
    RefusedRosterError
        A plan that the referee does not pass.
    """
    case = _case(task, before)
    planned = plan_case(case)
    roster = with_kpis(_roster(case, planned), case.day.journeys, case.day.duties, case.policy, planned.travel)
    violations = check(roster, case.day.journeys, case.day.duties, case.policy, planned.travel)
    if violations:
        raise RefusedRosterError([str(violation) for violation in violations])
    again = habits(planned.duties, case.day.journeys, case.day.duties, case.day.service_date)
    return Answer(tables_of(case, roster, planned), again if task.scenario.warm else ())


def _case(task: Task, before: tuple[Habit, ...] | None) -> Case:
    day = adapted(task.source, task.scenario)
    if task.share_travel is None:
        travel = travel_of(day, task.policy, task.network)
    else:
        travel = shared_travel(task.source.day(1.0), day, task.policy, task.network, task.share_travel)
    start = None if before is None else start_from(before, day.journeys, day.duties, day.service_date)
    return Case(day, task.scenario, task.policy, travel, start)


def _roster(case: Case, planned: PlannedDay) -> Roster:
    policy = case.policy
    return Roster(
        service_date=case.day.service_date,
        inputs={},
        policy={
            "distancing": policy.distancing.name if policy.distancing else "off",
            "standards": policy.standards_name,
        },
        engine={"name": case.scenario.engine, "seed": case.scenario.seed},
        travel={"model": planned.travel.model},
        duties=planned.duties,
        unserved=planned.unserved,
    )

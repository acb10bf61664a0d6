"""From what planning found to a roster with its figures that the referee has passed, wherever the day comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version

from pts_optimiser.checking import check
from pts_optimiser.checking.held import check_held
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.errors import RefusedRosterError
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.planning.baselines import BASELINES
from pts_optimiser.planning.day import PlannedDay, Search
from pts_optimiser.reporting.kpis import with_bound, with_kpis


@dataclass(frozen=True, slots=True)
class Task:
    """What was to be planned and how.

    ``inputs`` maps the files that the day came in to their SHA-256, ``held`` journeys to the duties on which they stay.
    """

    service_date: date
    journeys: Sequence[Journey]
    duties: Sequence[Duty]
    policy: Policy
    inputs: Mapping[str, str]
    search: Search
    held: Mapping[str, str] = field(default_factory=dict)


def passed_roster(task: Task, planned: PlannedDay, *, bounded: bool = False) -> Roster:
    """The roster with its figures; ``bounded``: also how far from the least driving it is at most.

    Raises
    ------
    RefusedRosterError
        The referee does not pass it: a defect of ours.
    """
    roster = with_kpis(_roster(task, planned), task.journeys, task.duties, task.policy, planned.travel)
    if bounded:
        roster = with_bound(roster, planned.least_drive_s)
    violations = check(roster, task.journeys, task.duties, task.policy, planned.travel)
    violations += check_held(roster, task.held)
    if violations:
        raise RefusedRosterError([str(violation) for violation in violations])
    return roster


def _roster(task: Task, planned: PlannedDay) -> Roster:
    search, policy = task.search, task.policy
    return Roster(
        service_date=task.service_date,
        inputs=dict(task.inputs),
        policy={
            "distancing": policy.distancing.name if policy.distancing else "off",
            "standards": policy.standards_name,
        },
        engine={
            "name": search.engine,
            "seed": search.seed,
            "budget_s": None if search.iterations is not None or search.engine in BASELINES else search.budget_s,
            "iterations": planned.iterations,
            "workers": search.workers,
            "version": version("pts-optimiser"),
        },
        travel={"model": planned.travel.model, "file": "travel.npz"},
        duties=planned.duties,
        unserved=planned.unserved,
    )

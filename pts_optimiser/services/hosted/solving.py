"""A day planned from the store to the store; a plan that somebody began before goes on from its best roster."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from pts_optimiser.domain.errors import RefusedRosterError, TravelTimesError
from pts_optimiser.domain.issue_json import issue_documents
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import PlannedDay, Search, plan_day
from pts_optimiser.reporting.geojson import map_document
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.views import compact
from pts_optimiser.services.given_travel import GivenTravel, given_travel
from pts_optimiser.services.hosted.orders import PlanOrder
from pts_optimiser.services.hosted.stored import ISSUES
from pts_optimiser.services.hosted.turn import Turn, patiently
from pts_optimiser.services.hosted.versions import texts_of
from pts_optimiser.services.planned import Task, passed_roster
from pts_optimiser.services.ways import MAP
from pts_optimiser.store import days, plans
from pts_optimiser.store.rosters import add_roster, read_roster
from pts_optimiser.store.words import PlanStatus
from solver.progress import Progress

ROADS = "the service's road network"
"""What readers are told in place of the folder in which a worker has it."""


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The task, the roster to start from, and what was spent on it in earlier turns."""

    task: Task
    warm: Roster | None
    seconds: float
    iterations: int


def solve(turn: Turn, network: Path | None = None) -> None:
    """Plan the day and end the plan with its roster: complete, or stopped with the best found until then.

    ``network`` is the folder of a road network, for travel by road and a map that follows the roads.

    Raises
    ------
    InputError
        The day's policy cannot be used.
    TravelTimesError
        The network cannot be used, or a place of the day is not in its area.
    RefusedRosterError
        A roster that the referee does not pass: a defect of ours; it is not stored.
    ConflictError, NotFoundError
        Another worker holds the plan, it has ended, or its day is gone.
    """
    begun = _beginning(turn)
    task = begun.task
    try:
        travel = given_travel(None, network, task, task.policy)
    except TravelTimesError as error:
        raise TravelTimesError(str(error).replace(str(network), ROADS)) from error

    def tell(progress: Progress) -> None:
        turn.figures = {
            "seconds": round(begun.seconds + progress.seconds, 2),
            "iterations": begun.iterations + progress.iterations,
            "cost": progress.cost,
            "served": progress.served,
            "drive_s": progress.driving,
        }

    def keep(draft: PlannedDay) -> None:
        try:
            roster = passed_roster(task, draft)
        except RefusedRosterError:  # the last one saved is good; the end will tell
            return
        turn.keep(roster)

    planned = plan_day(
        task.journeys,
        task.duties,
        task.policy,
        task.service_date,
        _remaining(begun),
        warm=begun.warm,
        held=task.held,
        travel=travel.times,
        on_progress=tell,
        on_duties=keep,
        on_draft=keep,
        should_stop=turn.over,
    )
    status = PlanStatus.STOPPED if turn.over() else PlanStatus.COMPLETE
    roster = passed_roster(task, planned)
    texts = texts_of(task.journeys, task.duties, task.policy)
    if network is not None:
        texts[MAP] = _map(task, planned, roster, texts, travel)
    if travel.issues:
        texts[ISSUES] = json.dumps(issue_documents(replace(issue, file=ROADS) for issue in travel.issues))
    plan = turn.plan

    def end() -> None:
        with turn.store.files.staged(planned.travel.save) as table:

            def add(session: Session, at: datetime) -> None:
                files = {"travel.npz": table}
                add_roster(session, roster, texts, files, by=plan.created_by, at=at, plan_id=plan.plan_id)

            turn.end(status, also=add)

    patiently(end)


def _beginning(turn: Turn) -> _Beginning:
    plan = turn.plan
    service_date = plan.service_date
    assert service_date is not None, "a plan is of a day"  # noqa: S101
    order = PlanOrder.from_document(plan.order)
    with turn.store.read() as session:
        day = days.service_day(session, service_date)
        toml = days.policy_toml(session, day.policy_sha256)
        journeys, duties = days.journeys(session, service_date), days.duties(session, service_date)
        warm = plans.best_roster(session, plan.plan_id)
        spent = (plan.best_so_far or {}) if warm else {}
        if warm is None and order.warm is not None:
            warm = read_roster(session, service_date, order.warm)
    policy = load_policy(toml.encode(), distancing=order.distancing)
    search = Search(order.engine, order.budget_s, order.seed, order.workers, order.iterations)
    task = Task(service_date, journeys, duties, policy, day.inputs, search, order.held)
    return _Beginning(task, warm, spent.get("seconds", 0.0), spent.get("iterations", 0))


def _map(task: Task, planned: PlannedDay, roster: Roster, texts: Mapping[str, str], travel: GivenTravel) -> str:
    """The map while the roads are at hand: who reads it later has none."""
    publication = Publication(
        roster=roster,
        journeys=task.journeys,
        duties=task.duties,
        policy=task.policy,
        travel=planned.travel,
        journeys_csv=texts["journeys.csv"],
        duties_csv=texts["duties.csv"],
        policy_toml=texts["policy.toml"],
        travel_npz=planned.travel.save,
        lines=travel.lines(roster.duties),
        attribution=travel.attribution,
    )
    return compact(map_document(publication))


def _remaining(begun: _Beginning) -> Search:
    """The search less what was spent on it."""
    search = begun.task.search
    iterations = None if search.iterations is None else max(0, search.iterations - begun.iterations)
    budget_s = max(0.0, search.budget_s - begun.seconds)
    return Search(search.engine, budget_s, search.seed, search.workers, iterations)

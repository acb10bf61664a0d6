"""``plan``: bookings and duties in, a checked roster with everything that planners need out."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.day import Day, read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.roster import read_roster
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.planning.baselines import BASELINES
from pts_optimiser.planning.day import PlannedDay, Search, plan_day
from pts_optimiser.reporting.csv_text import harmless
from pts_optimiser.reporting.folder import complete_folder, refuse_foreign, write_roster
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.services.given_travel import GivenTravel, given_travel
from pts_optimiser.services.planned import Task, passed_roster
from pts_optimiser.services.sources import Source
from solver.progress import Progress
from solver.ready import load_kernels

OnProgress = Callable[[Progress], None]
OnRoster = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to plan and how.

    ``policy`` is the user's overlay, ``warm`` a roster (or its folder) to start from, ``travel`` a file of travel
    times or ``network`` the folder of a road network to use for the formula, ``bound_s`` the seconds to spend on how
    far from the least driving the plan can be; without ``out`` no file is written.
    """

    journeys: Source
    duties: Source
    out: Path | None
    policy: Source | None = None
    distancing: str | None = None
    service_date: date | None = None
    search: Search = field(default_factory=Search)
    warm: Path | None = None
    travel: Path | None = None
    network: Path | None = None
    bound_s: float = 0.0
    skip_bad: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. ``servable`` counts the journeys that fit some duty while it is free."""

    out: Path | None
    roster: Roster
    issues: tuple[Issue, ...]
    servable: int
    planning_s: float

    @property
    def all_met(self) -> bool:
        """Everything served, and no target missed that could be met."""
        return not self.roster.unserved and not any(row["missed"] for row in self.roster.kpis["standards"])


def plan(order: Order, on_progress: OnProgress, on_roster: OnRoster = lambda _seconds: None) -> Outcome:
    """Plan a day and write its folder.

    The roster is in place as soon as its duties are final and the referee has passed it; ``on_roster`` is then told the
    seconds that it took. What stands in the way of the unserved, the bound and all other files follow.

    Raises
    ------
    InputError
        Bad input, with every issue found; nothing is written.
    TravelTimesError
        A travel file or network that cannot be read or lacks a place or a band; nothing is written.
    RefusedRosterError
        A roster that the referee does not pass: a defect of ours; it is not written.
    """
    began = perf_counter()
    if order.search.engine == "ortools" and order.search.iterations is not None:
        raise InputError("--iterations goes with the hybrid engine; OR-Tools stops by the clock (--budget)")
    if order.search.engine in BASELINES and (order.warm or order.search.iterations is not None):
        raise InputError("--warm and --iterations go with a search; a baseline plans from nothing, once")
    if order.out is not None:
        refuse_foreign(order.out.resolve())
    if order.search.engine != "ortools":
        Thread(target=load_kernels, daemon=True).start()  # beside reading the day and working out travel times
    policy = load_policy(order.policy.readable if order.policy else None, distancing=order.distancing)
    day = read_day(
        order.journeys.readable,
        order.duties.readable,
        policy,
        service_date=order.service_date,
        skip_bad=order.skip_bad,
    )
    warm = read_roster(order.warm) if order.warm else None
    travel = given_travel(order.travel, order.network, day, policy)
    day = replace(day, issues=day.issues + travel.issues)
    task = Task(day.service_date, day.journeys, day.duties, policy, _fingerprints(order), order.search)
    log: list[dict[str, Any]] = []

    def record(progress: Progress) -> None:
        log.append(
            {
                "seconds": round(progress.seconds, 2),
                "iterations": progress.iterations,
                "cost": progress.cost,
                "served": progress.served,
                "drive_s": progress.driving,
            }
        )
        on_progress(progress)

    def judged(planned: PlannedDay) -> Publication:
        roster = passed_roster(task, planned, bounded=order.bound_s > 0)
        return _publication(day, policy, planned, roster, log, travel)

    def write_first(planned: PlannedDay) -> None:
        if order.out is not None:
            write_roster(order.out, judged(planned))
            on_roster(perf_counter() - began)

    planned = plan_day(
        day.journeys,
        day.duties,
        policy,
        day.service_date,
        order.search,
        warm=warm,
        travel=travel.times,
        bound_s=order.bound_s,
        on_progress=record,
        on_duties=write_first,
    )
    planning_s = perf_counter() - began
    publication = judged(planned)
    if order.out is not None:
        complete_folder(order.out, replace(publication, lines=travel.lines(publication.roster.duties)))
    return Outcome(order.out, publication.roster, day.issues, planned.servable, planning_s)


def _publication(
    day: Day,
    policy: Policy,
    planned: PlannedDay,
    roster: Roster,
    log: list[dict[str, Any]],
    travel: GivenTravel,
) -> Publication:
    return Publication(
        roster=roster,
        journeys=day.journeys,
        duties=day.duties,
        policy=policy,
        travel=planned.travel,
        journeys_csv=journeys_csv(day.journeys),
        duties_csv=duties_csv(day.duties),
        policy_toml=policy_toml(policy),
        travel_npz=planned.travel.save,
        progress=log,
        issues=day.issues,
        rejected=_rejected(day),
        attribution=travel.attribution,
    )


def _fingerprints(order: Order) -> dict[str, str]:
    """SHA-256 of every input file by its name."""
    sources = [order.journeys, order.duties, *([order.policy] if order.policy else [])]
    prints = {source.name: source.sha256 for source in sources}
    if order.travel is not None:
        with order.travel.open("rb") as file:
            prints[order.travel.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return prints


def _rejected(day: Day) -> dict[str, str]:
    """The refused rows of each file as they stood, but harmless, after their line numbers; under ``rejected_…``."""
    texts: dict[str, io.StringIO] = {}
    for rejected in day.rejected:
        text = texts.setdefault(f"rejected_{rejected.file}", io.StringIO(newline=""))
        csv.writer(text, lineterminator="\n").writerow([rejected.row, *map(harmless, rejected.cells)])
    return {name: text.getvalue() for name, text in texts.items()}

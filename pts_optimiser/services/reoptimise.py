"""``reoptimise``: a roster and what has happened in, a checked roster for the rest of the day and its diff out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from geodata import TravelTimes
from pts_optimiser.checking import read_travel
from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import DayState, Plan, fold, plan_of
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.diff import Diff, difference
from pts_optimiser.dayof.rules import day_journeys, day_rules
from pts_optimiser.domain.errors import InputError, RefusedRosterError
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.events import read_events
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.roster import read_roster
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.planning.replan import Proposal, Replanning, reoptimise
from pts_optimiser.planning.replan.own_places import with_own_places
from pts_optimiser.reporting.diff import write_diff
from pts_optimiser.reporting.folder import complete_folder, refuse_foreign, write_roster
from pts_optimiser.reporting.kpis import with_kpis
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.services.sources import Source


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Which roster (or its folder), what has happened, and when it is now; without ``out`` no file is written."""

    roster: Path
    events: Source
    now: datetime
    out: Path | None
    how: Replanning = field(default_factory=Replanning)
    skip_bad: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Reoptimised:
    """The plan as it stood, the proposal (the same where nothing better was found), and what it changes."""

    out: Path | None
    before: Roster
    after: Roster
    diff: Diff
    gained_s: int
    state: DayState
    issues: tuple[Issue, ...]
    seconds: float


def reoptimise_day(order: DayOrder) -> Reoptimised:
    """Plan the rest of a day anew.

    Raises
    ------
    InputError
        A roster, input or event that cannot be read; nothing is written.
    RefusedRosterError
        A proposal that the referee does not pass: a defect of ours; it is not written.
    """
    if order.out is not None:
        refuse_foreign(order.out.resolve())
    plan = read_plan(order.roster)
    read = read_events(order.events.readable, plan.policy, service_date=plan.roster.service_date)
    if any(issue.severity is Severity.ERROR for issue in read.issues) and not order.skip_bad:
        raise InputError(f"{order.events.name} cannot be used as it is", read.issues)
    began = perf_counter()
    state = fold(plan, read.items, order.now)
    before = standing_roster(plan, state)
    rules = day_rules(plan, state)
    proposal = reoptimise(plan, state, before, rules, order.how)
    journeys = day_journeys(state)
    duties = tuple(duty.duty for duty in state.duties.values())
    after = _roster(before, proposal, order)
    after = with_kpis(after, journeys, duties, plan.policy, proposal.travel)
    violations = check_day(after, before, rules, journeys, duties, plan.policy, proposal.travel)
    if violations:
        raise RefusedRosterError([str(violation) for violation in violations])
    seconds = perf_counter() - began
    diff = difference(before, after, state, proposal.driving_s)
    if order.out is not None:
        own, travel = with_own_places(after, plan.travel, proposal.travel)
        _write(order.out, plan, own, journeys, travel, state, read.issues)
        write_diff(order.out, diff)
    return Reoptimised(order.out, before, after, diff, proposal.gained_s, state, read.issues, seconds)


def read_plan(roster: Path) -> Plan:
    """The plan that a day follows, from a roster's folder.

    Raises
    ------
    InputError
        No roster there, or inputs beside it that cannot be read.
    TravelTimesError
        Its travel times are missing or cannot be read.
    """
    found = read_roster(roster)
    folder = roster if roster.is_dir() else roster.parent
    policy = load_policy(
        folder / "policy.toml",
        distancing=found.policy.get("distancing"),
        standards=found.policy.get("standards"),
    )
    day = read_day(folder / "journeys.csv", folder / "duties.csv", policy, service_date=found.service_date)
    travel = read_travel(folder / Path(found.travel.get("file", "travel.npz")).name)
    planned_at = found.engine.get("reoptimised_at")
    return plan_of(
        found, day.journeys, day.duties, policy, travel, datetime.fromisoformat(planned_at) if planned_at else None
    )


def _roster(before: Roster, proposal: Proposal, order: DayOrder) -> Roster:
    """The proposal as a roster; who is served on none of its duties is unserved."""
    return replace(
        before,
        inputs={**before.inputs, order.events.name: order.events.sha256},
        engine={
            "name": "hybrid",
            "seed": order.how.seed,
            "budget_s": order.how.budget_s if order.how.iterations is None else None,
            "workers": order.how.workers,
            "version": version("pts-optimiser"),
            "reoptimised_at": order.now.isoformat(),
        },
        duties=proposal.duties,
        unserved=proposal.unserved,
    )


def _write(
    out: Path,
    plan: Plan,
    after: Roster,
    journeys: Sequence[Journey],
    travel: TravelTimes,
    state: DayState,
    issues: Sequence[Issue],
) -> None:
    publication = Publication(
        roster=after,
        journeys=journeys,
        duties=tuple(duty.duty for duty in state.duties.values()),
        policy=plan.policy,
        travel=travel,
        journeys_csv=journeys_csv(journeys),
        duties_csv=duties_csv([duty.duty for duty in state.duties.values()]),
        policy_toml=policy_toml(plan.policy),
        travel_npz=travel.save,
        issues=tuple(issues),
    )
    write_roster(out, publication)
    complete_folder(out, publication)

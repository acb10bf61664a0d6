"""From a plan and the state of its day to a checked roster for the rest of it, wherever the day comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from geodata import TravelTimes
from pts_optimiser.checking import read_travel
from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import DayState, Plan, plan_of
from pts_optimiser.dayof.diff import Diff, difference
from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.errors import InputError, RefusedRosterError
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.replan import Proposal, Replanning, reoptimise
from pts_optimiser.planning.replan.published import Published
from pts_optimiser.reporting.kpis import with_kpis


@dataclass(frozen=True, slots=True, eq=False)
class Replanned:
    """The proposal, the plan as it stood where nothing better was found, and what it changes.

    ``journeys`` and ``duties`` are those of the day by now; ``travel`` is what ``after`` is in.
    """

    after: Roster
    diff: Diff
    gained_s: int
    journeys: tuple[Journey, ...]
    duties: tuple[Duty, ...]
    travel: TravelTimes


def replan(
    plan: Plan, state: DayState, before: Roster, rules: DayRules, how: Replanning, events: Mapping[str, str]
) -> Replanned:
    """Plan the rest of a day anew, from ``before``, the plan as it stands, within the ``rules`` of the day.

    ``events`` maps the file of the events to its SHA-256.

    Raises
    ------
    RefusedRosterError
        A proposal that the referee does not pass: a defect of ours.
    """
    proposal = reoptimise(plan, state, before, rules, how)
    journeys = day_journeys(state)
    duties = tuple(duty.duty for duty in state.duties.values())
    after = _roster(plan, before, proposal, how, state.now, events)
    after = with_kpis(after, journeys, duties, plan.policy, proposal.travel)
    violations = check_day(after, before, rules, journeys, duties, plan.policy, proposal.travel)
    if violations:
        raise RefusedRosterError([str(violation) for violation in violations])
    diff = difference(before, after, state, proposal.driving_s)
    return Replanned(after, diff, proposal.gained_s, tuple(journeys), duties, proposal.travel)


def plan_from(roster: Roster, journeys: Path | bytes, duties: Path | bytes, policy: Path | bytes, travel: Path) -> Plan:
    """The plan that a day follows, from a roster and what stands beside it.

    Raises
    ------
    InputError
        Inputs that cannot be read, or a seat graph: who sits where is not followed on the day.
    TravelTimesError
        Travel times that are missing or cannot be read.
    """
    rules = load_policy(policy, distancing=roster.policy.get("distancing"), standards=roster.policy.get("standards"))
    if rules.distancing is not None and rules.distancing.least_distance_m is not None:
        raise InputError("a plan under a seat graph is not followed on the day; plan with a cap ([distancing.*])")
    day = read_day(journeys, duties, rules, service_date=roster.service_date, as_it_went=True)
    planned_at = roster.engine.get("reoptimised_at")
    return plan_of(
        roster,
        day.journeys,
        day.duties,
        rules,
        read_travel(travel),
        datetime.fromisoformat(planned_at) if planned_at else None,
    )


def _roster(
    plan: Plan, before: Roster, proposal: Proposal, how: Replanning, now: datetime, events: Mapping[str, str]
) -> Roster:
    """The proposal as a roster; who is served on none of its duties is unserved."""
    return replace(
        before,
        inputs={**before.inputs, **events},
        engine={
            "name": "hybrid",
            "seed": how.seed,
            "budget_s": how.budget_s if how.iterations is None else None,
            "workers": how.workers,
            "version": version("pts-optimiser"),
            "reoptimised_at": now.isoformat(),
            "published": Published.of(plan).followed_by(plan, proposal.duties).document(),
        },
        duties=proposal.duties,
        unserved=proposal.unserved,
    )

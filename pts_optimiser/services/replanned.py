"""From a plan and the state of its day to a checked roster for the rest of it, wherever the day comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from geodata import TravelTimes
from pts_optimiser.checking import read_travel
from pts_optimiser.dayof import DayState, Plan, plan_of
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.errors import InputError, RefusedRosterError
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.replan import Replanner, Replanning
from pts_optimiser.planning.replan.checked import Checked, checked
from pts_optimiser.reporting.kpis import with_kpis


def replan(
    replanner: Replanner,
    plan: Plan,
    state: DayState,
    before: Roster,
    rules: DayRules,
    how: Replanning,
    events: Mapping[str, str],
) -> Checked:
    """Plan the rest of a day anew, from ``before``, the plan as it stands, within the ``rules`` of the day.

    ``events`` maps the file of the events to its SHA-256.

    Raises
    ------
    RefusedRosterError
        A proposal that the referee does not pass: a defect of ours.
    """
    engine = {
        "name": "hybrid",
        "seed": how.seed,
        "budget_s": how.budget_s if how.iterations is None else None,
        "workers": how.workers,
        "version": version("pts-optimiser"),
    }

    def finish(roster: Roster, journeys: Sequence[Journey], duties: Sequence[Duty], travel: TravelTimes) -> Roster:
        roster = replace(roster, inputs={**before.inputs, **events})
        return with_kpis(roster, journeys, duties, plan.policy, travel)

    found = checked(replanner, plan, state, before, rules, how, engine=engine, finish=finish)
    if found.broken:
        raise RefusedRosterError([str(violation) for violation in found.broken])
    return found


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
    if rules.seat_graph:
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

"""A re-plan as a roster, with what it changes and what the referee says of it: one way for all who re-plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geodata import TravelTimes
from pts_optimiser.checking import Violation
from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import DayState, Plan
from pts_optimiser.dayof.diff import Diff, difference
from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster
from pts_optimiser.planning.replan.published import Published
from pts_optimiser.planning.replan.reoptimise import Replanner
from pts_optimiser.planning.replan.searching import Replanning

Finish = Callable[[Roster, Sequence[Journey], Sequence[Duty], TravelTimes], Roster]
"""Adds to a roster what the referee is to see as well."""


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """The proposal, the plan as it stood where nothing better was found.

    ``journeys`` and ``duties`` are those of the day by now; ``travel`` is what ``after`` is in. Where rules are
    ``broken``, which is a defect of ours, it must not be put in force.
    """

    after: Roster
    diff: Diff
    gained_s: int
    journeys: tuple[Journey, ...]
    duties: tuple[Duty, ...]
    travel: TravelTimes
    broken: tuple[Violation, ...]


def checked(
    replanner: Replanner,
    plan: Plan,
    state: DayState,
    before: Roster,
    rules: DayRules,
    how: Replanning,
    *,
    engine: Mapping[str, Any] | None = None,
    finish: Finish = lambda roster, *_: roster,
) -> Checked:
    """Plan the rest of a day anew, from ``before``, the plan as it stands, within the ``rules`` of the day.

    The roster's ``engine`` says besides when this was and what became of the published journeys, for the next time.
    """
    found = replanner.propose(plan, state, before, rules, how)
    journeys, duties = day_journeys(state), tuple(duty.duty for duty in state.duties.values())
    told = Published.of(plan).followed_by(plan, found.duties, [one.journey_id for one in found.unserved])
    after = replace(
        before,
        engine={**(engine or {}), "reoptimised_at": state.now.isoformat(), "published": told.document()},
        duties=found.duties,
        unserved=found.unserved,
    )
    after = finish(after, journeys, duties, found.travel)
    broken = check_day(after, before, rules, journeys, duties, plan.policy, found.travel)
    diff = difference(before, after, state, found.driving_s, plan.policy)
    return Checked(after, diff, found.gained_s, journeys, duties, found.travel, tuple(broken))

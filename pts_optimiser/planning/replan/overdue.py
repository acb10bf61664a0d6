"""Journeys that had no place: served after their hard limit where they cannot be before, and given up at last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from pts_optimiser.dayof import DayState, JourneyPhase, Plan
from pts_optimiser.dayof.overdue import past_limit
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import StopKind
from pts_optimiser.planning.replan.prices import LATE_S
from pts_optimiser.planning.replan.still_to_do import StillToDo
from pts_optimiser.planning.standards import HARD, TARGET, anchors


def times_passed(plan: Plan, state: DayState, rules: DayRules) -> frozenset[str]:
    """Journeys left out before, with a reason, that cannot be made any more however near a vehicle is: not in time,
    nor so late as the rules let them be."""
    return frozenset(
        journey_id
        for journey_id, it in state.journeys.items()
        if journey_id in plan.unserved
        and it.phase is JourneyPhase.UNSERVED
        and past_limit(it.journey, state.now, plan.policy) > rules.overdue.get(journey_id, 0)
    )


def as_late_as_they_stand(rules: DayRules, state: DayState, journeys: Iterable[str], policy: Policy) -> DayRules:
    """The rules for journeys that somebody takes from their duties: on others they may be as late as they are to be.

    So it is where a re-plan moves them, or where options are asked for.
    """
    overdue, stood = dict(rules.overdue), {}
    for journey_id in journeys:
        it = state.journeys[journey_id]
        if it.pickup is None or it.dropoff is None:
            continue
        stood[journey_id] = it.pickup.begin_at
        counts = it.dropoff if it.journey.tied_to_appointment else it.pickup
        late = past_limit(it.journey, counts.begin_at, policy)
        if late > 0:
            overdue[journey_id] = late
    return replace(rules, overdue=overdue, stood=stood)


def anchors_of_overdue(still: StillToDo) -> dict[tuple[str, StopKind], datetime]:
    """In whose traffic those who may be late are: their journey's anchors, both later where the first has passed."""
    plan, found = still.plan, dict[tuple[str, StopKind], datetime]()
    for journey in still.journeys:
        if journey.journey_id in still.rules.overdue:
            usual = anchors(journey, plan.origin)
            later = max(0, still.now - usual.pickup)
            found[journey.journey_id, StopKind.PICKUP] = plan.moment(usual.pickup + later)
            found[journey.journey_id, StopKind.DROPOFF] = plan.moment(usual.dropoff + later)
    return found


def serve_overdue(arrays: dict[str, Any], still: StillToDo) -> None:
    """Give those who may be late so much more time; the hard limits are their targets, dear to miss."""
    for journey_id, late in still.rules.overdue.items():
        r = still.number.get(journey_id)
        if r is None:
            continue
        for window in (arrays["pickup_window"], arrays["dropoff_window"]):
            window[TARGET, r] = window[HARD, r]
            window[HARD, r, 1] += late
        arrays["ride_limit"][TARGET, r] = arrays["ride_limit"][HARD, r]
        arrays["relaxed_cost"][r] = LATE_S

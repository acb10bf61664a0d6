"""In whose traffic a stop of the day is: by its journey's anchors, or by its new time where it has moved far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pts_optimiser.dayof import DayState, DayStop, Plan
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.roster import Stop, StopKind
from pts_optimiser.planning.standards import HOUR, anchors


def moved_to(stop: DayStop | None, plan: Plan) -> datetime | None:
    """The new time of a stop that is more than an hour from the one planned; the roster's where it had one."""
    if stop is None or stop.planned is None:
        return None
    if abs(plan.seconds(stop.begin_at) - plan.seconds(stop.planned.begin_at)) > HOUR:
        return stop.begin_at
    kept = stop.planned.anchor_at
    if kept is not None and abs(plan.seconds(stop.begin_at) - plan.seconds(kept)) > HOUR:
        return stop.begin_at
    return kept


def anchor_of(stops: Sequence[Stop], duty: Duty, state: DayState, plan: Plan) -> int:
    """The moment whose traffic a vehicle meets when it goes on from the last of some stops, or from its base."""
    for stop in reversed(stops):
        if stop.anchor_at is not None:
            return plan.seconds(stop.anchor_at)
        if stop.kind is StopKind.PICKUP and stop.journey_id is not None:
            return anchors(state.journeys[stop.journey_id].journey, plan.origin).pickup
        if stop.kind is StopKind.DROPOFF and stop.journey_id is not None:
            return anchors(state.journeys[stop.journey_id].journey, plan.origin).dropoff
        if stop.kind is not StopKind.BREAK:
            break
    return plan.seconds(duty.start_at)

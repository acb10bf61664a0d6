"""In whose traffic a stop of the day is: by its journey's anchors, or by its new time where it has moved far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from geodata import TravelTimes
from pts_optimiser.dayof import DayState, Plan
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.roster import Stop, StopKind
from pts_optimiser.planning.replan.still_to_do import StillToDo
from pts_optimiser.planning.standards import anchors, timing


def keep_anchors(
    arrays: dict[str, Any], late: Mapping[tuple[str, StopKind], datetime], travel: TravelTimes, still: StillToDo
) -> dict[tuple[str, StopKind], datetime]:
    """Put the requests of stops that have another anchor than usual, and of those that come ``late``, into its band;
    the anchors of these stops.

    The limits that follow from the direct drive follow from that of the band in which the ride begins.
    """
    plan, number = still.plan, still.number
    anchored = {
        (stop.journey_id, stop.kind): stop.anchor_at
        for stop in chain.from_iterable(still.stops.values())
        if stop.journey_id is not None and stop.journey_id in number and stop.anchor_at is not None
    } | dict(late)
    for (journey_id, kind), moment in anchored.items():
        r, band = number[journey_id], travel.band_at(plan.seconds(moment))
        if kind is StopKind.DROPOFF:
            arrays["dropoff_band"][r] = band
            continue
        direct = int(travel.seconds[band, arrays["pickup_location"][r], arrays["dropoff_location"][r]])
        limits = timing(still.journeys[r], plan.policy, plan.origin, direct)
        arrays["pickup_band"][r] = band
        arrays["pickup_window"][:, r], arrays["dropoff_window"][:, r] = limits.pickup, limits.dropoff
        arrays["ride_limit"][:, r] = limits.ride
    return anchored


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

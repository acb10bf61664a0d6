"""Vehicles in the middle of their day: where and when they are free, with what is left of shift, break and range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from pts_optimiser.domain.roster import Stop, StopKind
from pts_optimiser.planning.build import DUTY_S
from pts_optimiser.planning.replan.anchors import anchor_of
from pts_optimiser.planning.replan.still_to_do import StillToDo
from solver import NEVER, Problem


def start_where_free(
    arrays: dict[str, Any], problem: Problem, start: NDArray[np.int32], travel: TravelTimes, still: StillToDo
) -> None:
    """Have each vehicle begin at the location ``start`` [v] at which it is free."""
    plan, prices = still.plan, still.plan.policy.dayof
    arrays["start_location"] = start
    for v, duty in enumerate(still.working):
        duty_id = duty.duty.duty_id
        at, stops = still.free_at(duty_id), still.stops[duty_id]
        done = stops[: still.rules.frozen[duty_id]]
        owed = _owed(still, duty_id, done)
        arrays["shift"][v, 0] = at + owed
        arrays["shift"][v, 1] = max(int(arrays["shift"][v, 1]), at + owed)
        band = travel.band_at(anchor_of(done, duty.duty, still.state, plan))
        arrays["vehicle_band"][v] = band
        home = int(problem.seconds[band, start[v], problem.end_location[v]])
        # A vehicle that is out drives home in any case: that much of a route costs nothing more.
        arrays["vehicle_cost"][v] = -home if done else DUTY_S + (0 if stops else prices.told_price)
        if any(stop.kind is StopKind.BREAK for stop in done):
            arrays["break_length"][v] = 0
        elif arrays["break_length"][v]:
            begins = (plan.seconds(stop.begin_at) for stop in stops if stop.kind is StopKind.BREAK)
            _rest(arrays, v, at, next(begins, None))
            arrays["break_length"][v] += owed  # it may come before the next run, and cleans nothing
        if arrays["max_distance"][v] < NEVER:
            driven = sum(stop.travel_m for stop in done)
            arrays["max_distance"][v] = max(0, int(arrays["max_distance"][v]) - driven)


def _owed(still: StillToDo, duty_id: str, done: Sequence[Stop]) -> int:
    """Seconds to clean down before the next run, where one was made and nobody is aboard."""
    ran = any(stop.kind is StopKind.PICKUP for stop in done)
    distancing = still.plan.policy.distancing
    return distancing.clean_down if distancing and ran and duty_id not in still.rules.aboard.values() else 0


def _rest(arrays: dict[str, Any], v: int, at: int, planned: int | None) -> None:
    """A break still to be taken; a duty without work whose break can't be taken any more is given none."""
    first, last = arrays["break_window"][v].tolist()
    if last < at and planned is None:
        arrays["compatible"][:, v] = False
        last = at
    arrays["break_window"][v] = max(first, at), max(last, planned or 0)

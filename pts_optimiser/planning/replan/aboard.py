"""Patients in mid-ride: brought on by the vehicle that has them, in its layout, or fetched from one that is lost."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.roster import StopKind
from pts_optimiser.planning.replan.prices import ABOARD_S, RESCUE_S
from pts_optimiser.planning.replan.still_to_do import StillToDo
from pts_optimiser.planning.standards import HARD, HOUR

RESCUE_RIDE_S = 3 * HOUR
"""A patient of a lost vehicle is not left there, however long the ride has become."""


def keep_aboard(arrays: dict[str, Any], start: NDArray[np.int32], still: StillToDo) -> None:
    """Who is aboard is picked up where (``start`` [v]) and when the vehicle is free, by no other, with what is left of
    the ride limit."""
    for r, (journey_id, v) in enumerate(still.riders):
        duty_id = still.working[v].duty.duty_id
        at = still.free_at(duty_id)
        boarded = next(
            stop.depart_at
            for stop in still.stops[duty_id]
            if stop.kind is StopKind.PICKUP and stop.journey_id == journey_id
        )
        ridden = at - still.plan.seconds(boarded)
        arrays["pickup_location"][r] = start[v]
        arrays["pickup_band"][r] = arrays["vehicle_band"][v]
        arrays["pickup_service"][r] = arrays["pickup_overhead"][r] = 0
        arrays["pickup_window"][:, r] = at
        arrays["ride_limit"][:, r] = np.maximum(arrays["ride_limit"][:, r] - ridden, 0)
        arrays["unserved_cost"][r] = ABOARD_S
        arrays["compatible"][r] = np.arange(len(still.working)) == v


def keep_layouts(arrays: dict[str, Any], still: StillToDo) -> None:
    """A run under way keeps its layout: for each layout a resource that only it has, taken by who is aboard."""
    demand, layouts = arrays["demand"], arrays["layouts"]
    k, n = layouts.shape[1], len(still.states)
    own = np.where(layouts[:, :, :1] < 0, -1, np.eye(k, dtype=np.int32))
    taken = np.zeros((n, k), np.int32)
    for rider, (journey_id, v) in enumerate(still.riders):
        stops = still.stops[still.working[v].duty.duty_id]
        layout = next(stop.layout for stop in stops if stop.journey_id == journey_id)
        if layout is not None and (rider == 0 or still.riders[rider - 1][1] != v):
            taken[rider, layout] = 1
    arrays["demand"] = np.concatenate([demand, taken], axis=1)
    arrays["layouts"] = np.concatenate([layouts, own], axis=2).astype(np.int32)
    arrays["substitutes"] = np.pad(arrays["substitutes"], (0, k))


def fetch_stranded(arrays: dict[str, Any], still: StillToDo) -> None:
    """Who sits in a lost vehicle is fetched from now on, whatever the hour."""
    for journey_id in still.stranded:
        r = still.number[journey_id]
        arrays["pickup_window"][:, r] = still.now, still.now + RESCUE_RIDE_S
        arrays["dropoff_window"][HARD, r] = still.now, still.now + 2 * RESCUE_RIDE_S
        arrays["ride_limit"][HARD, r] = RESCUE_RIDE_S
        arrays["unserved_cost"][r] = RESCUE_S

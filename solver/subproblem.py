"""A part of a problem as a problem of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.problem import Problem, Stay

ELSEWHERE = 1 << 30
"""Number of a vehicle that the part does not have."""


def subproblem(problem: Problem, requests: Sequence[int], vehicles: Sequence[int]) -> Problem:
    """The problem with some requests and vehicles only, numbered in the order given, and the locations they use."""
    r, v = np.asarray(requests, dtype=np.intp), np.asarray(vehicles, dtype=np.intp)
    stay = None
    if problem.stay is not None:
        number = np.full(problem.n_vehicles + 1, ELSEWHERE, np.int32)
        number[v], number[-1] = np.arange(len(v)), -1
        stay = Stay(number[problem.stay.vehicle[r]], problem.stay.cost[r])
    used, place = np.unique(
        np.concatenate(
            [
                problem.pickup_location[r],
                problem.dropoff_location[r],
                problem.start_location[v],
                problem.end_location[v],
            ]
        ),
        return_inverse=True,
    )
    pickup, dropoff, start, end = np.split(place.astype(np.int32), np.cumsum([len(r), len(r), len(v)]))
    return Problem(
        pickup_location=pickup,
        dropoff_location=dropoff,
        pickup_band=problem.pickup_band[r],
        dropoff_band=problem.dropoff_band[r],
        pickup_service=problem.pickup_service[r],
        dropoff_service=problem.dropoff_service[r],
        pickup_overhead=problem.pickup_overhead[r],
        dropoff_overhead=problem.dropoff_overhead[r],
        pickup_window=problem.pickup_window[:, r],
        dropoff_window=problem.dropoff_window[:, r],
        ride_limit=problem.ride_limit[:, r],
        demand=problem.demand[r],
        group=problem.group[r],
        exclusive=problem.exclusive[r],
        unserved_cost=problem.unserved_cost[r],
        relaxed_cost=problem.relaxed_cost[r],
        compatible=problem.compatible[np.ix_(r, v)],
        start_location=start,
        end_location=end,
        vehicle_band=problem.vehicle_band[v],
        shift=problem.shift[v],
        max_duration=problem.max_duration[v],
        max_distance=problem.max_distance[v],
        break_length=problem.break_length[v],
        break_window=problem.break_window[v],
        vehicle_class=problem.vehicle_class[v],
        vehicle_cost=problem.vehicle_cost[v],
        layouts=problem.layouts,
        substitutes=problem.substitutes,
        seconds=problem.seconds[:, used[:, None], used],
        metres=problem.metres[used[:, None], used],
        block_gap=problem.block_gap,
        stay=stay,
    )


def to_part(stops: Sequence[int], requests: Sequence[int], n: int) -> list[int]:
    """Stops of the whole problem, of n requests, in the numbers of the part made of ``requests``."""
    number = {request: i for i, request in enumerate(requests)}
    return [number[stop] if stop < n else len(requests) + number[stop - n] for stop in stops]


def to_whole(stops: Sequence[int], requests: Sequence[int], n: int) -> list[int]:
    """Stops of the part made of ``requests`` in the numbers of the whole problem, of n requests."""
    part = len(requests)
    return [requests[stop] if stop < part else n + requests[stop - part] for stop in stops]

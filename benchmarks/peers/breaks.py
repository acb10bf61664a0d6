"""Duties cut in two at their break, for peers that know no break with nobody aboard."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.problem import NEVER, Problem
from solver.solution import as_int

SPREAD = 4  # breaks of neighbouring duties are spread over this many moments


def split_at_breaks(problem: Problem) -> tuple[Problem, list[int]]:
    """Every vehicle with a break becomes two without one, which meet at the base; and the vehicle that each stands for.

    The first half is back by a moment late in the break's window, the second leaves a break later. So the break can
    be taken wherever the first half ends, as long as the window is longer than the way from there to the base.
    """
    owner: list[int] = []
    shift: list[tuple[int, int]] = []
    halves: list[bool] = []
    ends: list[tuple[int, int]] = []
    for vehicle in range(problem.n_vehicles):
        start, end = problem.shift[vehicle].tolist()
        length = int(problem.break_length[vehicle])
        places = int(problem.start_location[vehicle]), int(problem.end_location[vehicle])
        if not length:
            owner.append(vehicle)
            shift.append((start, end))
            halves.append(False)
            ends.append(places)
            continue
        earliest, latest = problem.break_window[vehicle].tolist()
        middle = (earliest + latest) // 2
        moment = middle + (latest - middle) * (vehicle % SPREAD) // (SPREAD - 1)
        owner += [vehicle, vehicle]
        shift += [(start, min(moment, end)), (min(moment + length, end), end)]
        halves += [True, True]
        ends += [(places[0], places[0]), places]
    of, half = np.array(owner, np.intp), np.array(halves, np.bool_)
    distance = problem.max_distance[of]
    return replace(
        problem,
        start_location=as_int([start for start, _ in ends]),
        end_location=as_int([end for _, end in ends]),
        vehicle_band=problem.vehicle_band[of],
        shift=as_int(shift),  # type: ignore[arg-type]
        max_duration=problem.max_duration[of],
        max_distance=np.where(half & (distance < NEVER), distance // 2, distance).astype(np.int32),
        break_length=np.zeros(len(owner), np.int32),
        break_window=np.zeros((len(owner), 2), np.int32),
        vehicle_class=problem.vehicle_class[of],
        vehicle_cost=np.where(half, problem.vehicle_cost[of] // 2, problem.vehicle_cost[of]).astype(np.int32),
        compatible=problem.compatible[:, of],
    ), owner


def joined(routes: list[list[int]], owner: list[int]) -> list[list[int]]:
    """Stops of the vehicles that the halves stand for."""
    whole: list[list[int]] = [[] for _ in range(max(owner, default=-1) + 1)]
    for vehicle, stops in zip(owner, routes, strict=True):
        whole[vehicle] += stops
    return whole

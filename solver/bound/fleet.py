"""Vehicles that can do the same, in groups: their routes are priced once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.bound.aboard import Aboard
from solver.bound.stops import Matrix, Stops
from solver.problem import Int, Problem

NEVER = 1 << 40


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """k requests in the order of their ``Stops``.

    ``out[i]`` drives to pick-up i, ``ready[i]`` is its soonest begin there, and ``rested[i]`` after a break before
    leaving; ``usable[i]`` tells whether request i may be served. ``back[j]`` drives from drop-off j to the end.
    ``home[j]`` is the latest begin there from which the end is reached in time, ``high`` that of all stops inside their
    windows.
    """

    vehicles: tuple[int, ...]
    out: Matrix  # [k]
    ready: Matrix  # [k]
    rested: Matrix  # [k]
    usable: NDArray[np.bool_]  # [k]
    back: Matrix  # [k]
    home: Matrix  # [k]
    high: Matrix  # [2k]
    carried: NDArray[np.bool_]  # [sets]
    rest: Int  # length, earliest and latest begin of the break


def groups(problem: Problem, stops: Stops, sets: Aboard) -> list[Group]:
    """One group for all vehicles that differ in nothing that the bound knows of."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for v in range(problem.n_vehicles):
        key = (
            *problem.shift[v].tolist(),
            *problem.break_window[v].tolist(),
            int(problem.break_length[v]),
            int(problem.start_location[v]),
            int(problem.end_location[v]),
            int(problem.vehicle_class[v]),
            int(problem.vehicle_band[v]),
            problem.compatible[stops.requests, v].tobytes(),
        )
        alike.setdefault(key, []).append(v)
    return [_group(problem, stops, sets, tuple(vehicles)) for vehicles in alike.values()]


def _group(problem: Problem, stops: Stops, sets: Aboard, vehicles: tuple[int, ...]) -> Group:
    k, v = len(stops.requests), vehicles[0]
    base, end = int(problem.start_location[v]), int(problem.end_location[v])
    start, due = problem.shift[v].tolist()
    length = int(problem.break_length[v])
    earliest, latest = problem.break_window[v].tolist()
    out = problem.seconds[int(problem.vehicle_band[v]), base, stops.location[:k]].astype(np.int64)
    away = out + np.where(base != stops.location[:k], stops.overhead[:k], 0)
    back = problem.seconds[stops.band[k:], stops.location[k:], end].astype(np.int64)
    high = stops.high.copy()
    home = due - back - stops.service[k:]
    high[k:] = np.minimum(high[k:], home)
    high[:k] = np.minimum(high[:k], high[k:] - stops.soonest[np.arange(k), np.arange(k) + k])
    ready = start + away
    leaves_rested = max(start, earliest) + length if max(start, earliest) <= latest else NEVER
    return Group(
        vehicles=vehicles,
        out=out,
        ready=ready,
        rested=leaves_rested + away if length else ready,
        usable=problem.compatible[stops.requests, v] & (np.maximum(ready, stops.low[:k]) <= high[:k]),
        back=back,
        home=home,
        high=high,
        carried=(sets.classes >> int(problem.vehicle_class[v])) % 2 == 1,
        rest=np.array([length, earliest, latest], np.int32),
    )

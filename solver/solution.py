"""An answer: routes with times, and the requests left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Int, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One vehicle's route.

    ``stops`` holds i for the pick-up of request i, n + i for its drop-off and 2n for the break, without the ends;
    ``begin`` the time at which each begins. ``departure`` leaves the start, ``arrival`` reaches the end.
    """

    vehicle: int
    stops: Int
    begin: Int
    departure: int
    arrival: int


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Routes of the vehicles in use, the unserved requests, and which served ones are outside their target.

    ``cost`` is in seconds of driving: driving + vehicles in use + targets missed + requests unserved.
    """

    routes: tuple[Route, ...]
    unserved: Int
    relaxed: Int
    cost: int
    driving: int
    iterations: int = 0


@dataclass(frozen=True, slots=True)
class Sequences:
    """A plan without times: the stops of every vehicle, without breaks, and the requests outside their targets."""

    stops: list[list[int]]
    relaxed: frozenset[int]


def sequences(solution: Solution, problem: Problem) -> Sequences:
    """A solution in the form that a search starts from."""
    stops: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    for route in solution.routes:
        stops[route.vehicle] = [int(stop) for stop in route.stops if stop < 2 * problem.n_requests]
    return Sequences(stops, frozenset(solution.relaxed.tolist()))


def as_int(values: NDArray[np.generic] | list[int]) -> Int:
    return np.asarray(values, dtype=np.int32)

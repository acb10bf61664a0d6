"""Small parts around one request: the vehicles that pass near it, near its time, and who is left out nearby."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem
from solver.routing.clusters import Part
from solver.routing.targets import Limits

APART = 0.5  # seconds of driving that a second between two visits is worth
SPREAD = 0.3  # of the random factor on distances, as the standard deviation of its logarithm
STRANGE = 2.0  # a vehicle that can't serve the request is so many times farther away
LEFT_OUT = 12  # most unserved requests of a part

Floats = NDArray[np.float64]


class Surroundings:
    """Distances between requests in space and time: the least of those between their stops."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._place = np.concatenate([problem.pickup_location, problem.dropoff_location])
        window = Limits.of(problem, np.zeros(0, np.int32)).window
        self._time = window.mean(axis=1)

    def of(self, request: int) -> Floats:
        """Distance of every request from this one."""
        n, travel = self.problem.n_requests, self.problem.seconds[0]
        rows = [
            travel[self._place[stop], self._place] + APART * np.abs(self._time - self._time[stop])
            for stop in (request, n + request)
        ]
        nearest: Floats = np.minimum(*rows).reshape(2, n).min(axis=0)
        return nearest

    def draw(
        self,
        request: int,
        routes: Sequence[Sequence[int]],
        free: Set[int],
        unserved: Sequence[int],
        size: int,
        rng: np.random.Generator,
    ) -> Part:
        """Around ``request``: so many of the ``free`` vehicles, nearest first, that they have ``size`` requests, and
        the nearest of the ``unserved``."""
        problem, near = self.problem, self.of(request)
        n = problem.n_requests
        members = {k: [stop for stop in routes[k] if stop < n] for k in sorted(free)}
        distance = {k: self._to_route(request, k, near[served]) for k, served in members.items()}
        blur = dict(zip(members, rng.lognormal(0.0, SPREAD, len(members)).tolist(), strict=True))
        requests: list[int] = []
        vehicles: list[int] = []
        for k in sorted(members, key=lambda k: (distance[k] * blur[k], k)):
            if vehicles and len(requests) + len(members[k]) > size:
                break
            vehicles.append(k)
            requests += members[k]
        waiting = sorted(unserved, key=lambda r: (float(near[r]), r))
        return Part(requests + waiting[:LEFT_OUT], vehicles)

    def _to_route(self, request: int, vehicle: int, near: Floats) -> float:
        if len(near):
            far = float(np.sort(near)[:2].mean())
        else:
            start = self.problem.start_location[vehicle]
            far = float(self.problem.seconds[0, start, self.problem.pickup_location[request]])
        return far if self.problem.compatible[request, vehicle] else far * STRANGE

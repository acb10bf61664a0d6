"""Nodes of a routing model: what each stands for, and the times and costs between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Int, Problem
from solver.routing.targets import doubled_stops

Wide = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Pick-ups, drop-offs, doubles, breaks, starts of the vehicles, ends, in this order.

    A double stands for a stop whose request is let off its target: the stop or its double is visited, at the price of
    the target. A break lies where its vehicle takes it in the routes at hand, for OR-Tools needs to know its place.
    """

    doubled: Int  # [d] the stop of each double
    resting: Int  # [k] the vehicle of each break
    location: Int
    cost: Wide  # [node, node] driving, targets missed, and the price of a vehicle that leaves its start
    transit: Wide  # [node, node] from begin to begin

    @property
    def first_break(self) -> int:
        return self.first_start - len(self.resting)

    @property
    def first_start(self) -> int:
        return len(self.location) - 2 * self.vehicles

    vehicles: int

    @classmethod
    def of(cls, problem: Problem, routes: Sequence[Sequence[int]]) -> Nodes:
        """Nodes for ``routes`` with their breaks (2n); a vehicle whose route has none is planned without."""
        n, v = problem.n_requests, problem.n_vehicles
        stops = Stops.of(problem)
        doubled = doubled_stops(problem)
        rest = 2 * n
        resting = np.array([k for k, row in enumerate(routes) if rest in row], np.int32)
        before = [_stop_before(routes[vehicle], rest) for vehicle in resting.tolist()]
        at_start = np.array([stop is None for stop in before], np.bool_)
        last = np.array([stop or 0 for stop in before], np.int32)
        ends = np.zeros(2 * v, np.int32)

        def row(of_stops: Int, of_breaks: Int, of_ends: Int) -> Int:
            return np.concatenate([of_stops, of_stops[doubled], of_breaks, of_ends])

        place = np.where(at_start, problem.start_location[resting], stops.location[last]).astype(np.int32)
        location = row(stops.location, place, np.concatenate([problem.start_location, problem.end_location]))
        leaves = np.where(at_start, problem.vehicle_band[resting], stops.band[last]).astype(np.int32)
        band = row(stops.band, leaves, np.concatenate([problem.vehicle_band, problem.vehicle_band]))
        service = row(stops.service, problem.break_length[resting], ends)
        overhead = row(stops.overhead, np.zeros(len(resting), np.int32), ends)
        pickup = row((np.arange(2 * n) < n).astype(np.int32), np.zeros(len(resting), np.int32), ends) > 0
        passenger = np.arange(len(location)) < 2 * n + len(doubled)

        travel = problem.seconds[band[:, None], location[:, None], location].astype(np.int64)
        transit = service[:, None] + travel + np.where(location[:, None] != location, overhead, 0)
        transit[np.ix_(~pickup[: -2 * v], pickup[: -2 * v])] += problem.block_gap
        cost = travel
        cost[2 * n : 2 * n + len(doubled)] += problem.relaxed_cost[doubled % n][:, None]
        cost[-2 * v : -v, passenger] += problem.vehicle_cost[:, None]
        return cls(doubled, resting, location, cost, transit, v)


@dataclass(frozen=True, slots=True, eq=False)
class Stops:
    """What belongs to each stop of the requests [2n]."""

    location: Int
    band: Int
    service: Int
    overhead: Int

    @classmethod
    def of(cls, problem: Problem) -> Stops:
        return cls(
            np.concatenate([problem.pickup_location, problem.dropoff_location]),
            np.concatenate([problem.pickup_band, problem.dropoff_band]),
            np.concatenate([problem.pickup_service, problem.dropoff_service]),
            np.concatenate([problem.pickup_overhead, problem.dropoff_overhead]),
        )


def _stop_before(stops: Sequence[int], rest: int) -> int | None:
    at = stops.index(rest)
    return stops[at - 1] if at else None

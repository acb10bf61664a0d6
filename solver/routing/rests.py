"""Where vehicles take their breaks: OR-Tools needs a place for them before it knows the route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from solver.problem import Int, Problem
from solver.reference import location, schedule_route


@dataclass(frozen=True, slots=True, eq=False)
class Rests:
    """The vehicles with a break, the place of each one's and the band of the leg that leaves it [k].

    ``stops`` are the routes with their breaks (2n), as the plain reference places them [v].
    """

    vehicle: Int
    location: Int
    band: Int
    stops: list[list[int]]

    @classmethod
    def of(cls, problem: Problem, routes: Sequence[Sequence[int]], relaxed: frozenset[int]) -> Rests:
        """Breaks of routes that hold with ``relaxed`` outside their targets.

        Those of empty routes lie where most requests begin or end, or at the start.
        """
        n = problem.n_requests
        busiest = int(np.bincount(np.concatenate([problem.pickup_location, problem.dropoff_location])).argmax())
        place = np.array([_reachable(problem, vehicle, busiest) for vehicle in range(problem.n_vehicles)], np.int32)
        band = problem.vehicle_band.copy()
        rows: list[list[int]] = []
        for vehicle, stops in enumerate(routes):
            route = schedule_route(problem, vehicle, stops, relaxed) if stops else None
            row = [] if route is None else [int(stop) for stop in route.stops]
            rows.append(row)
            if 2 * n in row:
                before = row[: row.index(2 * n)]
                place[vehicle] = location(problem, before[-1]) if before else problem.start_location[vehicle]
                if before:
                    bands = problem.pickup_band if before[-1] < n else problem.dropoff_band
                    band[vehicle] = bands[before[-1] % n]
        resting = np.flatnonzero(problem.break_length).astype(np.int32)
        return cls(resting, place[resting], band[resting], rows)


def _reachable(problem: Problem, vehicle: int, place: int) -> int:
    """``place`` where the vehicle can have its break there and nothing else to do, else its start."""
    band, (opens, closes) = int(problem.vehicle_band[vehicle]), problem.shift[vehicle].tolist()
    start, end = int(problem.start_location[vehicle]), int(problem.end_location[vehicle])
    there, back = problem.travel(band, start, place), problem.travel(band, place, end)
    begin = max(opens + there, int(problem.break_window[vehicle, 0]))
    rest = int(problem.break_length[vehicle])
    possible = (
        begin <= problem.break_window[vehicle, 1]
        and begin + rest + back <= closes
        and there + rest + back <= problem.max_duration[vehicle]
        and int(problem.metres[start, place]) + int(problem.metres[place, end]) <= problem.max_distance[vehicle]
    )
    return place if possible else start

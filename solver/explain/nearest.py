"""Which routes come nearest to taking a request: little time missing, little way round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from solver.explain.course import Node, leg, node
from solver.problem import Int, Problem
from solver.solution import Route, as_int

Row = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """The gaps between the stops of all vehicles, one after the other [gap].

    ``first[v]`` is the first gap of vehicle v; ``left`` the earliest end of the stop before, ``due`` the latest
    begin of the one behind (ride limits aside).
    """

    problem: Problem
    first: Int
    origin: Int
    band: Int
    left: Int
    destination: Int
    due: Int

    def nearest(self, request: int, allowed: NDArray[np.bool_], count: int) -> list[int]:
        """At most ``count`` of the ``allowed`` vehicles [v], the nearest first.

        The measure is the least of extra driving + lateness at the new stops + lateness at the stop behind, in
        seconds, with both new stops in one gap or each in the gap that is best for it.
        """
        problem = self.problem
        here, there = node(problem, request), node(problem, problem.n_requests + request)
        board, alight = problem.pickup_window[1, request].tolist(), problem.dropoff_window[1, request].tolist()
        straight = problem.seconds[self.band, self.origin, self.destination].astype(np.int64)
        boards, boarded, late = self._visit(here, board)
        alights, alighted, late_off = self._visit(there, alight)
        away, off_away = (problem.seconds[end.band, end.location, self.destination] for end in (here, there))
        apart = [
            np.minimum.reduceat(to - straight + onward + missed + np.maximum(done + onward - self.due, 0), self.first)
            for to, done, missed, onward in ((boards, boarded, late, away), (alights, alighted, late_off, off_away))
        ]
        ride = leg(problem, here, there)
        begins = np.maximum(boarded + ride, alight[0])
        behind = np.maximum(begins + there.service + off_away - self.due, 0) + np.maximum(begins - alight[1], 0)
        together = np.minimum.reduceat(boards + ride + off_away - straight + late + behind, self.first)
        distance = np.minimum(apart[0] + apart[1], together)
        able = np.flatnonzero(allowed)
        return [int(v) for v in able[np.argsort(distance[able], kind="stable")][:count]]

    def _visit(self, stop: Node, window: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Drive to a stop, end of its service and lateness, from every gap."""
        drive = self.problem.seconds[self.band, self.origin, stop.location].astype(np.int64)
        arrival = self.left + drive + np.where(self.origin == stop.location, 0, stop.overhead)
        return drive, np.maximum(arrival, window[0]) + stop.service, np.maximum(arrival - window[1], 0)


def gaps(problem: Problem, routes: Iterable[Route], relaxed: frozenset[int]) -> Gaps:
    """The gaps of a plan; a vehicle without route has one, its whole shift."""
    route_of = {route.vehicle: route for route in routes}
    rows: list[Row] = []
    first = []
    for vehicle in range(problem.n_vehicles):
        first.append(len(rows))
        rows += _gaps_of(problem, vehicle, route_of.get(vehicle), relaxed)
    origin, band, left, destination, due = np.array(rows, np.int32).reshape(-1, 5).T
    return Gaps(problem, as_int(first), origin, band, left, destination, due)


def _gaps_of(problem: Problem, vehicle: int, route: Route | None, relaxed: frozenset[int]) -> list[Row]:
    n, v = problem.n_requests, vehicle
    shift = problem.shift[v].tolist()
    band = int(problem.vehicle_band[v])
    nodes = [Node(None, int(problem.start_location[v]), band, 0, 0)]
    windows = [shift]
    for stop in route.stops.tolist() if route else ():
        if stop == 2 * n:
            nodes.append(Node(None, nodes[-1].location, nodes[-1].band, int(problem.break_length[v]), 0))
            windows.append(problem.break_window[v].tolist())
        else:
            r = stop % n
            nodes.append(node(problem, stop))
            allowed = problem.pickup_window if stop < n else problem.dropoff_window
            windows.append(allowed[int(r in relaxed), r].tolist())
    nodes.append(Node(None, int(problem.end_location[v]), band, 0, 0))
    windows.append(shift)
    legs = [leg(problem, a, b) + a.service for a, b in pairwise(nodes)]
    earliest, latest = [shift[0]], [shift[1]]
    for seconds, (low, _) in zip(legs, windows[1:], strict=True):
        earliest.append(max(low, earliest[-1] + seconds))
    for seconds, (_, high) in zip(legs[::-1], windows[-2::-1], strict=True):
        latest.append(min(high, latest[-1] - seconds))
    return [
        (a.location, a.band, begin + a.service, b.location, due)
        for (a, b), begin, due in zip(pairwise(nodes), earliest, latest[-2::-1], strict=False)
    ]

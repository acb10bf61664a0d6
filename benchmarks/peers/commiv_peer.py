"""commiv: pickup and delivery from one depot, with one capacity and one working day for all vehicles of a group.

On public sets with one depot that is everything but ride limits. On our days (relaxed) every base is a group with the
requests near it, and its routes are given to the vehicles that they suit best; the tight variant is out of reach.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import commiv
import numpy as np

from benchmarks.peers.clock import Clock
from benchmarks.peers.shipments import Shipments, Variant, as_shipments
from benchmarks.peers.unfit import UnfitError
from solver.problem import NEVER, Problem

MOST_TYPES = 8
SHORTEST_MS = 50
Routes = list[list[int]]


@dataclass(frozen=True, slots=True)
class Group:
    """Vehicles with one depot and the requests that they are to serve."""

    vehicles: list[int]
    requests: list[int]


def solve(problem: Problem, variant: Variant, clock: Clock, seed: int) -> Routes:
    """Stops of every vehicle; commiv solves a group on one core, groups run side by side."""
    shipments = as_shipments(problem, variant)
    groups = groups_of(problem, shipments)
    if variant.holds:
        _refuse_mixed(problem, shipments, groups)
    clock = clock if len(groups) > 1 else clock.alone()
    milliseconds = clock.left() * clock.cores * 1000
    routes: Routes = [[] for _ in range(problem.n_vehicles)]

    def solved(group: Group) -> tuple[Group, Routes]:
        share = max(SHORTEST_MS, int(milliseconds * len(group.requests) / problem.n_requests))
        return group, _solve(problem, shipments, group, share, seed)

    with ThreadPoolExecutor(clock.cores) as pool:
        for group, found in pool.map(solved, groups):
            for vehicle, stops in zip(group.vehicles, handed_out(problem, group.vehicles, found), strict=True):
                routes[vehicle] = stops
    return routes


def groups_of(problem: Problem, shipments: Shipments) -> list[Group]:
    """A group for every depot; each takes the requests near it, as many as its share of the working time."""
    ends = np.stack([problem.start_location, problem.end_location], 1)
    _, one, of = np.unique(ends, axis=0, return_index=True, return_inverse=True)
    of = of.reshape(-1)
    hours = np.bincount(of, (problem.shift[:, 1] - problem.shift[:, 0]).astype(np.float64))
    room = np.ceil(problem.n_requests * hours / hours.sum())
    way = (
        shipments.drive[shipments.start_place[one][:, None], shipments.pickup_place]
        + shipments.drive[shipments.dropoff_place[:, None], shipments.end_place[one]].T
    ).astype(np.float64)
    requests: list[list[int]] = [[] for _ in one]
    nearest = np.sort(way, axis=0)
    regret = nearest[min(1, len(one) - 1)] - nearest[0]
    for r in np.argsort(-regret, kind="stable").tolist():
        free = np.where(room > 0, way[:, r], np.inf)
        chosen = int(free.argmin())
        room[chosen] -= 1
        requests[chosen].append(r)
    return [Group(np.flatnonzero(of == k).tolist(), rows) for k, rows in enumerate(requests) if rows]


def handed_out(problem: Problem, vehicles: list[int], found: Routes) -> Routes:
    """Each route to the free vehicle on which it breaks least, long routes first; what is left over is not served."""
    mine: dict[int, list[int]] = {}
    n = problem.n_requests
    for stops in sorted(found, key=len, reverse=True):
        members = np.array([stop for stop in stops if stop < n])
        free = [vehicle for vehicle in vehicles if vehicle not in mine]
        if not free:
            break
        late = problem.pickup_window[1, members, 1][:, None] < problem.shift[free, 0]
        early = problem.dropoff_window[1, members, 0][:, None] > problem.shift[free, 1]
        amiss = (~problem.compatible[members[:, None], free] | late | early).sum(axis=0)
        mine[free[int(amiss.argmin())]] = stops
    return [mine.get(vehicle, []) for vehicle in vehicles]


def _solve(problem: Problem, shipments: Shipments, group: Group, milliseconds: int, seed: int) -> Routes:
    first = group.vehicles[0]
    origin, horizon = int(problem.shift[group.vehicles, 0].min()), int(problem.shift[group.vehicles, 1].max())
    members = [r for r in group.requests if _alone(problem, shipments, first, r, origin, horizon)]
    if not members:
        return []
    board, alight = shipments.pickup_place[members], shipments.dropoff_place[members]
    rows = np.concatenate([[shipments.start_place[first]], board, alight])
    columns = np.concatenate([[shipments.end_place[first]], board, alight])
    windows = np.concatenate([[[origin, horizon]], shipments.pickup_window[members], shipments.dropoff_window[members]])
    windows = np.clip(windows - origin, 0, horizon - origin)
    m = len(members)
    capacity = _capacity(problem, shipments)
    durations = problem.max_duration[group.vehicles]
    counts = Counter(capacity[vehicle] for vehicle in group.vehicles)
    types = [(size, int(problem.vehicle_cost[first]), count) for size, count in sorted(counts.items())[-MOST_TYPES:]]
    arguments = (
        shipments.transit[np.ix_(rows, columns)],
        list(range(1, m + 1)),
        list(range(m + 1, 2 * m + 1)),
        _amount(problem, shipments)[members].tolist(),
        max(counts),
        windows[:, 0],
        windows[:, 1],
        np.concatenate([[0], problem.pickup_service[members], problem.dropoff_service[members]]),
    )
    limits = {"max_route_duration": int(durations.max())} if (durations < NEVER).all() else {}
    for vehicle_types in (types, [(size, horizon, 0) for size, _, _ in types]):
        try:
            answer = commiv.solve_pdptw(
                *arguments, seed=seed, wall_ms=milliseconds, iters=1 << 40, vehicle_types=vehicle_types, **limits
            )
        except commiv.CommivError:
            continue  # too few vehicles for everybody: once more with as many as it takes
        ids = [*members, *(problem.n_requests + r for r in members)]
        return [[ids[node - 1] for node in route] for route in answer.routes]
    return []


def _alone(problem: Problem, shipments: Shipments, vehicle: int, r: int, origin: int, horizon: int) -> bool:
    """Whether a vehicle of the group could serve the request and nothing else: one that it can't leaves no answer."""
    (early, late), (soon, due) = shipments.pickup_window[r].tolist(), shipments.dropoff_window[r].tolist()
    depot = shipments.start_place[vehicle], shipments.end_place[vehicle]
    places = depot[0], shipments.pickup_place[r], shipments.dropoff_place[r], depot[1]
    way = [int(shipments.transit[a, b]) for a, b in pairwise(places)]
    board = max(origin + way[0], early)
    alight = max(board + int(problem.pickup_service[r]) + way[1], soon)
    back = alight + int(problem.dropoff_service[r]) + way[2]
    return bool(board <= late and alight <= due and back <= horizon)


def _amount(problem: Problem, shipments: Shipments) -> np.ndarray:
    """The one load that commiv knows: the only bound there is, else the number of places taken."""
    return shipments.amount[:, 0] if shipments.amount.shape[1] == 1 else problem.demand.sum(axis=1)


def _capacity(problem: Problem, shipments: Shipments) -> list[int]:
    if shipments.amount.shape[1] == 1:
        return [int(room) for room in shipments.capacity[:, 0]]
    return [int(places) for places in problem.layouts.clip(min=0).sum(axis=2).max(axis=1)[problem.vehicle_class]]


def _refuse_mixed(problem: Problem, shipments: Shipments, groups: list[Group]) -> None:
    reasons = {
        "several depots": len(groups) > 1,
        "shifts that differ": len(np.unique(problem.shift, axis=0)) > 1,
        "breaks with nobody aboard": bool(problem.break_length.any()),
        "several kinds of places": shipments.amount.shape[1] > 1,
        "vehicles that may not serve everybody": not problem.compatible.all(),
        "ranges": bool((problem.max_distance < NEVER).any()),
    }
    if unmet := [reason for reason, applies in reasons.items() if applies]:
        raise UnfitError(", ".join(unmet))

"""PyVRP: shipments for a mixed fleet with exact shifts, durations and compatibility.

It has no breaks, ride limits, layouts, groups or targets. In the tight variant a duty is cut in two at its break.
"""

from __future__ import annotations

from time import process_time
from typing import Any

import numpy as np
from pyvrp import (
    Depot,
    IteratedLocalSearchCallbacks,
    IteratedLocalSearchParams,
    Location,
    PenaltyParams,
    ProblemData,
    Shipment,
    Solution,
    SolveParams,
    VehicleType,
)
from pyvrp import solve as pyvrp_solve

from benchmarks.peers.breaks import joined, split_at_breaks
from benchmarks.peers.clock import Clock
from benchmarks.peers.shipments import Shipments, Variant, as_shipments, longest_drive
from solver.problem import NEVER, Problem

MOST_PENALTY = 1e7  # its own 1e5 is reached within seconds, and the search then stands still


class _Watch(IteratedLocalSearchCallbacks):  # type: ignore[misc]
    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def on_best(self, best: Solution) -> None:
        if best.is_feasible():
            self.clock.served(best.num_shipments())


def solve(problem: Problem, variant: Variant, clock: Clock, seed: int) -> list[list[int]]:
    """Stops of every vehicle; PyVRP uses one core, and its answer counts only where it is feasible to itself."""
    until = process_time() + clock.seconds * clock.cores
    if not variant.holds:
        return _solve(problem, variant, clock, seed, until)
    halves, owner = split_at_breaks(problem)
    return joined(_solve(halves, variant, clock, seed, until), owner)


def _solve(problem: Problem, variant: Variant, clock: Clock, seed: int, until: float) -> list[list[int]]:
    data, vehicles = build(problem, as_shipments(problem, variant), variant)
    result = pyvrp_solve(
        data,
        lambda _cost: process_time() > until,
        seed=seed,
        collect_stats=False,
        params=SolveParams(
            ils=IteratedLocalSearchParams(callbacks=_Watch(clock)), penalty=PenaltyParams(max_penalty=MOST_PENALTY)
        ),
        initial_solution=Solution(data, []),  # feasible, unlike the random one it begins with otherwise
    )
    routes: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    if not result.best.is_feasible():
        return routes
    for route in result.best.routes():
        stops = [a.idx + (problem.n_requests if a.is_delivery() else 0) for a in route if a.is_shipment()]
        routes[vehicles[route.vehicle_type()].pop()] = stops
    return routes


def build(problem: Problem, shipments: Shipments, variant: Variant) -> tuple[ProblemData, list[list[int]]]:
    """The data, and the vehicles of each vehicle type. Compatibility is a load that other vehicles have no room for."""
    n = problem.n_requests
    needs = [need for need in range(len(shipments.allowed)) if shipments.restricted(need)]
    amount = np.concatenate([shipments.amount, *[(shipments.need == need)[:, None] for need in needs]], axis=1)
    rooms = [np.where(shipments.allowed[need], n, 0)[:, None] for need in needs]
    capacity = np.concatenate([shipments.capacity, *rooms], axis=1)
    ends = np.unique(np.concatenate([shipments.start_place, shipments.end_place])).tolist()
    kinds: dict[tuple[object, ...], list[int]] = {}
    for v in range(problem.n_vehicles):
        key = (
            ends.index(shipments.start_place[v]), ends.index(shipments.end_place[v]), *problem.shift[v].tolist(),
            int(problem.max_duration[v]), longest_drive(problem, shipments, v, variant), int(problem.vehicle_cost[v]),
            tuple(capacity[v].tolist()),
        )  # fmt: skip
        kinds.setdefault(key, []).append(v)
    data = ProblemData(
        locations=[Location(0, 0) for _ in range(len(shipments.drive))],
        clients=[],
        depots=[Depot(place) for place in ends],
        vehicle_types=[_vehicle_type(key, len(members)) for key, members in kinds.items()],
        distance_matrices=[shipments.drive.astype(np.int64)],
        duration_matrices=[shipments.transit.astype(np.int64)],
        shipments=[_shipment(problem, shipments, amount, r) for r in range(n)],
    )
    return data, list(kinds.values())


def _vehicle_type(key: tuple[Any, ...], count: int) -> VehicleType:
    start, end, earliest, latest, duration, drive, price, capacity = key
    limits = {} if drive is None else {"max_distance": drive}
    if duration < NEVER:
        limits["shift_duration"] = duration
    return VehicleType(count, list(capacity), start, end, fixed_cost=price, tw_early=earliest, tw_late=latest, **limits)


def _shipment(problem: Problem, shipments: Shipments, amount: np.ndarray, r: int) -> Shipment:
    board, alight = shipments.pickup_window[r].tolist(), shipments.dropoff_window[r].tolist()
    return Shipment(
        int(shipments.pickup_place[r]),
        int(shipments.dropoff_place[r]),
        max(board[0], 0),
        board[1],
        int(problem.pickup_service[r]),
        max(alight[0], 0),
        alight[1],
        int(problem.dropoff_service[r]),
        amount=amount[r].tolist(),
        prize=int(problem.unserved_cost[r]),
        required=False,
    )

"""VROOM through pyvroom: everything but ride limits, layouts, groups and targets is in its model.

Breaks with nobody aboard are its own (``max_load`` nothing), but it may drive part of a leg before one. In the tight
variant a break begins so late that the part could as well be driven after it.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import vroom

from benchmarks.peers.clock import Clock
from benchmarks.peers.shipments import Shipments, Variant, as_shipments
from solver.problem import NEVER, Problem

BEST = 5  # most thorough exploration
MOST = 100  # highest priority
EMPTY_LEG_S = 3600  # no way to a pick-up is longer, but for rare ones


def solve(problem: Problem, variant: Variant, clock: Clock, _seed: int) -> list[list[int]]:
    """Stops of every vehicle; VROOM has no seed and stops by itself when it is done."""
    model = build(problem, as_shipments(problem, variant), variant)
    answer = model.solve(
        exploration_level=BEST, nb_threads=clock.cores, timeout=timedelta(seconds=max(clock.left(), 0.05))
    )
    table = np.asarray(answer._routes_numpy())
    n = problem.n_requests
    routes: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    for vehicle, kind, task in zip(table["vehicle_id"], table["type"].astype("U9"), table["id"], strict=True):
        if kind in ("pickup", "delivery"):
            routes[int(vehicle)].append(int(task) + (n if kind == "delivery" else 0))
    return routes


def build(problem: Problem, shipments: Shipments, variant: Variant) -> vroom.Input:
    model = vroom.Input()
    model.set_durations_matrix("car", shipments.transit)
    model.set_costs_matrix("car", shipments.drive)
    model.set_distances_matrix("car", shipments.metres)
    dearest = max(int(problem.unserved_cost.max(initial=1)), 1)
    for r in range(problem.n_requests):
        need = int(shipments.need[r])
        model.add_shipment(
            _step(r, shipments.pickup_place[r], problem.pickup_service[r], shipments.pickup_window[r]),
            _step(r, shipments.dropoff_place[r], problem.dropoff_service[r], shipments.dropoff_window[r]),
            amount=vroom.Amount(shipments.amount[r]),
            skills={need + 1} if shipments.restricted(need) else set(),
            priority=int(MOST * int(problem.unserved_cost[r]) / dearest),
        )
    for v in range(problem.n_vehicles):
        model.add_vehicle(_vehicle(problem, shipments, variant, v))
    return model


def _step(request: int, place: np.int32, service: np.int32, window: np.ndarray) -> vroom.ShipmentStep:
    return vroom.ShipmentStep(
        request, int(place), default_service=int(service), time_windows=[vroom.TimeWindow(*map(int, window))]
    )


def _vehicle(problem: Problem, shipments: Shipments, variant: Variant, v: int) -> vroom.Vehicle:
    start, end = shift_within(problem, v, variant)
    rests = []
    if problem.break_length[v]:
        earliest, latest = problem.break_window[v].tolist()
        earliest += min(EMPTY_LEG_S, (latest - earliest) // 2) if variant.holds else 0
        rests.append(
            vroom.Break(
                v,
                time_windows=[vroom.TimeWindow(earliest, latest)],
                service=int(problem.break_length[v]),
                max_load=[0] * shipments.amount.shape[1],
            )
        )
    limits = {"max_distance": int(problem.max_distance[v])} if problem.max_distance[v] < NEVER else {}
    return vroom.Vehicle(
        v,
        start=int(shipments.start_place[v]),
        end=int(shipments.end_place[v]),
        capacity=shipments.capacity[v],
        skills={int(need) + 1 for need in np.flatnonzero(shipments.allowed[:, v])},
        time_window=vroom.TimeWindow(start, end),
        breaks=rests,
        costs=vroom.VehicleCosts(fixed=int(problem.vehicle_cost[v])),
        **limits,
    )


def shift_within(problem: Problem, v: int, variant: Variant) -> tuple[int, int]:
    """The shift; in the tight variant one no longer than the vehicle may work, early for one and later for the next."""
    start, end = problem.shift[v].tolist()
    spare = end - start - int(problem.max_duration[v])
    if spare <= 0 or not variant.holds:
        return start, end
    shift = spare * v // max(problem.n_vehicles - 1, 1)
    return start + shift, start + shift + int(problem.max_duration[v])

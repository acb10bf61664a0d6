"""vrp-cli (Rust) through its Python wheel: shipments in the pragmatic JSON format.

It has no ride limits, layouts, groups, targets or maximal number of patients aboard during a break. In the relaxed
variant its own breaks are used; in the tight one a duty is two shifts that meet at the base for the break.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import vrp_cli

from benchmarks.peers.breaks import joined, split_at_breaks
from benchmarks.peers.clock import Clock
from benchmarks.peers.shipments import Shipments, Variant, as_shipments, longest_drive
from solver.problem import NEVER, Problem

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
BREAK_WEIGHT = 5  # a missed break weighs as much as so many requests
BUSY_AT_END_S = 0.5


def solve(problem: Problem, variant: Variant, clock: Clock, _seed: int) -> list[list[int]]:
    """Stops of every vehicle; vrp-cli takes no seed."""
    if not variant.holds:
        return _solve(problem, variant, clock)
    halves, owner = split_at_breaks(problem)
    return joined(_solve(halves, variant, clock), owner)


def _solve(problem: Problem, variant: Variant, clock: Clock) -> list[list[int]]:
    shipments = as_shipments(problem, variant)
    document = json.dumps(document_of(problem, shipments, variant))
    matrix = json.dumps(
        {
            "profile": "car",
            "travelTimes": shipments.transit.ravel().tolist(),
            "distances": shipments.drive.ravel().tolist(),
        }
    )
    config = {
        "termination": {"maxTime": max(1, int(clock.left() - BUSY_AT_END_S)), "maxGenerations": 10_000_000},
        "environment": {"parallelism": {"numThreadPools": 1, "threadsPerPool": clock.cores}},
        "telemetry": {"progress": {"enabled": False}},
    }
    return routes_of(json.loads(vrp_cli.solve_pragmatic(document, [matrix], json.dumps(config))), problem)


def document_of(problem: Problem, shipments: Shipments, variant: Variant) -> dict[str, Any]:
    """The problem in the pragmatic format; distances are driving seconds, which alone cost."""
    objectives: list[list[dict[str, Any]]] = [
        [{"type": "minimize-unassigned", "breaks": BREAK_WEIGHT}],
        [{"type": "minimize-cost"}],
    ]
    return {
        "plan": {"jobs": [_job(problem, shipments, r) for r in range(problem.n_requests)]},
        "fleet": {
            "vehicles": [_vehicle(problem, shipments, variant, v) for v in range(problem.n_vehicles)],
            "profiles": [{"name": "car"}],
        },
        "objectives": objectives,
    }


def routes_of(answer: dict[str, Any], problem: Problem) -> list[list[int]]:
    """Stops of every vehicle in a solution document."""
    routes: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    for tour in answer["tours"]:
        for stop in tour["stops"]:
            for activity in stop["activities"]:
                if activity["type"] in ("pickup", "delivery"):
                    later = problem.n_requests if activity["type"] == "delivery" else 0
                    routes[int(tour["vehicleId"])].append(int(activity["jobId"]) + later)
    return routes


def _job(problem: Problem, shipments: Shipments, r: int) -> dict[str, Any]:
    need = int(shipments.need[r])
    demand = shipments.amount[r].tolist()
    ends = (
        (shipments.pickup_place[r], problem.pickup_service[r], shipments.pickup_window[r]),
        (shipments.dropoff_place[r], problem.dropoff_service[r], shipments.dropoff_window[r]),
    )
    board, alight = ([{"places": [_place(*end)], "demand": demand}] for end in ends)
    job: dict[str, Any] = {"id": str(r), "pickups": board, "deliveries": alight}
    if shipments.restricted(need):
        job["skills"] = {"allOf": [f"need {need}"]}
    return job


def _place(place: np.int32, service: np.int32, window: np.ndarray) -> dict[str, Any]:
    return {"location": {"index": int(place)}, "duration": float(service), "times": [_times(window)]}


def _vehicle(problem: Problem, shipments: Shipments, variant: Variant, v: int) -> dict[str, Any]:
    earliest, latest = _times(problem.shift[v])
    shift: dict[str, Any] = {
        "start": {"earliest": earliest, "location": {"index": int(shipments.start_place[v])}},
        "end": {"latest": latest, "location": {"index": int(shipments.end_place[v])}},
    }
    if problem.break_length[v]:
        places = [{"duration": float(problem.break_length[v])}]
        shift["breaks"] = [{"time": _times(problem.break_window[v]), "places": places}]
    limits: dict[str, float] = {}
    if (drive := longest_drive(problem, shipments, v, variant)) is not None:
        limits["maxDistance"] = float(drive)
    if problem.max_duration[v] < NEVER:
        limits["maxDuration"] = float(problem.max_duration[v])
    return {
        "typeId": f"type {v}",
        "vehicleIds": [str(v)],
        "profile": {"matrix": "car"},
        "costs": {"fixed": float(problem.vehicle_cost[v]), "distance": 1.0, "time": 0.0},
        "shifts": [shift],
        "capacity": shipments.capacity[v].tolist(),
        "skills": [f"need {need}" for need in np.flatnonzero(shipments.allowed[:, v])],
        **({"limits": limits} if limits else {}),
    }


def _times(window: np.ndarray) -> list[str]:
    return [(MIDNIGHT + timedelta(seconds=int(at))).strftime("%Y-%m-%dT%H:%M:%SZ") for at in window]

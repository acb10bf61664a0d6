"""Search round some requests first: on the vehicles that pass near them, near their time, then on all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from solver.lns import search_neighbourhoods
from solver.problem import Problem
from solver.progress import Clock
from solver.solution import Sequences
from solver.subproblem import subproblem, to_part, to_whole

NEAR_SHARE = 0.4
"""Of the budget, for the vehicles near."""

VEHICLES = 60
"""Most vehicles of the first round,"""
EACH = 12
"""and how many a request of those that it is about."""

APART = 0.5
"""Seconds of driving that a second between two visits is worth."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: ``budget_s`` seconds of ``clock`` or exactly ``iterations``, as ``solve`` takes them."""

    budget_s: float
    seed: int
    workers: int
    hot: float
    iterations: int | None = None
    clock: Clock = perf_counter


def search_round_first(problem: Problem, start: Sequences, about: Sequence[int], effort: Effort) -> Sequences:
    """The best plan found from ``start``, which holds: first round the requests ``about``, then everywhere."""
    began = effort.clock()
    plan = search_near(problem, start, about, effort) if about else start
    done = (_near_iterations(effort) or 0) if about else 0
    found, _ = search_neighbourhoods(
        problem,
        budget_s=effort.budget_s - (effort.clock() - began),
        seed=effort.seed,
        workers=effort.workers,
        iterations=None if effort.iterations is None else effort.iterations - done,
        start=plan,
        hot=effort.hot,
        clock=effort.clock,
    )
    return found


def search_near(problem: Problem, plan: Sequences, about: Sequence[int], effort: Effort, each: int = EACH) -> Sequences:
    """The best plan found with ``NEAR_SHARE`` of the effort on the vehicles near some requests, for these and who is on
    the vehicles."""
    n = problem.n_requests
    vehicles = nearest_vehicles(problem, plan, about, each)
    served = {stop for row in plan.stops for stop in row if stop < n}
    members = [stop for v in vehicles for stop in plan.stops[v] if stop < n]
    requests = [*members, *dict.fromkeys(r for r in about if r not in served)]
    number = {r: i for i, r in enumerate(requests)}
    rows = [to_part(plan.stops[v], requests, n) for v in vehicles]
    relaxed = frozenset(number[r] for r in plan.relaxed if r in number)
    found, _ = search_neighbourhoods(
        subproblem(problem, requests, vehicles),
        budget_s=effort.budget_s * NEAR_SHARE,
        seed=effort.seed,
        workers=effort.workers,
        iterations=_near_iterations(effort),
        start=Sequences(rows, relaxed),
        hot=effort.hot,
        clock=effort.clock,
    )
    stops = [list(row) for row in plan.stops]
    for v, row in zip(vehicles, found.stops, strict=True):
        stops[v] = to_whole(row, requests, n)
    outside = (plan.relaxed - frozenset(requests)) | {requests[r] for r in found.relaxed}
    return Sequences(stops, frozenset(outside))


def _near_iterations(effort: Effort) -> int | None:
    return None if effort.iterations is None else round(effort.iterations * NEAR_SHARE)


def nearest_vehicles(problem: Problem, plan: Sequences, about: Sequence[int], each: int = EACH) -> list[int]:
    """The vehicles that serve some requests, and for each of these ``each`` that could and that pass nearest to it,
    until there are ``VEHICLES``."""
    n = problem.n_requests
    vehicle = np.full(n, -1)
    for v, row in enumerate(plan.stops):
        vehicle[[stop for stop in row if stop < n]] = v
    chosen = dict.fromkeys(int(vehicle[r]) for r in about if vehicle[r] >= 0)
    ranked = [_ranked(problem, vehicle, r)[:each] for r in about]
    for turn in zip_longest(*ranked):
        chosen |= dict.fromkeys(v for v in turn if v is not None and len(chosen) < VEHICLES)
    return sorted(chosen)


def _ranked(problem: Problem, vehicle: NDArray[np.int64], request: int) -> list[int]:
    """The vehicles that could serve a request, the nearest first: by the nearest stop, in driving and in time, of those
    that they serve, or by the drive from where they start."""
    n = problem.n_requests
    place = np.concatenate([problem.pickup_location, problem.dropoff_location])
    time = np.concatenate([problem.pickup_window[0], problem.dropoff_window[0]]).mean(axis=1)
    apart = [
        problem.seconds[0, place[stop], place] + APART * np.abs(time - time[stop]) for stop in (request, n + request)
    ]
    near = np.minimum(*apart).reshape(2, n).min(axis=0)
    served = np.flatnonzero(vehicle >= 0)
    distance = problem.seconds[0, problem.start_location, place[request]].astype(np.float64)
    np.minimum.at(distance, vehicle[served], near[served])
    able = np.flatnonzero(problem.compatible[request])
    ranked: list[int] = able[np.argsort(distance[able], kind="stable")].tolist()
    return ranked

"""Solve one part of a day with OR-Tools routing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from solver.problem import Problem
from solver.routing.judge import all_served, cost, least_relaxed, repaired
from solver.routing.model import build_model, can_work
from solver.routing.subproblem import subproblem, to_part, to_whole

TARGETS_SHARE, HARD_SHARE = 0.3, 0.8  # of the time have passed when these steps end
SHORTEST = 0.1  # seconds; below it a search is not worth starting

Tier = NDArray[np.intp]
TierOf = Callable[[Problem, list[list[int]]], Tier]


def solve_routing(
    problem: Problem,
    *,
    seconds: float,
    start: Sequence[Sequence[int]] | None = None,
    requests: Sequence[int] | None = None,
    vehicles: Sequence[int] | None = None,
) -> list[list[int]]:
    """Stop sequences of every vehicle of ``problem`` (see ``solution.sequences``) that keep all hard rules.

    Targets are kept step by step: from nothing, first everybody is held to them; where that leaves somebody out,
    the hard limits serve for all; at last those who keep their target are held to it. With ``start`` there is the
    last step only. What the plain reference refuses is repaired by leaving requests out, and the answer never
    costs more than ``start``. It depends on the clock: OR-Tools stops by time only.

    Parameters
    ----------
    seconds : wall-clock time for the searches, besides some hundredths for building the models.
    start : sequences to start from; its stops outside ``requests`` or ``vehicles`` are passed over.
    requests, vehicles : the part to solve, all where they are not given.
    """
    n = problem.n_requests
    chosen = list(range(n)) if requests is None else list(requests)
    able = [k for k in (range(problem.n_vehicles) if vehicles is None else vehicles) if can_work(problem, k)]
    routes: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    if not chosen or not able:
        return routes
    part, inside = subproblem(problem, chosen, able), set(chosen)
    known = [] if start is None else [to_part([s for s in start[k] if s % n in inside], chosen, n) for k in able]
    for vehicle, stops in zip(able, _solve(part, seconds, known or [[] for _ in able]), strict=True):
        routes[vehicle] = to_whole(stops, chosen, n)
    return routes


def _solve(problem: Problem, seconds: float, start: list[list[int]]) -> list[list[int]]:
    """``start`` has a sequence for every vehicle."""
    began = perf_counter()
    best = [repaired(problem, vehicle, stops) for vehicle, stops in enumerate(start)]
    price = cost(problem, best)
    differ = _tiers_differ(problem)
    steps: list[tuple[float, TierOf]] = [(1.0, _kept_tier)]
    if differ.any() and not any(best):
        steps = [(TARGETS_SHARE, _target_tier), (HARD_SHARE, _hard_tier), *steps]
    for until, tier_of in steps:
        left = seconds * until - (perf_counter() - began)
        if left < SHORTEST or (tier_of is _hard_tier and all_served(problem, best)):
            continue
        tier = np.where(differ, tier_of(problem, best), 0)
        found = _search(problem, tier, left, best if tier_of is _kept_tier else [[] for _ in best])
        found = [repaired(problem, vehicle, stops) for vehicle, stops in enumerate(found)]
        if (found_price := cost(problem, found)) < price:
            best, price = found, found_price
    return best


def _target_tier(problem: Problem, _routes: list[list[int]]) -> Tier:
    return np.zeros(problem.n_requests, dtype=np.intp)


def _hard_tier(problem: Problem, _routes: list[list[int]]) -> Tier:
    return np.ones(problem.n_requests, dtype=np.intp)


def _kept_tier(problem: Problem, routes: list[list[int]]) -> Tier:
    """Targets for those whom ``routes`` keep in theirs."""
    tier = np.ones(problem.n_requests, dtype=np.intp)
    for vehicle, stops in enumerate(routes):
        kept = {stop for stop in stops if stop < problem.n_requests} - least_relaxed(problem, vehicle, stops)
        tier[list(kept)] = 0
    return tier


def _tiers_differ(problem: Problem) -> NDArray[np.bool_]:
    windows = (problem.pickup_window[0] != problem.pickup_window[1]) | (
        problem.dropoff_window[0] != problem.dropoff_window[1]
    )
    differ: NDArray[np.bool_] = windows.any(axis=1) | (problem.ride_limit[0] != problem.ride_limit[1])
    return differ


def _search(problem: Problem, tier: Tier, seconds: float, start: list[list[int]]) -> list[list[int]]:
    """One search: guided local search from ``start``, or from nothing iterated local search with SISR."""
    model = build_model(problem, tier)
    routing = model.routing
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.time_limit.FromMilliseconds(max(1, int(seconds * 1000)))
    known: Any = None
    if any(start):
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        routing.CloseModelWithParameters(parameters)
        known = model.assignment(start)
    if known is not None:
        answer = routing.SolveFromAssignmentWithParameters(known, parameters)
    else:
        _from_nothing(parameters)
        answer = routing.SolveWithIteratedLocalSearch(parameters)
    return start if answer is None else model.sequences(answer)


def _from_nothing(parameters: Any) -> None:
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.use_iterated_local_search = True
    again = parameters.iterated_local_search_parameters
    again.improve_perturbed_solution = True
    again.perturbation_strategy = 1  # ruin and recreate
    sisr = again.ruin_recreate_parameters.ruin_strategies.add().sisr
    sisr.max_removed_sequence_size = 10
    sisr.avg_num_removed_visits = 10
    sisr.bypass_factor = 0.01

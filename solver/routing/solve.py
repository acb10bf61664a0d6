"""Solve one part of a day with OR-Tools routing."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem
from solver.routing.judge import Plan, judged
from solver.routing.model import Tier, build_model, can_work
from solver.routing.rests import Rests
from solver.routing.room import Room
from solver.routing.search import construct, ruin_and_recreate
from solver.routing.subproblem import subproblem, to_part, to_whole

SLICE = 1.5  # seconds of one search
SHORTEST = 0.05  # seconds; below it a search is not worth starting


def solve_routing(
    problem: Problem,
    *,
    seconds: float,
    start: Sequence[Sequence[int]] | None = None,
    requests: Sequence[int] | None = None,
    vehicles: Sequence[int] | None = None,
    room: Room | None = None,
    turn: int = 0,
) -> list[list[int]]:
    """Stop sequences of every vehicle of ``problem`` (see ``solution.sequences``) that keep all hard rules.

    From nothing, parallel insertion comes first; then searches of some seconds each start from the best so far. What the plain reference refuses is repaired by leaving
    requests out, and the answer never costs more than ``start``.
    It depends on the clock: OR-Tools stops by time only.

    Parameters
    ----------
    seconds : wall-clock time for the searches, besides some hundredths for building the models.
    start : sequences to start from; its stops outside ``requests`` or ``vehicles`` are passed over.
    requests, vehicles : the part to solve, all where they are not given.
    room : ``Room.of(problem)`` where it is known.
    turn : which layouts the vehicles try first (see ``Room``).
    """
    n = problem.n_requests
    chosen = list(range(n)) if requests is None else list(requests)
    able = [k for k in (range(problem.n_vehicles) if vehicles is None else vehicles) if can_work(problem, k)]
    routes: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    if not chosen or not able:
        return routes
    part, inside = subproblem(problem, chosen, able), set(chosen)
    known = [[] if start is None else to_part([s for s in start[k] if s % n in inside], chosen, n) for k in able]
    solved = _solve(part, seconds, known, room or Room.of(problem), turn)
    for vehicle, stops in zip(able, solved, strict=True):
        routes[vehicle] = to_whole(stops, chosen, n)
    return routes


def _solve(problem: Problem, seconds: float, start: list[list[int]], room: Room, turn: int) -> list[list[int]]:
    """``start`` has a sequence for every vehicle."""
    until = perf_counter() + seconds
    best, first = judged(problem, start), turn
    while (left := until - perf_counter()) > SHORTEST:
        model = build_model(problem, _kept(problem, best), Rests.of(problem, best.routes, best.relaxed), room, turn)
        fresh = turn == first and not any(best.routes)
        found = construct(model, left) if fresh else ruin_and_recreate(model, min(SLICE, left))
        plan = best if found is None else judged(problem, found)
        best = min(best, plan, key=lambda one: one.cost)
        turn += 1
    return best.routes


def _kept(problem: Problem, plan: Plan) -> Tier:
    """Targets for those who keep theirs in the plan, hard limits for all others."""
    tier = np.where(_tiers_differ(problem), 1, 0)
    served = {stop for stops in plan.routes for stop in stops if stop < problem.n_requests}
    tier[list(served - plan.relaxed)] = 0
    return tier


def _tiers_differ(problem: Problem) -> NDArray[np.bool_]:
    windows = (problem.pickup_window[0] != problem.pickup_window[1]) | (
        problem.dropoff_window[0] != problem.dropoff_window[1]
    )
    differ: NDArray[np.bool_] = windows.any(axis=1) | (problem.ride_limit[0] != problem.ride_limit[1])
    return differ

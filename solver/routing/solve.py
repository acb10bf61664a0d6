"""Solve one part of a day with OR-Tools routing."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from solver.problem import Problem
from solver.routing.judge import Plan, judged, with_breaks
from solver.routing.model import build_model, can_work
from solver.routing.nodes import Nodes
from solver.routing.room import Hull
from solver.routing.search import ruin_and_recreate
from solver.subproblem import subproblem, to_part, to_whole

ITERATIONS = 60  # of one search, before the breaks move to where they lie best and the layouts change
SHORTEST = 0.02  # seconds; below it a search is not worth starting


def solve_routing(
    problem: Problem,
    *,
    seconds: float,
    start: Sequence[Sequence[int]] | None = None,
    requests: Sequence[int] | None = None,
    vehicles: Sequence[int] | None = None,
    searches: int | None = None,
) -> list[list[int]]:
    """Stop sequences of every vehicle of ``problem`` that keep all hard rules and never cost more than ``start``.

    Searches follow one another, each from the best routes so far. What the plain reference refuses of an answer
    is repaired by leaving requests out. Where ``searches`` end it, and not the clock, it always answers the same.

    Parameters
    ----------
    seconds : wall-clock time for the searches, besides some hundredths for building the models.
    start : sequences to start from; its stops outside ``requests`` or ``vehicles`` are passed over.
    requests, vehicles : the part to solve, all where they are not given.
    searches : most searches to make.
    """
    n = problem.n_requests
    chosen = list(range(n)) if requests is None else list(requests)
    able = [k for k in (range(problem.n_vehicles) if vehicles is None else vehicles) if can_work(problem, k)]
    routes: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    if not chosen or not able:
        return routes
    part, inside = subproblem(problem, chosen, able), set(chosen)
    known = [[] if start is None else to_part([s for s in start[k] if s % n in inside], chosen, n) for k in able]
    plan = improved(part, judged(part, known), seconds=seconds, searches=searches, hull=Hull.of(problem))
    for vehicle, stops in zip(able, plan.routes, strict=True):
        routes[vehicle] = to_whole(stops, chosen, n)
    return routes


def improved(
    problem: Problem,
    plan: Plan,
    *,
    seconds: float,
    hull: Hull,
    searches: int | None = None,
    turn: int = 0,
    iterations: int = ITERATIONS,
) -> Plan:
    """The best plan of some searches; ``turn`` is the number of the first (see ``Hull.room``)."""
    until, best, done = perf_counter() + seconds, plan, 0
    while (left := until - perf_counter()) > SHORTEST and (searches is None or done < searches):
        best = min(best, _searched(problem, best, hull, turn + done, iterations, left), key=lambda one: one.cost)
        done += 1
    return best


def _searched(problem: Problem, plan: Plan, hull: Hull, turn: int, iterations: int, seconds: float) -> Plan:
    """What one search makes of a plan."""
    rows = with_breaks(problem, plan)
    model = build_model(problem, Nodes.of(problem, rows), hull.room(problem, plan.routes, turn))
    answer = ruin_and_recreate(model, model.write(rows, plan.relaxed), iterations, seconds)
    return plan if answer is None else judged(problem, *model.read(answer))

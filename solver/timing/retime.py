"""A solution timed anew: the same routes, each at the times that its linear program finds."""

from __future__ import annotations

from dataclasses import replace

from solver.problem import Problem
from solver.solution import Route, Solution, as_int
from solver.timing.holds import holds
from solver.timing.linear import RouteTiming
from solver.timing.prices import Prices, TimingWishes


def retimed(
    problem: Problem, solution: Solution, wishes: TimingWishes | None = None, prices: Prices | None = None
) -> Solution:
    """The solution with other times: routes, breaks, cost and relaxed requests stay as they are.

    A target that the given times meet stays met, and one that they miss is missed by no more. A route whose new times
    do not stand up to ``holds`` keeps those it had.
    """
    timing = RouteTiming(problem, wishes or TimingWishes.neutral(problem), prices or Prices())
    relaxed = frozenset(solution.relaxed.tolist())
    return replace(solution, routes=tuple(retimed_route(timing, route, relaxed) for route in solution.routes))


def retimed_route(timing: RouteTiming, route: Route, relaxed: frozenset[int]) -> Route:
    """One route with other times, as of a solution of which ``relaxed`` are held to their hard limits only."""
    times = timing.times(route)
    if times is None:
        return route
    better = replace(route, begin=as_int(times[1:-1]), departure=times[0], arrival=times[-1])
    return better if holds(timing.problem, better, relaxed) else route

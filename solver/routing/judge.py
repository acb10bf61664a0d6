"""What the plain reference says about stop sequences: which hold, at what cost, and what must be dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from solver.problem import Problem
from solver.reference import driving, schedule_route
from solver.solution import Route


@dataclass(frozen=True, slots=True)
class Plan:
    """Routes that hold, with the requests that have to leave their targets, and what they cost."""

    routes: list[list[int]]
    relaxed: frozenset[int]
    cost: int
    driving: int

    @property
    def served(self) -> int:
        return sum(map(len, self.routes)) // 2


def judged(problem: Problem, routes: Sequence[Sequence[int]], relaxed: frozenset[int] | None = None) -> Plan:
    """The routes, without what keeps them from holding; only of ``relaxed``, where that can be, miss their target."""
    sound = [repaired(problem, vehicle, stops) for vehicle, stops in enumerate(routes)]
    outside = [least_relaxed(problem, vehicle, stops, relaxed) for vehicle, stops in enumerate(sound)]
    return priced(problem, sound, frozenset().union(*outside))


def priced(problem: Problem, routes: list[list[int]], relaxed: frozenset[int]) -> Plan:
    """A plan of routes that are known to hold with ``relaxed``."""
    n = problem.n_requests
    driven = sum(driving(problem, vehicle, stops) for vehicle, stops in enumerate(routes))
    cost = driven + int(problem.unserved_cost.sum(dtype="int64")) + sum(int(problem.relaxed_cost[r]) for r in relaxed)
    for vehicle, stops in enumerate(routes):
        if stops:
            cost += int(problem.vehicle_cost[vehicle]) - sum(int(problem.unserved_cost[s]) for s in stops if s < n)
    return Plan(routes, relaxed, cost, driven)


def holds(problem: Problem, vehicle: int, stops: Sequence[int]) -> bool:
    """Whether a route keeps every hard limit."""
    return not stops or schedule_route(problem, vehicle, stops, _requests(problem, stops)) is not None


def least_relaxed(
    problem: Problem, vehicle: int, stops: Sequence[int], hint: frozenset[int] | None = None
) -> frozenset[int]:
    """Requests of a route that holds which have to leave their target; from the dearest on, each keeps it if it can.

    ``hint`` are those that may leave it, if that is enough.
    """
    relaxed = _requests(problem, stops)
    if not stops or schedule_route(problem, vehicle, stops, frozenset()) is not None:
        return frozenset()
    if hint is not None and schedule_route(problem, vehicle, stops, relaxed & hint) is not None:
        relaxed &= hint
    for request in sorted(relaxed, key=lambda r: (-int(problem.relaxed_cost[r]), r)):
        if schedule_route(problem, vehicle, stops, relaxed - {request}) is not None:
            relaxed -= {request}
    return relaxed


def repaired(problem: Problem, vehicle: int, stops: Sequence[int]) -> list[int]:
    """The route itself where it holds, else without the requests that cost least to leave out until it does."""
    kept = list(stops)
    n = problem.n_requests
    while not holds(problem, vehicle, kept):
        cheapest_first = sorted(_requests(problem, kept), key=lambda r: (int(problem.unserved_cost[r]), r))
        shorter = [[s for s in kept if s % n != request] for request in cheapest_first]
        kept = next((stops for stops in shorter if holds(problem, vehicle, stops)), shorter[0])
    return kept


def with_breaks(problem: Problem, plan: Plan) -> list[list[int]]:
    """The routes of a plan with the break (2n) where the reference takes it."""
    rows = []
    for vehicle, stops in enumerate(plan.routes):
        route: Route | None = schedule_route(problem, vehicle, stops, plan.relaxed) if stops else None
        rows.append(list(stops) if route is None else [int(stop) for stop in route.stops])
    return rows


def _requests(problem: Problem, stops: Sequence[int]) -> frozenset[int]:
    return frozenset(stop for stop in stops if stop < problem.n_requests)

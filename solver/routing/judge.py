"""What the plain reference says about stop sequences: which hold, at what cost, and what must be dropped."""

from __future__ import annotations

from collections.abc import Sequence

from solver.problem import Problem
from solver.reference import driving, schedule_route


def holds(problem: Problem, vehicle: int, stops: Sequence[int]) -> bool:
    """Whether a route keeps every hard limit."""
    return not stops or schedule_route(problem, vehicle, stops, _requests(problem, stops)) is not None


def least_relaxed(problem: Problem, vehicle: int, stops: Sequence[int]) -> frozenset[int]:
    """Requests of a route that holds which have to leave their target; from the dearest on, each keeps it if it can."""
    if not stops or schedule_route(problem, vehicle, stops, frozenset()) is not None:
        return frozenset()
    relaxed = _requests(problem, stops)
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


def cost(problem: Problem, sequences: Sequence[Sequence[int]]) -> int:
    """Driving, vehicles, missed targets and unserved requests of routes that hold, in seconds of driving."""
    n = problem.n_requests
    total = int(problem.unserved_cost.sum(dtype="int64"))
    for vehicle, stops in enumerate(sequences):
        if stops:
            total += driving(problem, vehicle, list(stops)) + int(problem.vehicle_cost[vehicle])
            total -= sum(int(problem.unserved_cost[stop]) for stop in stops if stop < n)
            total += sum(int(problem.relaxed_cost[r]) for r in least_relaxed(problem, vehicle, stops))
    return total


def relaxed_requests(problem: Problem, sequences: Sequence[Sequence[int]]) -> frozenset[int]:
    """All requests outside their target in routes that hold."""
    return frozenset(r for vehicle, stops in enumerate(sequences) for r in least_relaxed(problem, vehicle, stops))


def all_served(problem: Problem, sequences: Sequence[Sequence[int]]) -> bool:
    return sum(len(stops) for stops in sequences) == 2 * problem.n_requests


def _requests(problem: Problem, stops: Sequence[int]) -> frozenset[int]:
    return frozenset(stop for stop in stops if stop < problem.n_requests)

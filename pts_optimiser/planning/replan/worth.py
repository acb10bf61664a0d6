"""Changes that are not worth telling anybody of are taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from solver import Problem, Sequences
from solver.reference import driving


def worth_telling(problem: Problem, current: Sequences, found: Sequences, told_s: int) -> Sequences:
    """``found`` without the changes that save less than ``told_s`` seconds of driving for every crew to be told.

    Vehicles between which requests move change together or not at all. Where somebody gets a place who had none, all
    stays as found.
    """
    n = problem.n_requests
    before, after = _vehicle_of(current, n), _vehicle_of(found, n)
    stops, relaxed = [list(row) for row in found.stops], set(found.relaxed)
    for group in _groups(problem.n_vehicles, current, found, before, after):
        if any(before.get(stop) is None for v in group for stop in found.stops[v] if stop < n):
            continue
        if any(stop not in after for v in group for stop in current.stops[v] if stop < n):
            continue
        saved = _cost(problem, group, current, before) - _cost(problem, group, found, before)
        if saved < told_s * len(group):
            for v in group:
                riders = {stop for stop in current.stops[v] if stop < n}
                relaxed = (relaxed - riders) | (current.relaxed & riders)
                stops[v] = list(current.stops[v])
    return Sequences(stops, frozenset(relaxed))


def _groups(
    vehicles: int, current: Sequences, found: Sequences, before: dict[int, int], after: dict[int, int]
) -> list[list[int]]:
    """Vehicles with other stops than before, those together that have taken requests from one another."""
    leader = list(range(vehicles))

    def lead(v: int) -> int:
        while leader[v] != v:
            v = leader[v]
        return v

    for request, v in after.items():
        if (was := before.get(request)) is not None and was != v:
            leader[lead(was)] = lead(v)
    groups: dict[int, list[int]] = defaultdict(list)
    for v in range(vehicles):
        if list(current.stops[v]) != list(found.stops[v]):
            groups[lead(v)].append(v)
    return list(groups.values())


def _vehicle_of(plan: Sequences, n: int) -> dict[int, int]:
    return {stop: v for v, row in enumerate(plan.stops) for stop in row if stop < n}


def _cost(problem: Problem, group: Sequence[int], plan: Sequences, before: dict[int, int]) -> int:
    """What the routes of a group cost: driving, vehicles, targets missed, and moves."""
    n, cost = problem.n_requests, 0
    for v in group:
        row = plan.stops[v]
        if row:
            cost += driving(problem, v, row) + int(problem.vehicle_cost[v])
        for stop in row:
            if stop < n:
                cost += int(problem.relaxed_cost[stop]) if stop in plan.relaxed else 0
                cost += int(problem.stay.cost[stop]) if problem.stay is not None and before.get(stop) != v else 0
    return cost

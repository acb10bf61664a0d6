"""Changes that are not worth telling anybody of are taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from solver import Problem, Sequences
from solver.reference import driving


@dataclass(frozen=True, slots=True)
class _Group:
    """Vehicles that have taken requests from one another: how many, and what is saved in seconds of driving.

    ``needed``: somebody gets a place who had none, or has none any more.
    """

    vehicles: list[int]
    moves: int
    saved: int
    needed: bool


def worth_telling(
    problem: Problem, current: Sequences, found: Sequences, told_s: int, most: int, spare: int
) -> Sequences | None:
    """``found`` without the changes that save less than ``told_s`` seconds of driving for every crew to be told.

    Vehicles between which requests move change together or not at all. Where somebody gets a place who had none, all
    stays as found. Of the others those are taken back that save least for each request that moves, until of these at
    most ``spare`` move and of all at most ``most``; None where that is not enough.
    """
    n = problem.n_requests
    before, after = _vehicle_of(current, n), _vehicle_of(found, n)
    groups = [
        _group(problem, vehicles, current, found, before, after)
        for vehicles in _groups(problem.n_vehicles, current, found, before, after)
    ]
    kept = [group for group in groups if group.needed or group.saved >= told_s * len(group.vehicles)]
    kept.sort(key=lambda group: (group.needed, group.saved / max(1, group.moves)))
    needed = sum(group.moves for group in kept if group.needed)
    if needed > most:
        return None
    others = sum(group.moves for group in kept) - needed
    while others > min(spare, most - needed):
        others -= kept.pop(0).moves
    return _as_before(current, found, [v for group in groups if group not in kept for v in group.vehicles], n)


def taken_back(current: Sequences, found: Sequences, vehicles: Collection[int], n: int) -> Sequences:
    """``found`` without the changes of some vehicles and of all that have taken requests (of n) from one another."""
    groups = _groups(len(found.stops), current, found, _vehicle_of(current, n), _vehicle_of(found, n))
    return _as_before(current, found, [v for group in groups if not set(vehicles).isdisjoint(group) for v in group], n)


def only_for(current: Sequences, found: Sequences, requests: Collection[int], n: int) -> Sequences:
    """``found`` with the changes alone of those vehicles that serve some requests (of n) that had no place, and of all
    that have exchanged others with them."""
    groups = _groups(len(found.stops), current, found, _vehicle_of(current, n), _vehicle_of(found, n))
    wanted = set(requests)
    others = [group for group in groups if all(wanted.isdisjoint(found.stops[v]) for v in group)]
    return _as_before(current, found, [v for group in others for v in group], n)


def _as_before(current: Sequences, found: Sequences, vehicles: Sequence[int], n: int) -> Sequences:
    """``found``, some vehicles with what they do in ``current``."""
    stops, relaxed = [list(row) for row in found.stops], set(found.relaxed)
    for v in vehicles:
        riders = {stop for stop in current.stops[v] if stop < n}
        relaxed = (relaxed - riders) | (current.relaxed & riders)
        stops[v] = list(current.stops[v])
    return Sequences(stops, frozenset(relaxed))


def _group(
    problem: Problem,
    vehicles: list[int],
    current: Sequences,
    found: Sequences,
    before: dict[int, int],
    after: dict[int, int],
) -> _Group:
    n = problem.n_requests
    comers = [(stop, v) for v in vehicles for stop in found.stops[v] if stop < n and before.get(stop) != v]
    leavers = [stop for v in vehicles for stop in current.stops[v] if stop < n and stop not in after]
    stay = problem.stay
    return _Group(
        vehicles,
        moves=sum(stay is not None and stay.costs(stop, v) > 0 for stop, v in comers),
        saved=_cost(problem, vehicles, current, before) - _cost(problem, vehicles, found, before),
        needed=bool(leavers) or any(stop not in before for stop, _ in comers),
    )


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

"""Limits that the plan in force cannot keep any more: widened to what it reaches, at a price.

So the plan in force always holds, nothing is planned worse than it has become, and the search pays for leaving it so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pts_optimiser.planning.replan.prices import HAS_A_PLACE_S, LATE_S
from solver import NEVER, Problem, Route, Sequences
from solver.problem import Int
from solver.reference import metres, schedule_route
from solver.solution import as_int
from solver.timing.holds import holds

AGES = NEVER // 4
"""Later than any moment of the day."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A plan in force that holds in its problem.

    ``late`` are requests whose limits had to be widened, ``dropped`` those that it has no place for any more. The
    vehicles ``stuck`` cannot bring those who are aboard by any rule, so nothing better is to be had than that they go
    on; the vehicles ``unsure`` hold only with more room than the plan as it stands says that they take.
    """

    problem: Problem
    plan: Sequences
    late: frozenset[int]
    dropped: tuple[int, ...]
    stuck: frozenset[int]
    unsure: frozenset[int]


def followed(problem: Problem, current: Sequences, times: Sequence[Mapping[int, int]], riders: int) -> Followed:
    """The problem with limits that the current plan keeps, and that plan.

    ``times`` gives for each vehicle when its stops begin as the plan stands, the break as stop 2n and the end as
    2n + 1. Outside their targets are those that miss one by these times, but for whom others' need not. A route that
    cannot be driven at all (somebody's place, company or vehicle has changed) loses the requests that are in the way.
    """
    n = problem.n_requests
    limits = _Limits(problem)
    everybody = frozenset(range(n))
    loose = without_limits(problem)
    stops: list[list[int]] = []
    relaxed: set[int] = set()
    late: set[int] = set()
    dropped: list[int] = []
    stuck: set[int] = set()
    unsure: set[int] = set()
    for v, row in enumerate(current.stops):
        kept = list(row)
        while kept:
            outside = _outside(problem, v, kept, times[v])
            if outside is not None:
                relaxed |= outside
                break
            widened = limits.widen(v, kept, times[v])
            if schedule_route(limits.problem(), v, kept, everybody) is None:
                route = schedule_route(loose, v, kept, everybody)
                if route is None:
                    kept, out = _without_one(loose, v, kept, everybody, riders)
                    dropped.append(out)
                    if out < riders:
                        stuck.add(v)
                    continue
                unsure.add(v)
                widened |= limits.widen(v, kept, begin_of(problem, route))
            late |= widened
            relaxed.update(widened, _fewest(limits.problem(), v, kept, kept))
            break
        stops.append(kept)
        limits.keep_places({stop % n for stop in kept})
    plan = Sequences(stops, frozenset(relaxed))
    return Followed(limits.problem(), plan, frozenset(late), tuple(dropped), frozenset(stuck), frozenset(unsure))


def still_held(
    problem: Problem, plan: Sequences, vehicles: Collection[int], times: Sequence[Mapping[int, int]]
) -> tuple[Sequences, frozenset[int]]:
    """The plan with those outside their targets now, and of some vehicles those whose routes do not hold any more.

    ``times`` as for ``followed``, of these vehicles.
    """
    relaxed, broken = set(plan.relaxed), set()
    for v in vehicles:
        outside = _outside(problem, v, plan.stops[v], times[v])
        if outside is None:
            broken.add(v)
        else:
            relaxed = relaxed.difference(plan.stops[v]) | outside
    return Sequences(plan.stops, frozenset(relaxed)), frozenset(broken)


def begin_of(problem: Problem, route: Route) -> dict[int, int]:
    """When each stop of a route begins; the break is stop 2n, the end 2n + 1."""
    begin = dict(zip(route.stops.tolist(), route.begin.tolist(), strict=True))
    return begin | {2 * problem.n_requests + 1: route.arrival}


def without_limits(problem: Problem) -> Problem:
    """The problem with neither latest moments nor ride limits."""

    def open_ended(window: Int) -> Int:
        opened = window.copy()
        opened[..., 1] = AGES
        return opened

    return replace(
        problem,
        pickup_window=open_ended(problem.pickup_window),
        dropoff_window=open_ended(problem.dropoff_window),
        shift=open_ended(problem.shift),
        break_window=open_ended(problem.break_window),
        ride_limit=np.full_like(problem.ride_limit, AGES),
        max_distance=np.full_like(problem.max_distance, NEVER),
    )


class _Limits:
    """Limits that grow by what a plan takes."""

    def __init__(self, problem: Problem) -> None:
        self.given = problem
        self.windows = problem.pickup_window.copy(), problem.dropoff_window.copy()
        self.ride, self.shift, self.rest = problem.ride_limit.copy(), problem.shift.copy(), problem.break_window.copy()
        self.distance = problem.max_distance.copy()
        self.price, self.absence = problem.relaxed_cost.copy(), problem.unserved_cost.copy()

    def problem(self) -> Problem:
        return replace(
            self.given,
            pickup_window=self.windows[0].copy(),
            dropoff_window=self.windows[1].copy(),
            ride_limit=self.ride.copy(),
            shift=self.shift.copy(),
            break_window=self.rest.copy(),
            max_distance=self.distance.copy(),
            relaxed_cost=self.price.copy(),
            unserved_cost=self.absence.copy(),
        )

    def widen(self, vehicle: int, stops: Sequence[int], begin: Mapping[int, int]) -> set[int]:
        """Give the limits that a route breaks as much room as it takes; the requests whose limits they are.

        What was hard becomes their target: it is to be kept again where that can be.
        """
        n = self.given.n_requests
        late: set[int] = set()
        for stop in stops:
            r, window = stop % n, self.windows[stop >= n]
            at = begin.get(stop)
            if at is not None and at > window[1, r, 1]:
                window[0, r], window[1, r, 1] = window[1, r], at
                late.add(r)
            if stop >= n and at is not None and r in begin:
                aboard = at - begin[r] - int(self.given.pickup_service[r])
                if aboard > self.ride[1, r]:
                    self.ride[0, r], self.ride[1, r] = self.ride[1, r], aboard
                    late.add(r)
        self.rest[vehicle, 1] = max(int(self.rest[vehicle, 1]), begin.get(2 * n, 0))
        self.shift[vehicle, 1] = max(int(self.shift[vehicle, 1]), begin.get(2 * n + 1, 0))
        self.distance[vehicle] = max(int(self.distance[vehicle]), metres(self.given, vehicle, stops))
        self.price[sorted(late)] = LATE_S
        return late

    def keep_places(self, requests: Collection[int]) -> None:
        """Leaving those out who have a place is dearer than anybody who has none could be worth."""
        placed = sorted(requests)
        self.absence[placed] = np.maximum(self.absence[placed], self.absence[placed] % HAS_A_PLACE_S + HAS_A_PLACE_S)


def _outside(problem: Problem, vehicle: int, stops: Sequence[int], begin: Mapping[int, int]) -> set[int] | None:
    """Few without whose targets a route holds; None where it breaks a hard limit."""
    outside = _late_as_it_stands(problem, vehicle, stops, begin)
    if outside is None and schedule_route(problem, vehicle, stops, frozenset(range(problem.n_requests))) is not None:
        outside = list(stops)
    return None if outside is None else _fewest(problem, vehicle, stops, outside)


def _late_as_it_stands(
    problem: Problem, vehicle: int, stops: Sequence[int], begin: Mapping[int, int]
) -> list[int] | None:
    """Who misses a target by the times of the plan; None where these break a rule of the problem."""
    n = problem.n_requests
    if not begin.keys() >= {*stops, 2 * n + 1}:
        return None
    served = [stop for stop in begin if stop in {*stops, 2 * n}]
    late = [r for r in stops if r < n and not inside_targets(problem, r, begin[r], begin[n + r])]
    start, end = int(problem.shift[vehicle, 0]), begin[2 * n + 1]
    route = Route(vehicle, as_int(served), as_int([begin[stop] for stop in served]), start, end)
    return late if holds(problem, route, late) else None


def inside_targets(problem: Problem, request: int, boards: int, alights: int) -> bool:
    """Whether a request with these begins of its stops misses no target."""
    windows = (problem.pickup_window[0, request], boards), (problem.dropoff_window[0, request], alights)
    aboard = alights - boards - int(problem.pickup_service[request])
    return all(low <= at <= high for (low, high), at in windows) and aboard <= problem.ride_limit[0, request]


def _fewest(problem: Problem, vehicle: int, stops: Sequence[int], late: Collection[int]) -> set[int]:
    """Few of the ``late`` without whose targets a route holds: tried one by one, the others keep theirs."""
    out = {stop for stop in late if stop < problem.n_requests}
    for r in sorted(out):
        if schedule_route(problem, vehicle, stops, frozenset(out - {r})) is not None:
            out.remove(r)
    return out


def _without_one(
    problem: Problem, vehicle: int, stops: list[int], everybody: frozenset[int], riders: int
) -> tuple[list[int], int]:
    """The stops without the request whose absence lets the rest be driven, nobody who is aboard while others are left;
    the last one where no single one does."""
    n = problem.n_requests
    others = [stop for stop in reversed(stops) if riders <= stop < n]
    for r in others:
        kept = [stop for stop in stops if stop % n != r]
        if not kept or schedule_route(problem, vehicle, kept, everybody) is not None:
            return kept, r
    r = (others or stops)[0]
    return [stop for stop in stops if stop % n != r], r

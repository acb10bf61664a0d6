"""How little driving the requests of a plan need at least, by column generation over relaxed routes."""

from __future__ import annotations

from time import process_time

import numpy as np
from numpy.typing import NDArray

from solver.bound.aboard import Aboard, aboard
from solver.bound.fleet import groups
from solver.bound.master import Master, Prices
from solver.bound.pricing import Room, cheapest_routes
from solver.bound.stops import Matrix, Stops, stops_of
from solver.problem import Problem
from solver.reference import driving
from solver.solution import Sequences

CLOCK_TICKS = 1_440
"""Times are rounded down to this part of the day's length, a minute where it has 24 hours, but still move on."""

MOST_LABELS = 4_000_000
ROUTES = 25
"""Routes taken from one search."""

MOST_ENDS = 150
"""Ends of routes looked at for that."""

AT_ONCE = 3
"""Groups searched between two linear programs while the search is rough."""

ROUGH_SHARE = 0.6
"""Part of the time after which the search must prove what it finds."""

GAP = 0.0005
"""Relative distance to the linear program's optimum at which there is nothing left to gain."""


def driving_lower_bound(problem: Problem, plan: Sequences, seconds: float, *, targets_kept: bool = True) -> int | None:
    """Seconds of driving that no plan can do without if it serves what ``plan`` serves.

    With ``targets_kept`` this holds of all plans that miss no targets but those of ``plan.relaxed``, else of all that
    keep the hard limits. ``seconds`` of processor time limit the search, which ends earlier where it has converged and
    later by at most one round of proofs. None where it proves nothing: too many requests can be aboard together.

    Why it is valid: a plan is at most one route for each vehicle, and together they serve each request once. For any
    prices π ≥ 0 of the requests, its driving is Σ π + Σ over its routes of (driving − prices of what they serve), so at
    least Σ π + Σ over vehicles of min(0, the least such difference of any route of that vehicle). That least is taken
    over every real route, with its own driving from its own start to its own end, inside its shift, with its break, and
    over some that are not real: they may serve a request again once ``MEMORY`` others came between, their times are
    rounded down to a grid, ride limits are kept only as far as windows and the sets of requests that can be aboard
    together imply them, a layout need only hold what is aboard at one moment, groups need only agree among those
    aboard, and limits of distance and duration are not kept. A label gives way only to one with the same last stop,
    requests aboard and break, no later, no dearer and remembering nothing more: whatever could follow the one could
    follow the other. All of this is in integers; the linear program over the routes found so far only proposes prices.
    """
    n = problem.n_requests
    served = sorted(stop for row in plan.stops for stop in row if stop < n)
    if not served:
        return 0
    stops = stops_of(problem, served, [int(not targets_kept or r in plan.relaxed) for r in served])
    sets = aboard(problem, stops)
    return _Search(problem, plan, stops, sets, seconds).bound() if sets else None


class _Search:
    def __init__(self, problem: Problem, plan: Sequences, stops: Stops, sets: Aboard, seconds: float) -> None:
        self.problem, self.stops, self.sets = problem, stops, sets
        self.seconds, self.began = seconds, process_time()
        self.groups = groups(problem, stops, sets)
        self.master = Master(len(stops.requests), [len(group.vehicles) for group in self.groups])
        self.centre = np.zeros(len(stops.requests))
        shortest = int(stops.step[~np.eye(len(stops.step), dtype=np.bool_)].min())
        self.grid = max(1, min(int(stops.high.max() - stops.low.min()) // CLOCK_TICKS, shortest))
        self.room = Room.of(MOST_LABELS)
        self._start_from(plan)

    def _start_from(self, plan: Sequences) -> None:
        """The plan's routes as the first columns, and its driving shared out among its requests as first prices."""
        number = {int(r): i for i, r in enumerate(self.stops.requests)}
        group_of = {v: g for g, group in enumerate(self.groups) for v in group.vehicles}
        direct = np.diagonal(self.stops.step, len(number))
        for vehicle, row in enumerate(plan.stops):
            members = [number[stop] for stop in row if stop < self.problem.n_requests]
            if members:
                driven = driving(self.problem, vehicle, row)
                self.master.add(group_of[vehicle], driven, members)
                self.centre[members] = driven * direct[members] / max(int(direct[members].sum()), 1)

    def bound(self) -> int | None:
        self._explore(ROUGH_SHARE * self.seconds)
        return self._prove()

    def _spent(self) -> float:
        return process_time() - self.began

    def _explore(self, seconds: float) -> None:
        """Collect good routes group by group, at prices that follow the linear program slowly."""
        turn = since_new = 0
        while since_new <= len(self.groups) and self._spent() < seconds:
            prices = self.master.solve()
            weight = 0.0 if since_new > AT_ONCE else 0.6
            whole = _whole(weight * self.centre + (1 - weight) * prices.requests)
            for _ in range(min(AT_ONCE, len(self.groups))):
                turn = (turn + 1) % len(self.groups)
                new = self._search(turn, whole, prices, rough=True)[2]
                since_new = 0 if new > 1 else since_new + 1
            self.centre = 0.8 * self.centre + 0.2 * prices.requests

    def _prove(self) -> int | None:
        """The best bound of several prices between those of the best so far and those of the linear program."""
        best: int | None = None
        weight = 0.3
        while True:
            prices = self.master.solve()
            tried = weight * self.centre + (1 - weight) * prices.requests
            whole = _whole(tried)
            found = [self._search(g, whole, prices, rough=False) for g in range(len(self.groups))]
            if all(complete for _, complete, _ in found):
                gains = (len(group.vehicles) * least for group, (least, _, _) in zip(self.groups, found, strict=True))
                bound = int(whole.sum()) + sum(gains)
                if best is None or bound > best:
                    best, self.centre = bound, tried
            else:
                self.centre = tried
            settled = best is not None and prices.cost - best < GAP * prices.cost
            more = any(new for *_, new in found)
            if settled or self._spent() > self.seconds or not (more or weight):
                return None if best is None else max(best, 0)
            weight = 0.3 if more else 0.0

    def _search(self, g: int, whole: Matrix, prices: Prices, *, rough: bool) -> tuple[int, bool, int]:
        """Least reduced cost (or 0) of any route of a group, whether that is proven, and how many routes were new."""
        group, stops, sets = self.groups[g], self.stops, self.sets
        room = self.room
        best, ends, complete = cheapest_routes(
            whole, group.out, group.ready, group.rested, group.usable, group.back, group.home, group.high,
            group.carried, group.rest, self.problem.block_gap,
            stops.drive, stops.step, stops.soonest, stops.service, stops.low,
            sets.members, sets.size, sets.less, sets.first, sets.joins, self.grid, rough,
            room.keys, room.heads, room.labels, room.memory,
        )  # fmt: skip
        taken = np.zeros(len(whole), np.int64)
        new = 0
        for j in np.argsort(best, kind="stable")[:MOST_ENDS]:
            if ends[j] < 0 or new == ROUTES:
                break
            members = _members(int(ends[j]), room.labels, len(whole))
            cost = int(best[j]) + int(whole[members].sum())
            if cost - prices.requests[members].sum() - prices.vehicles[g] > -1 or (taken[members] > 1).mean() > 0.5:
                continue
            taken[members] += 1
            self.master.add(g, cost, members)
            new += 1
        return min(int(best.min()), 0), bool(complete), new


def _members(label: int, labels: NDArray[np.void], k: int) -> list[int]:
    """Requests of the route that ends with a label."""
    members = []
    while label >= 0:
        if labels[label]["last"] < k:
            members.append(int(labels[label]["last"]))
        label = int(labels[label]["parent"])
    return members


def _whole(prices: NDArray[np.float64]) -> Matrix:
    return np.round(prices).astype(np.int64)

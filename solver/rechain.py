"""Re-chaining: at a cut through the day the vehicles of a class swap what they do there, by min-cost flow.

Few vehicles are wholly interchangeable, so one flow over all their blocks gains next to nothing. Cut where nobody is
aboard, each vehicle keeps what it does before and after a slice, and who gets which slice is an assignment: every
pair is priced and timed with its own depots, shift and break, and the best of all permutations is found at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from solver.problem import NEVER, Problem
from solver.reference import blocks, schedule_route
from solver.solution import Sequences

Long = NDArray[np.int64]

MOMENTS = 24  # slices begin at so many moments of the day
LENGTHS = (1, 2, 4, 128)  # and hold so many blocks of each route, at most
CHEAPEST = 50  # slices offered to each vehicle


class _Chain(NamedTuple):
    """Stops in a row, empty to empty or one alone: entered at t ≤ ``latest`` all is done at max(finish, t + span)."""

    stops: list[int]
    finish: int
    span: int
    latest: int


class _Route(NamedTuple):
    """A route as blocks, with its times at every cut: break still to take (row 0), break behind it (row 1)."""

    blocks: list[_Chain]
    ready: Long  # [2, cuts] when the vehicle can leave what is before
    due: Long  # [2, cuts] when it must be at what is after
    begins: Long  # [blocks] planned, but for the break


_NOTHING = _Chain([], 0, 0, 0)


def rechained(problem: Problem, plan: Sequences) -> Sequences:
    """The plan with less driving, or the same object where no slice can be handed round for less.

    Blocks, requests served and their targets stay as they are; every route that changes is judged by the reference.
    """
    chains = _Rechain(problem, plan)
    moments = np.concatenate([route.begins for route in chains.routes]) if chains.routes else np.zeros(0)
    if not len(moments):
        return plan
    groups = [np.flatnonzero(problem.vehicle_class == c) for c in np.unique(problem.vehicle_class)]
    changed = False
    for moment in np.unique(np.quantile(moments, np.arange(MOMENTS) / MOMENTS)):
        for length in LENGTHS:
            for group in groups:
                changed |= len(group) > 1 and chains.swap(group, float(moment), length)
    return Sequences([chains.stops(v) for v in range(problem.n_vehicles)], plan.relaxed) if changed else plan


class _Rechain:
    def __init__(self, problem: Problem, plan: Sequences) -> None:
        p = self.problem = problem
        self.relaxed = plan.relaxed
        tier = np.zeros(p.n_requests, np.int32)
        tier[list(plan.relaxed)] = 1
        everyone = np.arange(p.n_requests)
        self.window = np.concatenate([p.pickup_window[tier, everyone], p.dropoff_window[tier, everyone]]).tolist()
        self.place = np.concatenate([p.pickup_location, p.dropoff_location])
        self.band = np.concatenate([p.pickup_band, p.dropoff_band])
        self.service = np.concatenate([p.pickup_service, p.dropoff_service])
        self.overhead = np.concatenate([p.pickup_overhead, p.dropoff_overhead])
        self.routes = [
            self._route(v, [self._joined([self._lone(stop) for stop in block]) for block in blocks(row, p.n_requests)])
            for v, row in enumerate(plan.stops)
        ]

    def stops(self, vehicle: int) -> list[int]:
        return [stop for block in self.routes[vehicle].blocks for stop in block.stops]

    def swap(self, group: NDArray[np.int64], moment: float, length: int) -> bool:
        """Hand round the slices that begin at a moment of the day; true where a route has changed."""
        cuts = [int(np.searchsorted(self.routes[v].begins, moment)) for v in group]
        ends = [min(cut + length, len(self.routes[v].blocks)) for v, cut in zip(group, cuts, strict=True)]
        mids = [
            self._joined(self.routes[v].blocks[a:b], self.problem.block_gap)
            for v, a, b in zip(group, cuts, ends, strict=True)
        ]
        if not any(mid.stops for mid in mids):
            return False
        price = self._prices(group, cuts, ends, mids)
        taker = _assignment(price)
        changed = False
        for cycle in _cycles(taker):
            if price[cycle, taker[cycle]].sum() >= price[cycle, cycle].sum():
                continue
            new = {}
            for i in cycle:
                mine, other, j = self.routes[group[i]].blocks, self.routes[group[taker[i]]].blocks, taker[i]
                new[int(group[i])] = [*mine[: cuts[i]], *other[cuts[j] : ends[j]], *mine[ends[i] :]]
            if all(self._holds(v, row) for v, row in new.items()):
                for v, row in new.items():
                    self.routes[v] = self._route(v, row)
                changed = True
        return changed

    def _holds(self, vehicle: int, row: list[_Chain]) -> bool:
        stops = [stop for block in row for stop in block.stops]
        return not stops or schedule_route(self.problem, vehicle, stops, self.relaxed) is not None

    def _prices(self, group: NDArray[np.int64], cuts: list[int], ends: list[int], mids: list[_Chain]) -> Long:
        """Driving of vehicle i with slice j [i, j], without what is the same for all; NEVER where it cannot be."""
        p, size = self.problem, len(group)
        rows = [self.routes[v] for v in group]
        a = np.array([r.blocks[c - 1].stops[-1] if c else -1 for r, c in zip(rows, cuts, strict=True)])
        z = np.array([r.blocks[e].stops[0] if e < len(r.blocks) else -1 for r, e in zip(rows, ends, strict=True)])
        out_place = np.where(a < 0, p.start_location[group], self.place[a])
        out_band = np.where(a < 0, p.vehicle_band[group], self.band[a])
        in_place = np.where(z < 0, p.end_location[group], self.place[z])
        in_extra = np.where(z < 0, 0, self.overhead[z])
        in_gap = np.where(z < 0, 0, p.block_gap)
        ready = np.array([row.ready[:, cut] for row, cut in zip(rows, cuts, strict=True)])
        due = np.array([row.due[:, end] for row, end in zip(rows, ends, strict=True)])
        full = np.array([bool(mid.stops) for mid in mids])
        first, last = np.array([(mid.stops[0], mid.stops[-1]) if mid.stops else (0, 0) for mid in mids]).T
        finish, span, latest = np.array([mid[1:] for mid in mids]).T
        to = p.seconds[out_band[:, None], out_place[:, None], self.place[first]].astype(np.int64)
        back = p.seconds[self.band[last], self.place[last], in_place[:, None]].astype(np.int64)
        past = p.seconds[out_band, out_place, in_place].astype(np.int64)
        idle = (a < 0) & (z < 0)
        without = np.where(idle, 0, past)[:, None]
        driven = np.where(full, to + back + np.where(idle, p.vehicle_cost[group], 0)[:, None], without)
        reach = to + np.where(out_place[:, None] != self.place[first], self.overhead[first], 0)
        reach += np.where(a < 0, 0, p.block_gap)[:, None]
        home = back + np.where(in_place[:, None] != self.place[last], in_extra[:, None], 0) + in_gap[:, None]
        skip = past + np.where(out_place != in_place, in_extra, 0) + np.where(a < 0, 0, in_gap)

        length, (low, high) = p.break_length[group], p.break_window[group].T

        def broken(time: Long, axis: int = 0) -> Long:
            shape = (size, *[1] * axis)
            taken = np.maximum(time, low.reshape(shape))
            return np.where(taken <= high.reshape(shape), taken + length.reshape(shape), NEVER)

        def through(time: Long) -> Long:
            enter = time[:, None] + reach
            return np.where(enter <= latest, np.maximum(finish, enter + span), NEVER)

        holds = np.zeros((size, size), np.bool_)
        for leave, k in ((ready[:, 0], 0), (ready[:, 1], 1), (broken(ready[:, 0]), 1)):
            with_slice = through(leave) + home <= due[:, k, None]
            holds |= np.where(full, with_slice, (leave + skip <= due[:, k])[:, None])
        holds |= full & (broken(through(ready[:, 0]), 1) + home <= due[:, 1, None])
        holds |= ~full & idle[:, None]
        for j, mid in enumerate(mids):
            requests = [stop for stop in mid.stops if stop < p.n_requests]
            holds[:, j] &= p.compatible[requests][:, group].all(axis=0)
        holds |= np.eye(size, dtype=np.bool_)
        return np.where(holds, driven, NEVER)

    def _lone(self, stop: int) -> _Chain:
        low, high = self.window[stop]
        service = int(self.service[stop])
        return _Chain([stop], low + service, service, high)

    def _joined(self, row: list[_Chain], gap: int = 0) -> _Chain:
        a = row[0] if row else _NOTHING
        for b in row[1:]:
            leg = self._leg(int(self.band[a.stops[-1]]), int(self.place[a.stops[-1]]), b.stops[0]) + gap
            finish = max(b.finish, a.finish + leg + b.span)
            a = _Chain(a.stops + b.stops, finish, a.span + leg + b.span, min(a.latest, b.latest - leg - a.span))
        return a

    def _leg(self, band: int, here: int, stop: int) -> int:
        there = int(self.place[stop])
        return self.problem.travel(band, here, there) + (int(self.overhead[stop]) if here != there else 0)

    def _route(self, v: int, row: list[_Chain]) -> _Route:
        p = self.problem
        length, (low, high) = int(p.break_length[v]), (int(t) for t in p.break_window[v])
        legs, band, place = [], int(p.vehicle_band[v]), int(p.start_location[v])
        for k, block in enumerate(row):
            legs.append(self._leg(band, place, block.stops[0]) + (p.block_gap if k else 0))
            band, place = int(self.band[block.stops[-1]]), int(self.place[block.stops[-1]])
        home = p.travel(band, place, int(p.end_location[v]))
        legs.append(home)
        ready = np.full((2, len(row) + 1), NEVER, np.int64)
        due = np.full((2, len(row) + 1), -NEVER, np.int64)
        begins = np.zeros(len(row), np.int64)
        ready[0, 0] = p.shift[v, 0]
        due[0 if not length else 1 :, -1] = p.shift[v, 1]
        for k, block in enumerate(row):
            free, rested = (int(t) for t in ready[:, k])
            if length and max(free, low) <= high:
                rested = min(rested, max(free, low) + length)
            begins[k] = min(free, rested) + legs[k]
            for state, time in enumerate((free + legs[k], rested + legs[k])):
                if time <= block.latest:
                    ready[state, k + 1] = max(block.finish, time + block.span)
        for k in reversed(range(len(row))):
            still, done = (int(t) - legs[k + 1] for t in due[:, k + 1])
            if length and done - length >= low:
                still = max(still, min(high, done - length))
            for state, time in enumerate((still, done)):
                if time >= row[k].finish:
                    due[state, k] = min(row[k].latest, time - row[k].span)
        return _Route(row, ready, due, begins)


def _assignment(price: Long) -> Long:
    """The cheapest taker-to-slice assignment over the cheapest arcs of each row (its own slice among them)."""
    size = len(price)
    keep = price < NEVER
    if size > CHEAPEST:
        keep &= price <= np.partition(price, CHEAPEST, axis=1)[:, CHEAPEST, None]
    np.fill_diagonal(keep, True)
    rows, columns = (index.astype(np.int32) for index in np.nonzero(keep))
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        rows, columns + np.int32(size), np.ones(len(rows), np.int64), price[rows, columns]
    )
    flow.set_nodes_supplies(np.arange(2 * size, dtype=np.int32), np.repeat(np.array([1, -1], np.int64), size))
    if flow.solve() != SimpleMinCostFlow.OPTIMAL:
        raise AssertionError("the assignment as it stands is feasible")
    taker = np.zeros(size, np.int64)
    used = flow.flows(arcs) > 0
    taker[rows[used]] = columns[used]
    return taker


def _cycles(taker: Long) -> list[list[int]]:
    """The permutation's cycles of two and more: they stand or fall one by one."""
    left = {i for i, j in enumerate(taker.tolist()) if i != j}
    found = []
    while left:
        cycle = [min(left)]
        while (following := int(taker[cycle[-1]])) != cycle[0]:
            cycle.append(following)
        left -= set(cycle)
        found.append(cycle)
    return found

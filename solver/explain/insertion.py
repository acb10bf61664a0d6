"""Inserting one request into one route, as a CP-SAT model in which every rule has its switch.

The present stops keep their order; the times of all stops and the gaps of pick-up, drop-off and break are free.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from solver.explain.course import Course, course, leg, node
from solver.explain.rules import Kind, Rule
from solver.problem import NEVER, Int, Problem
from solver.reference import seated

DAY = 86_400


class Insertion:
    """``switches`` has a literal for every rule; what ``limits`` holds for a rule is kept where its literal is true.

    ``limits[rule]`` are pairs (expression, limit): expression ≤ limit.
    """

    def __init__(
        self, problem: Problem, vehicle: int, stops: Sequence[int], request: int, relaxed: frozenset[int]
    ) -> None:
        self.problem, self.vehicle, self.request = problem, vehicle, request
        self.course: Course = course(problem, vehicle, stops)
        self.model: Any = cp_model.CpModel()
        self.switches: dict[Rule, Any] = {}
        self.limits: dict[Rule, list[tuple[Any, int]]] = {}
        self.here, self.there = node(problem, request), node(problem, problem.n_requests + request)
        start, end = problem.shift[vehicle].tolist()
        self.margin = max(DAY, end - start)
        self.span = (start - self.margin, end + self.margin)
        self.times = [self._moment() for _ in self.course.nodes]
        self.pickup, self.dropoff, self.rest = self._moment(), self._moment(), self._moment()
        gaps = len(self.course.members)
        self.boards, self.alights, self.stays = ([self._literal() for _ in range(gaps)] for _ in range(3))
        self._add_order()
        self._add_chain(*self._add_break())
        self._add_vehicle_rules()
        self._add_request_rules(relaxed)
        self._add_company()
        for rule, pairs in self.limits.items():
            for expression, limit in pairs:
                self.model.add(expression <= limit).only_enforce_if(self.switch(rule))

    def switch(self, rule: Rule) -> Any:
        if rule not in self.switches:
            self.switches[rule] = self._literal()
        return self.switches[rule]

    def _literal(self) -> Any:
        return self.model.new_bool_var("")

    def _moment(self) -> Any:
        return self.model.new_int_var(*self.span, "")

    def _after(self, later: Any, earlier: Any, seconds: int, *when: Any) -> None:
        self.model.add(later >= earlier + seconds).only_enforce_if(*when)

    def _add_order(self) -> None:
        """One gap for the pick-up, one that is not before it for the drop-off."""
        self.model.add_exactly_one(self.boards)
        self.model.add_exactly_one(self.alights)
        before: Any = 0
        for boards, alights, stays in zip(self.boards, self.alights, self.stays, strict=True):
            self.model.add(stays == before + boards - alights)
            before = stays

    def _add_break(self) -> tuple[list[Any], Any]:
        """Put the break in one gap with nobody aboard; the times at which node by node and the drop-off are left."""
        problem, model = self.problem, self.model
        leave = [time + stop.service for time, stop in zip(self.times, self.course.nodes, strict=True)]
        freed = self.dropoff + self.there.service
        length = int(problem.break_length[self.vehicle])
        if not length:
            return leave, freed
        gaps = [gap for gap, members in enumerate(self.course.members) if not members]
        early = {gap: self._literal() for gap in gaps}  # as soon as the gap begins
        late = {gap: self._literal() for gap in gaps}  # after the drop-off in the gap
        model.add_exactly_one([*early.values(), *late.values()])
        left, freed_at = dict.fromkeys(gaps), self._moment()
        self._after(freed_at, freed, 0)
        for gap in gaps:
            if gap:
                model.add_implication(early[gap], ~self.stays[gap - 1])
            model.add_implication(late[gap], self.alights[gap])
            left[gap] = self._moment()
            self._after(left[gap], leave[gap], 0)
            self._after(self.rest, leave[gap], 0, early[gap])
            self._after(left[gap], self.rest, length, early[gap])
            self._after(self.rest, freed, 0, late[gap])
            self._after(freed_at, self.rest, length, late[gap])
        return [left.get(gap, time) for gap, time in enumerate(leave)], freed_at

    def _add_chain(self, leave: list[Any], freed: Any) -> None:
        """Each stop begins after what comes before it, whatever the gap between them holds."""
        problem, here, there = self.problem, self.here, self.there
        onward, direct = self.pickup + here.service, leg(problem, here, there)
        self._after(self.dropoff, onward, 0)
        for gap, (a, b) in enumerate(pairwise(self.course.nodes)):
            boards, alights = self.boards[gap], self.alights[gap]
            empty = not self.course.members[gap]
            owed = problem.block_gap if empty and gap else 0
            owing = problem.block_gap if empty and b.stop is not None else 0
            follows = self.times[gap + 1]
            self._after(follows, leave[gap], leg(problem, a, b), ~boards, ~alights)
            if owed and owing:
                self._after(follows, leave[gap], leg(problem, a, b) + owing, ~boards, ~alights, ~self.stays[gap])
            self._after(self.pickup, leave[gap], leg(problem, a, here) + owed, boards)
            self._after(self.dropoff, leave[gap], leg(problem, a, there), alights, ~boards)
            self._after(self.dropoff, onward, direct, boards, alights)
            self._after(follows, onward, leg(problem, here, b), boards, ~alights)
            self._after(follows, freed, leg(problem, there, b) + owing, alights)

    def _limit(self, rule: Rule, *pairs: tuple[Any, int]) -> None:
        self.limits.setdefault(rule, []).extend(pairs)

    def _add_vehicle_rules(self) -> None:
        problem, v = self.problem, self.vehicle
        start, end = problem.shift[v].tolist()
        self._limit(Rule(Kind.START), (-self.times[0], -start))
        self._limit(Rule(Kind.END), (self.times[-1], end))
        if problem.max_duration[v] < NEVER:
            self._limit(Rule(Kind.DURATION), (self.times[-1] - self.times[0], int(problem.max_duration[v])))
        if problem.break_length[v]:
            earliest, latest = problem.break_window[v].tolist()
            self._limit(Rule(Kind.BREAK), (-self.rest, -earliest), (self.rest, latest))
        if problem.max_distance[v] < NEVER:
            self._limit(Rule(Kind.DISTANCE), (self._metres(), int(problem.max_distance[v])))

    def _metres(self) -> Any:
        metres, p, d = self.problem.metres, self.here.location, self.there.location
        total: Any = 0
        for gap, (a, b) in enumerate(pairwise(stop.location for stop in self.course.nodes)):
            straight = int(metres[a, b])
            by_pickup, by_dropoff = (int(metres[a, via] + metres[via, b]) - straight for via in (p, d))
            by_both = int(metres[a, p] + metres[p, d] + metres[d, b]) - straight
            both = self._literal()
            self.model.add_bool_or(~self.boards[gap], ~self.alights[gap], both)
            self.model.add_implication(both, self.boards[gap])
            self.model.add_implication(both, self.alights[gap])
            total += straight + by_pickup * self.boards[gap] + by_dropoff * self.alights[gap]
            total += (by_both - by_pickup - by_dropoff) * both
        return total

    def _add_request_rules(self, relaxed: frozenset[int]) -> None:
        n = self.problem.n_requests
        self._add_times(self.request, self.pickup, self.dropoff, kept_to_target=False)
        at = {node.stop: time for node, time in zip(self.course.nodes, self.times, strict=True)}
        for r in (stop for stop in at if stop is not None and stop < n):
            self._add_times(r, at[r], at[n + r], kept_to_target=r not in relaxed)

    def _add_times(self, r: int, pickup: Any, dropoff: Any, *, kept_to_target: bool) -> None:
        """Hard windows and ride limit, and the targets as one rule besides where the request is to meet them."""
        problem, boarding = self.problem, int(self.problem.pickup_service[r])
        for tier in (1, 0) if kept_to_target else (1,):
            ride = int(problem.ride_limit[tier, r])
            board, alight = (window[tier, r].tolist() for window in (problem.pickup_window, problem.dropoff_window))
            earliest, latest = [(-dropoff, -alight[0])], [(pickup, board[1])]
            # a window derived from the other end and the ride limit would tie two rules together
            if board[0] > alight[0] - ride - boarding:
                earliest.append((-pickup, -board[0]))
            if alight[1] < board[1] + boarding + ride:
                latest.append((dropoff, alight[1]))
            if tier:
                self._limit(Rule(Kind.EARLIEST, r), *earliest)
                self._limit(Rule(Kind.LATEST, r), *latest)
                self._limit(Rule(Kind.RIDE, r), (dropoff - pickup, ride + boarding))
            elif not self._alike(r):
                self._limit(Rule(Kind.TARGET, r), *earliest, *latest, (dropoff - pickup, ride + boarding))

    def _alike(self, r: int) -> bool:
        """Whether target and hard limit of a request are the same."""
        problem = self.problem
        both: tuple[Int, ...] = (problem.pickup_window[:, r], problem.dropoff_window[:, r], problem.ride_limit[:, r])
        return all(bool((values[0] == values[1]).all()) for values in both)

    def _add_company(self) -> None:
        """Whom the request may ride with, and in which layout the block that it joins has room."""
        problem, r = self.problem, self.request
        layouts = problem.layouts[problem.vehicle_class[self.vehicle]].tolist()
        layouts = [layout for layout in layouts if min(layout) >= 0]
        used = [self._literal() for _ in layouts]
        self.model.add_exactly_one(used)
        for gap, members in enumerate(self.course.members):
            if not members:
                continue
            joins = self.boards[gap], *self.stays[max(gap - 1, 0) : gap]
            if problem.exclusive[[r, *members]].any() or (problem.group[list(members)] != problem.group[r]).any():
                for literal in joins:
                    self.model.add_implication(self.switch(Rule(Kind.SHARING)), ~literal)
            for layout, literal in zip(layouts, used, strict=True):
                if not self._has_room(gap, members, layout):
                    for joining in joins:
                        self.model.add_bool_or(~joining, ~literal, ~self.switch(Rule(Kind.ROOM)))

    def _has_room(self, gap: int, members: frozenset[int], layout: list[int]) -> bool:
        """Whether a layout carries the request through a gap and the rest of the block there beside it."""
        problem, loads = self.problem, self.course.loads
        if not seated(problem, (loads[gap] + problem.demand[self.request]).tolist(), layout):
            return False
        block = (load for load, others in zip(loads, self.course.members, strict=True) if others == members)
        return all(seated(problem, load.tolist(), layout) for load in block)

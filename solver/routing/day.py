"""The plan of a day as it stands while parts of it are solved."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np

from solver.problem import Problem
from solver.routing.around import Surroundings
from solver.routing.clusters import Map, Part, draw_parts
from solver.routing.judge import Plan, priced
from solver.routing.model import can_work
from solver.routing.subproblem import to_part, to_whole

FIRST_SIZE, SIZE = 100, 45  # requests of a part that helps to cover the day, and of one around a request


class Day:
    """Routes, who is let off a target, who is unserved, and which vehicles and requests are being worked on.

    Parts that are out at the same time share no vehicle and no request.
    """

    def __init__(self, problem: Problem, plan: Plan, seed: int) -> None:
        self._problem = problem
        self.routes, self.cost, self.driving = [list(stops) for stops in plan.routes], plan.cost, plan.driving
        self.relaxed = set(plan.relaxed)
        served = {stop for stops in plan.routes for stop in stops}
        self._waiting = {r for r in range(problem.n_requests) if r not in served}
        self._free = {k for k in range(problem.n_vehicles) if can_work(problem, k)}
        self._busy: set[int] = set()
        self._tries = np.zeros(problem.n_requests, np.intp)
        self._rng, self._turn = np.random.default_rng(seed), 0
        self._surroundings = Surroundings(problem)
        self.cover: deque[Part] = deque()
        if problem.n_vehicles and 2 * self.served < problem.n_requests:
            self.cover.extend(self._covering())

    @property
    def served(self) -> int:
        return self._problem.n_requests - len(self._waiting)

    def next_part(self) -> Part | None:
        """Take out the next part to solve, None while there is none: one that covers the day, or one around a request,
        by turns somebody unserved, tried least often so far, and anybody."""
        if self.cover:
            return self._taken(self.cover.popleft())
        self._turn += 1
        waiting = sorted(self._waiting - self._busy)
        free = [r for r in range(self._problem.n_requests) if r not in self._busy]
        if not free or not self._free:
            return None
        if waiting and self._turn % 2:
            seed = min(waiting, key=lambda r: (int(self._tries[r]), float(self._rng.random())))
            self._tries[seed] += 1
        else:
            seed = free[int(self._rng.integers(len(free)))]
        part = self._surroundings.draw(seed, self.routes, self._free, waiting, SIZE, self._rng)
        return self._taken(part)

    def plan_of(self, part: Part, problem: Problem) -> Plan:
        """The plan of a part as it stands, in the numbers of its ``problem``."""
        routes = [to_part(self.routes[k], part.requests, self._problem.n_requests) for k in part.vehicles]
        return priced(problem, routes, frozenset(i for i, r in enumerate(part.requests) if r in self.relaxed))

    def put_back(self, part: Part, old: Plan, new: Plan) -> None:
        """The part is solved."""
        self._free |= set(part.vehicles)
        self._busy -= set(part.requests)
        if new.cost > old.cost:
            return
        n = self._problem.n_requests
        for vehicle, stops in zip(part.vehicles, new.routes, strict=True):
            self.routes[vehicle] = to_whole(stops, part.requests, n)
        served = {stop for vehicle in part.vehicles for stop in self.routes[vehicle]}
        self._waiting = (self._waiting | set(part.requests)) - served
        self.relaxed = (self.relaxed - set(part.requests)) | {part.requests[r] for r in new.relaxed}
        self.cost += new.cost - old.cost
        self.driving += new.driving - old.driving

    def _taken(self, part: Part) -> Part:
        self._free -= set(part.vehicles)
        self._busy |= set(part.requests)
        return part

    def _covering(self) -> list[Part]:
        parts = draw_parts(self._problem, Map(self._problem), self.routes, FIRST_SIZE, self._rng)
        able = [Part(part.requests, [k for k in part.vehicles if k in self._free]) for part in parts]
        return [part for part in able if part.vehicles]

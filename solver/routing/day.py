"""The plan of a day as it stands while parts of it are solved."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np

from solver.problem import Problem
from solver.routing.around import Surroundings
from solver.routing.clusters import Map, Part, draw_parts
from solver.routing.judge import Plan, priced
from solver.routing.model import can_work
from solver.subproblem import subproblem, to_part, to_whole

ROUNDS = 3  # in which parts cover the day
FIRST_SIZE, SIZE = 150, 45  # requests of a part that helps to cover the day, and of one around a request
RISE, MOST_RISES = 0.1, 20  # of the price of leaving a request out with every part drawn around it in vain


class Day:
    """Routes, who is let off a target, who is unserved, and which vehicles and requests are being worked on.

    Parts that are out at the same time share no vehicle and no request. Whoever was tried in vain costs more to leave
    out, so that the hard to place displace the easy; ``best`` is the plan that is cheapest without that.
    """

    def __init__(self, problem: Problem, plan: Plan, seed: int) -> None:
        self._problem = problem
        self.best = plan
        self._routes, self._relaxed, self._cost = [list(stops) for stops in plan.routes], set(plan.relaxed), plan.cost
        self._driving = plan.driving
        served = {stop for stops in plan.routes for stop in stops}
        self._waiting = {r for r in range(problem.n_requests) if r not in served}
        self._free = {k for k in range(problem.n_vehicles) if can_work(problem, k)}
        self._busy: set[int] = set()
        self._tries = np.zeros(problem.n_requests, np.intp)
        self._rng, self._turn = np.random.default_rng(seed), 0
        self._surroundings = Surroundings(problem)
        self._rounds = ROUNDS if 2 * plan.served < problem.n_requests else 0
        self._cover: deque[Part] = deque()
        self.covering = False
        """Whether the part taken out last is one of those that cover the day."""

    def next_part(self) -> Part | None:
        """Take out the next part to solve, None while there is none: one that covers the day, or one around a request,
        by turns somebody unserved, tried least often so far, and anybody."""
        if not self._cover and self._rounds and not self._busy:
            self._rounds -= 1
            self._cover.extend(self._covering())
        self.covering = bool(self._cover or self._rounds)
        if self._cover:
            return self._taken(self._cover.popleft())
        if self._rounds:
            return None  # parts of one round are still out, and the next are cut through all routes
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
        part = self._surroundings.draw(seed, self._routes, self._free, waiting, SIZE, self._rng)
        return self._taken(part)

    def piece_of(self, part: Part) -> tuple[Problem, Plan]:
        """A part as a problem with today's price of leaving each request out, and its plan as it stands."""
        requests, n = part.requests, self._problem.n_requests
        piece = subproblem(self._problem, requests, part.vehicles)
        price = piece.unserved_cost * (1 + RISE * np.minimum(self._tries[requests], MOST_RISES))
        piece = replace(piece, unserved_cost=price.astype(np.int32))
        routes = [to_part(self._routes[k], requests, n) for k in part.vehicles]
        return piece, priced(piece, routes, frozenset(i for i, r in enumerate(requests) if r in self._relaxed))

    def put_back(self, part: Part, piece: Problem, old: Plan, new: Plan) -> None:
        """The part is solved: ``new`` counts where it costs no more than ``old``."""
        self._free |= set(part.vehicles)
        self._busy -= set(part.requests)
        if new.cost > old.cost:
            return
        plain = replace(piece, unserved_cost=self._problem.unserved_cost[part.requests])
        before, after = (priced(plain, plan.routes, plan.relaxed) for plan in (old, new))
        for vehicle, stops in zip(part.vehicles, new.routes, strict=True):
            self._routes[vehicle] = to_whole(stops, part.requests, self._problem.n_requests)
        served = {stop for vehicle in part.vehicles for stop in self._routes[vehicle]}
        self._waiting = (self._waiting | set(part.requests)) - served
        self._relaxed = (self._relaxed - set(part.requests)) | {part.requests[r] for r in new.relaxed}
        self._cost += after.cost - before.cost
        self._driving += after.driving - before.driving
        if self._cost < self.best.cost:
            self.best = Plan(
                [list(stops) for stops in self._routes], frozenset(self._relaxed), self._cost, self._driving
            )

    def _taken(self, part: Part) -> Part:
        self._free -= set(part.vehicles)
        self._busy |= set(part.requests)
        return part

    def _covering(self) -> list[Part]:
        parts = draw_parts(self._problem, Map(self._problem), self._routes, FIRST_SIZE, self._rng)
        able = [Part(part.requests, [k for k in part.vehicles if k in self._free]) for part in parts]
        return [part for part in able if part.vehicles]

"""The plan that the workers of a search share, epoch by epoch.

In an epoch every worker thread anneals a group of vehicles and their requests that no other touches; groups are drawn
afresh for every epoch. The best plan is put together from the workers' bests, which are of disjoint parts.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from solver.alone import fits_free
from solver.kernels import recreate, search
from solver.kernels import work as working
from solver.kernels.archive import ROWS, archive
from solver.kernels.tables import Array, Packed, mean_direct
from solver.kinds import kinds
from solver.problem import NEVER, Problem
from solver.reference import carries
from solver.solution import Sequences

STAGES = (0.05, 0.15, 0.4, 1.0)  # a start serves first who fits at most such a share of the vehicles
STAGE_ROUNDS, STAGE_ITERATIONS, STAGE_HEAT = 20, 500, 0.05
# To the search, leaving out who fits a smaller share of the vehicles costs more, up to so many times more.
RARE, RARE_MOST = 0.2, 4.0
# After a vehicle is closed, leaving anyone out costs the search so many mean direct drives at first.
SOFT = 5.0
RECOMBINE_MOST = 250  # requests of a problem whose routes are remembered
NOBODY = -1


@dataclass(slots=True)
class Best:
    """The best plan of the day so far."""

    cost: int
    stops: Array  # int32 [v, width]
    visits: Array  # int32 [v]
    tier: Array  # int32 [n]


class SharedPlan:
    """The state shared by the workers: disjoint vehicles, disjoint requests, one set of tables."""

    def __init__(self, problem: Problem, packed: Packed, seed: int, workers: int) -> None:
        self.problem = problem
        self.tables, self.state = packed.tables, packed.state
        self._leave_out_hopeless()
        self.random = np.random.default_rng(np.random.SeedSequence([seed, workers]))
        self.owner = np.zeros(problem.n_requests, np.int32)
        everyone = np.arange(problem.n_vehicles, dtype=np.int32)
        self.workers = [working.workspace(self.state, everyone, self.owner, me, seed, me) for me in range(workers)]
        self.best = Best(
            1 << 62,
            np.zeros((problem.n_vehicles, self.state.visits.shape[1]), np.int32),
            np.zeros(problem.n_vehicles, np.int32),
            np.zeros(problem.n_requests, np.int32),
        )
        self.open = np.ones(problem.n_vehicles, np.bool_)
        self.landmarks = _landmarks(problem)
        self.direct = mean_direct(problem)
        rows, kind = (ROWS if self.recombines else 0), kinds(problem)
        self.archives = [archive(rows, problem.n_requests, kind) for _ in range(workers)]

    def _leave_out_hopeless(self) -> None:
        """Who does not fit a vehicle while it is free will not later: half of the pairs need not be tried again.

        What sharing a site's overhead with others might still make possible is given up.
        """
        found = fits_free(Packed(self.tables, self.state))
        self.tables.compatible[:] = found
        self.state.requests["hardness"] = -found.sum(axis=1)
        share = np.maximum(found.sum(axis=1) / max(1, self.problem.n_vehicles), 1e-9)
        dearer = self.problem.unserved_cost * np.clip(RARE / share - 1, 0, RARE_MOST)
        self.dearer = np.minimum(dearer, NEVER).astype(np.int32)
        self.harden()

    def begin(self, start: Sequences) -> None:
        """Take over the start (routes that do not hold are left empty), then serve what is left.

        Those that few vehicles can take come first, among themselves until all have their place: later, others would
        stand in their way that could ride anywhere. Then everybody, greedily, the most important first.
        """
        work = self.workers[0]
        n = self.problem.n_requests
        tier = np.zeros(n, np.int32)
        tier[list(start.relaxed)] = 1
        for vehicle, stops in enumerate(start.stops):
            if stops and carries(self.problem, vehicle, stops):
                recreate.adopt(self.tables, self.state, work, vehicle, np.array(stops, np.int32), tier)
        requests = self.state.requests
        order = np.lexsort((self.problem.pickup_window[0, :, 0], -requests["hardness"], -requests["unserved_cost"]))
        for share in (1.0,) if start.stops else STAGES:
            chosen = (requests["vehicle"] >= 0) | (-requests["hardness"] <= share * self.problem.n_vehicles)
            self.owner[:] = np.where(chosen, work.me, NOBODY)
            absent = order[chosen[order] & (requests["vehicle"][order] < 0)].astype(np.int32)
            recreate.construct(self.tables, self.state, work, absent)
            for _ in range(STAGE_ROUNDS if share < 1 else 0):
                if (requests["vehicle"][absent] >= 0).all():
                    break
                self._anneal(work, STAGE_ITERATIONS, self.direct * STAGE_HEAT)
        self._measure()

    @property
    def n_open(self) -> int:
        """Vehicles that may be used."""
        return int(self.open.sum())

    @property
    def recombines(self) -> bool:
        """Whether routes are remembered, and can be recombined."""
        return self.problem.n_requests <= RECOMBINE_MOST and self.problem.stay is None

    def harden(self) -> None:
        """From now on, leaving anyone out costs the search no less than it truly does."""
        self.state.requests["absence"] = self.dearer

    def close_if_complete(self) -> bool:
        """Where everybody is served, close the vehicles not in use and the one with the shortest route.

        From then on leaving anyone out costs the search little at first, and more with each vain attempt: two may leave
        for one that is harder to place. The best plan is still chosen by the true cost.
        """
        requests, routes = self.state.requests, self.state.routes
        if ((requests["vehicle"] < 0) & (requests["hardness"] < 0)).any():
            return False
        self.open &= routes["visits"] > 0
        if self.n_open < 2:
            return False
        shortest = int(np.flatnonzero(self.open)[routes["visits"][self.open].argmin()])
        self.open[shortest] = False
        self._empty(np.array([shortest]))
        requests["absence"] = SOFT * self.direct - requests["unserved_cost"]
        return True

    def go_back_to_best(self) -> None:
        """Take up the best plan again, with its vehicles only."""
        self._empty(np.arange(self.problem.n_vehicles))
        self.open = self.best.visits > 0
        for vehicle in np.flatnonzero(self.open):
            stops = self.best.stops[vehicle, : self.best.visits[vehicle]]
            recreate.adopt(self.tables, self.state, self.workers[0], vehicle, stops, self.best.tier)

    def rechain(self) -> None:
        """Let vehicles of a class swap slices of the best plan, and go on from there."""
        from solver.rechain import rechained  # noqa: PLC0415  (loads OR-Tools, which the first iterations need not wait for)

        found = self.found()
        better = rechained(self.problem, found)
        if better is not found and max(map(len, better.stops)) <= self.best.stops.shape[1]:
            self._take_up(better)

    def recombine(self) -> None:
        """Put the best plan together from all routes remembered, and go on from there."""
        from solver.recombine import recombined  # noqa: PLC0415  (loads OR-Tools)

        self._take_up(recombined(self.problem, self.found(), self.best.cost, self.archives))

    def _take_up(self, plan: Sequences) -> None:
        """Go on from a plan no worse than the best."""
        for vehicle, stops in enumerate(plan.stops):
            self.best.stops[vehicle, : len(stops)] = stops
            self.best.visits[vehicle] = len(stops)
        self.best.tier[:] = 0
        self.best.tier[list(plan.relaxed)] = 1
        still_open = self.open
        self.go_back_to_best()
        self.open |= still_open  # a swap may have moved a route to a vehicle that was closed
        self._measure()

    def _measure(self) -> None:
        """Price the plan as it stands, all of it; it may be the best."""
        self.owner[:] = self.workers[0].me
        self._anneal(self.workers[0], 0, 1.0)
        self._keep_best([self.workers[0]])

    def _empty(self, vehicles: Array) -> None:
        requests = self.state.requests
        requests["vehicle"][np.isin(requests["vehicle"], vehicles)] = -1
        nothing = np.zeros(0, np.int32)
        for vehicle in vehicles:
            recreate.adopt(self.tables, self.state, self.workers[0], vehicle, nothing, self.best.tier)

    def run_epoch(self, length: int, heat: float, threads: ThreadPoolExecutor) -> None:
        """Anneal ``length`` iterations on every worker, on groups drawn afresh."""
        latest = max(int(work.tally[working.VERSION]) for work in self.workers)
        for work in self.workers:  # a version stands for one content of a route, whoever made it
            work.tally[working.VERSION] = latest
        works = [
            work._replace(vehicles=group)
            for work, group in zip(self.workers, self._draw(len(self.workers)), strict=True)
        ]
        for job in [threads.submit(self._anneal, work, length, heat) for work in works]:
            job.result()
        self._keep_best(works)

    def _anneal(self, work: working.Work, length: int, heat: float) -> None:
        mine = np.flatnonzero(self.owner == work.me).astype(np.int32)
        search.anneal(self.tables, self.state, work, mine, length, heat, heat * 0.97, self.archives[work.me])
        if work.tally[working.BROKEN]:
            raise AssertionError("an insertion that was timed exactly did not hold")

    def _keep_best(self, works: list[working.Work]) -> None:
        """The workers' bests are of disjoint parts, so together they are a plan."""
        cost = sum(int(work.tally[working.BEST]) for work in works)
        if cost >= self.best.cost:
            return
        self.best.cost = cost
        self.best.visits[~self.open] = 0
        for work in works:
            self.best.stops[work.vehicles] = work.best_stops[work.vehicles]
            self.best.visits[work.vehicles] = work.best_visits[work.vehicles]
            mine = self.owner == work.me
            self.best.tier[mine] = work.best_tier[mine]

    def served_and_driving(self) -> tuple[int, int]:
        """Requests served by the best plan, and driving of the routes as they stand: near enough to watch by."""
        return int(self.best.visits.sum()) // 2, int(self.state.routes["drive"].sum())

    def found(self) -> Sequences:
        stops = self._sequences()
        n = self.problem.n_requests
        return Sequences(stops, frozenset(s for row in stops for s in row if s < n and self.best.tier[s] > 0))

    def _sequences(self) -> list[list[int]]:
        return [[int(s) for s in row[:visits]] for row, visits in zip(self.best.stops, self.best.visits, strict=True)]

    def _draw(self, workers: int) -> list[Array]:
        """Cut the vehicles into groups of like size along a random direction; absent requests go to any."""
        problem, requests = self.problem, self.state.requests
        if workers == 1:
            return [np.flatnonzero(self.open).astype(np.int32)]
        key = self._centres() @ self.random.normal(size=3)
        key += self.random.normal(scale=0.3 * (key.std() or 1.0), size=len(key))
        order = np.argsort(key, kind="stable")
        groups = np.array_split(order[self.open[order]], workers)
        group_of = np.zeros(problem.n_vehicles, np.int32)
        for me, members in enumerate(groups):
            group_of[members] = me
        served = requests["vehicle"] >= 0
        self.owner[served] = group_of[requests["vehicle"][served]]
        self.owner[~served] = self.random.integers(workers, size=int((~served).sum()))
        return [np.sort(members).astype(np.int32) for members in groups]

    def _centres(self) -> Array:
        """Travel seconds from each landmark to the middle of each vehicle's day [v, landmarks]."""
        reach = self.problem.seconds[0][self.landmarks].T
        centres: Array = reach[self.problem.start_location].astype(np.float64)
        for v, route in enumerate(self.state.routes):
            if route["visits"]:
                centres[v] = reach[self.state.visits["location"][v, : route["visits"]]].mean(axis=0)
        return centres


def _landmarks(problem: Problem) -> Array:
    """Three locations far from one another: travel from them stands in for coordinates."""
    seconds = problem.seconds[0]
    first = int(np.argmax(seconds[0]))
    second = int(np.argmax(seconds[first]))
    third = int(np.argmax(np.minimum(seconds[first], seconds[second])))
    return np.array([first, second, third])

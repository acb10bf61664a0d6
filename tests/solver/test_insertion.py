"""Kernels against the plain reference on random routes: the same verdict on every position, the same cost."""

from __future__ import annotations

import numpy as np
import pytest

from solver.kernels.fit import fits
from solver.kernels.insertion import find_place
from solver.kernels.recreate import adopt
from solver.kernels.route import refresh
from solver.kernels.tables import pack
from solver.kernels.work import set_tier, workspace
from solver.problem import NEVER, Problem
from solver.reference import carries, driving, schedule_route
from tests.solver.problems import random_problem
from tests.solver.routes import grown_route, with_request

KINDS = {
    "breaks": {"breaks": True},
    "no breaks": {"breaks": False},
    "clean-down": {"breaks": True, "gap": 300},
    "duration limit": {"breaks": False, "duration": 5 * 3600, "long_shifts": True},
    "range": {"breaks": True, "distance": 120_000},
}

ROUTES = 600


class Bench:
    """One vehicle of a packed problem with a given route, ready for the kernels."""

    def __init__(self, problem: Problem, vehicle: int, stops: list[int], relaxed: frozenset[int]) -> None:
        n = problem.n_requests
        packed = pack(problem, 0)
        self.problem, self.tables, self.state = problem, packed.tables, packed.state
        everyone = np.arange(problem.n_vehicles, dtype=np.int32)
        self.work = workspace(self.state, everyone, np.zeros(n, np.int32), 0, 1, 0)
        self.holds = adopt(self.tables, self.state, self.work, vehicle, np.array(stops, np.int32), np.ones(n, np.int32))
        for r in stops:
            if r < n:
                set_tier(self.tables, self.state, r, int(r in relaxed))
        self.holds &= bool(refresh(self.tables, self.state, self.work.line, vehicle))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", KINDS)
def test_a_position_fits_exactly_where_the_reference_can_time_it(kind: str, seed: int) -> None:
    rng = np.random.default_rng([seed, len(kind)])
    verdicts = {True: 0, False: 0}
    for trial in range(12):
        problem = random_problem(24, 3, int(rng.integers(1 << 30)), **KINDS[kind])
        n, vehicle = problem.n_requests, trial % 3
        stops, relaxed = grown_route(problem, vehicle, rng)
        bench = Bench(problem, vehicle, stops, relaxed)
        assert bench.holds
        outside = [r for r in range(n) if r not in stops and problem.compatible[r, vehicle]]
        for r in rng.permutation(outside)[:10].tolist():
            tier = int(rng.integers(2))
            set_tier(bench.tables, bench.state, r, tier)
            looser = relaxed | {r} if tier else relaxed
            for i in range(len(stops) + 1):
                for j in range(i, min(len(stops), i + 6) + 1):
                    if not _may_share(bench, vehicle, r, i, j):  # ``fits`` leaves groups to its caller
                        continue
                    longer = with_request(stops, n, r, i, j)
                    expected = schedule_route(problem, vehicle, longer, looser) is not None
                    found = bool(fits(bench.tables, bench.state, bench.work.line, vehicle, r, i, j))
                    assert found == expected, (kind, seed, trial, r, i, j, stops)
                    verdicts[found] += 1
    assert verdicts[True] > 10
    assert verdicts[False] > 30


@pytest.mark.parametrize("seed", range(5))
def test_a_whole_route_holds_exactly_where_the_reference_can_time_it(seed: int) -> None:
    """3,000 routes: sound ones with two stops swapped, which breaks about half of them."""
    rng = np.random.default_rng(seed)
    verdicts = {True: 0, False: 0}
    for trial in range(130):
        problem = random_problem(24, 3, int(rng.integers(1 << 30)), **list(KINDS.values())[trial % len(KINDS)])
        sound, relaxed = grown_route(problem, trial % 3, rng)
        bench = Bench(problem, trial % 3, [], frozenset())
        for _ in range(20):
            stops = list(sound)
            if len(stops) > 2:
                k = int(rng.integers(len(stops) - 1))
                stops[k], stops[k + 1] = stops[k + 1], stops[k]
            if not carries(problem, trial % 3, stops):  # pairing, loads and groups are not the timing's concern
                continue
            tier = np.isin(np.arange(problem.n_requests), list(relaxed)).astype(np.int32)
            found = adopt(bench.tables, bench.state, bench.work, trial % 3, np.array(stops, np.int32), tier)
            assert found == (schedule_route(problem, trial % 3, stops, relaxed) is not None)
            verdicts[bool(found)] += 1
    assert verdicts[True] + verdicts[False] >= ROUTES
    assert min(verdicts.values()) > 30


def _may_share(bench: Bench, vehicle: int, r: int, i: int, j: int) -> bool:
    """Whether the blocks that the request would join are of its group."""
    row, route = bench.state.visits[vehicle], bench.state.routes[vehicle]
    if i == j and (i in (0, route["visits"]) or row[i - 1]["block"] != row[i]["block"]):
        return True
    touched = range(row[i]["block"], (row[j - 1]["block"] if j > i else row[i]["block"]) + 1)
    group = bench.state.requests["group"]
    return all(bench.state.blocks[vehicle, b]["group"] == group[r] for b in touched)


@pytest.mark.parametrize("seed", range(4))
def test_the_place_found_is_feasible_at_the_cost_it_names(seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = 0
    for options in KINDS.values():
        problem = random_problem(24, 2, int(rng.integers(1 << 30)), **options)
        n = problem.n_requests
        stops, relaxed = grown_route(problem, 0, rng)
        bench = Bench(problem, 0, stops, relaxed)
        before = driving(problem, 0, stops) + (300 if stops else 0)
        for r in range(n):
            if r in stops:
                continue
            candidates = np.zeros(1, np.int32)
            place = bench.work.place
            find_place(bench.tables, bench.state, bench.work.line, bench.work.rng, 0.0, r, candidates, 1, place)
            cost, _, i, j = (int(x) for x in place[0])
            exhaustive = _cheapest(problem, stops, relaxed, r)
            if cost < NEVER:
                longer = with_request(stops, n, r, i, j)
                assert schedule_route(problem, 0, longer, relaxed) is not None
                assert driving(problem, 0, longer) + 300 - before == cost
                assert cost >= exhaustive
                found += 1
    assert found > 20


@pytest.mark.parametrize("seed", range(4))
def test_where_the_way_round_is_never_shorter_the_place_found_is_the_cheapest_there_is(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    compared = 0
    for _ in range(4):
        problem = random_problem(20, 1, int(rng.integers(1 << 30)), metric=True)
        stops, relaxed = grown_route(problem, 0, rng)
        bench = Bench(problem, 0, stops, relaxed)
        for r in range(problem.n_requests):
            if r in stops or not problem.compatible[r, 0]:
                continue
            place = bench.work.place
            find_place(
                bench.tables, bench.state, bench.work.line, bench.work.rng, 0.0, r, np.zeros(1, np.int32), 1, place
            )
            exhaustive = _cheapest(problem, stops, relaxed, r)
            assert min(int(place[0]["cost"]), NEVER) == exhaustive
            compared += exhaustive < NEVER
    assert compared > 5


def _cheapest(problem: Problem, stops: list[int], relaxed: frozenset[int], r: int) -> int:
    """Least cost over all positions, each judged by the reference."""
    n = problem.n_requests
    before = driving(problem, 0, stops) + (300 if stops else 0)
    costs = [
        driving(problem, 0, longer) + 300 - before
        for i in range(len(stops) + 1)
        for j in range(i, len(stops) + 1)
        if schedule_route(problem, 0, longer := with_request(stops, n, r, i, j), relaxed) is not None
    ]
    return min(costs, default=NEVER)

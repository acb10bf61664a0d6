"""The lower bound against exact optima of tiny problems, and what it is made of against plain enumeration."""

from __future__ import annotations

from functools import cache
from itertools import combinations, permutations
from statistics import mean

import numpy as np
import pytest

from solver.bound import aboard as aboard_module
from solver.bound import driving_lower_bound
from solver.bound.aboard import Aboard, aboard
from solver.bound.stops import stops_of
from solver.problem import Problem
from solver.reference import driving, schedule_route
from solver.solution import Sequences
from tests.solver.problems import random_problem
from tests.solver.test_engine import VARIANTS, orders

N, V = 4, 2
CASES = [(name, seed) for name in VARIANTS for seed in range(3)]


@cache
def tiny(name: str, seed: int) -> tuple[Problem, dict[tuple[int, frozenset[int], bool], int]]:
    """A problem and the least driving of every vehicle for every set of requests, targets missed or kept."""
    problem = random_problem(N, V, 700 + seed, **VARIANTS[name])
    least: dict[tuple[int, frozenset[int], bool], int] = {}
    for size in range(N + 1):
        for members in map(frozenset, combinations(range(N), size)):
            for v in range(V):
                for kept in (False, True):
                    fits = [
                        driving(problem, v, row)
                        for row in orders(members, N)
                        if not row or schedule_route(problem, v, row, frozenset() if kept else members) is not None
                    ]
                    if fits:
                        least[v, members, kept] = min(fits)
    return problem, least


def optimum(least: dict[tuple[int, frozenset[int], bool], int], served: frozenset[int], *, kept: bool) -> int | None:
    """Least driving that serves a set."""
    split = (
        (frozenset(first), served - frozenset(first))
        for size in range(len(served) + 1)
        for first in combinations(sorted(served), size)
    )
    totals = [
        least[0, one, kept] + least[1, other, kept]
        for one, other in split
        if (0, one, kept) in least and (1, other, kept) in least
    ]
    return min(totals, default=None)


def shares(name: str, seed: int) -> list[float]:
    """Bound as a share of the optimum, for every set that can be served; the plan is of one route a request."""
    problem, least = tiny(name, seed)
    found = []
    for size in range(1, N + 1):
        for served in map(frozenset, combinations(range(N), size)):
            for kept in (False, True):
                best = optimum(least, served, kept=kept)
                if best is not None:
                    stops = [[s for r in sorted(served) for s in (r, N + r)], *([] for _ in range(V - 1))]
                    bound = driving_lower_bound(problem, Sequences(stops, frozenset()), 5, targets_kept=kept)
                    assert bound is not None
                    assert 0 <= bound <= best, (served, kept)
                    found.append(bound / best)
    return found


@pytest.mark.parametrize("name", VARIANTS)
def test_the_bound_never_exceeds_the_exact_optimum_and_is_near_it(name: str) -> None:
    found = [share for variant, seed in CASES if variant == name for share in shares(variant, seed)]
    assert len(found) > 20
    assert mean(found) > 0.9


def test_targets_missed_by_the_plan_need_not_be_kept() -> None:
    problem = tiny("no breaks", 0)[0]
    plan = [[0, N, 1, N + 1], []]
    missed = driving_lower_bound(problem, Sequences(plan, frozenset({0, 1})), 5)
    assert missed == driving_lower_bound(problem, Sequences(plan, frozenset()), 5, targets_kept=False)


def test_nothing_served_needs_no_driving() -> None:
    problem = random_problem(N, V, 1)
    assert driving_lower_bound(problem, Sequences([[], []], frozenset()), 5) == 0


def test_too_many_sets_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aboard_module, "MOST_SETS", 5)
    problem = random_problem(8, V, 1)
    plan = [[s for r in range(8) for s in (r, 8 + r)], []]
    assert driving_lower_bound(problem, Sequences(plan, frozenset()), 5) is None


def test_larger_problems_come_near_the_best_plan_found() -> None:
    from solver.engine import solve
    from solver.solution import sequences

    problem = random_problem(40, 6, 3, targets=False)
    solution = solve(problem, seed=1, iterations=8_000)
    bound = driving_lower_bound(problem, sequences(solution, problem), 20)
    assert bound is not None
    assert 0.8 * solution.driving < bound <= solution.driving


def sets_of(found: Aboard) -> set[frozenset[int]]:
    return {frozenset(row[row >= 0].tolist()) for row in found.members}


def test_sets_aboard_hold_every_set_that_a_route_can_have_aboard() -> None:
    problem = random_problem(7, 2, 12, breaks=False)
    n = problem.n_requests
    stops = stops_of(problem, range(n), [1] * n)
    found = aboard(problem, stops)
    assert found is not None
    known = sets_of(found)
    met = 0
    for size in (1, 2, 3):
        for members in map(frozenset, combinations(range(n), size)):
            routes = (
                [*on, *(n + r for r in off)]
                for on in permutations(sorted(members))
                for off in permutations(sorted(members))
            )
            possible = any(
                schedule_route(problem, v, row, members) is not None
                for row in routes
                for v in range(problem.n_vehicles)
            )
            met += possible
            assert not possible or members in known
    assert met > n


def test_sets_aboard_lead_from_one_to_another() -> None:
    problem = random_problem(10, 2, 5)
    found = aboard(problem, stops_of(problem, range(10), [1] * 10))
    assert found is not None
    assert found.size[0] == 0
    for s in range(len(found.size)):
        inside = found.members[s, : found.size[s]].tolist()
        assert inside == sorted(inside)
        for r, larger in found.joins[found.first[s] : found.first[s + 1]].tolist():
            where = found.members[larger].tolist().index(r)
            assert found.less[larger, where] == s
            assert found.size[larger] == found.size[s] + 1
    assert len(found.joins) == int(found.size.sum())


def test_soonest_is_never_later_than_a_way_by_another_stop() -> None:
    problem = random_problem(8, 2, 9)
    stops = stops_of(problem, [1, 3, 4], [0, 1, 0])
    by = (stops.soonest[:, :, None] + stops.soonest[None]).min(axis=1)
    assert (stops.soonest <= stops.step).all()
    assert (stops.soonest <= by).all()
    latest = int(problem.shift[:, 1].max())
    assert stops.high[:3].tolist() == [min(problem.pickup_window[t, r, 1], latest) for t, r in ((0, 1), (1, 3), (0, 4))]
    assert stops.high[3:].tolist() == [
        min(problem.dropoff_window[t, r, 1], latest) for t, r in ((0, 1), (1, 3), (0, 4))
    ]
    assert np.diagonal(stops.drive, 3).tolist() == [
        problem.travel(problem.pickup_band[r], problem.pickup_location[r], problem.dropoff_location[r])
        for r in (1, 3, 4)
    ]

"""Clashes against the plain reference: a problem with only their rules has no insertion, with one less it has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from solver.explain import Clash, Kind, Rule, explain, gaps
from solver.problem import NEVER, Problem
from solver.reference import schedule_route
from solver.solution import Route, Sequences, as_int
from tests.solver.problems import HOUR, random_problem

FAR = 4 * 24 * HOUR
VARIANTS = {
    "breaks": {},
    "no targets": {"targets": False},
    "clean-down": {"gap": 600},
    "range": {"distance": 60_000},
    "duration limit": {"breaks": False, "duration": 6 * HOUR, "long_shifts": True},
}
CASES = [(name, seed) for name in VARIANTS for seed in range(2)]


@cache
def planned(name: str, seed: int) -> tuple[Problem, Sequences, tuple[int, ...]]:
    """A problem, a greedy plan of it and the requests for which that has no place."""
    problem = random_problem(26, 2, seed, **VARIANTS[name])
    stops: list[list[int]] = [[], []]
    left = []
    for r in range(problem.n_requests):
        found = ((v, row) for v in range(2) for row in insertions(problem, v, stops[v], r, frozenset()))
        vehicle, row = next(found, (0, None))
        if row is None:
            left.append(r)
        else:
            stops[vehicle] = row
    return problem, Sequences(stops, frozenset()), tuple(left)


def insertions(problem: Problem, vehicle: int, stops: list[int], r: int, relaxed: frozenset[int]) -> list[list[int]]:
    """The first route with the request put in that the reference passes, if any."""
    n = problem.n_requests
    for i in range(len(stops) + 1):
        for j in range(i, len(stops) + 1):
            row = [*stops[:i], r, *stops[i:j], n + r, *stops[j:]]
            if schedule_route(problem, vehicle, row, relaxed) is not None:
                return [row]
    return []


def fits(problem: Problem, plan: Sequences, vehicle: int, r: int, relaxed: frozenset[int] = frozenset()) -> bool:
    return bool(insertions(problem, vehicle, plan.stops[vehicle], r, plan.relaxed | relaxed | {r}))


def only(problem: Problem, vehicle: int, rules: Collection[Rule]) -> tuple[Problem, frozenset[int]]:
    """The problem without any rule but these on one vehicle, and the requests that need not keep their targets."""
    kinds = {rule.kind for rule in rules}
    windows = [problem.pickup_window.copy(), problem.dropoff_window.copy()]
    ride = problem.ride_limit.copy()
    boarding = problem.pickup_service
    windows[0][:, :, 0][windows[0][:, :, 0] <= windows[1][:, :, 0] - ride - boarding] = -FAR
    windows[1][:, :, 1][windows[1][:, :, 1] >= windows[0][:, :, 1] + ride + boarding] = FAR
    for r in range(problem.n_requests):
        for window in windows:
            window[1, r, 0] = window[1, r, 0] if Rule(Kind.EARLIEST, r) in rules else -FAR
            window[1, r, 1] = window[1, r, 1] if Rule(Kind.LATEST, r) in rules else FAR
        ride[1, r] = ride[1, r] if Rule(Kind.RIDE, r) in rules else FAR
    start, end = problem.shift[vehicle].tolist()
    shift, rest = problem.shift.copy(), problem.break_window.copy()
    shift[vehicle] = (start if Kind.START in kinds else -FAR, end if Kind.END in kinds else FAR)
    if Kind.BREAK not in kinds:
        rest[vehicle] = -FAR, FAR
    opened = replace(
        problem,
        pickup_window=windows[0],
        dropoff_window=windows[1],
        ride_limit=ride,
        shift=shift,
        break_window=rest,
        max_duration=problem.max_duration if Kind.DURATION in kinds else np.full_like(problem.max_duration, NEVER),
        max_distance=problem.max_distance if Kind.DISTANCE in kinds else np.full_like(problem.max_distance, NEVER),
        layouts=problem.layouts if Kind.ROOM in kinds else np.where(problem.layouts >= 0, 99, -1).astype(np.int32),
        group=problem.group if Kind.SHARING in kinds else np.zeros_like(problem.group),
        exclusive=problem.exclusive if Kind.SHARING in kinds else np.zeros_like(problem.exclusive),
        compatible=np.ones_like(problem.compatible),
    )
    return opened, frozenset(r for r in range(problem.n_requests) if Rule(Kind.TARGET, r) not in rules)


@cache
def clashes(name: str, seed: int) -> list[tuple[int, Clash]]:
    problem, plan, left = planned(name, seed)
    return [(r, clash) for r in left for clash in explain(problem, plan, r, [0, 1])]


def test_the_cases_hold_clashes_of_every_kind() -> None:
    kinds = {rule.kind for case in CASES for _, clash in clashes(*case) for rule in clash.rules}
    assert kinds == set(Kind)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_clash_needs_each_of_its_rules(case: tuple[str, int]) -> None:
    problem, plan, _ = planned(*case)
    for r, clash in clashes(*case):
        opened, relaxed = only(problem, clash.vehicle, clash.rules)
        if clash.rules:
            assert not fits(opened, plan, clash.vehicle, r, relaxed)
        for rule in clash.rules:
            opened, relaxed = only(problem, clash.vehicle, set(clash.rules) - {rule})
            assert fits(opened, plan, clash.vehicle, r, relaxed), (r, clash, rule)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_clash_means_that_an_insertion_keeps_all_hard_limits(case: tuple[str, int]) -> None:
    problem, plan, _ = planned(*case)
    able = replace(problem, compatible=np.ones_like(problem.compatible))
    for r, clash in clashes(*case):
        assert fits(able, plan, clash.vehicle, r) == (not clash.rules)


def eased(problem: Problem, vehicle: int, rule: Rule, amount: int) -> Problem:
    """The problem with one rule given way by some seconds."""
    r = rule.request
    if rule.kind in (Kind.START, Kind.END):
        shift = problem.shift.copy()
        shift[vehicle] += np.array([-amount, 0] if rule.kind is Kind.START else [0, amount], np.int32)
        return replace(problem, shift=shift)
    if rule.kind is Kind.BREAK:
        rest = problem.break_window.copy()
        rest[vehicle] += np.array([-amount, amount], np.int32)
        return replace(problem, break_window=rest)
    if rule.kind is Kind.DURATION:
        return replace(problem, max_duration=problem.max_duration + np.int32(amount))
    windows = [problem.pickup_window.copy(), problem.dropoff_window.copy()]
    ride = problem.ride_limit.copy()
    if rule.kind is Kind.RIDE:
        ride[1, r] += amount
        windows[0][1, r, 0] -= amount  # derived from the ride limit
        windows[1][1, r, 1] += amount
    for window in windows:
        window[1, r, 0] -= amount if rule.kind is Kind.EARLIEST else 0
        window[1, r, 1] += amount if rule.kind is Kind.LATEST else 0
    return replace(problem, pickup_window=windows[0], dropoff_window=windows[1], ride_limit=ride)


TIMED = frozenset({Kind.START, Kind.END, Kind.BREAK, Kind.DURATION, Kind.EARLIEST, Kind.LATEST, Kind.RIDE})


def test_a_relaxation_is_the_least_whole_minutes_that_let_the_request_in() -> None:
    seen = set()
    for case in CASES:
        problem, plan, _ = planned(*case)
        for r, clash in clashes(*case):
            for relaxation in (one for one in clash.relaxations if one.rule.kind in TIMED):
                rule, amount = relaxation.rule, relaxation.amount
                assert amount % 60 == 0
                able = replace(problem, compatible=np.ones_like(problem.compatible))
                assert fits(eased(able, clash.vehicle, rule, amount), plan, clash.vehicle, r)
                assert not fits(eased(able, clash.vehicle, rule, amount - 60), plan, clash.vehicle, r)
                seen.add(rule.kind)
    assert {Kind.START, Kind.END, Kind.LATEST} <= seen


def test_misses_are_the_fewest_targets_that_let_the_request_in() -> None:
    seen = 0
    for case in CASES:
        problem, plan, _ = planned(*case)
        able = replace(problem, compatible=np.ones_like(problem.compatible))
        for r, clash in clashes(*case):
            served = frozenset(stop for stop in plan.stops[clash.vehicle] if stop < problem.n_requests)
            assert bool(clash.misses) == (bool(clash.rules) and fits(able, plan, clash.vehicle, r, served))
            if clash.misses:
                assert fits(able, plan, clash.vehicle, r, frozenset(clash.misses))
                fewer = [frozenset(clash.misses) - {one} for one in clash.misses]
                assert not any(fits(able, plan, clash.vehicle, r, some) for some in fewer)
                seen += 1
    assert seen


def test_explaining_twice_says_the_same() -> None:
    problem, plan, left = planned(*CASES[0])
    assert explain(problem, plan, left[0], [0, 1]) == explain(problem, plan, left[0], [0, 1])


def test_only_kinds_that_may_ease_are_eased() -> None:
    problem, plan, left = planned(*CASES[0])
    found = [clash for r in left for clash in explain(problem, plan, r, [0, 1], may_ease={Kind.END}, most=1_800)]
    assert {one.rule.kind for clash in found for one in clash.relaxations} == {Kind.END}
    assert max(one.amount for clash in found for one in clash.relaxations) <= 1_800


def test_the_nearest_vehicle_passes_by_in_time() -> None:
    problem = random_problem(6, 3, 6, breaks=False)
    twin = {name: getattr(problem, name).copy() for name in ("pickup_location", "dropoff_location")}
    windows = {name: getattr(problem, name).copy() for name in ("pickup_window", "dropoff_window")}
    for places in twin.values():
        places[1] = places[0]
    for window in windows.values():
        window[:, 1] = window[:, 0]
    problem = replace(problem, **twin, **windows, compatible=np.ones_like(problem.compatible))
    route = schedule_route(problem, 2, [0, 6], frozenset({0}))
    assert route is not None
    near = gaps(problem, [route], frozenset())
    everyone = np.ones(3, np.bool_)
    assert near.nearest(1, everyone, 3)[0] == 2
    assert near.nearest(1, np.array([True, True, False]), 3) == [v for v in near.nearest(1, everyone, 3) if v != 2]
    assert len(near.nearest(1, everyone, 1)) == 1


def test_an_unused_vehicle_is_a_gap_as_long_as_its_shift() -> None:
    problem = random_problem(6, 2, 5)
    near = gaps(problem, [Route(1, as_int([0, 6]), as_int([0, 0]), 0, 0)], frozenset({0}))
    assert near.first.tolist() == [0, 1]
    assert near.due[[0, 3]].tolist() == problem.shift[:, 1].tolist()
    assert near.left[[0, 1]].tolist() == problem.shift[:, 0].tolist()

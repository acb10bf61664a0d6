"""The final timing: rules kept, targets kept, nothing dearer, and what each price does to a route made by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, product

import numpy as np
import pytest

from solver.engine import timed
from solver.problem import Problem
from solver.reference import constraints, schedule_route
from solver.solution import Route, Sequences, Solution
from solver.timing import Prices, TimingWishes, holds, retime, retimed
from solver.timing.linear import RouteTiming
from tests.solver.problems import random_problem
from tests.solver.routes import grown_route
from tests.solver.test_reference import SHARED, hand_made

VARIANTS = {
    "breaks": {},
    "clean-down": {"gap": 300},
    "no targets": {"targets": False},
    "duration limit": {"breaks": False, "duration": 5 * 3600, "long_shifts": True},
}


def random_wishes(problem: Problem, rng: np.random.Generator) -> TimingWishes:
    return TimingWishes(*(rng.choice([0.0, 1.0, 2.0], problem.n_requests) for _ in range(4)))


def grown_plan(seed: int, variant: str) -> tuple[Problem, Solution]:
    problem = random_problem(24, 3, seed, **VARIANTS[variant])
    rng = np.random.default_rng(seed)
    stops: list[list[int]] = []
    relaxed: frozenset[int] = frozenset()
    for vehicle in range(problem.n_vehicles):
        row, looser = grown_route(problem, vehicle, rng)
        if {s % problem.n_requests for s in row} & {s % problem.n_requests for other in stops for s in other}:
            row, looser = [], frozenset()
        stops.append(row)
        relaxed |= looser
    return problem, timed(problem, Sequences(stops, relaxed), 0)


def price(problem: Problem, route: Route, wishes: TimingWishes, prices: Prices) -> float:
    """What a route's times cost by the words of ``Prices``, up to a constant."""
    n = problem.n_requests

    def late(slack: int, factor: float) -> float:
        return factor * sum(price * max(0, enough - slack) for enough, price in prices.late)

    total = prices.duty * (route.arrival - route.departure)
    total += late(int(problem.shift[route.vehicle, 1]) - route.arrival, 1)
    for stop, begin in zip(route.stops.tolist(), route.begin.tolist(), strict=True):
        total += prices.soon * begin
        if stop == 2 * n:
            total += late(int(problem.break_window[route.vehicle, 1]) - begin, 1)
        elif stop < n:
            low, high = problem.pickup_window[0, stop].tolist()
            total += late(high - begin, wishes.late_pickup[stop])
            total += prices.wait * wishes.wait[stop] * (begin - low) - prices.aboard * begin
        else:
            high = int(problem.dropoff_window[0, stop - n, 1])
            total += late(high - begin, wishes.late_dropoff[stop - n])
            total += prices.early * wishes.early[stop - n] * (high - begin) + prices.aboard * begin
    return total


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("seed", range(12))
def test_new_times_keep_every_rule_and_never_cost_more(variant: str, seed: int) -> None:
    problem, before = grown_plan(seed, variant)
    wishes = random_wishes(problem, np.random.default_rng(seed))
    after = retimed(problem, before, wishes)
    assert [(r.vehicle, r.stops.tolist()) for r in after.routes] == [
        (r.vehicle, r.stops.tolist()) for r in before.routes
    ]
    assert (after.cost, after.relaxed.tolist()) == (before.cost, before.relaxed.tolist())
    for old, new in zip(before.routes, after.routes, strict=True):
        assert holds(problem, new, set(after.relaxed.tolist()))
        assert price(problem, new, wishes, Prices()) <= price(problem, old, wishes, Prices()) + 1e-6


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_times_of_the_reference_hold(variant: str) -> None:
    for seed in range(12):
        problem, plan = grown_plan(seed, variant)
        assert plan.routes
        assert all(holds(problem, route, set(plan.relaxed.tolist())) for route in plan.routes)


@pytest.mark.parametrize("seed", range(12))
def test_a_met_target_stays_met_and_a_missed_one_is_missed_by_no_more(seed: int) -> None:
    problem, before = grown_plan(seed, "breaks")
    after = retimed(problem, before, random_wishes(problem, np.random.default_rng(seed)))
    for old, new in zip(before.routes, after.routes, strict=True):
        bounds, arcs = constraints(problem, new.vehicle, new.stops.tolist(), frozenset())
        was, now = ([r.departure, *r.begin.tolist(), r.arrival] for r in (old, new))
        for (low, high), then, time in zip(bounds, was, now, strict=True):
            assert min(low, then) <= time <= max(high, then)
        for a, b, gap in arcs:
            assert now[b] - now[a] >= min(gap, was[b] - was[a])


def test_whole_seconds_come_out_of_the_program_without_rounding() -> None:
    for seed, variant in product(range(8), VARIANTS):
        problem, plan = grown_plan(seed, variant)
        timing = RouteTiming(problem, random_wishes(problem, np.random.default_rng(seed)), Prices())
        for route in plan.routes:
            assert timing.times(route) is not None
            values = np.array([variable.solution_value() for variable in timing.solver.variables()])
            assert np.abs(values - values.round()).max() < 1e-6


@pytest.mark.parametrize("seed", range(20))
def test_no_times_on_a_grid_are_cheaper(seed: int) -> None:
    """All data are multiples of 100 s, so some optimum lies on the grid of 100 s."""
    rng = np.random.default_rng(seed)
    due, width = 100 * int(rng.integers(14, 20)), 100 * int(rng.integers(3, 9))
    ready = 100 * int(rng.integers(0, 5))
    problem = hand_made(
        pickup_window=[[[ready, ready + 900], [0, 4000]]] * 2,
        dropoff_window=[[[0, 4000], [due - width, due]]] * 2,
        pickup_service=[100, 100],
        dropoff_service=[100, 0],
        dropoff_overhead=[100, 100],
        ride_limit=[[900, 900]] * 2,
        shift=[[0, 3600]],
    )
    prices = Prices(
        late=((300, 2.0), (200, 4.0), (100, 8.0)),
        wait=float(rng.choice([0.5, 3.0])),
        early=float(rng.choice([0.25, 3.0, 5.0, 9.0])),
        duty=float(rng.choice([0.0, 0.05])),
        soon=0,
    )
    wishes = random_wishes(problem, rng)
    route = schedule_route(problem, 0, [0, 1, 2, 3], frozenset())
    assert route is not None
    [best] = retimed(problem, solution(route), wishes, prices).routes
    cheapest = np.inf
    for steps in product(range(ready, due, 100), *[range(100, 1001, 100)] * 3):
        begin = list(accumulate(steps))
        if begin[-1] <= due:
            other = Route(0, route.stops, np.array(begin, np.int32), begin[0] - 100, begin[3] + 300)
            if holds(problem, other, set()):
                cheapest = min(cheapest, price(problem, other, wishes, prices))
    assert price(problem, best, wishes, prices) == pytest.approx(cheapest)


def solution(route: Route, relaxed: tuple[int, ...] = ()) -> Solution:
    return Solution((route,), np.zeros(0, np.int32), np.array(relaxed, np.int32), 0, 0)


def new_begins(problem: Problem, stops: list[int], wishes: TimingWishes | None = None) -> list[int]:
    """The stops' times with only the last 300 s before a latest moment counted as risk."""
    route = schedule_route(problem, 0, stops, frozenset())
    assert route is not None
    [better] = retimed(problem, solution(route), wishes, Prices(late=((300, 10.0),))).routes
    return better.begin.tolist()


ONE = TimingWishes(*(np.ones(2) for _ in range(4)))


def test_a_patient_boards_later_rather_than_wait_aboard_for_the_next_to_be_ready() -> None:
    ready_later = hand_made(pickup_window=[[[0, 5000], [900, 5000]]] * 2, dropoff_window=[[[0, 5000]] * 2] * 2)
    assert schedule_route(ready_later, 0, SHARED, frozenset()).begin[0] == 650  # drop-off at 1110, ride limit 400 s
    assert new_begins(ready_later, SHARED, ONE)[:2] == [900 - 100 - 60, 900]


def test_an_arrival_waits_for_its_appointment_but_keeps_its_slack() -> None:
    early = TimingWishes(np.zeros(2), np.ones(2), np.zeros(2), np.ones(2))
    assert new_begins(hand_made(), [0, 2], early)[-1] == 2000 - 300


def test_a_collection_is_as_soon_as_the_patient_is_ready() -> None:
    assert new_begins(hand_made(pickup_window=[[[800, 9000]] * 2] * 2), [0, 2], ONE)[0] == 800


def test_slack_at_the_end_of_the_shift_is_worth_more_than_earliness() -> None:
    early = TimingWishes(np.zeros(2), np.ones(2), np.zeros(2), np.ones(2))
    tight = hand_made(shift=[[0, 1900]])
    assert new_begins(tight, [0, 2], early)[-1] == 1900 - 300 - 30 - 300


def test_a_break_that_may_be_any_time_is_taken_soon() -> None:
    resting = hand_made(break_length=[200], break_window=[[0, 4000]], shift=[[0, 9000]])
    route = schedule_route(resting, 0, [0, 2, 1, 3], frozenset())
    [better] = retimed(resting, solution(route), ONE).routes
    rest = better.stops.tolist().index(4)
    before = better.departure if rest == 0 else int(better.begin[rest - 1]) + 30
    assert better.begin[rest] == before


def test_a_duty_whose_first_stop_must_wait_leaves_later() -> None:
    problem, route = resting_route()
    assert route.departure == 0
    [better] = retimed(problem, solution(route), None, Prices(late=())).routes
    assert better.departure == better.begin[0] == 400  # the latest for its break


def test_a_target_missed_by_the_given_times_is_met_where_that_can_be() -> None:
    problem = hand_made()
    late = Route(0, np.array([0, 2], np.int32), np.array([2000, 2400], np.int32), 1900, 2730)
    assert holds(problem, late, {0})
    assert not holds(problem, late, set())
    [better] = retimed(problem, solution(late, (0,))).routes
    assert better.begin[1] <= 2000


@pytest.mark.parametrize("times", [None, [0, 0, 0, 0, 0, 0]])
def test_a_route_keeps_its_times_where_the_program_fails(
    monkeypatch: pytest.MonkeyPatch, times: list[int] | None
) -> None:
    monkeypatch.setattr(retime.RouteTiming, "times", lambda *_: times)
    route = schedule_route(hand_made(), 0, SHARED, frozenset())
    assert retimed(hand_made(), solution(route)).routes == (route,)


RESTING = {"break_length": [100], "break_window": [[0, 400]], "shift": [[0, 1460]]}


def resting_route() -> tuple[Problem, Route]:
    problem = hand_made(**RESTING)
    route = schedule_route(problem, 0, SHARED, frozenset())
    assert route.stops.tolist() == [4, *SHARED]
    return problem, route


def test_the_route_that_is_tampered_with_holds() -> None:
    problem, route = resting_route()
    assert holds(problem, route, set())


@pytest.mark.parametrize(
    ("tightened", "changes", "rule"),
    [
        ({"dropoff_window": [[[1001, 2000], [1000, 2000]]] * 2}, {}, "a stop before its window"),
        ({"pickup_window": [[[0, 539], [0, 9000]]] * 2}, {}, "a stop after its window"),
        ({}, {"begin": [339, 539, 700, 1000, 1030]}, "too long aboard"),
        ({}, {"begin": [340, 540, 699, 1000, 1030]}, "begins before the vehicle is there"),
        ({}, {"begin": [401, 601, 761, 1061, 1091], "arrival": 1421}, "break after its window"),
        ({}, {"departure": 1}, "break before the vehicle is there"),
        (
            {"ride_limit": [[500, 500]] * 2, "break_window": [[0, 700]]},
            {"stops": [0, 4, 1, 2, 3], "begin": [490, 550, 750, 1000, 1030]},
            "break with somebody aboard",
        ),
        ({}, {"stops": SHARED, "begin": [540, 700, 1000, 1030]}, "no break"),
        ({}, {"departure": -1}, "leaves before the shift"),
        ({}, {"arrival": 1361}, "comes home at another time than it can"),
        ({}, {"begin": [400, 641, 801, 1101, 1131], "arrival": 1461}, "comes home after the shift"),
        ({}, {"stops": [4, 0, 1, 2, 2]}, "a stop twice"),
        ({}, {"stops": [4], "begin": [340], "arrival": 440}, "a break and no work"),
    ],
)
def test_times_that_break_a_rule_do_not_hold(
    tightened: dict[str, object], changes: dict[str, object], rule: str
) -> None:
    route = resting_route()[1]
    arrays = {key: np.array(value, np.int32) for key, value in changes.items() if isinstance(value, list)}
    assert not holds(hand_made(**RESTING | tightened), replace(route, **(changes | arrays)), set()), rule


def test_the_hard_ride_limit_is_only_for_who_is_let_off_the_target() -> None:
    route = replace(resting_route()[1], begin=np.array([339, 539, 700, 1000, 1030], np.int32))
    assert holds(hand_made(**RESTING), route, {0})
    assert not holds(hand_made(**RESTING), route, {1})
    assert not holds(hand_made(**RESTING, ride_limit=[[300, 900], [400, 900]]), route, {0})


def test_duration_and_clean_down_are_part_of_holding() -> None:
    route = resting_route()[1]
    length = route.arrival - route.departure
    assert holds(hand_made(**RESTING, max_duration=[length]), route, set())
    assert not holds(hand_made(**RESTING, max_duration=[length - 1]), route, set())
    apart = schedule_route(hand_made(), 0, [0, 2, 1, 3], frozenset())
    assert holds(hand_made(), apart, set())
    assert not holds(hand_made(block_gap=1), apart, set())

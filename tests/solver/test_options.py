"""Options of one request against brute force by the plain reference, for known requests and for newcomers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.newcomers import as_newcomer
from solver.alone import fits_alone
from solver.engine import solve
from solver.options import Board
from solver.problem import AXES, NEVER, Problem
from solver.reference import driving, schedule_route
from solver.solution import Sequences, sequences
from tests.solver.problems import random_problem
from tests.solver.routes import grown_route, with_request


def planned(seed: int, **options: bool | int) -> tuple[Problem, Sequences]:
    """A problem and routes of its own for every vehicle, each request on one at most."""
    rng = np.random.default_rng(seed)
    problem = random_problem(18, 4, seed, **options)
    free = problem.compatible.copy()
    stops, relaxed = [], frozenset[int]()
    for vehicle in range(3):  # the fourth is not used
        row, outside = grown_route(replace(problem, compatible=free.copy()), vehicle, rng, tries=12)
        free[[s for s in row if s < 18]] = False
        stops.append(row)
        relaxed |= outside
    return problem, Sequences([*stops, []], relaxed)


def whole_cost(problem: Problem, vehicle: int, stops: list[int]) -> int:
    return driving(problem, vehicle, stops) + (int(problem.vehicle_cost[vehicle]) if stops else 0)


def brute_force(problem: Problem, plan: Sequences, r: int, vehicle: int, tier: int) -> int:
    """Least cost over all positions, each judged by the reference."""
    n, stops = problem.n_requests, plan.stops[vehicle]
    relaxed = plan.relaxed | {r} if tier else plan.relaxed
    return min(
        (
            whole_cost(problem, vehicle, longer) - whole_cost(problem, vehicle, stops)
            for i in range(len(stops) + 1)
            for j in range(i, len(stops) + 1)
            if schedule_route(problem, vehicle, longer := with_request(stops, n, r, i, j), relaxed) is not None
        ),
        default=NEVER,
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_places_are_those_of_brute_force_on_every_vehicle_in_both_tiers(seed: int) -> None:
    problem, plan = planned(seed, metric=True)
    board = Board(problem, plan)
    fits = 0
    for r in set(range(18)) - {s for row in plan.stops for s in row}:
        options = board.ask(r)
        for tier in (0, 1):
            expected = [brute_force(problem, plan, r, v, tier) for v in range(4)]
            assert board.places[tier]["cost"].tolist() == expected
            fits += sum(cost < NEVER for cost in expected)
        assert [option.price for option in options] == sorted(option.price for option in options)
        for option in options:
            inside, outside = (int(board.places[tier, option.vehicle]["cost"]) for tier in (0, 1))
            assert option.price == min(inside, outside + int(problem.relaxed_cost[r]))
    assert fits > 10


@pytest.mark.parametrize("seed", range(6))
def test_where_ways_round_may_be_shorter_it_still_fits_where_brute_force_says_and_costs_what_it_names(
    seed: int,
) -> None:
    problem, plan = planned(seed, gap=300)
    board = Board(problem, plan)
    for r in set(range(18)) - {s for row in plan.stops for s in row}:
        options = {option.vehicle: option for option in board.ask(r)}
        for v in range(4):
            expected = [brute_force(problem, plan, r, v, tier) for tier in (0, 1)]
            assert (board.places["cost"][:, v] < NEVER).tolist() == [cost < NEVER for cost in expected]
            if v in options:
                option = options[v]
                longer = with_request(plan.stops[v], 18, r, option.pickup, option.dropoff)
                relaxed = plan.relaxed | {r} if option.tier else plan.relaxed
                assert schedule_route(problem, v, longer, relaxed) is not None
                assert whole_cost(problem, v, longer) - whole_cost(problem, v, plan.stops[v]) == option.cost
                assert option.cost >= expected[option.tier]


@pytest.mark.parametrize("new_places", [(), (0,), (1,), (0, 1)])
@pytest.mark.parametrize("seed", range(2))
def test_a_newcomer_has_the_places_that_it_would_have_if_the_problem_held_it(
    seed: int, new_places: tuple[int, ...]
) -> None:
    problem, plan = planned(seed)
    problem = without_overheads(problem, new_places)
    strangers = sorted(set(range(18)) - {s for row in plan.stops for s in row})
    known = Board(problem, plan)
    board = Board(problem, plan, spare=True)
    for r in [*strangers, *strangers]:  # one slot, again and again
        slot = board.take_in(as_newcomer(problem, r, new_places))
        found = board.ask(slot)
        assert found == known.ask(r)
        for place in found:
            stops = with_request(board.stops(place.vehicle), 19, slot, place.pickup, place.dropoff)
            old = with_request(plan.stops[place.vehicle], 18, r, place.pickup, place.dropoff)
            timed = schedule_route(board.problem, place.vehicle, stops, plan.relaxed | {slot})
            expected = schedule_route(problem, place.vehicle, old, plan.relaxed | {r})
            assert timed is not None
            assert expected is not None
            assert timed.begin.tolist() == expected.begin.tolist()


def without_overheads(problem: Problem, ends: tuple[int, ...]) -> Problem:
    """At a new place there is nobody else; at the copy of an old one a vehicle would pay its overhead again."""
    names = [("pickup_overhead", "dropoff_overhead")[end] for end in ends]
    return replace(problem, **{name: np.zeros(problem.n_requests, np.int32) for name in names})


@pytest.mark.parametrize("seed", range(4))
def test_the_best_option_put_in_costs_what_it_says_and_leaves_the_board_sound(seed: int) -> None:
    problem, plan = planned(seed, metric=True)
    board = Board(problem, plan)
    for r in sorted(set(range(18)) - {s for row in plan.stops for s in row}):
        best = next(iter(board.ask(r, 1)), None)
        if best is None:
            continue
        before = whole_cost(problem, best.vehicle, board.stops(best.vehicle))
        board.put(r, best)
        stops = board.stops(best.vehicle)
        assert schedule_route(problem, best.vehicle, stops, board.relaxed(stops)) is not None
        assert whole_cost(problem, best.vehicle, stops) - before == best.cost


@pytest.mark.parametrize("seed", range(3))
def test_a_request_taken_out_has_its_old_place_among_its_options(seed: int) -> None:
    problem = random_problem(30, 5, seed, metric=True)
    plan = sequences(solve(problem, seed=1, iterations=500), problem)
    for vehicle, row in enumerate(plan.stops):
        for r in [s for s in row if s < 30]:
            board = Board(problem, plan)
            if board.take_out(r):
                here = next(option for option in board.ask(r) if option.vehicle == vehicle)
                rest = [s for s in row if s % 30 != r]
                paid = whole_cost(problem, vehicle, row) - whole_cost(problem, vehicle, rest)
                assert here.price <= paid + int(problem.relaxed_cost[r]) * (r in plan.relaxed)


@pytest.mark.parametrize("seed", range(4))
def test_room_is_made_at_the_price_it_names_and_the_board_is_as_before(seed: int) -> None:
    problem, plan = planned(seed, metric=True)
    exchanges = 0
    for r in sorted(set(range(18)) - {s for row in plan.stops for s in row}):
        board = Board(problem, plan)
        kept = {0, 1}
        rooms = board.make_room(r, kept)
        assert [board.stops(v) for v in range(4)] == plan.stops
        assert board.ask(r) == Board(problem, plan).ask(r)
        assert [room.price for room in rooms] == sorted(room.price for room in rooms)
        for room in rooms:
            assert room.leaves not in kept
            assert apart(problem, plan, r) + room.price == exchanged(problem, plan, r, room)
            exchanges += 1
    assert exchanges > 5


def apart(problem: Problem, plan: Sequences, r: int) -> int:
    """Cost of a plan, one request's absence aside."""
    rows = enumerate(plan.stops)
    served = {s for row in plan.stops for s in row} | {r}
    absent = sum(int(problem.unserved_cost[q]) for q in range(problem.n_requests) if q not in served)
    return sum(whole_cost(problem, v, row) for v, row in rows) + 1_800 * len(plan.relaxed) + absent


def exchanged(problem: Problem, plan: Sequences, r: int, room: object) -> int:
    """Cost of the plan after the exchange, every route judged by the reference."""
    leaves, place, to = room.leaves, room.place, room.to
    stops = [[s for s in row if s % 18 != leaves] for row in plan.stops]
    relaxed = plan.relaxed - {leaves}
    for q, where in ((r, place), (leaves, to)):
        if where is not None:
            stops[where.vehicle] = with_request(stops[where.vehicle], 18, q, where.pickup, where.dropoff)
            relaxed |= {q} if where.tier else set()
    for v, row in enumerate(stops):
        assert not row or schedule_route(problem, v, row, relaxed) is not None
    return apart(problem, Sequences(stops, frozenset(relaxed)), r)


def test_a_board_without_a_slot_refuses_newcomers_and_broken_routes() -> None:
    problem, plan = planned(0)
    with pytest.raises(ValueError, match="no room"):
        Board(problem, plan).take_in(as_newcomer(problem, 0))
    with pytest.raises(ValueError, match="does not hold"):
        Board(problem, Sequences([[18, 0], [], [], []], frozenset()))


def test_every_axis_of_a_problem_is_widened() -> None:
    problem, plan = planned(0)
    wide = Board(problem, plan, spare=True).problem
    for name, axes in AXES.items():
        more = {"n": 1, "m": 2}
        grown = tuple(size + more.get(axis, 0) for size, axis in zip(getattr(problem, name).shape, axes, strict=True))
        assert getattr(wide, name).shape == grown


@pytest.mark.parametrize("seed", range(4))
def test_who_could_take_a_request_alone_does_not_depend_on_the_plan_and_changes_nothing(seed: int) -> None:
    problem, plan = planned(seed)
    board, expected = Board(problem, plan), fits_alone(problem)
    left_out = sorted(set(range(18)) - {s for row in plan.stops for s in row})
    before = [board.ask(r) for r in left_out]
    assert [board.alone(r).tolist() for r in left_out] == expected[left_out].tolist()
    assert [board.ask(r) for r in left_out] == before

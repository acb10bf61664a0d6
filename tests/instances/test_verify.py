from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from pts_optimiser.instances import Break, read_cordeau, read_lilim, read_mdhdarp, read_sartori, verify

from .samples import CORDEAU, LILIM, MDHDARP, SARTORI, written


@pytest.fixture
def tiny(tmp_path):
    return read_cordeau(written(tmp_path, CORDEAU))


@pytest.fixture
def mixed(tmp_path):
    return read_mdhdarp(written(tmp_path, MDHDARP))


@pytest.fixture
def minutes(tmp_path):
    return read_sartori(written(tmp_path, SARTORI))


def with_vehicle(instance, **changes):
    return replace(instance, vehicles=tuple(replace(vehicle, **changes) for vehicle in instance.vehicles))


def with_first_request(instance, **changes):
    return replace(instance, requests=(replace(instance.requests[0], **changes), *instance.requests[1:]))


def test_a_feasible_answer_costs_its_euclidean_length(tiny):
    verdict = verify(tiny, [[1, 3, 2, 4]])
    assert verdict.feasible
    assert verdict.problems == ()
    assert (verdict.vehicles, verdict.served) == (1, 2)
    assert verdict.cost == pytest.approx(5 + 4 + 5 + 3 + 1)


def test_requests_may_share_the_vehicle_up_to_its_capacity(tiny):
    shared = [[1, 2, 4, 3]]
    assert verify(tiny, shared).cost == pytest.approx(5 + 3 + 3 + sqrt(10) + 3)
    assert verify(tiny, shared).feasible
    assert "exceeds [1]" in verify(with_vehicle(tiny, capacity=(1,)), shared).problems[0]


@pytest.mark.parametrize(
    ("routes", "words"),
    [
        ([[1, 3]], "request 2 is not served"),
        ([[1, 3, 2, 4, 2]], "node 2 is visited 2 times"),
        ([[3, 1, 2, 4]], "before it is picked up"),
        ([[1, 3, 2]], "node 2 without node 4"),
        ([[1, 3, 2, 4, 9]], "node 9 does not exist"),
        ([[1, 3], [2, 4]], "2 routes for 1 vehicles"),
    ],
)
def test_incomplete_or_impossible_sequences_are_named(tiny, routes, words):
    verdict = verify(tiny, routes)
    assert not verdict.feasible
    assert any(words in problem for problem in verdict.problems)


def test_pick_up_and_drop_off_on_different_vehicles_are_refused(tiny):
    fleet = replace(tiny, vehicles=tiny.vehicles * 2)
    assert verify(fleet, [[1, 3], [2, 4]]).feasible
    assert not verify(fleet, [[1, 4], [2, 3]]).feasible


def test_windows_ride_limits_and_durations_hold_to_a_millionth(tiny):
    route = [[1, 3, 2, 4]]  # begins at 10, 15, 21, 25 at best, home at 27; away for 22 when leaving at 5
    untimed = ("route 1: no timing keeps windows, ride limits and duration",)
    dropoff = tiny.requests[0].dropoff
    for slack, problems in ((0, ()), (-1e-7, ()), (-1e-5, untimed)):
        assert verify(with_first_request(tiny, ride_limit=4 + slack), route).problems == problems
        assert verify(with_first_request(tiny, dropoff=replace(dropoff, latest=15 + slack)), route).problems == problems
        assert verify(with_vehicle(tiny, max_duration=22 + slack), route).problems == problems
        assert verify(with_vehicle(tiny, latest=27 + slack), route).problems == problems


def test_a_route_leaves_late_enough_to_keep_its_ride_limits(tiny):
    """Serving request 2 first as early as possible and waiting aboard for 1 would break the limit of 2."""
    second = replace(tiny.requests[1], ride_limit=8.0)  # 3 to node 1 and sqrt(18) on to node 4, no waiting
    waiting = replace(tiny, requests=(tiny.requests[0], second))
    assert verify(waiting, [[2, 1, 4, 3]]).problems == ("route 1: no timing keeps windows, ride limits and duration",)
    second = replace(second, ride_limit=8.3)
    assert verify(replace(tiny, requests=(tiny.requests[0], second)), [[2, 1, 4, 3]]).feasible


def test_places_are_used_upwards_only(mixed):
    """The car has a patient seat and a wheelchair place, the ambulance a staff seat, a stretcher and another."""
    assert verify(mixed, [[3, 6], [1, 4, 2, 5]]).feasible  # the seated patient takes the stretcher place
    assert "exceeds [1, 0, 1, 1]" in verify(mixed, [[3, 6], [1, 2, 4, 5]]).problems[0]
    assert "exceeds [0, 1, 0, 1]" in verify(mixed, [[1, 4], [2, 5, 3, 6]]).problems[0]
    assert "exceeds [0, 1, 0, 1]" in verify(mixed, [[2, 5], [1, 4, 3, 6]]).problems[0]


def test_travel_by_a_matrix_is_added_up_leg_by_leg(minutes):
    together, apart = verify(minutes, [[1, 3, 2, 4], []]), verify(minutes, [[1, 3], [2, 4]])
    assert (together.feasible, together.vehicles, together.cost) == (True, 1, 5 + 4 + 20 + 4 + 7)
    assert (apart.feasible, apart.vehicles, apart.cost) == (True, 2, 5 + 4 + 8 + 4 + 4 + 7)


def test_travel_is_taken_in_its_direction(minutes):
    """There 10, back 20: the route in the direction of the matrix is in time, the other way round it is not."""
    travel = np.array(minutes.travel)
    travel[1, 3], travel[3, 1] = 20, 1
    late = with_first_request(minutes, dropoff=replace(minutes.requests[0].dropoff, latest=20.0))
    assert verify(late, [[1, 3], [2, 4]]).feasible
    assert not verify(replace(late, travel=travel), [[1, 3], [2, 4]]).feasible


@pytest.mark.parametrize(
    ("routes", "words"),
    [
        ([[2, 1, 3, 4], []], "exceeds [2]"),
        ([[2, 4, 1, 3], []], "no timing"),  # at 1 not before 33
        ([[3, 1], [2, 4]], "before it is picked up"),
        ([[1, 3], [2]], "request 2 is not served"),
    ],
)
def test_broken_answers_by_a_matrix_are_named(minutes, routes, words):
    pickup = minutes.requests[0].pickup
    tight = with_first_request(minutes, pickup=replace(pickup, latest=32.0))
    assert verify(tight, [[1, 3, 2, 4], []]).feasible
    verdict = verify(tight, routes)
    assert not verdict.feasible
    assert any(words in problem for problem in verdict.problems)


def test_fewest_vehicles_are_judged_on_straight_lines_too(tmp_path):
    instance = read_lilim(written(tmp_path, LILIM))
    verdict = verify(instance, [[1, 3, 2, 4], []])
    assert (verdict.feasible, verdict.vehicles) == (True, 1)
    assert verdict.cost == pytest.approx(5 + 4 + 5 + 3 + 1)


def test_the_price_of_a_vehicle_counts_where_it_is_used(tiny):
    fleet = replace(tiny, vehicles=with_vehicle(tiny, cost=7.0).vehicles * 2)
    assert verify(fleet, [[1, 3, 2, 4], []]).cost == pytest.approx(18 + 7)
    assert verify(fleet, [[1, 3], [2, 4]]).cost == pytest.approx(12 + 8 + 14)


def test_skills_are_asked_of_the_vehicle(tiny):
    skilled = with_first_request(tiny, skills=frozenset({3, 5}))
    able = with_vehicle(skilled, skills=frozenset({1, 3, 5}))
    assert "route 1: the vehicle lacks skills for node 1" in verify(skilled, [[1, 3, 2, 4]]).problems
    assert verify(able, [[1, 3, 2, 4]]).feasible


def test_the_length_of_a_route_is_limited_in_its_own_measure(tiny):
    route = [[1, 3, 2, 4]]  # of length 18
    assert verify(with_vehicle(tiny, max_length=18.0), route).feasible
    assert verify(with_vehicle(tiny, max_length=17.9), route).problems == ("route 1: length 18 exceeds 17.9",)
    metres = replace(with_vehicle(tiny, max_length=49.0), lengths=np.full((6, 6), 10, np.int32))
    assert verify(metres, route).problems == ("route 1: length 50 exceeds 49",)


@pytest.mark.parametrize(
    ("route", "pause", "feasible"),
    [
        ([1, 3, 2, 4], Break(5, 16, 16), True),  # between the rides
        ([1, 3, 2, 4], Break(5, 12, 14), False),  # with somebody aboard, or before and too late at 1
        ([1, 3, 2, 4], Break(5, 0, 15), True),  # before leaving
        ([1, 2, 4, 3], Break(5, 12, 22), False),  # always somebody aboard
        ([1, 2, 4, 3], Break(5, 23, 40), True),  # after the last ride
        ([1, 3, 2, 4], Break(90, 0, 100), False),  # too long
        ([], Break(90, 0, 100), True),  # none needed
    ],
)
def test_a_break_is_taken_with_nobody_aboard(tiny, route, pause, feasible):
    verdict = verify(with_vehicle(tiny, pause=pause), [route])
    broken = ("route 1: no timing keeps windows, ride limits and duration, with a break",)
    assert [p for p in verdict.problems if p.startswith("route")] == ([] if feasible else list(broken))

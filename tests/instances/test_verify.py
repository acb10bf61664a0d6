from dataclasses import replace
from math import sqrt

import pytest

from pts_optimiser.instances import read_cordeau, read_mdhdarp, verify

from .samples import CORDEAU, MDHDARP, written


@pytest.fixture
def tiny(tmp_path):
    return read_cordeau(written(tmp_path, CORDEAU))


@pytest.fixture
def mixed(tmp_path):
    return read_mdhdarp(written(tmp_path, MDHDARP))


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

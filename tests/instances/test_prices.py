from dataclasses import replace

import numpy as np
import pytest

from pts_optimiser.instances import read_lilim, read_sartori
from pts_optimiser.instances.prices import DEAREST, prices, travel_bound

from .samples import LILIM, SARTORI, written


@pytest.fixture
def minutes(tmp_path):
    return read_sartori(written(tmp_path, SARTORI))


def test_no_plan_travels_further_than_the_bound(minutes):
    assert travel_bound(minutes) == 20 * 4 + 8 + 8  # two ends, four stops
    short = replace(minutes, vehicles=(replace(minutes.vehicles[0], latest=30.0),) * 2)
    assert travel_bound(short) == 60.0  # two shifts


def test_legs_that_no_shift_allows_do_not_count(minutes):
    travel = np.array(minutes.travel)
    travel[1, 2] = 1_000_000
    assert travel_bound(replace(minutes, travel=travel)) == travel_bound(minutes)


def test_a_vehicle_more_costs_more_than_any_travel_and_a_request_left_out_more_than_both(tmp_path, minutes):
    for instance, scale in ((minutes, 1.0), (read_lilim(written(tmp_path, LILIM)), 100.0)):
        bound = travel_bound(instance)
        price = prices(instance, bound, scale)
        assert price.vehicle.min() > bound * scale
        assert price.unserved.min() > price.vehicle.max() + bound * scale


def test_by_distance_vehicles_cost_what_the_instance_says(minutes):
    one, two = minutes.vehicles
    instance = replace(minutes, objective="distance", vehicles=(replace(one, cost=50.5), two))
    price = prices(instance, 100.0, 10.0)
    assert price.vehicle.tolist() == [505, 0]
    assert price.unserved.tolist() == [1506, 1506]


def test_weights_count_without_leaving_the_integers(minutes):
    first, second = minutes.requests
    instance = replace(minutes, requests=(replace(first, weight=101), second))
    for bound in (100.0, 1e8):
        price = prices(instance, bound, 1.0)
        assert price.unserved[0] == pytest.approx(101 * price.unserved[1], rel=1e-3)
        assert price.unserved.max() <= DEAREST

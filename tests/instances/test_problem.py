from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pts_optimiser.instances import (
    Instance,
    Node,
    Request,
    Vehicle,
    euclidean,
    read_cordeau,
    read_lilim,
    read_mdhdarp,
    read_sartori,
    read_vroom,
    routes_from_solution,
    to_problem,
    verify,
)
from solver import NEVER, Route, Solution

from .samples import CORDEAU, LILIM, MDHDARP, SARTORI, published, written, written_vroom


@pytest.fixture
def tiny(tmp_path):
    return read_cordeau(written(tmp_path, CORDEAU))


def test_times_are_scaled_and_rounded_to_the_safe_side(tiny):
    uneven = replace(tiny, vehicles=(replace(tiny.vehicles[0], max_duration=100 / 3),))
    problem, scale = to_problem(uneven)
    assert problem.max_duration[0] == int(scale * 100 / 3)
    assert problem.seconds[0, 1, 3] == 4 * scale
    assert problem.seconds[0, 1, 4] == -int(-(scale * 18**0.5) // 1)  # rounded up
    assert problem.pickup_service.tolist() == [scale, scale]
    assert problem.shift.tolist() == [[0, 100 * scale]]


def test_windows_are_tightened_by_the_other_stop_and_the_ride_limit(tiny):
    problem, scale = to_problem(tiny)
    pickup, dropoff = problem.pickup_window[1] / scale, problem.dropoff_window[1] / scale
    assert pickup.tolist() == [[10, 20], [0, 96]]
    assert dropoff.tolist() == [[15, 51], [4, 100]]
    assert np.array_equal(problem.pickup_window[0], problem.pickup_window[1])


def test_resources_and_substitutes_reach_the_layouts(tmp_path):
    problem, _ = to_problem(read_mdhdarp(written(tmp_path, MDHDARP)))
    assert problem.layouts.tolist() == [[[0, 1, 0, 1]], [[1, 0, 1, 1]]]
    assert problem.vehicle_class.tolist() == [0, 1]
    assert problem.demand.tolist() == [[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    assert np.argwhere(problem.substitutes).tolist() == [[0, 1], [0, 2], [1, 2]]


def test_routes_are_given_back_in_the_numbers_of_the_file(tiny):
    problem, _ = to_problem(replace(tiny, vehicles=tiny.vehicles * 2))
    stops = np.array([1, 3, 4, 0, 2], dtype=np.int32)  # 4 would be a break
    route = Route(vehicle=1, stops=stops, begin=stops, departure=0, arrival=0)
    solution = Solution(
        routes=(route,), unserved=np.zeros(0, np.int32), relaxed=np.zeros(0, np.int32), cost=0, driving=0
    )
    assert routes_from_solution(problem, solution) == [[], [2, 4, 1, 3]]


def test_all_published_instances_stay_inside_the_integers():
    for path in sorted(published().glob("*darp*/*.txt")):
        instance = (read_mdhdarp if "mdhdarp" in path.parent.name else read_cordeau)(path)
        problem, scale = to_problem(instance)
        assert scale == 10_000
        assert problem.dropoff_window.max() < NEVER // 4
        assert (problem.pickup_window[..., 0] <= problem.pickup_window[..., 1]).all()
        assert (problem.dropoff_window[..., 0] <= problem.dropoff_window[..., 1]).all()
        dearest = problem.seconds.max() * 4
        assert (problem.unserved_cost > dearest).all()


def test_whole_travel_is_kept_as_it_is(tmp_path):
    instance = read_sartori(written(tmp_path, SARTORI))
    problem, scale = to_problem(instance)
    assert scale == 1
    assert problem.seconds[0].tolist() == instance.travel.tolist()
    assert problem.dropoff_location.tolist() == [3, 4]
    assert problem.ride_limit.tolist() == [[NEVER, NEVER]] * 2
    assert problem.dropoff_window[1].tolist() == [[16, 60], [11, 60]]


def test_all_published_pairs_keep_their_minutes_and_put_vehicles_first():
    for path in sorted(published().glob("pdptw_sartori*/*-n100-*.gz")):
        instance = read_sartori(path)
        problem, scale = to_problem(instance)
        assert scale == 1
        assert np.array_equal(problem.seconds[0], instance.travel)
        assert problem.vehicle_cost.min() > 2 * len(instance.requests) * 30
        assert problem.unserved_cost.min() > problem.vehicle_cost.max()
        assert (problem.pickup_window[..., 0] <= problem.pickup_window[..., 1]).all()


def test_euclidean_fleets_are_scaled_so_that_prices_stay_below_never(tmp_path):
    few = read_lilim(written(tmp_path, LILIM.replace("\t4\t", "\t4000.5\t").replace("100", "9000")))
    instance = replace(few, vehicles=few.vehicles * 20, requests=few.requests * 20)
    problem, scale = to_problem(instance)
    assert to_problem(replace(instance, objective="distance"))[1] == 1_000
    assert scale == 100
    assert problem.vehicle_cost.max() < NEVER
    assert problem.unserved_cost.min() > problem.vehicle_cost.max()
    assert problem.seconds.max() > 4000 * scale


def test_skills_breaks_and_limits_reach_the_problem(tmp_path):
    vehicles = [
        {"id": 1, "start_index": 0, "capacity": [2], "skills": [1, 2], "max_travel_time": 700, "time_window": [0, 900]},
        {"id": 2, "end_index": 0, "capacity": [1], "breaks": [{"id": 1, "service": 60, "time_windows": [[300, 400]]}]},
    ]
    jobs = [{"id": 5, "location_index": 1, "skills": [2], "priority": 3}]
    problem, scale = to_problem(read_vroom(written_vroom(tmp_path, vehicles=vehicles, jobs=jobs)))
    assert scale == 1
    assert problem.compatible.tolist() == [[True, False], [True, True]]
    assert problem.max_distance.tolist() == [700, NEVER]
    assert np.array_equal(problem.metres, problem.seconds[0])
    assert problem.break_length.tolist() == [0, 60]
    assert problem.break_window.tolist() == [[0, 0], [300, 400]]
    assert problem.vehicle_class.tolist() == [0, 1]
    assert problem.unserved_cost.tolist() == [2 * problem.unserved_cost[1], problem.unserved_cost[1]]


coordinate = st.floats(-10, 10, allow_nan=False)


@st.composite
def single_requests(draw):
    start = draw(st.floats(0, 50))
    points = [(0.0, 0.0), (draw(coordinate), draw(coordinate)), (draw(coordinate), draw(coordinate))]
    pickup = Node(1, draw(st.floats(0, 5)), start, start + draw(st.floats(0, 10)))
    dropoff = Node(2, 1.0, start, start + draw(st.floats(5, 60)))
    vehicle = Vehicle((1,), draw(st.floats(10, 100)), 0, 0, 0.0, 120.0)
    request = Request(pickup, dropoff, (1,), draw(st.floats(5, 40)))
    return Instance("drawn", (vehicle,), (request,), euclidean(points))


@settings(max_examples=200, deadline=None)
@given(single_requests())
def test_what_is_feasible_in_integers_is_feasible_in_doubles(instance):
    """For one request the integer problem is solved by hand: latest pick-up, earliest drop-off, duration."""
    problem, _ = to_problem(instance)
    out, ride, back = (int(problem.seconds[0, a, b]) for a, b in ((0, 1), (1, 2), (2, 0)))
    (earliest, latest), (first, last) = problem.pickup_window[1, 0].tolist(), problem.dropoff_window[1, 0].tolist()
    shift_start, shift_end = problem.shift[0].tolist()
    begin = max(earliest, shift_start + out)
    aboard = int(problem.pickup_service[0]) + ride
    feasible = any(
        begin <= pickup <= latest
        and first <= (arrival := max(pickup + aboard, first)) <= last
        and arrival - pickup - int(problem.pickup_service[0]) <= int(problem.ride_limit[1, 0])
        and (home := arrival + int(problem.dropoff_service[0]) + back) <= shift_end
        and home - (pickup - out) <= int(problem.max_duration[0])
        for pickup in (latest, begin)
    )
    if feasible:
        assert verify(instance, [[1, 2]]).feasible

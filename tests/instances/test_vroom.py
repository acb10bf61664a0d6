import gzip
import json
from math import inf

import numpy as np
import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.instances import Break, Node, read_vroom, verify

from .samples import vroom, written_vroom

START, END = 4, 5  # the places that are added behind the four of the matrix
SHIFT = {"start_index": 0, "end_index": 0, "time_window": [1000, 2000]}


def changed(tmp_path, **changes):
    return read_vroom(written_vroom(tmp_path, **changes))


def test_times_count_from_the_earliest_and_setup_counts_as_service(tmp_path):
    instance = changed(tmp_path)
    assert instance.objective == "distance"
    assert instance.vehicles[0].earliest == 0.0
    assert instance.requests[0].pickup == Node(1, 40.0, 100.0, 200.0)
    assert instance.requests[1].pickup.service == 20.0


def test_absolute_times_give_the_same_instance(tmp_path):
    later = 1_700_000_000
    vehicle = vroom()["vehicles"][0] | {"time_window": [1000 + later, 2000 + later]}
    job = vroom()["jobs"][0] | {"time_windows": [[1100 + later, 1200 + later]]}
    shifted = changed(tmp_path, vehicles=[vehicle], jobs=[job])
    assert shifted.vehicles == changed(tmp_path).vehicles
    assert shifted.requests == changed(tmp_path).requests


def test_a_window_without_a_shift_leaves_time_to_get_there(tmp_path):
    vehicle = {"id": 7, "start_index": 0, "capacity": [2]}
    instance = changed(tmp_path, vehicles=[vehicle], jobs=[{"id": 5, "location_index": 3, "time_windows": [[70, 70]]}])
    assert instance.requests[0].pickup.earliest == 70.0  # nothing happens before the zero of the file
    assert verify(instance, [[1, 3, 2, 4]]).feasible


def test_a_job_without_load_is_dropped_off_where_it_stands(tmp_path):
    instance = changed(tmp_path)
    job = instance.requests[0]
    assert (job.pickup.place, job.dropoff.place, job.dropoff.service) == (1, 1, 0.0)
    assert (job.demand, job.ride_limit) == ((0,), 0.0)
    assert instance.named([1, 3, 2, 4]) == ["job:5", "pickup:3", "delivery:4"]


def test_a_shipment_carries_its_amount(tmp_path):
    shipment = changed(tmp_path).requests[1]
    assert (shipment.pickup.place, shipment.dropoff.place) == (2, 3)
    assert (shipment.demand, shipment.ride_limit) == ((1,), inf)


def test_deliveries_are_loaded_at_the_start_and_pick_ups_kept_to_the_end(tmp_path):
    jobs = [{"id": 5, "location_index": 1, "delivery": [2]}, {"id": 6, "location_index": 2, "pickup": [2]}]
    instance = changed(tmp_path, jobs=jobs, shipments=[])
    brought, fetched = instance.requests
    assert (brought.pickup.place, brought.dropoff.place) == (START, 1)
    assert (fetched.pickup.place, fetched.dropoff.place) == (2, END)
    assert instance.names == ("", "job:6", "job:5", "")
    assert verify(instance, [[1, 3, 2, 4]]).cost == 50 + 40 + 65
    assert "exceeds [2]" in verify(instance, [[1, 2, 3, 4]]).problems[0]


def test_nothing_is_loaded_again_on_the_way(tmp_path):
    """A depot that could be visited twice would carry more than the vehicle does in VROOM."""
    jobs = [{"id": i, "location_index": i, "delivery": [2]} for i in (1, 2)]
    instance = changed(tmp_path, jobs=jobs, shipments=[])
    assert not verify(instance, [[1, 3, 2, 4]]).feasible  # 1 loaded and brought, then 2
    assert verify(changed(tmp_path, jobs=jobs[:1], shipments=[]), [[1, 2]]).feasible


def test_loads_that_fit_together_are_passed_over(tmp_path):
    jobs = [{"id": 5, "location_index": 1, "delivery": [1]}]
    apart = [{"id": 1, "capacity": [2], **SHIFT}, {"id": 2, "capacity": [9], **SHIFT, "start_index": 3}]
    job = changed(tmp_path, jobs=jobs, vehicles=apart).requests[0]
    assert (job.pickup.place, job.demand) == (1, (0,))


def test_ends_are_left_and_reached_only_once(tmp_path):
    instance = changed(tmp_path)
    never = instance.travel.max()
    assert instance.travel[START].tolist() == [0, 50, 60, 70, 0, 0]
    assert instance.travel[:, END].tolist() == [0, 55, 65, 75, 0, 0]
    assert (instance.travel[:4, START] == never).all()
    assert (instance.travel[END, :5] == never).all()
    assert never > instance.vehicles[0].latest


def test_a_missing_end_is_no_distance_away(tmp_path):
    vehicles = [{"id": 1, "start_index": 0, "capacity": [2]}, {"id": 2, "end_index": 3, "capacity": [2]}]
    instance = changed(tmp_path, vehicles=vehicles)
    assert verify(instance, [[1, 3], [2, 4]]).cost == 50 + 30
    assert verify(instance, [[2, 4], [1, 3]]).cost == 60 + 30 + 80


def test_vehicles_bring_skills_costs_breaks_and_limits(tmp_path):
    pause = {"id": 1, "service": 60, "time_windows": [[1300, 1400]], "max_load": [1]}
    vehicle = {
        "id": 1,
        "capacity": [2],
        "skills": [4, 9],
        "costs": {"fixed": 500},
        "breaks": [pause],
        "max_travel_time": 300,
        "max_tasks": 3,
        **SHIFT,
    }
    (read,) = changed(tmp_path, vehicles=[vehicle]).vehicles
    assert (read.skills, read.cost, read.max_length) == ({4, 9}, 500.0, 300.0)
    assert read.pause == Break(60.0, 300.0, 400.0)


def test_distances_are_what_a_distance_limit_counts(tmp_path):
    durations = vroom()["matrices"]["car"]["durations"]
    matrices = {"car": {"durations": durations, "distances": (np.array(durations) * 10).tolist()}}
    vehicles = [{"id": 1, "capacity": [2], "max_distance": 900, **SHIFT}]
    instance = changed(tmp_path, vehicles=vehicles, jobs=[], matrices=matrices)
    assert verify(instance, [[1, 2]]).problems == ("route 1: length 1650 exceeds 900",)
    assert instance.travel[2, 3] == 30


def test_skills_and_priorities_of_jobs_and_shipments_are_read(tmp_path):
    shipment = vroom()["shipments"][0] | {"skills": [1], "priority": 7}
    job = vroom()["jobs"][0] | {"skills": [2, 3], "priority": 9}
    requests = changed(tmp_path, jobs=[job], shipments=[shipment]).requests
    assert [(request.skills, request.weight) for request in requests] == [({2, 3}, 10), ({1}, 16)]


def test_a_faster_fleet_travels_in_less_time(tmp_path):
    vehicles = [{"id": 1, "capacity": [2], "speed_factor": 2.0, **SHIFT}]
    assert changed(tmp_path, vehicles=vehicles).travel[1:4, 0].tolist() == [28, 33, 38]  # rounded up


def test_the_outdated_single_matrix_is_read(tmp_path):
    problem = vroom()
    matrix = problem.pop("matrices")["car"]["durations"]
    path = tmp_path / "old.json"
    path.write_text(json.dumps(problem | {"matrix": matrix}))
    assert np.array_equal(read_vroom(path).travel, changed(tmp_path).travel)


def test_without_a_matrix_travel_is_along_great_circles(tmp_path):
    vehicle = {"id": 1, "start": [-2.0, 52.0], "end": [-2.0, 53.0], "capacity": [1]}
    job = {"id": 1, "location": [-2.0, 53.0]}
    travel = changed(tmp_path, vehicles=[vehicle], jobs=[job], shipments=[], matrices={}).travel
    assert travel[0, 1] == pytest.approx(6_371_009 * np.pi / 180 * 1.3 / (50 / 3.6), abs=2)


def test_gzip_is_read_as_plain(tmp_path):
    packed = tmp_path / "tiny.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(vroom()).encode()))
    assert read_vroom(packed).requests == changed(tmp_path).requests
    assert read_vroom(packed).name == "tiny"


def test_without_capacities_nothing_is_counted(tmp_path):
    shipment = {key: value for key, value in vroom()["shipments"][0].items() if key != "amount"}
    instance = changed(tmp_path, vehicles=[{"id": 1, **SHIFT}], shipments=[shipment])
    assert {vehicle.capacity for vehicle in instance.vehicles} == {(0,)}
    assert verify(instance, [[1, 3, 2, 4]]).feasible


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"vehicles": []}, "vehicles"),
        ({"vehicles": [{"capacity": [2], **SHIFT}]}, r"vehicles\[0\]\.id"),
        ({"vehicles": [{"id": 1, "capacity": [2]}]}, r"vehicles\[0\]"),
        ({"vehicles": [{"id": 1, "capacity": [2], "start_index": 4}]}, r"vehicles\[0\]\.start_index"),
        ({"vehicles": [{"id": 1, "capacity": [2], **SHIFT}, {"id": 2, **SHIFT}]}, r"vehicles\[1\]\.capacity"),
        ({"jobs": [{"id": 1, "location_index": 1, "service": -1}]}, r"jobs\[0\]\.service"),
        ({"jobs": [{"id": 1, "location_index": 1.5}]}, r"jobs\[0\]\.location_index"),
        ({"jobs": [{"id": 1, "location": [0, 0]}]}, r"jobs\[0\]\.location_index"),
        ({"jobs": [{"id": 1, "location_index": 1, "pickup": [1, 1]}]}, r"jobs\[0\]\.pickup"),
        ({"jobs": [{"id": 1, "location_index": 1, "priority": 101}]}, r"jobs\[0\]\.priority"),
        ({"jobs": [], "shipments": []}, "jobs"),
        ({"jobs": [{"id": 1, "location_index": i} for i in (1, 2)]}, r"jobs\.id"),
        ({"shipments": vroom()["shipments"] * 2}, r"shipments\.pickup\.id"),
        ({"shipments": [{"pickup": {"id": 1, "location_index": 1}}]}, r"shipments\[0\]\.delivery"),
        ({"matrices": {"bike": {"durations": [[0]]}}}, r"matrices\.car\.durations"),
        ({"matrices": {"car": {"durations": [[0, 1], [1]]}}}, r"matrices\.car\.durations"),
        ({"matrices": {"car": {"durations": [[0, 1], [1, 3]]}}}, r"matrices\.car\.durations"),
        ({"matrices": {"car": {"durations": [[0, -1], [1, 0]]}}}, r"matrices\.car\.durations\[0\]\[1\]"),
        ({"matrices": {}, "vehicles": [{"id": 1, "capacity": [2], "start": [0, 0]}]}, r"jobs\[0\]\.location"),
        ({"matrices": {}, "vehicles": [{"id": 1, "start": [0, 99]}]}, r"vehicles\[0\]\.start\[1\]"),
        ({"vehicles": [{"id": 1, "capacity": [2], "max_distance": 5, **SHIFT}]}, r"matrices\.car\.distances"),
    ],
)
def test_malformed_problems_are_refused_by_the_field(tmp_path, changes, field):
    with pytest.raises(InputError, match=rf"tiny\.json \[{field}\] instance_malformed: .* Hint: "):
        changed(tmp_path, **changes)


def test_a_file_that_is_not_json_is_refused(tmp_path):
    path = tmp_path / "tiny.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"tiny\.json instance_malformed: Invalid JSON"):
        read_vroom(path)


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("jobs", {"time_windows": [[0, 1], [2, 3]]}, r"jobs\[0\]\.time_windows"),
        ("jobs", {"service_per_type": {"van": 3}}, r"jobs\[0\]\.service_per_type"),
        ("jobs", {"setup_per_type": {"van": 3}}, r"jobs\[0\]\.setup_per_type"),
        ("jobs", {"amount": [1]}, r"jobs\[0\]\.amount"),
        ("jobs", {"pickup": [1], "delivery": [1]}, r"jobs\[0\]\.pickup"),
        ("vehicles", {"profile": "bike"}, r"vehicles\[1\]\.profile"),
        ("vehicles", {"speed_factor": 1.5}, r"vehicles\[1\]\.speed_factor"),
        ("vehicles", {"costs": {"per_hour": 1}}, r"vehicles\[1\]\.costs\.per_hour"),
        ("vehicles", {"costs": {"per_km": 1}}, r"vehicles\[1\]\.costs\.per_km"),
        ("vehicles", {"costs": {"per_task_hour": 1}}, r"vehicles\[1\]\.costs\.per_task_hour"),
        ("vehicles", {"breaks": [{"id": 1}, {"id": 2}]}, r"vehicles\[1\]\.breaks"),
        ("vehicles", {"breaks": [{"time_windows": [[0, 1], [2, 3]]}]}, r"vehicles\[1\]\.breaks\[0\]\.time_windows"),
        ("vehicles", {"max_tasks": 1}, r"vehicles\[1\]\.max_tasks"),
        ("vehicles", {"max_travel_time": 1, "max_distance": 1}, r"vehicles\[1\]\.max_distance"),
        ("vehicles", {"time_window": [0, 10**9]}, r"vehicles\[0\]\.time_window"),
    ],
)
def test_what_the_solver_has_no_rule_for_is_refused_by_name_with_a_hint(tmp_path, kind, more, field):
    problem = vroom()
    if kind == "jobs":
        problem["jobs"][0] |= more
    else:
        problem["vehicles"].append({"id": 8, "capacity": [2], **SHIFT} | more)
    if "time_window" in more:
        problem["jobs"][0]["time_windows"] = [[10**9, 10**9]]
    with pytest.raises(InputError, match=rf"tiny\.json \[{field}\] instance_unsupported: .* Hint: "):
        changed(tmp_path, **problem)


def test_costs_by_arc_are_refused(tmp_path):
    durations = vroom()["matrices"]["car"]["durations"]
    with pytest.raises(InputError, match=r"\[matrices\.car\.costs\] instance_unsupported"):
        changed(tmp_path, matrices={"car": {"durations": durations, "costs": durations}})


@pytest.mark.parametrize(("load", "end"), [("delivery", "start_index"), ("pickup", "end_index")])
def test_loads_of_jobs_need_one_place_to_be_loaded(tmp_path, load, end):
    jobs = [{"id": 5, "location_index": 1, load: [2]}]
    vehicles = [{"id": 1, "capacity": [2], **SHIFT}, {"id": 2, "capacity": [2], **SHIFT, end: 3}]
    with pytest.raises(InputError, match=rf"\[jobs\[0\]\.{load}\] instance_unsupported: .*different places"):
        changed(tmp_path, jobs=jobs, vehicles=vehicles)


def test_a_speed_at_which_a_drive_takes_years_is_refused(tmp_path):
    vehicles = [vehicle | {"speed_factor": 1e-12} for vehicle in vroom()["vehicles"]]
    with pytest.raises(InputError, match=r"\[vehicles\[0\]\.speed_factor\] instance_malformed"):
        changed(tmp_path, vehicles=vehicles)

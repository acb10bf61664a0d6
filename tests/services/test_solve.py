"""``solve`` on public instances: verified, and near the best known cost."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from pts_optimiser.planning.day import Engine, Search
from pts_optimiser.services.solve import Solved, solve_instance
from tests.instances.samples import LILIM, SARTORI, vroom, written

INSTANCES = Path(os.environ.get("PTS_INSTANCES", Path(__file__).parents[3] / "shared" / "instances"))
given = pytest.mark.skipif(not INSTANCES.is_dir(), reason="no instances: set PTS_INSTANCES to their folder")


def solved(path: Path, format_name: str, iterations: int = 500, engine: Engine = "hybrid") -> Solved:
    search = Search(engine, iterations=iterations, workers=1, budget_s=1)
    return solve_instance(path, format_name, search, lambda _progress: None)


@given
@pytest.mark.parametrize("name", ["a2-16", "a3-24", "b2-20", "b3-18"])
def test_small_instances_are_solved_to_the_proven_optimum(name: str) -> None:
    path = INSTANCES / "darp_cordeau_2006" / f"{name}.txt"
    answer = solved(path, "cordeau", 8_000)
    assert answer.feasible
    assert answer.gap_percent is not None
    assert abs(answer.gap_percent) < 0.01


@given
@pytest.mark.parametrize(
    ("folder", "name", "format_name"),
    [
        ("darp_cordeau_laporte_2003", "pr01", "cordeau"),
        ("darp_cordeau_laporte_2003", "pr11", "cordeau"),
        ("mdhdarp_malheiros_2021", "a9-72hetIUY", "mdhdarp"),
    ],
)
def test_other_sets_are_feasible_in_doubles(folder: str, name: str, format_name: str) -> None:
    path = INSTANCES / folder / f"{name}.txt"
    answer = solved(path, format_name, 4_000)
    assert answer.problems == ()
    assert answer.served == answer.requests
    if answer.gap_percent is not None:
        assert -0.01 < answer.gap_percent < 4


@given
@pytest.mark.parametrize("name", ["bar-n100-1", "nyc-n100-4"])
def test_pairs_are_served_by_a_fleet_near_the_best_known(name: str) -> None:
    answer = solved(INSTANCES / "pdptw_sartori_buriol_2020" / f"{name}.txt.gz", "sartori", 8_000)
    assert answer.problems == ()
    assert answer.best_known_vehicles is not None
    assert 0 <= answer.vehicles - answer.best_known_vehicles <= 1
    assert (answer.gap_percent is None) == (answer.vehicles != answer.best_known_vehicles)


@pytest.mark.parametrize("engine", ["hybrid", "ortools"])
def test_fewest_vehicles_come_before_least_travel(tmp_path: Path, engine: Engine) -> None:
    """One vehicle costs 40 minutes, two would cost 32."""
    packed = tmp_path / "tiny.txt.gz"
    packed.write_bytes(gzip.compress(SARTORI.encode()))
    answer = solved(packed, "sartori", engine=engine)
    assert (answer.feasible, answer.vehicles, answer.cost) == (True, 1, 40)
    assert answer.best_known is None
    assert answer.gap_percent is None


def test_a_second_vehicle_is_used_where_one_cannot_serve_all(tmp_path: Path) -> None:
    late = SARTORI.replace("1 10 40 2 0 3", "1 10 12 2 0 3").replace("2 5 50 2 0 4", "2 5 15 2 0 4")
    answer = solved(written(tmp_path, late), "sartori")
    assert (answer.feasible, answer.vehicles, answer.cost) == (True, 2, 32)


def test_straight_lines_are_travelled_by_one_vehicle_in_the_numbers_of_the_file(tmp_path: Path) -> None:
    answer = solved(written(tmp_path, LILIM), "lilim")
    assert (answer.feasible, answer.vehicles) == (True, 1)
    assert answer.cost == pytest.approx(4 + 3 + 4 + 10**0.5 + 1)
    assert [route for route in answer.routes if route] == [["3", "2", "1", "4"]]


def test_a_vroom_problem_is_solved_with_its_own_names(tmp_path: Path) -> None:
    answer = solved(written(tmp_path, json.dumps(vroom()), "tiny.json"), "vroom")
    assert (answer.feasible, answer.served, answer.vehicles) == (True, 2, 1)
    assert answer.routes == [["job:5", "pickup:3", "delivery:4"]]
    assert answer.cost == 50 + 40 + 30 + 75


def test_jobs_loaded_at_the_start_leave_no_room_for_more_than_fits(tmp_path: Path) -> None:
    """Two of three deliveries fit; the one of least priority is left out, and nobody drives back for it."""
    jobs = [{"id": i, "location_index": i, "delivery": [1], "priority": 10 * i} for i in (1, 2, 3)]
    problem = vroom(jobs=jobs, shipments=[])
    answer = solved(written(tmp_path, json.dumps(problem), "tiny.json"), "vroom")
    assert answer.served == 2
    assert answer.problems == ("request 1 is not served",)
    assert sorted(answer.routes[0]) == ["job:2", "job:3"]


def test_breaks_skills_and_free_ends_hold_in_the_answer(tmp_path: Path) -> None:
    vehicles = [
        {"id": 1, "start_index": 0, "capacity": [1], "skills": [1], "costs": {"fixed": 1000}},
        {
            "id": 2,
            "end_index": 0,
            "capacity": [1],
            "breaks": [{"id": 1, "service": 600, "time_windows": [[1250, 1300]]}],
        },
    ]
    problem = vroom(vehicles=vehicles)
    answer = solved(written(tmp_path, json.dumps(problem), "tiny.json"), "vroom")
    assert (answer.problems, answer.vehicles) == ((), 1)
    assert answer.routes == [[], ["job:5", "pickup:3", "delivery:4"]]
    problem["shipments"][0]["skills"] = [1]  # type: ignore[index]
    answer = solved(written(tmp_path, json.dumps(problem), "tiny.json"), "vroom")
    assert (answer.problems, answer.vehicles) == ((), 1)  # the skilled one does both
    assert answer.cost == 1000 + 50 + 40 + 30


def test_the_gap_is_told_of_complete_answers_at_equal_fleets_only() -> None:
    known = Solved("x", 103.0, 2, 5, 5, True, (), 100.0, 2, 1.0, [])
    assert known.gap_percent == pytest.approx(3)
    assert replace(known, best_known_vehicles=None).gap_percent == pytest.approx(3)
    assert replace(known, vehicles=3).gap_percent is None
    assert replace(known, feasible=False).gap_percent is None
    assert replace(known, best_known=None).gap_percent is None

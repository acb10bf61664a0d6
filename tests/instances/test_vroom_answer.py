"""Answers in VROOM's shape: the steps, times and loads of hand-made problems."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pts_optimiser.domain.errors import RefusedRosterError
from pts_optimiser.instances.problem import to_problem
from pts_optimiser.instances.vroom import VroomCase, vroom_case
from pts_optimiser.instances.vroom_answer import vroom_answer
from pts_optimiser.instances.vroom_file import parse_file
from solver import Problem, Solution
from solver.engine import solve

from .samples import vroom


def solved(**changes: object) -> tuple[VroomCase, Problem, Solution]:
    case = vroom_case("tiny", parse_file("tiny", json.dumps(vroom(**changes))), "tiny")
    problem, _ = to_problem(case.instance)
    return case, problem, solve(problem, iterations=50, seed=1, workers=1)


def answered(**changes: object) -> dict[str, Any]:
    return vroom_answer(*solved(**changes))


def told(answer: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    [route] = answer["routes"]
    return [tuple(step.get(name) for name in names) for step in route["steps"]]


def test_steps_have_the_times_of_the_file_and_add_up() -> None:
    answer = answered()
    [route] = answer["routes"]
    assert told(answer, "type", "id", "location_index") == [
        ("start", None, 0), ("job", 5, 1), ("pickup", 3, 2), ("delivery", 4, 3), ("end", None, 0),
    ]  # fmt: skip
    assert told(answer, "duration") == [(0,), (50,), (90,), (120,), (195,)]
    for before, step in zip(route["steps"], route["steps"][1:], strict=False):
        stay = before["waiting_time"] + before["setup"] + before["service"]
        assert step["arrival"] - before["arrival"] == stay + step["duration"] - before["duration"]
    job = route["steps"][1]
    assert 1100 <= job["arrival"] + job["waiting_time"] <= 1200
    assert {name: answer["summary"][name] for name in ("cost", "setup", "service", "duration", "routes")} == {
        "cost": 195, "setup": 10, "service": 70, "duration": 195, "routes": 1,
    }  # fmt: skip
    assert (answer["code"], answer["unassigned"]) == (0, [])


def test_what_is_delivered_is_aboard_from_the_start_and_what_is_fetched_to_the_end() -> None:
    jobs = [{"id": 5, "location_index": 1, "delivery": [2]}, {"id": 6, "location_index": 2, "pickup": [2]}]
    answer = answered(jobs=jobs, shipments=[])
    assert told(answer, "type", "load") == [("start", [2]), ("job", [0]), ("job", [2]), ("end", [2])]
    assert (answer["routes"][0]["delivery"], answer["routes"][0]["pickup"]) == ([2], [2])


def test_a_break_is_a_step_with_its_id() -> None:
    pause = {"id": 9, "service": 60, "time_windows": [[1300, 1400]]}
    car = {"id": 7, "start_index": 0, "end_index": 0, "capacity": [2], "time_window": [1000, 2000], "breaks": [pause]}
    answer = answered(vehicles=[car])
    [rest] = [step for step in answer["routes"][0]["steps"] if step["type"] == "break"]
    assert (rest["id"], rest["service"]) == (9, 60)
    assert 1300 <= rest["arrival"] + rest["waiting_time"] <= 1400


def test_what_cannot_be_served_is_listed_whole() -> None:
    car = {"id": 7, "start_index": 0, "end_index": 0, "capacity": [0], "time_window": [1000, 2000]}
    answer = answered(vehicles=[car])
    assert answer["unassigned"] == [
        {"id": 3, "type": "pickup", "location_index": 2},
        {"id": 4, "type": "delivery", "location_index": 3},
    ]
    assert answer["summary"]["unassigned"] == 2


def test_with_coordinates_distances_and_places_are_told() -> None:
    jobs = [{"id": 1, "location": [-2.5, 53.0]}, {"id": 2, "location": [-2.6, 53.1]}]
    cars = [{"id": 1, "start": [-2.4, 53.0]}, {"id": 2, "end": [-2.4, 53.0], "costs": {"fixed": 100_000}}]
    answer = answered(jobs=jobs, shipments=[], vehicles=cars, matrices={})
    [route] = answer["routes"]
    assert [step["type"] for step in route["steps"]] == ["start", "job", "job"]
    assert route["steps"][0]["location"] == [-2.4, 53.0]
    distances = [step["distance"] for step in route["steps"]]
    assert distances == sorted(distances)
    assert route["distance"] == distances[-1] == answer["summary"]["distance"]


@pytest.mark.parametrize("damage", ["late", "early", "missing"])
def test_a_wrong_solution_does_not_get_out(damage: str) -> None:
    case, problem, solution = solved()
    [route] = solution.routes
    if damage == "missing":
        wrong = replace(route, stops=route.stops[1:], begin=route.begin[1:])
    else:
        wrong = replace(route, begin=route.begin + np.int32(5000 if damage == "late" else -200))
    with pytest.raises(RefusedRosterError):
        vroom_answer(case, problem, replace(solution, routes=(wrong,)))

"""VROOM problems solved in the child."""

from __future__ import annotations

import json

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.hosted.vroom import MOST_VEHICLES, VroomDesk
from pts_optimiser.services.hosted.vroom_child import answer
from tests.instances.samples import vroom

HOW = json.dumps({"budget_s": 0.05, "seed": 1, "tasks": 3, "vehicles": MOST_VEHICLES}).encode() + b"\n"


def test_a_problem_is_answered_from_the_process_beside() -> None:
    desk = VroomDesk()
    try:
        told = json.loads(desk.solve(json.dumps(vroom()).encode(), budget_s=0.05))
    finally:
        desk.close()
    assert (told["code"], told["summary"]["unassigned"]) == (0, 0)
    assert told["summary"]["computing_times"]["solving"] > 0


def test_a_problem_that_is_too_large_is_refused_by_the_field() -> None:
    jobs = [{"id": i, "location_index": 1} for i in range(2)]
    with pytest.raises(InputError) as refused:
        answer(HOW + json.dumps(vroom(jobs=jobs)).encode())
    assert (refused.value.issues[0].column, refused.value.issues[0].code) == ("jobs", "instance_unsupported")


def test_a_field_without_meaning_is_refused_by_name() -> None:
    with pytest.raises(InputError) as refused:
        answer(HOW + json.dumps(vroom(vehicles=[{"id": 1, "start_index": 0, "max_tasks": 1}])).encode())
    assert refused.value.issues[0].column == "vehicles[0].max_tasks"

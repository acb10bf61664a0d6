from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from pts_optimiser.domain.errors import RefusedRosterError
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import PlannedDay
from pts_optimiser.study import solve_day as module
from pts_optimiser.study.case import Case, plan_case
from pts_optimiser.study.scenario import Scenario
from pts_optimiser.study.solve_day import Answer, Task, solve_day
from pts_optimiser.study.travel_store import travel_of
from tests.study.days import little

SCENARIO = Scenario("usual", budget=5, warm=True)
TASK = Task("key", little(), SCENARIO, load_policy())


@cache
def answer() -> Answer:
    return solve_day(TASK)


def test_every_journey_has_one_row_served_or_not() -> None:
    rides = answer().tables["rides"].to_pylist()
    figures = answer().tables["figures"].to_pylist()[0]
    assert len(rides) == figures["journeys"] == len(little().journeys)
    assert sum(ride["served"] for ride in rides) == figures["served"]
    assert all((ride["aboard_s"] is not None) == ride["served"] for ride in rides)


def test_the_tables_agree_with_each_other() -> None:
    tables = {name: table.to_pylist() for name, table in answer().tables.items()}
    figures = tables["figures"][0]
    assert sum(row["journeys"] for row in tables["vehicle_types"]) == figures["served"]
    assert sum(row["offered"] for row in tables["vehicle_types"]) == figures["duties_offered"]
    assert sum(row["driven_hours"] for row in tables["vehicle_types"]) == pytest.approx(
        figures["driven_hours"], abs=1e-3
    )
    taken, offered = (
        sum(row[name] for row in tables["vehicle_types"]) for name in ("seats_taken_s", "seats_offered_s")
    )
    assert taken / offered == pytest.approx(figures["U1"], abs=1e-4)
    assert all(row["taken"] <= row["permitted"] <= row["in_service"] for row in tables["hours"])


def test_the_same_task_gives_the_same_answer() -> None:
    again = solve_day(TASK)
    assert again.habits == answer().habits
    assert all(again.tables[name].equals(table) for name, table in answer().tables.items())


def test_a_day_of_few_journeys_is_searched_as_long_as_the_plan_asks_at_least() -> None:
    case = Case(little(), Scenario("short", budget=5), load_policy(), travel_of(little(), load_policy(), None))
    assert case.iterations == 5 * len(little().journeys)
    assert replace(case, scenario=Scenario("least", budget=5, budget_least=10_000)).iterations == 10_000


def test_a_baseline_is_an_engine_like_any_other() -> None:
    figures = solve_day(replace(TASK, scenario=Scenario("desk", engine="manual"))).tables["figures"].to_pylist()[0]
    assert 0 < figures["served"] <= figures["journeys"]


def test_a_week_later_starts_from_the_plan_before() -> None:
    same_again = replace(TASK, scenario=replace(SCENARIO, budget=0))
    before = answer().tables["figures"].to_pylist()[0]
    after = solve_day(same_again, answer().habits).tables["figures"].to_pylist()[0]
    assert after["served"] >= before["served"]


def test_rides_name_no_patient() -> None:
    rides = answer().tables["rides"].to_pylist()
    assert not {journey.patient_ref for journey in little().journeys} & {ride["patient"] for ride in rides}


def test_a_plan_that_breaks_a_rule_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def overdriven(case: Case) -> PlannedDay:
        planned = plan_case(case)
        return replace(planned, duties=tuple(replace(duty, drive_s=duty.drive_s + 1) for duty in planned.duties))

    monkeypatch.setattr(module, "plan_case", overdriven)
    with pytest.raises(RefusedRosterError):
        solve_day(TASK)

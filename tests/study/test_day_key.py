from __future__ import annotations

from dataclasses import replace
from datetime import date

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.study.day_key import day_key, engine_version, scenario_key
from pts_optimiser.study.days import GeneratedDay
from pts_optimiser.study.scenario import Scenario
from tests.study.days import little

SOURCE = GeneratedDay(date(2026, 9, 15), 1)
SCENARIO = Scenario("one")
POLICY = load_policy()


def test_everything_that_makes_an_answer_changes_its_address() -> None:
    of_scenario = [
        scenario_key(SCENARIO, POLICY),
        scenario_key(replace(SCENARIO, budget=61), POLICY),
        scenario_key(replace(SCENARIO, demand=0.9), POLICY),
        scenario_key(replace(SCENARIO, duties=little().duties), POLICY),
        scenario_key(SCENARIO, load_policy(distancing="one_party")),
        scenario_key(SCENARIO, load_policy(b"[costs]\ncrew_per_hour = 22.0\n")),
        scenario_key(SCENARIO, POLICY, network="roads"),
    ]
    keys = [
        *(day_key(SOURCE.recipe, scenario) for scenario in of_scenario),
        day_key(replace(SOURCE, seed=2).recipe, of_scenario[0]),
        day_key(SOURCE.recipe, of_scenario[0], after="the week before"),
    ]
    assert len(set(keys)) == len(keys)


def test_the_name_of_a_scenario_is_no_part_of_the_address() -> None:
    renamed = replace(SCENARIO, name="other", duties_file="mix.csv")
    assert scenario_key(renamed, POLICY) == scenario_key(SCENARIO, POLICY)


def test_code_that_makes_answers_is_part_of_the_address(monkeypatch) -> None:
    before = scenario_key(SCENARIO, POLICY)
    monkeypatch.setattr("pts_optimiser.study.day_key.engine_version", lambda: f"{engine_version()}'")
    assert scenario_key(SCENARIO, POLICY) != before

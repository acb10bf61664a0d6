from __future__ import annotations

from dataclasses import replace
from datetime import date

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.study.day_key import day_key, engine_version
from pts_optimiser.study.days import GeneratedDay
from pts_optimiser.study.scenario import Scenario
from tests.study.days import little

SOURCE = GeneratedDay(date(2026, 9, 15), 1)
SCENARIO = Scenario("one")
POLICY = load_policy()


def test_everything_that_makes_an_answer_changes_its_address() -> None:
    keys = [
        day_key(SOURCE.recipe, SCENARIO, POLICY),
        day_key(replace(SOURCE, seed=2).recipe, SCENARIO, POLICY),
        day_key(SOURCE.recipe, replace(SCENARIO, budget=61), POLICY),
        day_key(SOURCE.recipe, replace(SCENARIO, demand=0.9), POLICY),
        day_key(SOURCE.recipe, replace(SCENARIO, duties=little().duties), POLICY),
        day_key(SOURCE.recipe, SCENARIO, load_policy(distancing="one_party")),
        day_key(SOURCE.recipe, SCENARIO, load_policy(b"[costs]\ncrew_per_hour = 22.0\n")),
        day_key(SOURCE.recipe, SCENARIO, POLICY, network="roads"),
        day_key(SOURCE.recipe, SCENARIO, POLICY, after="the week before"),
    ]
    assert len(set(keys)) == len(keys)


def test_the_name_of_a_scenario_is_no_part_of_the_address() -> None:
    renamed = replace(SCENARIO, name="other", duties_file="mix.csv")
    assert day_key(SOURCE.recipe, renamed, POLICY) == day_key(SOURCE.recipe, SCENARIO, POLICY)


def test_code_that_makes_answers_is_part_of_the_address(monkeypatch) -> None:
    before = day_key(SOURCE.recipe, SCENARIO, POLICY)
    monkeypatch.setattr("pts_optimiser.study.day_key.engine_version", lambda: f"{engine_version()}'")
    assert day_key(SOURCE.recipe, SCENARIO, POLICY) != before

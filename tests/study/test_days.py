from __future__ import annotations

from datetime import date

from pts_optimiser.study.days import GeneratedDay
from tests.study.days import little

DAY = date(2026, 9, 15)


def test_a_contract_has_its_own_journeys_and_the_duties_from_its_bases() -> None:
    day = GeneratedDay(DAY, 1, contracts=("cheshire",)).day(1.0)
    assert {journey.contract for journey in day.journeys} == {"cheshire"}
    assert {duty.vehicle_id.split("-")[1] for duty in day.duties} == {"cheshire"}


def test_more_demand_is_generated_and_the_duties_stay() -> None:
    source = GeneratedDay(DAY, 1, 0.2)
    usual, more = source.day(1.0), source.day(1.5)
    assert len(more.journeys) > 1.3 * len(usual.journeys)
    assert more.duties == usual.duties


def test_recipes_tell_days_apart() -> None:
    days = [
        GeneratedDay(DAY, 1),
        GeneratedDay(DAY, 2),
        GeneratedDay(DAY, 1, 0.5),
        GeneratedDay(DAY, 1, contracts=("a",)),
    ]
    assert len({day.recipe for day in [*days, little(), little(120)]}) == 6


def test_a_day_from_files_is_told_by_its_content() -> None:
    assert little().recipe == little().day(1.0).recipe
    assert "home" not in little().recipe


def test_a_contract_has_the_same_duties_on_every_weekday() -> None:
    made = [GeneratedDay(date(2026, 9, day), 1, contracts=("sandwell",)).day(1.0) for day in (25, 28)]
    assert {duty.base for day in made for duty in day.duties} == {"Oldbury"}
    assert len(made[0].duties) == len(made[1].duties)

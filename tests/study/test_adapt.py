from __future__ import annotations

from datetime import date

from pts_optimiser.demand.fleet import duties_of
from pts_optimiser.demand.wall import DayKind
from pts_optimiser.study.adapt import adapted, moved
from pts_optimiser.study.scenario import Scenario
from tests.days import CLOCKS_FORWARD
from tests.study.days import little


def test_a_scenario_that_changes_nothing_leaves_the_day_as_it_is() -> None:
    assert adapted(little(), Scenario("as given")) == little()


def test_own_duties_serve_one_contract_and_pooled_ones_any() -> None:
    own = adapted(little(), Scenario("own", pooling="own")).duties
    assert all(len(duty.contracts) == 1 for duty in own)
    assert len({contract for duty in own for contract in duty.contracts}) > 1
    day = little()
    kept = type(day)(day.service_date, day.journeys, own)
    assert not any(duty.contracts for duty in adapted(kept, Scenario("all", pooling="all")).duties)
    assert adapted(kept, Scenario("as given")).duties == own


def test_the_electric_share_has_a_range_and_the_others_none() -> None:
    duties = adapted(little(), Scenario("electric", electric=0.5)).duties
    electric = [duty for duty in duties if duty.energy == "electric"]
    assert abs(len(electric) - len(duties) / 2) <= 2
    assert all((duty.range_km is not None) == (duty.energy == "electric") for duty in duties)


def test_duties_of_another_date_keep_their_hours_by_the_clock_on_the_wall() -> None:
    duties = duties_of(date(2026, 3, 22), 1)
    there = moved(duties, CLOCKS_FORWARD)
    for before, after in zip(duties, there, strict=True):
        assert after.start_at.date() - before.start_at.date() == CLOCKS_FORWARD - date(2026, 3, 22)
        assert (after.start_at.time(), after.end_at.time()) == (before.start_at.time(), before.end_at.time())
        assert (before.rest is None) == (after.rest is None)


def test_given_duties_take_the_place_of_the_days_own() -> None:
    duties = tuple(duties_of(date(2026, 9, 15), 1)[:5])
    found = adapted(little(), Scenario("mix", duties=duties)).duties
    assert [duty.duty_id for duty in found] == [duty.duty_id for duty in duties]
    assert {duty.start_at.date() for duty in found} == {little().service_date}


def test_chosen_duties_are_those_of_the_kind_of_day() -> None:
    weekday, saturday = (tuple(duties_of(date(2026, 9, day), 1)[:2]) for day in (15, 19))
    scenario = Scenario("mix", chosen={DayKind.WEEKDAY: weekday, DayKind.SATURDAY: saturday})
    found = adapted(little(), scenario).duties
    assert [duty.duty_id for duty in found] == [duty.duty_id for duty in weekday]
    assert {duty.start_at.date() for duty in found} == {little().service_date}

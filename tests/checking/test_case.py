from dataclasses import replace
from datetime import date, datetime

import pytest

from pts_optimiser.checking import Code

from . import town
from .builder import Scenario, scenario
from .damage import in_roster


def idle_day(claimed: date, *starts: datetime) -> Scenario:
    """A roster without journeys that claims a service date, beside duties that start when they start."""
    duties = tuple(replace(town.duties()[0], duty_id=f"D{i}", start_at=start) for i, start in enumerate(starts))
    good = in_roster(scenario(), service_date=claimed, duties=(), unserved=())
    return replace(good, journeys=(), duties=duties)


@pytest.mark.parametrize("claimed", [date(2026, 2, 3), date(2026, 2, 4)])
def test_where_start_dates_tie_the_claimed_one_holds(claimed: date):
    assert idle_day(claimed, town.at("07:00"), town.at("+00:30")).codes() == set()


def test_a_date_on_which_no_duty_starts_is_refused():
    assert idle_day(date(2026, 2, 5), town.at("07:00"), town.at("+00:30")).codes() == {Code.SERVICE_DATE}


def test_the_date_on_which_most_duties_start_holds():
    starts = town.at("07:00"), town.at("+00:30"), town.at("+07:00")
    assert idle_day(date(2026, 2, 4), *starts).codes() == set()
    assert idle_day(date(2026, 2, 3), *starts).codes() == {Code.SERVICE_DATE}


def test_without_duties_the_claimed_date_stands():
    assert idle_day(date(2026, 2, 5)).codes() == set()


def test_a_start_in_another_time_zone_counts_by_london():
    start = datetime.fromisoformat("2026-02-02T23:30:00-02:00")
    assert idle_day(date(2026, 2, 3), start).codes() == set()
    assert idle_day(date(2026, 2, 2), start).codes() == {Code.SERVICE_DATE}

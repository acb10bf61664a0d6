from datetime import UTC, date, timedelta

import pytest

from pts_optimiser.demand.wall import DayKind, at, bank_holidays, day_kind

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_the_wall_clock_shows_the_minute_asked_for() -> None:
    assert at(date(2026, 6, 2), 6 * 60 + 45).isoformat() == "2026-06-02T06:45:00+01:00"


@pytest.mark.parametrize("service_date", [SPRING, AUTUMN])
def test_noon_is_noon_on_days_the_clocks_change(service_date: date) -> None:
    assert at(service_date, 720).strftime("%d %H:%M") == f"{service_date.day} 12:00"


@pytest.mark.parametrize(("service_date", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 2), 24)])
def test_a_day_is_as_long_as_it_is_lived(service_date: date, hours: int) -> None:
    assert at(service_date, 1440).astimezone(UTC) - at(service_date, 0).astimezone(UTC) == timedelta(hours=hours)


def test_a_time_that_the_spring_change_skips_becomes_one_that_exists() -> None:
    assert at(SPRING, 90).isoformat() == "2026-03-29T02:30:00+01:00"


def test_minutes_below_zero_are_the_day_before_and_beyond_1440_the_day_after() -> None:
    assert at(date(2026, 6, 2), -360).isoformat() == "2026-06-01T18:00:00+01:00"
    assert at(date(2026, 6, 2), 1470).isoformat() == "2026-06-03T00:30:00+01:00"


def test_bank_holidays_of_2026_are_those_published() -> None:
    shown = sorted(day.strftime("%m-%d") for day in bank_holidays(2026))
    assert shown == ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-26", "12-28"]


def test_christmas_on_a_weekend_has_its_substitute_days() -> None:
    assert {date(2022, 12, 26), date(2022, 12, 27)} <= bank_holidays(2022)


@pytest.mark.parametrize(
    ("year", "monday"), [(2024, date(2024, 4, 1)), (2025, date(2025, 4, 21)), (2027, date(2027, 3, 29))]
)
def test_easter_monday_falls_where_the_calendar_has_it(year: int, monday: date) -> None:
    assert monday in bank_holidays(year)


def test_kinds_of_day() -> None:
    kinds = [day_kind(date(2026, 5, 22) + timedelta(days=offset)) for offset in range(5)]
    assert kinds == [DayKind.WEEKDAY, DayKind.SATURDAY, DayKind.SUNDAY, DayKind.SUNDAY, DayKind.WEEKDAY]

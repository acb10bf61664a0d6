"""Times as whole minutes on the wall clock of a service date, and the kinds of day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from pts_optimiser.domain.clock import LONDON


class DayKind(StrEnum):
    WEEKDAY = "weekday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def at(service_date: date, minute: float) -> datetime:
    """When the clock shows ``minute`` past the date's midnight; below 0 the days before, from 1440 the days after.

    A time that the spring change skips becomes the one an hour later.
    """
    days, rest = divmod(round(minute), 1440)
    shown = datetime.combine(service_date + timedelta(days=days), time(rest // 60, rest % 60), tzinfo=LONDON)
    return shown.astimezone(UTC).astimezone(LONDON)


def day_kind(service_date: date) -> DayKind:
    """Weekday, Saturday or Sunday; a bank holiday in England counts as a Sunday."""
    if service_date.weekday() == 6 or service_date in bank_holidays(service_date.year):
        return DayKind.SUNDAY
    return DayKind.SATURDAY if service_date.weekday() == 5 else DayKind.WEEKDAY


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The regular bank holidays of England, with the substitute days of those that fall on a weekend."""
    easter = _easter(year)
    days = {easter - timedelta(days=2), easter + timedelta(days=1)}
    days |= {_monday_from(date(year, 5, 1)), _monday_from(date(year, 5, 25)), _monday_from(date(year, 8, 25))}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        moved = fixed
        while moved.weekday() >= 5 or moved in days:
            moved += timedelta(days=1)
        days |= {fixed, moved}
    return frozenset(days)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)

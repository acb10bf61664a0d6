"""Service-day time: aware Europe/London datetimes and whole seconds after the day's local midnight.

Seconds are elapsed seconds, so a 23- or 25-hour day is counted as it is lived: 07:00 on the last Sunday of
October is 28,800 s after midnight, not 25,200.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def midnight(service_date: date) -> datetime:
    """Local midnight at which ``service_date`` begins."""
    return datetime.combine(service_date, time(), tzinfo=LONDON)


def seconds_after(origin: datetime, moment: datetime) -> int:
    """Elapsed whole seconds from ``origin`` to ``moment`` (both aware)."""
    return round(moment.timestamp() - origin.timestamp())


def moment_at(origin: datetime, seconds: int) -> datetime:
    """The London datetime ``seconds`` elapsed seconds after ``origin``."""
    return datetime.fromtimestamp(origin.timestamp() + int(seconds), LONDON)


def wall_seconds(service_date: date, seconds_of_day: int) -> int:
    """Elapsed seconds after midnight at which the clock on the wall shows ``seconds_of_day``."""
    hours, rest = divmod(seconds_of_day, 3600)
    shown = datetime.combine(service_date, time(hours, rest // 60, rest % 60), tzinfo=LONDON)
    return seconds_after(midnight(service_date), shown)

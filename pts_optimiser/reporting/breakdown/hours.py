"""Spans of time cut at the full hours of the clock on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pts_optimiser.domain.clock import LONDON, midnight, moment_at, seconds_after

HOUR_S = 3600


class Hours:
    """The hours of a service day: 24 and more are of the day after, below 0 of the day before."""

    def __init__(self, service_date: date) -> None:
        self._date, self._origin = service_date, midnight(service_date)
        self._shown: dict[int, int] = {}

    def of(self, moment: datetime) -> int:
        """The hour that the clock shows at a moment."""
        return self._on_wall(seconds_after(self._origin, moment) // HOUR_S)

    def cut(self, begin: datetime, seconds: float) -> Iterator[tuple[int, float]]:
        """Each hour that a span touches, with how many seconds of it lie there; one hour with 0 for no length."""
        left = float(seconds_after(self._origin, begin))
        end = left + seconds
        while True:
            hour = int(left // HOUR_S)
            until = min(end, (hour + 1) * HOUR_S)
            yield self._on_wall(hour), until - left
            if until >= end:
                return
            left = until

    def _on_wall(self, hour: int) -> int:
        if hour not in self._shown:
            local = moment_at(self._origin, hour * HOUR_S).astimezone(LONDON)
            self._shown[hour] = 24 * (local.date() - self._date).days + local.hour
        return self._shown[hour]

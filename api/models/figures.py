"""Days whose figures are asked for together."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.models.base import Body, Shown


class RangeIn(Body):
    """From the first day to the last, both with."""

    first: date
    last: date


class DayWithRosterOut(Shown):
    """A day, and the versions of its roster that there are."""

    service_date: date
    published: int | None = Field(description="The version that is published")
    latest: int


class DaysWithRostersOut(Shown):
    """The days of a range that have a roster, earliest first."""

    items: list[DayWithRosterOut]

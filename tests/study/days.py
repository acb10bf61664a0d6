"""Small days shared by the tests of studies."""

from __future__ import annotations

from functools import cache

from pts_optimiser.study.days import StudyDay
from tests.days import WEEKDAY, small_day


@cache
def little(share: int = 60) -> StudyDay:
    """About 60 journeys of a generated weekday and some duties."""
    day = small_day(share=share)
    return StudyDay(WEEKDAY, day.journeys, day.duties)

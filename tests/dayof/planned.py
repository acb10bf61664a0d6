"""One planned day of about 300 journeys, shared by the tests of late risk."""

from __future__ import annotations

from functools import cache

from benchmarks.plain_day import Day
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import Search, plan_day
from tests.days import WEEKDAY, small_day


@cache
def planned_day() -> Day:
    small, policy = small_day(share=12), load_policy()
    planned = plan_day(small.journeys, small.duties, policy, WEEKDAY, Search(iterations=1000, workers=1))
    roster = Roster(WEEKDAY, {}, {}, {}, {}, planned.duties, planned.unserved)
    return Day(roster, small.journeys, small.duties, policy, planned.travel)

"""Days that the engine has planned, for the referee to be tried on beside the town of hand-made ones."""

from __future__ import annotations

from functools import cache

from pts_optimiser.checking import TravelTable
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import Search, plan_day
from tests.days import WEEKDAY, small_day

from .builder import Scenario


@cache
def planned(distancing: str = "off", share: int = 24) -> Scenario:
    """A part of a generated weekday, its roster as the engine leaves it."""
    day, policy = small_day(share=share), load_policy(distancing=distancing)
    plan = plan_day(day.journeys, day.duties, policy, WEEKDAY, Search(iterations=400, workers=1))
    names = {"distancing": distancing, "standards": policy.standards_name}
    kpis = {"served": len(day.journeys) - len(plan.unserved), "unserved": len(plan.unserved)}
    roster = Roster(WEEKDAY, {}, names, {}, {}, plan.duties, plan.unserved, kpis)
    found = plan.travel
    table = TravelTable(found.lat, found.lon, found.seconds, found.metres, found.band_start_s)
    return Scenario(roster, day.journeys, day.duties, policy, table)

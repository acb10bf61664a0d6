"""A small day with its problem, for the baselines."""

from __future__ import annotations

from functools import cache

from pts_optimiser.domain.duty import Duty
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.build import build
from pts_optimiser.planning.own_contract import for_own
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel import formula_travel
from solver import Problem
from tests.days import SmallDay, small_day

SHARE = 30


@cache
def day_and_problem() -> tuple[SmallDay, tuple[Duty, ...], Problem]:
    """The day, its duties each for its own contract, and the problem of both."""
    day, policy = small_day(share=SHARE), load_policy()
    places = places_of(day.journeys, day.duties)
    duties = for_own(day.duties, day.journeys)
    travel = formula_travel(places, policy, day.service_date)
    return day, duties, build(day.journeys, duties, policy, travel, places, day.service_date)

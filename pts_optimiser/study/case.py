"""One day of one scenario, and its plan."""

from __future__ import annotations

from dataclasses import dataclass

from geodata import TravelTimes
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.planning.day import PlannedDay, Search, plan_day
from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.scenario import Scenario

HOT = 1.0
"""Temperature at the beginning, in mean direct drives: cooler than the engine's own, which is for longer searches."""

ITERATIONS_A_SECOND = 6_000
"""What our own search does on a day of the whole region: OR-Tools, which knows only the clock, gets as long."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A day as its scenario has it. ``travel`` is between ``places_of`` it; ``start`` a plan to begin with."""

    day: StudyDay
    scenario: Scenario
    policy: Policy
    travel: TravelTimes
    start: Roster | None = None

    @property
    def iterations(self) -> int:
        """The scenario's budget for this day."""
        return max(self.scenario.budget * len(self.day.journeys), self.scenario.budget_least)


def plan_case(case: Case) -> PlannedDay:
    """By our own search, OR-Tools by the clock, or a baseline, which starts from nothing and needs no budget."""
    scenario = case.scenario
    search = Search(
        engine=scenario.engine,
        seed=scenario.seed,
        workers=1,
        iterations=case.iterations if scenario.engine == "hybrid" else None,
        budget_s=case.iterations / ITERATIONS_A_SECOND,
        hot=HOT,
    )
    return plan_day(
        case.day.journeys,
        case.day.duties,
        case.policy,
        case.day.service_date,
        search,
        warm=case.start,
        travel=case.travel,
        looked_into=0,
    )

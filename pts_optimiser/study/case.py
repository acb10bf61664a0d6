"""What a planner gets: one day of one scenario; and the planners by the name of their engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geodata import TravelTimes
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.planning.day import PlannedDay, Search, plan_day
from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.scenario import Scenario

HOT = 0.3
"""Temperature at the beginning, in mean direct drives: cooler than the engine's own, which is for longer searches."""


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
        return self.scenario.budget * len(self.day.journeys)


Planner = Callable[[Case], PlannedDay]


def by_search(case: Case) -> PlannedDay:
    """The project's own search, OR-Tools by the clock, or a baseline, which starts from nothing and needs no budget."""
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


ITERATIONS_A_SECOND = 6_000
"""What the own search does on a day of the whole region: OR-Tools, which knows only the clock, gets as long."""

PLANNERS: Mapping[str, Planner] = {
    "hybrid": by_search, "ortools": by_search, "manual": by_search, "insertion": by_search,
}  # fmt: skip
"""Engine of a scenario → who plans its days."""

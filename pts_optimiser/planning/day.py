"""One service day planned: places, travel times, problem, search, and back into the planner's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from time import perf_counter
from typing import Literal

from geodata import TravelTimes
from pts_optimiser.domain.clock import midnight
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster, RosteredDuty, Unserved
from pts_optimiser.planning.baselines import BASELINES
from pts_optimiser.planning.build import build
from pts_optimiser.planning.drafts import drafting
from pts_optimiser.planning.held import telling_held, with_held
from pts_optimiser.planning.own_contract import for_own
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.read_back import read_back
from pts_optimiser.planning.reasons import LOOKED_INTO, unserved
from pts_optimiser.planning.travel import formula_travel
from pts_optimiser.planning.warm import warm_start
from pts_optimiser.planning.wishes import timing_wishes
from solver import Problem, Sequences, Solution
from solver.alone import fits_alone
from solver.bound import driving_lower_bound
from solver.engine import solve, timed
from solver.progress import Clock, Progress, ShouldStop, never, silent
from solver.solution import sequences
from solver.timing import retimed

Engine = Literal["hybrid", "ortools", "manual", "insertion"]
BOUND_MOST = 400
"""Journeys of which the driving is bounded from below; beyond, the proof takes too long to be worth its while."""


@dataclass(frozen=True, slots=True)
class Search:
    """How to search: ``budget_s`` seconds by ``clock``, or exactly ``iterations`` where they are given.

    ``hot`` is the temperature at the beginning (see ``solver.engine.solve``), None: the engine's own. A baseline plans
    whole days, from nothing, and takes as long as it takes.
    """

    engine: Engine = "hybrid"
    budget_s: float = 90.0
    seed: int = 1
    workers: int = 2
    iterations: int | None = None
    clock: Clock = perf_counter
    hot: float | None = None

    def solve(
        self,
        problem: Problem,
        on_progress: Callable[[Progress], None],
        start: Sequences | None = None,
        should_stop: ShouldStop = never,
    ) -> Solution:
        """Solve a problem so, where the engine is no baseline."""
        return solve(
            problem,
            engine="ortools" if self.engine == "ortools" else "hybrid",
            budget_s=self.budget_s,
            seed=self.seed,
            iterations=self.iterations,
            workers=self.workers,
            start=start,
            hot=self.hot,
            clock=self.clock,
            on_progress=on_progress,
            should_stop=should_stop,
        )


@dataclass(frozen=True, slots=True, eq=False)
class PlannedDay:
    """``servable`` counts the journeys that fit some duty while it is free; ``iterations`` those of the search.

    ``least_drive_s``: no plan that serves the same journeys and targets drives less; None where that was not asked for
    or not proved.
    """

    duties: tuple[RosteredDuty, ...]
    unserved: tuple[Unserved, ...]
    travel: TravelTimes
    servable: int
    iterations: int
    least_drive_s: int | None = None


def plan_day(
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
    service_date: date,
    search: Search,
    *,
    warm: Roster | None = None,
    held: Mapping[str, str] | None = None,
    travel: TravelTimes | None = None,
    bound_s: float = 0.0,
    looked_into: int = LOOKED_INTO,
    on_progress: Callable[[Progress], None] = silent,
    on_duties: Callable[[PlannedDay], None] | None = None,
    on_draft: Callable[[PlannedDay], None] | None = None,
    should_stop: ShouldStop = never,
) -> PlannedDay:
    """Plan a day; every journey ends on one duty or among the unserved, with its reason.

    ``held`` names journeys that stay on a duty, by it: none of them is on another, and they come before all others.

    ``on_duties`` gets the plan as soon as its duties are final, with the plainest reasons: to look into what stands in
    a journey's way takes seconds more. ``on_draft`` gets the best plan so far every ``DRAFT_S`` seconds of the search,
    beside it, without its final timing. Once ``should_stop`` says so the search ends, and the best plan is made ready.

    ``travel`` is between ``places_of(journeys, duties)`` in their order; without it the formula is used.
    ``looked_into`` of the unserved are tried on their nearest duties for what stands in their way.
    ``bound_s`` seconds are spent on a lower bound of the driving, where at most ``BOUND_MOST`` journeys are served.
    """
    if search.engine == "manual":
        duties = for_own(duties, journeys)
    places = places_of(journeys, duties)
    travel = travel or formula_travel(places, policy, service_date)
    problem = build(journeys, duties, policy, travel, places, service_date)
    if held:
        problem = with_held(problem, journeys, duties, held)
    start = warm_start(warm, problem, journeys, duties, service_date) if warm else None
    alone = cache(partial(fits_alone, problem))

    def rostered(solution: Solution) -> tuple[RosteredDuty, ...]:
        return read_back(solution, problem, journeys, duties, policy, travel, service_date)

    def planned(
        solution: Solution, timed_duties: tuple[RosteredDuty, ...], closely: int = 0, least: int | None = None
    ) -> PlannedDay:
        origin = midnight(service_date)
        told = unserved(solution, problem, alone(), journeys, duties, policy, origin, looked_into=closely)
        left_out = telling_held(told, held) if held else told
        servable = int(alone().any(axis=1).sum())
        return PlannedDay(timed_duties, left_out, travel, servable, solution.iterations, least)

    def draft(best: Sequences, iterations: int) -> None:
        solution = timed(problem, best, iterations)
        if on_draft is not None:
            on_draft(planned(solution, rostered(solution)))

    with drafting(on_progress, draft) if on_draft else nullcontext(on_progress) as tell:
        baseline = BASELINES.get(search.engine)
        if baseline is None:
            found = search.solve(problem, tell, start, should_stop)
        else:
            found = timed(problem, baseline(problem, journeys), 0)
    with ThreadPoolExecutor(1) as aside:  # compiled, so that it runs beside the timing
        trial = aside.submit(alone)
        solution = retimed(problem, found, timing_wishes(journeys))
        final = rostered(solution)
        trial.result()
    if on_duties is not None:
        on_duties(planned(solution, final))
    least = None
    if bound_s > 0 and problem.n_requests - len(solution.unserved) <= BOUND_MOST:
        least = driving_lower_bound(problem, sequences(solution, problem), bound_s)
    return planned(solution, final, looked_into, least)

"""The search of a re-plan: first round the event, then wider; where a vehicle is lost nobody else is moved far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

import numpy as np

from pts_optimiser.dayof import DayState, JourneyPhase, JourneyState, Plan
from pts_optimiser.planning.replan.limits import Followed, followed
from pts_optimiser.planning.replan.prices import RESCUE_S
from pts_optimiser.planning.replan.promises import free_to_move, stay_near
from pts_optimiser.planning.replan.published import Published
from pts_optimiser.planning.replan.remainder import Remainder
from pts_optimiser.planning.replan.worth import only_for, worth_telling
from solver import Problem, Sequences
from solver.progress import Clock
from solver.round_first import VEHICLES, Effort, nearest_vehicles, search_near, search_round_first

GENTLE = 0.05
"""Temperature at the beginning, in mean direct drives: the plan in force is kept in the main."""

ABOUT = 60
"""Round so many requests is searched first, at most."""

FETCH_FROM = 12, VEHICLES, None
"""So many vehicles near who sits in a lost one may move others far to come; more where these cannot, at last all."""

Search = Callable[[Problem, Sequences, Sequence[int], Effort], Sequences]
"""From a plan that holds to a better one, round some requests."""


@dataclass(frozen=True, slots=True)
class Replanning:
    """How to re-plan: ``budget_s`` seconds of ``clock``, or exactly ``iterations``.

    ``most_changes_percent`` of the published journeys may change duty in all re-plans of the day; else the policy's.
    """

    budget_s: float = 1.0
    seed: int = 1
    workers: int = 2
    iterations: int | None = None
    most_changes_percent: float | None = None
    clock: Clock = perf_counter


def best_found(left: Remainder, plan: Plan, state: DayState, how: Replanning) -> tuple[Followed, Sequences]:
    """The plan in force in a problem that it keeps, and the best plan found that moves no more than allowed.

    Nothing is searched where the plan in force is stuck.
    """
    prices = plan.policy.dayof
    percent = prices.most_changes_percent if how.most_changes_percent is None else how.most_changes_percent
    published = Published.of(plan)
    still = sum(journey.journey_id in plan.duty_of and published.keeps(journey.journey_id) for journey in left.journeys)
    most, spare = published.allowance(percent, still), published.spare(percent, still)
    lost = any(_has_lost_its_vehicle(state.journeys[journey.journey_id]) for journey in left.journeys)
    if not percent:
        left = replace(left, problem=_with_moves_priced(left.problem, prices.move_price))
    problem = stay_near(left.problem, left.times) if lost else left.problem
    now = followed(problem, left.current, left.times, left.riders)
    if now.stuck:
        return now, now.plan
    about = _about(now, left, plan, state)
    chosen = _searched(search_round_first, now.problem, now.plan, about, how, prices.told_price, most, spare)
    free: set[int] = set()
    for each in FETCH_FROM:
        waiting = _not_fetched(chosen, left, state)
        if waiting:
            search = partial(search_near, each=each) if each else search_round_first
            movers = nearest_vehicles(now.problem, chosen, waiting, each) if each else range(len(left.duties))
            # A target that is missed already is no price for moving far, and none is to be paid twice.
            on_them = {stop for v in movers for stop in chosen.stops[v] if stop < len(left.journeys)}
            opened = on_them - chosen.relaxed - free
            now, free = replace(now, problem=free_to_move(now.problem, left.problem, opened)), free | opened
            chosen = _fetching(search, now.problem, chosen, waiting, how, most)
    return now, chosen


def _fetching(
    search: Search,
    wide: Problem,
    start: Sequences,
    waiting: Sequence[int],
    how: Replanning,
    most: int,
) -> Sequences:
    """Room for who still sits in a lost vehicle, where others may be moved far: only what fetches somebody is kept."""
    n, stay = wide.n_requests, wide.stay
    moved = sum(
        stay is not None and stay.costs(stop, v) > 0 for v, row in enumerate(start.stops) for stop in row if stop < n
    )
    found = _searched(search, wide, start, waiting, how, RESCUE_S, max(0, most - moved), 0)
    return only_for(start, found, waiting, n)


def _has_lost_its_vehicle(journey: JourneyState) -> bool:
    return journey.phase is JourneyPhase.OPEN and journey.duty_id is None


def _not_fetched(chosen: Sequences, left: Remainder, state: DayState) -> list[int]:
    """Who of those who sit in a lost vehicle is left there."""
    rescues = set(state.to_rescue())
    served = {stop for row in chosen.stops for stop in row}
    return [r for r, journey in enumerate(left.journeys) if journey.journey_id in rescues and r not in served]


def _about(now: Followed, left: Remainder, plan: Plan, state: DayState) -> list[int]:
    """What a re-plan is about, what comes first first: who sits in a lost vehicle, whose limits do not hold, who has
    lost a place or was not known before, and who had none before."""
    n = len(left.journeys)
    served = {stop for row in now.plan.stops for stop in row if stop < n}
    absent = [r for r in range(n) if r not in served]
    absent.sort(key=lambda r: left.journeys[r].journey_id in plan.unserved)
    return list(dict.fromkeys([*_not_fetched(now.plan, left, state), *sorted(now.late), *absent]))


def _searched(
    search: Search,
    problem: Problem,
    start: Sequences,
    about: Sequence[int],
    how: Replanning,
    told_s: int,
    most: int,
    spare: int,
) -> Sequences:
    """The best plan found from ``start`` that moves at most ``most`` and is worth telling (see ``worth_telling``)."""
    effort = Effort(how.budget_s, how.seed, how.workers, GENTLE, how.iterations, how.clock)
    for allowed in [*([problem] if most else []), _without_moves(problem, start)]:
        told = worth_telling(problem, start, search(allowed, start, about[:ABOUT], effort), told_s, most, spare)
        if told is not None:
            return told
    return start


def _without_moves(problem: Problem, plan: Sequences) -> Problem:
    """Who is on a vehicle stays on it, where leaving it has a price."""
    compatible, stay = problem.compatible.copy(), problem.stay
    for v, row in enumerate(plan.stops):
        riders = [stop for stop in row if stop < problem.n_requests and stay is not None and stay.cost[stop]]
        kept = compatible[riders, v]
        compatible[riders] = False
        compatible[riders, v] = kept
    return replace(problem, compatible=compatible)


def _with_moves_priced(problem: Problem, price: int) -> Problem:
    """The problem where every move has a price."""
    stay = problem.stay
    return problem if stay is None else replace(problem, stay=replace(stay, cost=np.full_like(stay.cost, price)))

"""From the state of the day to a proposal: the plan as it stands or a better one, and what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from geodata import TravelTimes
from pts_optimiser.dayof import DayState, Plan
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.policy import DayOf
from pts_optimiser.domain.roster import Roster, RosteredDuty, StopKind, Unserved
from pts_optimiser.planning.read_back import read_back
from pts_optimiser.planning.reasons import unserved
from pts_optimiser.planning.replan.anchoring import anchored_anew, begins
from pts_optimiser.planning.replan.joined import banded_anew, joined
from pts_optimiser.planning.replan.limits import Followed, followed
from pts_optimiser.planning.replan.remainder import Remainder, remainder
from pts_optimiser.planning.replan.travel import times_of
from pts_optimiser.planning.replan.worth import worth_telling
from pts_optimiser.planning.wishes import timing_wishes
from solver import Problem, Sequences, Solution
from solver.alone import fits_alone
from solver.engine import timed
from solver.lns import search_neighbourhoods
from solver.problem import Stay
from solver.progress import Clock
from solver.solution import sequences
from solver.timing import Prices, retimed

GENTLE = 0.05
"""Temperature at the beginning, in mean direct drives: the plan in force is kept in the main."""

ANCHORINGS = 3
"""How often stops that have moved far are put into the traffic of their new time."""

HOLDINGS = 4
"""How often a re-plan is tried with more duties left as they are, before the whole plan is."""

DEARER = 4
"""How much dearer moving becomes where too many journeys change duty,"""
TRIES = 3
"""and how often."""


@dataclass(frozen=True, slots=True)
class Replanning:
    """How to re-plan: ``budget_s`` seconds of ``clock``, or exactly ``iterations``."""

    budget_s: float = 1.0
    seed: int = 1
    workers: int = 2
    iterations: int | None = None
    most_changes: int | None = None  # journeys that may change duty; else the policy's share
    clock: Clock = perf_counter


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """The day as proposed.

    ``gained_s``: what it is better than the plan as it stands, in seconds of driving, all prices counted; 0 where that
    stays. ``driving_s``: driving still to come, less that of the plan as it stands.
    """

    duties: tuple[RosteredDuty, ...]
    unserved: tuple[Unserved, ...]
    travel: TravelTimes
    gained_s: int
    driving_s: int
    changed: frozenset[str]  # duties with other stops than before


def reoptimise(plan: Plan, state: DayState, before: Roster, rules: DayRules, how: Replanning) -> Proposal:
    """Plan the rest of the day anew, from ``before``, the plan as it stands, within the ``rules`` of the day.

    Duties that no rule fits any more, by what was reported of them, go on as they are; the others are planned without
    them.
    """
    held = frozenset(duty.duty_id for duty in before.duties if _without_start(duty))
    for _ in range(HOLDINGS):
        found = _tried(plan, state, before, rules, how, held)
        if isinstance(found, Proposal):
            return found
        held |= found
    travel = times_of(plan.travel, str(plan.roster.travel.get("model", "")))
    return Proposal(before.duties, before.unserved, travel, 0, 0, frozenset())


def _tried(
    plan: Plan, state: DayState, before: Roster, rules: DayRules, how: Replanning, held: frozenset[str]
) -> Proposal | frozenset[str]:
    """A proposal that leaves the duties ``held`` alone, or more of them that are to be."""
    prices = plan.policy.dayof
    left = remainder(plan, state, before, rules, held)
    now = followed(left.problem, left.current, left.times, left.riders)
    if now.stuck:
        return frozenset(left.duties[v].duty_id for v in now.stuck)
    problem, stands = now.problem, timed(now.problem, now.plan, 0)
    published = len(plan.duty_of)
    most = int(published * prices.most_changes_percent / 100) if how.most_changes is None else how.most_changes
    found = timed(problem, *_searched(now, how, prices, most))
    if found.cost >= stands.cost:
        found = stands
    wishes = replace(timing_wishes(left.journeys), promised=left.promised)
    paid = Prices(promise=prices.promise_price)
    unsure = now.unsure
    changed = _changed(found, left)
    retold = retimed(problem, _of(found, changed, left), wishes, paid)
    for _ in range(ANCHORINGS):
        anew = anchored_anew(problem, retold, left, plan)
        if anew is None:
            break
        times = [mine or known for mine, known in zip(begins(problem, retold), left.times, strict=True)]
        problem, left = anew
        again = followed(problem, sequences(found, problem), times, left.riders)
        unsure |= again.unsure
        problem, found = again.problem, timed(again.problem, again.plan, found.iterations)
        if again.dropped:
            found = timed(problem, *_searched(again, how, prices, most))
        changed = _changed(found, left)
        retold = retimed(problem, _of(found, changed, left), wishes, paid)
    doubtful = changed & {left.duties[v].duty_id for v in unsure} | _robbed(found, left)
    if doubtful:
        return doubtful
    rest = read_back(retold, problem, left.journeys, left.duties, plan.policy, left.travel, state.service_date)
    new = {duty.duty_id: duty for duty in rest}
    duties = tuple(
        joined(duty, new[duty.duty_id], left, rules, plan) if duty.duty_id in changed else duty
        for duty in before.duties
    )
    if len(left.travel.band_start_s) != len(plan.travel.band_start_s):
        duties = tuple(banded_anew(duty, state, left.travel, plan) for duty in duties)
    left_out = unserved(found, problem, fits_alone(problem), left.journeys, left.duties, plan.policy, looked_into=0)
    return Proposal(duties, left_out, left.travel, stands.cost - found.cost, found.driving - stands.driving, changed)


def _of(solution: Solution, duties: frozenset[str], left: Remainder) -> Solution:
    """The routes of some duties: only they get new times."""
    routes = tuple(route for route in solution.routes if left.duties[route.vehicle].duty_id in duties)
    return replace(solution, routes=routes)


def _robbed(solution: Solution, left: Remainder) -> frozenset[str]:
    """Duties some of whose journeys have no place any more: better that they keep them, however late."""
    out = set(solution.unserved.tolist())
    return frozenset(
        duty.duty_id for duty, stops in zip(left.duties, left.current.stops, strict=True) if not out.isdisjoint(stops)
    )


def _without_start(duty: RosteredDuty) -> bool:
    """Whether it is out though nobody knows since when."""
    return bool(duty.stops) and duty.stops[0].kind is not StopKind.START


def _searched(now: Followed, how: Replanning, prices: DayOf, most: int) -> tuple[Sequences, int]:
    """The best plan found that moves no more than allowed and is worth telling, and the iterations that it took.

    Moving is made dearer until few enough do, at last impossible but for those who have lost their place.
    """
    problem = now.problem
    tries = [_with_moves_at(problem, prices.move_price * DEARER**attempt) for attempt in range(TRIES)] if most else []
    for tried in [*tries, _without_moves(problem, now.dropped)]:
        found, done = search_neighbourhoods(
            tried,
            budget_s=how.budget_s,
            seed=how.seed,
            workers=how.workers,
            iterations=how.iterations,
            start=now.plan,
            hot=GENTLE,
            clock=how.clock,
        )
        if _moved(problem, found) <= most:
            break
    return worth_telling(problem, now.plan, found, prices.told_price), done


def _without_moves(problem: Problem, homeless: Sequence[int]) -> Problem:
    """Who is on a vehicle stays on it."""
    if problem.stay is None:
        return problem
    vehicle = problem.stay.vehicle.copy()
    vehicle[list(homeless)] = -1
    elsewhere = vehicle[:, None] != np.arange(problem.n_vehicles)
    return replace(problem, compatible=problem.compatible & ~((vehicle >= 0)[:, None] & elsewhere))


def _with_moves_at(problem: Problem, price: int) -> Problem:
    if problem.stay is None:
        return problem
    return replace(problem, stay=Stay(problem.stay.vehicle, np.full_like(problem.stay.cost, price)))


def _moved(problem: Problem, plan: Sequences) -> int:
    """Requests that are served by another vehicle than before."""
    stay, n = problem.stay, problem.n_requests
    return sum(
        stay is not None and stay.costs(stop, vehicle) > 0
        for vehicle, row in enumerate(plan.stops)
        for stop in row
        if stop < n
    )


def _changed(solution: Solution, left: Remainder) -> frozenset[str]:
    """Duties whose stops or their order are not those of the plan in force."""
    n = len(left.journeys)
    now: list[Sequence[int]] = [()] * len(left.duties)
    for route in solution.routes:
        now[route.vehicle] = [stop for stop in route.stops.tolist() if stop < 2 * n]
    return frozenset(
        duty.duty_id
        for duty, stops, before in zip(left.duties, now, left.current.stops, strict=True)
        if list(stops) != before
    )

"""From the state of the day to a proposal: the plan as it stands or a better one, and what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from geodata import TravelTimes
from pts_optimiser.dayof import DayState, JourneyPhase, JourneyState, Plan
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.policy import DayOf, Policy
from pts_optimiser.domain.roster import Roster, RosteredDuty, StopKind, Unserved
from pts_optimiser.planning.read_back import read_back
from pts_optimiser.planning.reasons import unserved
from pts_optimiser.planning.replan.anchoring import anchored_anew, begins
from pts_optimiser.planning.replan.joined import banded_anew, joined
from pts_optimiser.planning.replan.limits import Followed, followed
from pts_optimiser.planning.replan.over import times_passed
from pts_optimiser.planning.replan.promises import stay_near
from pts_optimiser.planning.replan.published import Published
from pts_optimiser.planning.replan.remainder import Remainder, remainder
from pts_optimiser.planning.replan.travel import NewPlaces, times_of
from pts_optimiser.planning.replan.worth import worth_telling
from pts_optimiser.planning.wishes import timing_wishes
from solver import Problem, Sequences, Solution
from solver.alone import fits_alone
from solver.engine import timed
from solver.progress import Clock
from solver.round_first import Effort, search_round_first
from solver.solution import as_int
from solver.subproblem import subproblem
from solver.timing import Prices, retimed

GENTLE = 0.05
"""Temperature at the beginning, in mean direct drives: the plan in force is kept in the main."""

ANCHORINGS = 3
"""How often stops that have moved far are put into the traffic of their new time."""

HOLDINGS = 4
"""How often a re-plan is tried with more duties left as they are, before the whole plan is."""

ABOUT = 60
"""Round so many requests is searched first, at most."""


@dataclass(frozen=True, slots=True)
class Replanning:
    """How to re-plan: ``budget_s`` seconds of ``clock``, or exactly ``iterations``."""

    budget_s: float = 1.0
    seed: int = 1
    workers: int = 2
    iterations: int | None = None
    most_changes: int | None = None  # journeys that may change duty; else what is left of the day's share
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


class Replanner:
    """Re-plans one day again and again; what does not change between two re-plans is worked out once."""

    def __init__(self, policy: Policy) -> None:
        self._new_places = NewPlaces(policy)

    def propose(self, plan: Plan, state: DayState, before: Roster, rules: DayRules, how: Replanning) -> Proposal:
        """Plan the rest of the day anew, from ``before``, the plan as it stands, within the ``rules`` of the day.

        Duties that no rule fits any more, by what was reported of them, go on as they are; the others are planned
        without them.
        """
        held = frozenset(duty.duty_id for duty in before.duties if _without_start(duty))
        over = times_passed(plan, state)
        for _ in range(HOLDINGS):
            left = remainder(plan, state, before, rules, self._new_places, held, over)
            found = _tried(plan, state, before, rules, how, left)
            if isinstance(found, Proposal):
                passed = tuple(each for each in before.unserved if each.journey_id in over)
                return replace(found, unserved=(*found.unserved, *passed))
            held |= found
        travel = times_of(plan.travel, str(plan.roster.travel.get("model", "")))
        return Proposal(before.duties, before.unserved, travel, 0, 0, frozenset())


def reoptimise(plan: Plan, state: DayState, before: Roster, rules: DayRules, how: Replanning) -> Proposal:
    """One re-plan of a day (see ``Replanner``)."""
    return Replanner(plan.policy).propose(plan, state, before, rules, how)


def _tried(
    plan: Plan, state: DayState, before: Roster, rules: DayRules, how: Replanning, left: Remainder
) -> Proposal | frozenset[str]:
    """A proposal for what is left, or duties that are to be left alone."""
    prices = plan.policy.dayof
    allowed = Published.of(plan).allowance(prices.most_changes_percent)
    most = allowed if how.most_changes is None else how.most_changes
    lost = any(_has_lost_its_vehicle(state.journeys[journey.journey_id]) for journey in left.journeys)
    tried: list[tuple[Followed, Sequences]] = []
    for problem in [*([stay_near(left.problem, left.times)] if lost else []), left.problem]:
        now = followed(problem, left.current, left.times, left.riders)
        if now.stuck:
            return frozenset(left.duties[v].duty_id for v in now.stuck)
        tried.append((now, _searched(now, how, prices, most, _new_or_late(now, left, plan))))
        if not _not_fetched(tried[-1][1], left, state):
            break
    now, chosen = min(tried, key=lambda found: _not_fetched(found[1], left, state))
    problem, stands = now.problem, timed(now.problem, now.plan, 0, only=())
    if timed(problem, chosen, 0, only=()).cost >= stands.cost:
        chosen = now.plan
    wishes = replace(timing_wishes(left.journeys), promised=left.promised)
    paid = Prices(promise=prices.promise_price)
    unsure = now.unsure
    found = timed(problem, chosen, 0, only=_changed(chosen, left))
    retold = retimed(problem, found, wishes, paid)
    for _ in range(ANCHORINGS):
        anew = anchored_anew(problem, retold, left, plan)
        if anew is None:
            break
        times = [mine or known for mine, known in zip(begins(problem, retold), left.times, strict=True)]
        problem, left = anew
        again = followed(problem, chosen, times, left.riders)
        unsure |= again.unsure | _carrying(again.plan, again.late)  # later than the plan in force would be
        problem, chosen = again.problem, again.plan
        if again.dropped:
            chosen = _searched(again, how, prices, most, again.dropped)
        found = timed(problem, chosen, 0, only=_changed(chosen, left))
        retold = retimed(problem, found, wishes, paid)
    changed = frozenset(left.duties[v].duty_id for v in _changed(chosen, left))
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
    left_out = _left_out(problem, found, left, plan.policy)
    return Proposal(duties, left_out, left.travel, stands.cost - found.cost, found.driving - stands.driving, changed)


def _has_lost_its_vehicle(journey: JourneyState) -> bool:
    return journey.phase is JourneyPhase.OPEN and journey.duty_id is None


def _not_fetched(chosen: Sequences, left: Remainder, state: DayState) -> int:
    """How many who sit in a lost vehicle a plan leaves there."""
    n = len(left.journeys)
    served = {left.journeys[stop].journey_id for row in chosen.stops for stop in row if stop < n}
    return len(set(state.to_rescue()) - served)


def _new_or_late(now: Followed, left: Remainder, plan: Plan) -> list[int]:
    """What a re-plan is about: who has lost a place or was not known before, and whose limits do not hold."""
    n = len(left.journeys)
    served = {stop for row in now.plan.stops for stop in row if stop < n}
    new = {r for r, journey in enumerate(left.journeys) if journey.journey_id not in plan.unserved}
    return sorted(now.late) + sorted(new - served)


def _left_out(problem: Problem, found: Solution, left: Remainder, policy: Policy) -> tuple[Unserved, ...]:
    """Why some journeys have no place, without a look at the routes of others."""
    rows = found.unserved.tolist()
    part = subproblem(problem, rows, range(problem.n_vehicles))
    nobody = Solution((), as_int(list(range(len(rows)))), as_int([]), 0, 0)
    journeys = [left.journeys[r] for r in rows]
    return unserved(nobody, part, fits_alone(part), journeys, left.duties, policy, looked_into=0) if rows else ()


def _carrying(plan: Sequences, requests: frozenset[int]) -> frozenset[int]:
    """The vehicles that have some requests."""
    return frozenset(v for v, row in enumerate(plan.stops) if not requests.isdisjoint(row))


def _robbed(solution: Solution, left: Remainder) -> frozenset[str]:
    """Duties some of whose journeys have no place any more: better that they keep them, however late."""
    out = set(solution.unserved.tolist())
    return frozenset(
        duty.duty_id for duty, stops in zip(left.duties, left.current.stops, strict=True) if not out.isdisjoint(stops)
    )


def _without_start(duty: RosteredDuty) -> bool:
    """Whether it is out though nobody knows since when."""
    return bool(duty.stops) and duty.stops[0].kind is not StopKind.START


def _searched(now: Followed, how: Replanning, prices: DayOf, most: int, about: Sequence[int]) -> Sequences:
    """The best plan found that moves no more than allowed and is worth telling; searched first round some requests."""
    effort = Effort(how.budget_s, how.seed, how.workers, GENTLE, how.iterations, how.clock)
    for problem in [*([now.problem] if most else []), _without_moves(now.problem, now.dropped)]:
        found = search_round_first(problem, now.plan, about[:ABOUT], effort)
        told = worth_telling(now.problem, now.plan, found, prices.told_price, most)
        if told is not None:
            return told
    return now.plan


def _without_moves(problem: Problem, homeless: Sequence[int]) -> Problem:
    """Who is on a vehicle stays on it."""
    if problem.stay is None:
        return problem
    vehicle = problem.stay.vehicle.copy()
    vehicle[list(homeless)] = -1
    elsewhere = vehicle[:, None] != np.arange(problem.n_vehicles)
    return replace(problem, compatible=problem.compatible & ~((vehicle >= 0)[:, None] & elsewhere))


def _changed(plan: Sequences, left: Remainder) -> frozenset[int]:
    """Vehicles whose stops or their order are not those of the plan in force."""
    rows = zip(plan.stops, left.current.stops, strict=True)
    return frozenset(v for v, (stops, before) in enumerate(rows) if stops != before)

"""From the state of the day to a proposal: the plan as it stands or a better one, and what changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geodata import TravelTimes
from pts_optimiser.dayof import DayState, Plan
from pts_optimiser.domain.collecting import without_collecting
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster, RosteredDuty, StopKind, Unserved
from pts_optimiser.planning.read_back import read_back
from pts_optimiser.planning.reasons import unserved
from pts_optimiser.planning.replan.anchoring import anchored_anew, begins, rebanded
from pts_optimiser.planning.replan.joined import banded_anew, joined
from pts_optimiser.planning.replan.limits import still_held
from pts_optimiser.planning.replan.overdue import times_passed
from pts_optimiser.planning.replan.remainder import Remainder, remainder
from pts_optimiser.planning.replan.searching import Replanning, best_found
from pts_optimiser.planning.replan.travel import NewPlaces, times_of
from pts_optimiser.planning.replan.worth import taken_back
from pts_optimiser.planning.wishes import timing_wishes
from solver import Problem, Sequences, Solution
from solver.alone import fits_alone
from solver.engine import timed
from solver.solution import as_int
from solver.subproblem import subproblem
from solver.timing import Prices, retimed

ANCHORINGS = 3
"""How often stops that have moved far are put into the traffic of their new time."""

HOLDINGS = 4
"""How often a re-plan is tried with more duties left as they are, before the whole plan is; only once where what was
taken back has cost somebody a new place."""


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

    @without_collecting()
    def propose(self, plan: Plan, state: DayState, before: Roster, rules: DayRules, how: Replanning) -> Proposal:
        """Plan the rest of the day anew, from ``before``, the plan as it stands, within the ``rules`` of the day.

        Duties that no rule fits any more, by what was reported of them, go on as they are; the others are planned
        without them.
        """
        held = frozenset(duty.duty_id for duty in before.duties if _without_start(duty))
        over = times_passed(plan, state, rules)
        for attempt in range(HOLDINGS):
            left = remainder(plan, state, before, rules, self._new_places, held, over)
            found, doubtful = _tried(plan, state, before, rules, how, left)
            if found is not None and not (doubtful and attempt == 0):
                passed = tuple(each for each in before.unserved if each.journey_id in over)
                return replace(found, unserved=(*found.unserved, *passed))
            held |= doubtful
        travel = times_of(plan.travel, str(plan.roster.travel.get("model", "")))
        return Proposal(before.duties, before.unserved, travel, 0, 0, frozenset())


def _tried(
    plan: Plan, state: DayState, before: Roster, rules: DayRules, how: Replanning, left: Remainder
) -> tuple[Proposal | None, frozenset[str]]:
    """A proposal for what is left, and duties that are better left alone from the start: without a proposal where no
    rule fits them, beside one where what they had to give back has cost somebody a new place."""
    now, chosen = best_found(left, plan, state, how)
    if now.stuck:
        return None, _named(now.stuck, left)
    problem, stands = now.problem, timed(now.problem, now.plan, 0, only=())
    if timed(problem, chosen, 0, only=()).cost >= stands.cost:
        chosen = now.plan
    given, stood = _served(chosen), Sequences(left.current.stops, now.plan.relaxed)
    doubtful = (now.unsure & _changed(chosen, left)) | _robbed(chosen, left)
    chosen = taken_back(stood, chosen, doubtful, problem.n_requests)
    wishes = replace(timing_wishes(left.journeys), promised=left.promised)
    paid = Prices(promise=plan.policy.dayof.promise_price)
    found = timed(problem, chosen, 0, only=_changed(chosen, left))
    retold = retimed(problem, found, wishes, paid)
    for _ in range(ANCHORINGS):
        anew = anchored_anew(problem, retold, left, plan)
        if anew is None:
            break
        moved = _carrying(chosen, rebanded(problem, anew[0]))
        problem, left = anew
        chosen, broken = still_held(problem, chosen, moved, begins(problem, retold))
        chosen, doubtful = taken_back(stood, chosen, broken, problem.n_requests), doubtful | broken
        found = timed(problem, chosen, 0, only=_changed(chosen, left))
        retold = retimed(problem, found, wishes, paid)
    changed = _named(_changed(chosen, left), left)
    rest = read_back(retold, problem, left.journeys, left.duties, plan.policy, left.travel, state.service_date)
    new = {duty.duty_id: duty for duty in rest}
    duties = tuple(
        joined(duty, new[duty.duty_id], left, rules, plan) if duty.duty_id in changed else duty
        for duty in before.duties
    )
    if len(left.travel.band_start_s) != len(plan.travel.band_start_s):
        duties = tuple(banded_anew(duty, state, left.travel, plan) for duty in duties)
    left_out = _left_out(problem, found, left, plan)
    gained, driving = stands.cost - found.cost, found.driving - stands.driving
    proposal = Proposal(duties, left_out, left.travel, gained, driving, changed)
    return proposal, frozenset() if given <= _served(chosen) else _named(doubtful, left)


def _named(vehicles: frozenset[int], left: Remainder) -> frozenset[str]:
    return frozenset(left.duties[v].duty_id for v in vehicles)


def _served(plan: Sequences) -> set[int]:
    return {stop for row in plan.stops for stop in row}


def _left_out(problem: Problem, found: Solution, left: Remainder, plan: Plan) -> tuple[Unserved, ...]:
    """Why some journeys have no place, without a look at the routes of others."""
    rows = found.unserved.tolist()
    if not rows:
        return ()
    part = subproblem(problem, rows, range(problem.n_vehicles))
    nobody = Solution((), as_int(list(range(len(rows)))), as_int([]), 0, 0)
    journeys = [left.journeys[r] for r in rows]
    return unserved(nobody, part, fits_alone(part), journeys, left.duties, plan.policy, plan.origin, looked_into=0)


def _carrying(plan: Sequences, requests: frozenset[int]) -> frozenset[int]:
    """The vehicles that have some requests."""
    return frozenset(v for v, row in enumerate(plan.stops) if not requests.isdisjoint(row))


def _robbed(plan: Sequences, left: Remainder) -> frozenset[int]:
    """The vehicles some of whose requests have no place any more: better that they keep them, however late."""
    served = _served(plan)
    return frozenset(v for v, stops in enumerate(left.current.stops) if not served.issuperset(stops))


def _without_start(duty: RosteredDuty) -> bool:
    """Whether it is out though nobody knows since when."""
    return bool(duty.stops) and duty.stops[0].kind is not StopKind.START


def _changed(plan: Sequences, left: Remainder) -> frozenset[int]:
    """Vehicles whose stops or their order are not those of the plan in force."""
    rows = zip(plan.stops, left.current.stops, strict=True)
    return frozenset(v for v, (stops, before) in enumerate(rows) if stops != before)

"""One reason for every journey that a plan leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Reason, Unserved
from pts_optimiser.planning.reasons import clashing
from pts_optimiser.planning.reasons.case import Case
from pts_optimiser.planning.reasons.code import Code
from pts_optimiser.planning.reasons.extra_duty import extra_duty
from pts_optimiser.planning.reasons.needs import carries, missing
from pts_optimiser.planning.reasons.wording import named
from solver import Problem, Sequences, Solution
from solver.explain import Clash, Gaps, explain, gaps
from solver.solution import sequences

LOOKED_INTO = 30
"""How many journeys are tried on their nearest duties."""

NEAREST = 4
"""On how many duties each."""

NOT_TOGETHER = Reason(
    Code.NO_CAPABLE_DUTY,
    "No single duty has the crew, skills, contract and layout that it needs together.",
    "Add a skill or crew member to a duty whose vehicle can carry it, or roster such a vehicle.",
)
ELSEWHERE = "Plan longer, add or extend a duty at that time, or give it to a volunteer driver or taxi."
NO_CHANGE = "No single change to the nearest duties makes room; plan longer, or give it to a volunteer driver or taxi."
BY_HAND = "Plan longer, or put it on that duty by hand."


def unserved(
    solution: Solution,
    problem: Problem,
    alone: NDArray[np.bool_],
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
    origin: datetime,
    *,
    looked_into: int = LOOKED_INTO,
) -> tuple[Unserved, ...]:
    """One entry a journey left out; ``alone`` tells which duties could take it if free [n, v].

    ``origin`` is the midnight that the problem's seconds are counted from.

    ``looked_into`` journeys, those of most weight, are tried on their nearest duties rule by rule, which takes longest.
    """
    teller = _Teller(Case(problem, journeys, duties, policy, origin), solution, alone, looked_into)
    return tuple(Unserved(journeys[r].journey_id, (teller.reason(r),)) for r in solution.unserved.tolist())


class _Teller:
    """Looks for reasons, the plainest first."""

    def __init__(self, case: Case, solution: Solution, alone: NDArray[np.bool_], looked_into: int) -> None:
        self.case, self.alone, self.solution = case, alone, solution
        self.plan = sequences(solution, case.problem)
        weight = case.problem.unserved_cost
        heaviest = sorted(solution.unserved.tolist(), key=lambda r: (-int(weight[r]), r))
        self.looked_into = frozenset(heaviest[:looked_into])

    @cached_property
    def gaps(self) -> Gaps:
        """Where somebody could still come in, worked out for those who are looked into."""
        return gaps(self.case.problem, self.solution.routes, self.plan.relaxed)

    def reason(self, r: int) -> Reason:
        case = self.case
        journey, duties, policy = case.journeys[r], case.duties, case.policy
        compatible = case.problem.compatible[r]
        found = missing(journey, duties, policy)
        if found is None:
            capable = [
                v for v, duty in enumerate(duties) if compatible[v] and carries(journey, duty.vehicle_type, policy)
            ]
            free = [v for v in capable if self.alone[r, v]]
            found = self._no_room(r, free) if free else self._no_time(r, capable) if capable else NOT_TOGETHER
        return Reason(str(found.code), found.detail, f"{found.action} {extra_duty(case, r)}".strip())

    def _no_time(self, r: int, capable: list[int]) -> Reason:
        """No duty could take it even with nothing else to do."""
        case = self.case
        idle = Sequences([[] for _ in case.duties], frozenset())
        clashes = self._clashes(r, capable, idle)
        stands = clashing.detail(case, r, clashing.telling(clashes)) if clashes else ""
        could = (
            f"{len(capable)} duties could carry it ({named(case, capable)}), but none, even without other journeys, can"
        )
        if len(capable) == 1:
            could = f"1 duty could carry it ({named(case, capable)}), but cannot, even without other journeys,"
        return Reason(
            Code.NO_DUTY_IN_TIME,
            f"{could} reach both ends inside its hard limits, its shift, its break and its range. {stands}".strip(),
            clashing.changes(case, r, clashes)
            or "Extend a shift, move a base nearer, or agree another time for the appointment.",
        )

    def _no_room(self, r: int, free: list[int]) -> Reason:
        """Duties could take it, but not beside their other journeys."""
        case = self.case
        one = len(free) == 1
        them = "1 duty while that is free" if one else f"{len(free)} duties while they are free"
        fits, theirs = f"It fits {them} ({named(case, free)})", "its" if one else "their"
        clashes = self._clashes(r, free, self.plan)
        if not clashes:
            return Reason(Code.NO_ROOM, f"{fits}, but in this plan {theirs} time is taken by others.", ELSEWHERE)
        clash = clashing.telling(clashes)
        stands = clashing.detail(case, r, clash)
        return Reason(
            clashing.code_of(clash),
            f"{fits}, but not beside {theirs} other journeys. {stands}" if clash.rules else stands,
            clashing.changes(case, r, clashes) or (NO_CHANGE if clash.rules else BY_HAND),
        )

    def _clashes(self, r: int, vehicles: list[int], plan: Sequences) -> list[Clash]:
        """On the nearest of some duties; none for a journey that is not looked into."""
        if r not in self.looked_into:
            return []
        allowed = np.zeros(len(self.case.duties), np.bool_)
        allowed[vehicles] = True
        places = self.gaps if plan is self.plan else gaps(self.case.problem, (), frozenset())
        near = places.nearest(r, allowed, NEAREST)
        return explain(self.case.problem, plan, r, near, may_ease=clashing.may_ease(self.case, r))

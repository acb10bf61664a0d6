"""The published plan as it stands at one moment: all that the services of the day work on."""

from __future__ import annotations

from dataclasses import dataclass

from pts_optimiser.dayof import DayLog, DayState, DutyPhase, Plan, day_state
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.roster import Roster
from pts_optimiser.planning.replan import Replanner
from pts_optimiser.planning.replan.travel import with_places
from pts_optimiser.store import ChangedError
from pts_optimiser.store.publishing import Publication

AT_WORK = frozenset({DutyPhase.NOT_STARTED, DutyPhase.OUT})


@dataclass(frozen=True, slots=True, eq=False)
class InForce:
    """What is published, the plan that it is, and what plans the rest of the day anew."""

    publication: Publication
    plan: Plan
    replanner: Replanner


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The day at ``state.now`` with the events up to ``position``.

    ``plan`` is the published one, its travel times extended by places where somebody was by what was reported.
    """

    in_force: InForce
    position: int
    log: DayLog
    plan: Plan
    state: DayState
    before: Roster
    rules: DayRules

    @property
    def anybody_at_work(self) -> bool:
        return any(duty.phase in AT_WORK for duty in self.state.duties.values())

    def must_be_published_as(self, etag: str) -> None:
        """Raise ChangedError where something else is published than the caller has seen."""
        if self.in_force.publication.etag != etag:
            raise ChangedError("another roster is published by now; read it, then decide")

    def age_s(self, other: DayLog) -> int:
        """Seconds from this moment to the clock of a log."""
        return 0 if other.now is None else seconds_after(self.state.now, other.now)


def standing_of(in_force: InForce, position: int, log: DayLog) -> Standing:
    """Fold the log, which is not changed."""
    plan = in_force.plan
    state = day_state(plan, log)
    lacking = [
        (stop.point.lat, stop.point.lon)
        for duty in state.duties.values()
        for stop in duty.stops
        if stop.point.location is None
    ]
    if lacking:
        plan = with_places(plan, lacking)
        state = day_state(plan, log)
    return Standing(in_force, position, log, plan, state, standing_roster(plan, state), day_rules(plan, state))

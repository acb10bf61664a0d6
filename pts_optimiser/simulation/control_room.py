"""The control room: hears what is said, re-plans by its policy of the day, and puts checked plans in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from time import perf_counter

from pts_optimiser.dayof import DayLog, DayState, DutyPhase, day_state, plan_of
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.diff import LEAST_S
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.domain.events import DutyLost, Event, JourneyBooked
from pts_optimiser.planning.replan import Replanner, Replanning
from pts_optimiser.planning.replan.checked import Checked, checked
from pts_optimiser.planning.replan.own_places import with_own_places
from pts_optimiser.simulation.crew import Crew
from pts_optimiser.simulation.world import World

SOON_S = 90 * 60
"""A booking for sooner than this cannot wait for the next round,"""
GAP_S = 5 * 60
"""but for others like it."""
BEFORE_S = 60 * 60
"""The first round is so long before the first shift."""


class DayPolicy(StrEnum):
    """What a control room does on the day."""

    NONE = "none"  # called-off journeys are dropped, nothing else
    INSERTION = "insertion"  # who has no place gets one, nobody else changes duty
    REOPTIMISE = "reoptimise"
    HINDSIGHT = "hindsight"  # one plan that knew all


@dataclass(frozen=True, slots=True)
class Refusal:
    """A re-plan that the referee did not pass: a defect of ours. The plan in force stayed."""

    now: str
    codes: tuple[str, ...]
    violations: tuple[str, ...]


class ControlRoom:
    """Keeps ``world.plan`` up to date, and count of what it changed."""

    def __init__(self, world: World, crews: Sequence[Crew], policy: DayPolicy, how: Replanning, every_s: int) -> None:
        self.world, self.crews, self.policy, self.every_s = world, crews, policy, every_s
        self.how = replace(how, most_changes_percent=0.0) if policy is DayPolicy.INSERTION else how
        self.replanner = Replanner(world.plan.policy)
        self.log = DayLog()
        self.last = self.due = min(world.plan.seconds(crew.duty.start_at) for crew in crews) - BEFORE_S
        self.rounds = 0
        self.seconds: list[float] = []
        self.crew_changes: Counter[str] = Counter()
        self.patients_told = 0
        self.refusals: list[Refusal] = []

    def hear(self, events: Sequence[Event]) -> None:
        """Words of one moment."""
        for event in events:
            self.world.hear(event)
        for crew in self.crews:
            crew.heed()
        if self.policy not in {DayPolicy.INSERTION, DayPolicy.REOPTIMISE}:
            return
        if any(self._waits_for_help(event) for event in events):
            self.due = self.world.now
        elif any(self._soon(event) for event in events):
            self.due = min(self.due, max(self.world.now, self.last + GAP_S))

    def tick(self) -> None:
        """Re-plan if it is time."""
        if self.policy in {DayPolicy.INSERTION, DayPolicy.REOPTIMISE} and self.world.now >= self.due:
            self.last, self.due = self.world.now, self.world.now + self.every_s
            began = perf_counter()
            if self._replan():
                self.rounds += 1
                self.seconds.append(perf_counter() - began)

    def _waits_for_help(self, event: Event) -> bool:
        """Whether a vehicle was lost that had something to do."""
        if not isinstance(event.body, DutyLost):
            return False
        return bool(self.world.plan.stops.get(event.body.duty_id))

    def _soon(self, event: Event) -> bool:
        if not isinstance(event.body, JourneyBooked):
            return False
        journey = event.body.journey
        moment = journey.appointment_at if journey.tied_to_appointment else journey.ready_at
        return moment is not None and self.world.plan.seconds(moment) < self.world.now + SOON_S

    def _replan(self) -> bool:
        """One round; False where there was nothing to do."""
        world, plan = self.world, self.world.plan
        for crew in self.crews:
            position = crew.position()
            if position is not None:
                world.say(position)
        self.log.take(world.said, plan.moment(world.now))
        world.said.clear()
        state = day_state(plan, self.log)
        if not _anything_to_do(state, self.policy):
            return False
        before, rules = standing_roster(plan, state), day_rules(plan, state)
        found = checked(self.replanner, plan, state, before, rules, self.how)
        if found.broken:
            self.refusals.append(
                Refusal(
                    f"{state.now:%H:%M}",
                    tuple(sorted({violation.code.value for violation in found.broken})),
                    tuple(map(str, found.broken)),
                )
            )
            return True
        self._adopt(found, state)
        return True

    def _adopt(self, found: Checked, state: DayState) -> None:
        """Put a roster in force: crews and patients are told of what is new to them."""
        world, plan = self.world, self.world.plan
        for change in found.diff.changes:
            if change.pickup_after is None:
                continue
            begin, told = plan.seconds(change.pickup_after), world.told.get(change.journey_id)
            if told is None or abs(begin - told) >= LEAST_S:
                world.told[change.journey_id] = begin
                self.patients_told += 1
        self.crew_changes.update(found.diff.told)
        after, known = with_own_places(found.after, plan.travel, found.travel)
        new = plan_of(after, tuple(world.journeys.values()), tuple(plan.duties.values()), plan.policy, known, state.now)
        promised = {
            journey_id: (plan.moment(world.told.get(journey_id, plan.seconds(begin))), dropoff)
            for journey_id, (begin, dropoff) in new.promised.items()
        }
        world.put_in_force(replace(new, promised=promised))
        for crew in self.crews:
            crew.heed()


def _anything_to_do(state: DayState, policy: DayPolicy) -> bool:
    if all(duty.phase in {DutyPhase.FINISHED, DutyPhase.LOST} for duty in state.duties.values()):
        return False
    return policy is DayPolicy.REOPTIMISE or bool(state.to_place() or state.to_rescue())

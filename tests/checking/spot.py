"""One stop of a roster, and the small ways to spoil the roster there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from pts_optimiser.checking import Code
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Mobility, Standard
from pts_optimiser.domain.roster import Reason, RosteredDuty, Stop, StopKind, Unserved

from .builder import Scenario
from .damage import in_entry, in_roster, in_stop, input_duty, input_journey

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Spot:
    case: Scenario
    entry: RosteredDuty
    index: int

    @property
    def stop(self) -> Stop:
        return self.entry.stops[self.index]

    @property
    def before(self) -> Stop:
        return self.entry.stops[self.index - 1]

    @property
    def duty(self) -> Duty:
        return next(duty for duty in self.case.duties if duty.duty_id == self.entry.duty_id)

    @property
    def journey(self) -> Journey:
        return next(journey for journey in self.case.journeys if journey.journey_id == self.stop.journey_id)

    @property
    def mobility(self) -> Mobility:
        return self.case.policy.mobilities[self.journey.mobility]

    @property
    def standard(self) -> Standard:
        return self.case.policy.standard(self.journey)

    @property
    def mate(self) -> int:
        """Where the journey's other stop is."""
        return next(
            index
            for index, stop in enumerate(self.entry.stops)
            if stop.journey_id == self.stop.journey_id and index != self.index
        )

    def stop_with(self, **changes: object) -> Scenario:
        return in_stop(self.case, self.entry.duty_id, self.index, **changes)

    def entry_with(self, **changes: object) -> Scenario:
        return in_entry(self.case, self.entry.duty_id, **changes)

    def duty_with(self, **changes: object) -> Scenario:
        return input_duty(self.case, self.entry.duty_id, **changes)

    def journey_with(self, **changes: object) -> Scenario:
        return input_journey(self.case, self.journey.journey_id, **changes)

    def arrives(self, later: timedelta) -> Scenario:
        return self.stop_with(arrive_at=self.stop.arrive_at + later)

    def begins(self, moment: datetime) -> Scenario:
        return self.stop_with(begin_at=moment)

    def begins_at_once(self) -> Scenario:
        return self.begins(self.stop.arrive_at)

    def departs(self, later: timedelta) -> Scenario:
        return self.stop_with(depart_at=self.stop.depart_at + later)

    def waits(self) -> Scenario:
        return self.stop_with(begin_at=self.stop.begin_at + SECOND, depart_at=self.stop.depart_at + SECOND)

    def anchored(self, later: timedelta) -> Scenario:
        return self.stop_with(anchor_at=self.stop.begin_at + later)

    def due(self, seconds: int) -> Scenario:
        """The journey's appointment, so long after the stop begins."""
        return self.journey_with(appointment_at=self.stop.begin_at + seconds * SECOND)

    def ready(self, seconds: int) -> Scenario:
        return self.journey_with(ready_at=self.stop.begin_at + seconds * SECOND)

    def rest(self, **changes: object) -> Scenario:
        assert self.duty.rest
        return self.duty_with(rest=replace(self.duty.rest, **changes))

    def policy_with(self, **changes: object) -> Scenario:
        return replace(self.case, policy=replace(self.case.policy, **changes))

    def mobility_with(self, **changes: object) -> Scenario:
        changed = replace(self.mobility, **changes)
        return self.policy_with(mobilities={**self.case.policy.mobilities, changed.code: changed})

    def standard_with(self, **changes: object) -> Scenario:
        """Every standard as this one with changes."""
        standards = {
            name: replace(profile, by_category=dict.fromkeys(profile.by_category, replace(self.standard, **changes)))
            for name, profile in self.case.policy.standards.items()
        }
        return self.policy_with(standards=standards)

    def without(self, *indices: int) -> Scenario:
        gone = indices or (self.index,)
        return self.entry_with(stops=tuple(stop for i, stop in enumerate(self.entry.stops) if i not in gone))

    def twice(self) -> Scenario:
        return self.entry_with(stops=(*self.entry.stops[: self.index + 1], *self.entry.stops[self.index :]))

    def moved(self, to: int) -> Scenario:
        stops = list(self.entry.stops)
        stops.insert(to, stops.pop(self.index))
        return self.entry_with(stops=tuple(stops))

    def moved_to_another_duty(self) -> Scenario:
        other = next(e for e in self.case.roster.duties if e.stops and e is not self.entry)
        return in_entry(self.without(), other.duty_id, stops=(*other.stops[:-1], self.stop, other.stops[-1]))

    def unserved_too(self, *journey_ids: str) -> Scenario:
        more = (Unserved(journey_id, (Reason("no_capacity", "", ""),)) for journey_id in journey_ids)
        return in_roster(self.case, unserved=(*self.case.roster.unserved, *more))


Where = Callable[[Spot], bool]


def of_kind(*kinds: StopKind) -> Where:
    return lambda at: at.stop.kind in kinds


@dataclass(frozen=True, slots=True)
class Corruption:
    """A way to spoil a good roster at a stop ``where`` it can be done; the referee must then name all ``codes``."""

    name: str
    where: Where
    spoil: Callable[[Spot], Scenario]
    codes: frozenset[Code]

    def spots(self, case: Scenario) -> list[Spot]:
        every = (Spot(case, entry, index) for entry in case.roster.duties for index in range(len(entry.stops)))
        return [at for at in every if self.where(at)]

    def at_random(self, case: Scenario, dice: Random) -> Scenario:
        return self.spoil(dice.choice(self.spots(case)))


def corruption(name: str, where: Where, spoil: Callable[[Spot], Scenario], *codes: Code) -> Corruption:
    return Corruption(name, where, spoil, frozenset(codes))

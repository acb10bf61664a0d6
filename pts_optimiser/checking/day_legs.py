"""Legs of a day under way: those made are taken as they are, the next begins where the vehicle is free."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.measure import Measure
from pts_optimiser.domain.day_rules import DayRules, FreeFrom
from pts_optimiser.domain.roster import Roster, RosteredDuty, Stop, StopKind

NOWHERE = -1
"""No location: a vehicle on the way is at none."""

Key = tuple[StopKind, str | None]
Leg = tuple[Key, Key, int, int]


@dataclass(frozen=True, slots=True)
class DayLegs:
    """The legs of one duty that the travel times do not decide.

    ``stood`` are the legs that the roster before the re-plan has: it may keep them, as they were projected with all
    that is known of the vehicle. Without one, the first leg after what is frozen takes at least the drive from where
    the vehicle is free.
    """

    frozen: int
    free: FreeFrom | None
    stood: frozenset[Leg]
    measure: Measure

    def __call__(self, stop: Stop, before: Visit) -> tuple[int, int] | None:
        claimed = stop.travel_s, stop.travel_m
        if before.index + 1 < self.frozen or (*_pair(before.stop, stop), *claimed) in self.stood:
            return claimed
        if self.free is None or not self.frozen or before.index + 1 > self.frozen:
            return None
        least = self.measure.elapsed(self.free.at) - before.depart + (self._drive(self.free, before.band, stop) or 0)
        return max(stop.travel_s, least), stop.travel_m

    def _drive(self, free: FreeFrom, band: int, stop: Stop) -> int | None:
        if stop.kind is StopKind.BREAK or free.location is None:
            return None
        start = self.measure.leg(band, free.location, stop.location)
        if start is None or free.towards is None:
            return start and start[0]
        ahead = self.measure.leg(band, free.towards, stop.location)
        return None if ahead is None else round((1 - free.share) * start[0] + free.share * ahead[0])


def day_legs(before: Roster, rules: DayRules, measure: Measure) -> dict[str, DayLegs]:
    """The legs by duty, by what is frozen and how the roster before the re-plan goes on."""
    stood = {entry.duty_id: _stood(entry) for entry in before.duties}
    return {
        duty_id: DayLegs(rules.frozen.get(duty_id, 0), rules.free.get(duty_id), legs, measure)
        for duty_id, legs in stood.items()
    }


def start_where_free(course: Course, rules: DayRules) -> Course:
    """The course with the first stop after what is frozen beginning where the vehicle is, not where it last stopped."""
    frozen, free = rules.frozen.get(course.entry.duty_id, 0), rules.free.get(course.entry.duty_id)
    if not frozen or free is None or free.location is None or frozen >= len(course.visits):
        return course
    visit = course.visits[frozen]
    if visit.before is None:
        return course
    location = free.location
    if free.towards is not None:  # it stands at no location of the plan, and may take its break there
        location = visit.stop.location if visit.stop.kind is StopKind.BREAK else NOWHERE
    left = replace(visit.before, location=location)
    visits = (*course.visits[:frozen], replace(visit, before=left), *course.visits[frozen + 1 :])
    return replace(course, visits=visits)


def _stood(entry: RosteredDuty) -> frozenset[Leg]:
    return frozenset(
        (*_pair(one, stop), stop.travel_s, stop.travel_m)
        for one, stop in zip(entry.stops, entry.stops[1:], strict=False)
    )


def _pair(one: Stop, other: Stop) -> tuple[Key, Key]:
    return (one.kind, one.journey_id), (other.kind, other.journey_id)

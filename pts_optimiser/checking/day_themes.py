"""The rules of the day: what is frozen, promised, locked or aboard stays so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.journey import Direction
from pts_optimiser.domain.roster import Roster, RosteredDuty, Stop, StopKind


@dataclass(frozen=True, slots=True)
class DayCase:
    """A re-planned roster, indexed, beside the roster that it was made from.

    ``stood`` are the begins of the pick-ups of that roster that are not frozen, elapsed seconds.
    """

    case: Case
    before: Roster
    rules: DayRules
    stood: Mapping[str, int]

    def ahead(self, course: Course) -> tuple[Visit, ...]:
        """The stops that are not frozen."""
        return course.visits[self.rules.frozen.get(course.entry.duty_id, 0) :]


def check_rules(case: Case, before: Roster, rules: DayRules) -> Iterator[Violation]:
    """Every rule of the day, by theme."""
    stood = {
        stop.journey_id: case.measure.elapsed(stop.begin_at)
        for entry in before.duties
        for stop in entry.stops[rules.frozen.get(entry.duty_id, 0) :]
        if stop.kind is StopKind.PICKUP and stop.journey_id is not None
    }
    day = DayCase(case, before, rules, stood)
    for theme in (check_frozen, check_clock, check_duties, check_aboard, check_places, check_promises):
        yield from theme(day)


def check_frozen(day: DayCase) -> Iterator[Violation]:
    """What is made, under way or committed stands as it stood."""
    after: dict[str, RosteredDuty] = {}
    for entry in day.case.roster.duties:
        after.setdefault(entry.duty_id, entry)
    for entry in day.before.duties:
        count = day.rules.frozen.get(entry.duty_id, 0)
        now = after[entry.duty_id].stops if entry.duty_id in after else ()
        for index, stop in enumerate(entry.stops[:count]):
            found = now[index] if index < len(now) else None
            if found is None or _fact(found) != _fact(stop):
                text = "is gone" if found is None else f"was a {stop.kind} that began at {stop.begin_at:%H:%M:%S}"
                yield Violation(Code.FROZEN_STOP, text, entry.duty_id, stop.journey_id, index)
                break


def _fact(stop: Stop) -> tuple[object, ...]:
    """What is fixed of a stop; its band goes by the travel times, its layout and load by who travels on."""
    way = stop.travel_s, stop.travel_m
    return stop.kind, stop.journey_id, stop.lat, stop.lon, stop.arrive_at, stop.begin_at, stop.depart_at, *way


def check_clock(day: DayCase) -> Iterator[Violation]:
    """Nothing is planned for the past, nor for before its vehicle is free."""
    for course in day.case.courses:
        free = day.rules.free.get(course.entry.duty_id)
        since = day.case.measure.elapsed(day.rules.now if free is None else free.at)
        for visit in day.ahead(course):
            early = since - visit.begin
            if early > 0:
                text = f"begins {early} s before its vehicle can be given anything"
                yield course.finding(Code.PAST_STOP, text, visit, excess=early)


def check_duties(day: DayCase) -> Iterator[Violation]:
    """A lost duty gets no work; any other that is out comes home."""
    for course in day.case.courses:
        duty_id, ahead = course.entry.duty_id, day.ahead(course)
        if duty_id in day.rules.lost:
            for visit in ahead:
                yield course.finding(Code.LOST_DUTY, "is planned on a duty that was lost", visit)
        elif course.visits and not course.has_journeys and course.visits[-1].stop.kind is not StopKind.END:
            yield course.finding(Code.END_STOP, "is out and has no end")


def check_aboard(day: DayCase) -> Iterator[Violation]:
    """Whoever is aboard is brought to the end of the ride by the same vehicle."""
    brought = {
        (course.entry.duty_id, visit.stop.journey_id)
        for course in day.case.courses
        for visit in day.ahead(course)
        if visit.stop.kind is StopKind.DROPOFF
    }
    for journey_id, duty_id in day.rules.aboard.items():
        if (duty_id, journey_id) not in brought:
            yield Violation(Code.ABOARD_LEFT, "is aboard and not dropped off by this duty", duty_id, journey_id)


def check_places(day: DayCase) -> Iterator[Violation]:
    """A journey that has a place keeps one; a locked one has it on its duty or nowhere."""
    served = {
        visit.stop.journey_id: course
        for course in day.case.courses
        for visit in course.visits
        if visit.stop.kind is StopKind.PICKUP
    }
    for journey_id in day.stood:
        if journey_id not in served:
            yield Violation(Code.LEFT_OUT, "had a place and has none any more", journey_id=journey_id)
    for journey_id, duty_id in day.rules.locks.items():
        course = served.get(journey_id)
        if course is not None and course.entry.duty_id != duty_id and journey_id not in day.rules.aboard:
            yield course.finding(Code.LOCK, f"is locked to duty {duty_id}", journey_id=journey_id)


def check_promises(day: DayCase) -> Iterator[Violation]:
    """A pick-up begins when it was promised, give or take what the policy allows or what can't be helped."""
    allowed, measure = day.case.policy.dayof, day.case.measure
    for course in day.case.courses:
        for visit in day.ahead(course):
            promise = day.rules.promises.get(visit.stop.journey_id or "")
            if visit.journey is None or visit.stop.kind is not StopKind.PICKUP or promise is None:
                continue
            promised, stood = measure.elapsed(promise.pickup_at), day.stood.get(visit.journey.journey_id)
            early = min(promised - allowed.promise_early, promised if stood is None else stood) - visit.begin
            if early > 0 and visit.journey.direction is not Direction.OUTWARD:
                text = f"begins {early} s earlier than the promise of {promise.pickup_at:%H:%M} allows"
                yield course.finding(Code.PROMISE_EARLY, text, visit, excess=early)
            late = visit.begin - max(promised + allowed.promise_late, 0 if stood is None else stood)
            if late > 0 and stood is not None:
                text = f"begins {late} s later than the promise of {promise.pickup_at:%H:%M} allows"
                yield course.finding(Code.PROMISE_LATE, text, visit, excess=late)

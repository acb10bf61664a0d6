"""The hard limits of the standards: arrival, collection and time aboard."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Standard
from pts_optimiser.domain.roster import StopKind

ROUNDING = 1e-6  # seconds; a detour factor is a binary fraction only by chance


def check_windows(case: Case) -> Iterator[Violation]:
    for course in case.courses:
        pickups: dict[str, Visit] = {}
        for visit in course.visits:
            standard = None if visit.journey is None else case.standard(visit.journey)
            if visit.journey is None or standard is None:
                continue
            if visit.stop.kind is StopKind.PICKUP:
                pickups.setdefault(visit.journey.journey_id, visit)
                yield from _collection(case, course, visit, visit.journey, standard)
            else:
                yield from _arrival(case, course, visit, visit.journey, standard)
                pickup = pickups.get(visit.journey.journey_id)
                if pickup is not None:
                    yield from _aboard(case, course, pickup, visit, standard)


def _collection(case: Case, course: Course, visit: Visit, journey: Journey, standard: Standard) -> Iterator[Violation]:
    if journey.tied_to_appointment or journey.ready_at is None:
        return
    waited = visit.begin - case.measure.elapsed(journey.ready_at)
    if waited < 0:
        yield course.finding(Code.COLLECT_EARLY, f"boards {-waited} s before it is ready", visit, excess=-waited)
    if waited > standard.collect.hard:
        text = f"boards {waited} s after it is ready, the limit is {standard.collect.hard} s"
        yield course.finding(Code.COLLECT_LATE, text, visit, excess=waited - standard.collect.hard)


def _arrival(case: Case, course: Course, visit: Visit, journey: Journey, standard: Standard) -> Iterator[Violation]:
    if not journey.tied_to_appointment or journey.appointment_at is None:
        return
    late = visit.begin - case.measure.elapsed(journey.appointment_at)
    if -late > standard.arrive_early.hard:
        text = f"arrives {-late} s before the appointment, the limit is {standard.arrive_early.hard} s"
        yield course.finding(Code.ARRIVE_EARLY, text, visit, excess=-late - standard.arrive_early.hard)
    if late > standard.arrive_late.hard:
        text = f"arrives {late} s after the appointment, the limit is {standard.arrive_late.hard} s"
        yield course.finding(Code.ARRIVE_LATE, text, visit, excess=late - standard.arrive_late.hard)


def _aboard(case: Case, course: Course, pickup: Visit, dropoff: Visit, standard: Standard) -> Iterator[Violation]:
    direct = case.measure.leg(pickup.band, pickup.stop.location, dropoff.stop.location)
    if direct is None:
        return
    rule = standard.aboard
    limit = max(rule.hard, rule.hard_detour * direct[0] + rule.hard_detour_plus)
    aboard = dropoff.begin - pickup.depart
    if aboard > limit + ROUNDING:
        text = f"{aboard} s aboard, the limit is {limit:g} s"
        yield course.finding(Code.ABOARD_TIME, text, dropoff, excess=ceil(aboard - limit))

"""The clock of a duty: arrivals, overheads, dwells and the shift."""

from __future__ import annotations

from collections.abc import Iterator

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.roster import StopKind


def check_timing(case: Case) -> Iterator[Violation]:
    for course in case.courses:
        for visit in course.visits:
            yield from _form(course, visit)
            yield from _begin(case, course, visit)
            yield from _departure(case, course, visit)
        yield from _shift(case, course)


def _form(course: Course, visit: Visit) -> Iterator[Violation]:
    stop = visit.stop
    for name, moment in (
        ("arrive_at", stop.arrive_at),
        ("begin_at", stop.begin_at),
        ("depart_at", stop.depart_at),
        ("anchor_at", stop.anchor_at),
    ):
        if moment is None:
            continue
        if moment.microsecond or moment.tzinfo is None:
            yield course.finding(Code.TIME_FORM, f"{name} must be whole seconds with an offset", visit)


def _begin(case: Case, course: Course, visit: Visit) -> Iterator[Violation]:
    """Arrival and the least that passes before boarding or alighting begins."""
    if visit.arrive != visit.due:
        text = f"arrive_at is {visit.arrive - visit.due:+} s from the departure before plus the drive"
        yield course.finding(Code.ARRIVAL, text, visit)
    waited = visit.begin - visit.due
    if waited < 0:
        yield course.finding(Code.BEGIN_BEFORE_ARRIVAL, f"begins {-waited} s before the vehicle is there", visit)
    if visit.stop.kind is StopKind.END and waited > 0:
        yield course.finding(Code.END_WAIT, f"the end begins {waited} s after the vehicle is there", visit)
    overhead = _overhead(case, visit)
    if overhead and waited < overhead:
        yield course.finding(Code.SITE_OVERHEAD, f"{waited} s from arrival to begin, needs {overhead} s", visit)
    clean_down = case.policy.distancing.clean_down if case.policy.distancing and visit.opens_run and visit.run else 0
    if clean_down and waited < overhead + clean_down:
        text = f"{waited} s from arrival to begin, needs {overhead} s and {clean_down} s to clean down between runs"
        yield course.finding(Code.CLEAN_DOWN, text, visit)


def _overhead(case: Case, visit: Visit) -> int:
    if visit.journey is None or visit.before is None or visit.before.location == visit.stop.location:
        return 0
    place = visit.journey.pickup if visit.stop.kind is StopKind.PICKUP else visit.journey.dropoff
    return case.policy.overhead(place.kind)


def _departure(case: Case, course: Course, visit: Visit) -> Iterator[Violation]:
    """Nothing but the dwell passes between begin and departure; the length of a break is a rule of its own."""
    if visit.stop.kind is StopKind.BREAK:
        return
    dwell = 0
    if visit.stop.kind in {StopKind.PICKUP, StopKind.DROPOFF}:
        mobility = None if visit.journey is None else case.mobility(visit.journey)
        if visit.journey is None or mobility is None:
            return
        if visit.stop.kind is StopKind.PICKUP:
            dwell = mobility.dwell.pickup(visit.journey.pickup.kind)
        else:
            dwell = mobility.dwell.dropoff(visit.journey.dropoff.kind)
    if visit.depart - visit.begin != dwell:
        text = f"{visit.depart - visit.begin} s from begin to departure, must be {dwell} s"
        yield course.finding(Code.DWELL, text, visit)


def _shift(case: Case, course: Course) -> Iterator[Violation]:
    if course.duty is None or not course.visits:
        return
    first, last = course.visits[0], course.visits[-1]
    early = case.measure.elapsed(course.duty.start_at) - min(first.arrive, first.begin)
    if early > 0:
        yield course.finding(Code.EARLY_START, f"starts {early} s before the shift", first, excess=early)
    late = max(last.due, last.depart) - case.measure.elapsed(course.duty.end_at)
    if late > 0:
        yield course.finding(Code.LATE_END, f"ends {late} s after the shift", last, excess=late)

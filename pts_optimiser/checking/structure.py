"""Duties and stops in order: known names, one start, one end, every journey picked up once and then dropped off."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.roster import StopKind

Where = tuple[int, int]  # position of the duty in the roster, position of the stop on it


def check_structure(case: Case) -> Iterator[Violation]:
    entries = Counter(course.entry.duty_id for course in case.courses)
    for duty_id, count in entries.items():
        if count > 1:
            yield Violation(Code.DUPLICATE_DUTY, f"is listed {count} times", duty_id)
    for course in case.courses:
        if course.duty is None:
            yield course.finding(Code.UNKNOWN_DUTY, "no duty of the inputs has this id")
        yield from _ends(course)
        yield from _names(course)
    yield from _pairs(case)


def _ends(course: Course) -> Iterator[Violation]:
    """A duty with journeys begins with its only start and ends with its only end; any other has no stops."""
    if not course.has_journeys:
        if course.visits:
            yield course.finding(Code.IDLE_DUTY_STOPS, f"has {len(course.visits)} stop(s) but no journeys")
        return
    kinds = [visit.stop.kind for visit in course.visits]
    if kinds.count(StopKind.START) != 1 or kinds[0] is not StopKind.START:
        yield course.finding(Code.START_STOP, "must have exactly one start, as its first stop")
    if kinds.count(StopKind.END) != 1 or kinds[-1] is not StopKind.END:
        yield course.finding(Code.END_STOP, "must have exactly one end, as its last stop")


def _names(course: Course) -> Iterator[Violation]:
    for visit in course.visits:
        serves = visit.stop.kind in {StopKind.PICKUP, StopKind.DROPOFF}
        if serves and visit.stop.journey_id is None:
            yield course.finding(Code.STOP_JOURNEY, f"a {visit.stop.kind} must name its journey", visit)
        elif serves and visit.journey is None:
            yield course.finding(Code.UNKNOWN_JOURNEY, "no journey of the inputs has this id", visit)
        elif not serves and visit.stop.journey_id is not None:
            yield course.finding(Code.STOP_JOURNEY, f"a {visit.stop.kind} must not name a journey", visit)


def _pairs(case: Case) -> Iterator[Violation]:
    pickups: defaultdict[str, list[Where]] = defaultdict(list)
    dropoffs: defaultdict[str, list[Where]] = defaultdict(list)
    for row, course in enumerate(case.courses):
        for visit in course.visits:
            if visit.journey is not None:
                side = pickups if visit.stop.kind is StopKind.PICKUP else dropoffs
                side[visit.journey.journey_id].append((row, visit.index))
    for journey_id in dict.fromkeys([*pickups, *dropoffs]):
        yield from _pair(case, journey_id, pickups.get(journey_id, []), dropoffs.get(journey_id, []))


def _pair(case: Case, journey_id: str, pickups: list[Where], dropoffs: list[Where]) -> Iterator[Violation]:
    row, index = (pickups or dropoffs)[0]
    course = case.courses[row]
    visit = course.visits[index]
    if len(pickups) > 1 or len(dropoffs) > 1:
        text = f"is picked up {len(pickups)} time(s) and dropped off {len(dropoffs)} time(s)"
        yield course.finding(Code.DUPLICATE_JOURNEY, text, visit, journey_id)
    if not pickups:
        yield course.finding(Code.NO_PICKUP, "is dropped off but never picked up", visit, journey_id)
    elif not dropoffs:
        yield course.finding(Code.NO_DROPOFF, "is picked up but never dropped off", visit, journey_id)
    elif len(pickups) == len(dropoffs) == 1:
        other_row, other_index = dropoffs[0]
        if other_row != row:
            other = case.courses[other_row].entry.duty_id
            yield course.finding(Code.SPLIT_JOURNEY, f"is dropped off by duty {other}", visit, journey_id)
        elif other_index < index:
            yield course.finding(Code.DROPOFF_FIRST, f"is dropped off before, at stop {other_index}", visit, journey_id)

"""The crew's break: once, in its window, for its length, with nobody aboard."""

from __future__ import annotations

from collections.abc import Iterator

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.duty import Break
from pts_optimiser.domain.roster import StopKind


def check_breaks(case: Case) -> Iterator[Violation]:
    for course in case.courses:
        taken = [visit for visit in course.visits if visit.stop.kind is StopKind.BREAK]
        for visit in taken:
            if visit.aboard:
                parties = len(visit.aboard)
                yield course.finding(Code.BREAK_LOADED, f"{parties} part(ies) aboard", visit, excess=parties)
        if course.duty is None:
            continue
        rest = course.duty.rest
        if rest is None:
            for visit in taken:
                yield course.finding(Code.BREAK_UNASKED, "the duty has no break", visit)
            continue
        if course.has_journeys and not taken:
            yield course.finding(Code.BREAK_MISSING, "the duty has journeys but not its break")
        if len(taken) > 1:
            yield course.finding(Code.BREAK_REPEATED, f"the break is taken {len(taken)} times", taken[1])
        for visit in taken:
            yield from _window(case, course, visit, rest)


def _window(case: Case, course: Course, visit: Visit, rest: Break) -> Iterator[Violation]:
    early = case.measure.elapsed(rest.earliest) - visit.begin
    late = visit.begin - case.measure.elapsed(rest.latest)
    length = round(rest.length.total_seconds())
    if early > 0:
        yield course.finding(Code.BREAK_EARLY, f"begins {early} s before its window", visit, excess=early)
    if late > 0:
        yield course.finding(Code.BREAK_LATE, f"begins {late} s after its window", visit, excess=late)
    if visit.depart - visit.begin != length:
        text = f"lasts {visit.depart - visit.begin} s, must be {length} s"
        yield course.finding(Code.BREAK_LENGTH, text, visit)

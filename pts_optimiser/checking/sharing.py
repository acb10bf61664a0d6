"""Who may travel with whom: the distancing cap, riders who travel alone, and cohorts."""

from __future__ import annotations

from collections.abc import Iterator

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.roster import StopKind


def check_sharing(case: Case) -> Iterator[Violation]:
    for course in case.courses:
        run_cohorts: dict[int, str] = {}
        for visit in course.visits:
            if visit.journey is None or visit.stop.kind is not StopKind.PICKUP or visit.run is None:
                continue
            yield from _cap(case, course, visit)
            yield from _alone(case, course, visit)
            expected = run_cohorts.setdefault(visit.run, visit.journey.cohort)
            if visit.journey.cohort != expected:
                text = f"cohort {visit.journey.cohort!r} in a run of cohort {expected!r}"
                yield course.finding(Code.COHORT, text, visit)


def _cap(case: Case, course: Course, visit: Visit) -> Iterator[Violation]:
    distancing = case.policy.distancing
    if distancing is None or (visit.journey is not None and distancing.exempts(visit.journey)):
        return
    cap = distancing.cap(course.vehicle_type)
    if distancing.household_exempt:
        count, word = len(visit.aboard), "parties"
    else:
        count, word = sum(1 + journey.escorts for journey in visit.aboard), "persons"
    if count > cap:
        yield course.finding(Code.DISTANCING_CAP, f"{count} {word} aboard, the cap is {cap}", visit, excess=count - cap)


def _alone(case: Case, course: Course, visit: Visit) -> Iterator[Violation]:
    """Whoever boards an occupied vehicle meets everybody in it, so looking at pickups is enough."""
    others = len(visit.aboard) - 1
    if others < 1:
        return
    for journey in visit.aboard:
        mobility = case.mobility(journey)
        if journey.travel_alone:
            text = f"travels alone, but {others} other(s) are aboard"
            yield course.finding(Code.TRAVEL_ALONE, text, visit, journey.journey_id, others)
        if mobility is not None and mobility.exclusive:
            text = f"mobility {mobility.code} is exclusive, but {others} other(s) are aboard"
            yield course.finding(Code.EXCLUSIVE, text, visit, journey.journey_id, others)

"""Whether the vehicle and its crew are the duty's, and fit for the journeys they serve."""

from __future__ import annotations

from collections.abc import Iterator

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import StopKind


def check_crew(case: Case) -> Iterator[Violation]:
    for course in case.courses:
        duty = course.duty
        if duty is None:
            continue
        if course.entry.vehicle_id != duty.vehicle_id:
            text = f"vehicle {course.entry.vehicle_id}, by the inputs {duty.vehicle_id}"
            yield course.finding(Code.VEHICLE_ID, text)
        if course.entry.vehicle_type != duty.vehicle_type:
            text = f"vehicle type {course.entry.vehicle_type}, by the inputs {duty.vehicle_type}"
            yield course.finding(Code.VEHICLE_TYPE, text)
        for visit in course.visits:
            if visit.stop.kind is StopKind.PICKUP and visit.journey is not None:
                yield from _fitness(case, course, visit, duty, visit.journey)


def _fitness(case: Case, course: Course, visit: Visit, duty: Duty, journey: Journey) -> Iterator[Violation]:
    mobility = case.mobility(journey)
    vehicle = case.vehicle(course)
    if mobility is not None and duty.crew < mobility.crew:
        text = f"crew of {duty.crew}, mobility {mobility.code} needs {mobility.crew}"
        yield course.finding(Code.CREW, text, visit)
    needed = journey.skills | (frozenset() if mobility is None else mobility.skills)
    lacking = needed - duty.skills - (frozenset() if vehicle is None else vehicle.skills)
    if lacking:
        yield course.finding(Code.SKILLS, f"neither crew nor vehicle has: {', '.join(sorted(lacking))}", visit)
    if duty.contracts and journey.contract not in duty.contracts:
        yield course.finding(Code.CONTRACT, f"the duty does not work for contract {journey.contract!r}", visit)

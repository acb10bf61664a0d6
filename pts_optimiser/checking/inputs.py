"""What the referee cannot check because the inputs or the policy lack it; silence would look like a pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.journey import Journey


def check_inputs(case: Case) -> Iterator[Violation]:
    for duty_id, count in Counter(duty.duty_id for duty in case.duty_list).items():
        if count > 1:
            yield Violation(Code.INPUT_DUPLICATE, f"{count} duties of the inputs have this id", duty_id)
    for journey_id, count in Counter(journey.journey_id for journey in case.journey_list).items():
        if count > 1:
            yield Violation(Code.INPUT_DUPLICATE, f"{count} journeys of the inputs have this id", journey_id=journey_id)
    served: dict[str, Journey] = {}
    for course in case.courses:
        if case.vehicle(course) is None:
            yield course.finding(Code.INPUT_GAP, f"the policy has no vehicle type {course.vehicle_type!r}")
        served.update((visit.journey.journey_id, visit.journey) for visit in course.visits if visit.journey is not None)
    for journey in served.values():
        if case.mobility(journey) is None:
            yield _gap(journey, f"the policy has no mobility {journey.mobility!r}")
        if case.standard(journey) is None:
            yield _gap(journey, f"the policy has no standard for {journey.category} of contract {journey.contract!r}")
        if not journey.tied_to_appointment and journey.ready_at is None:
            yield _gap(journey, "has neither the appointment nor the ready time that its direction needs")


def _gap(journey: Journey, message: str) -> Violation:
    return Violation(Code.INPUT_GAP, message, journey_id=journey.journey_id)

"""Everything that one check looks at, indexed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pts_optimiser.checking.course import Course, Legs, follow
from pts_optimiser.checking.measure import Measure, measure
from pts_optimiser.checking.travel_times import Travel
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Mobility, Policy, Standard, VehicleType
from pts_optimiser.domain.roster import Roster


@dataclass(frozen=True, slots=True)
class Case:
    """The roster with its inputs; ``service_date`` is the one that the duties tell, not the one that is claimed."""

    roster: Roster
    journey_list: Sequence[Journey]
    duty_list: Sequence[Duty]
    policy: Policy
    service_date: date
    measure: Measure
    courses: tuple[Course, ...]

    def mobility(self, journey: Journey) -> Mobility | None:
        return self.policy.mobilities.get(journey.mobility)

    def vehicle(self, course: Course) -> VehicleType | None:
        return self.policy.vehicle_types.get(course.vehicle_type)

    def standard(self, journey: Journey) -> Standard | None:
        """The standard that applies, None where the policy has none."""
        profile = self.policy.standards.get(self.policy.profile(journey))
        return None if profile is None else profile.by_category.get(journey.category)


def open_case(
    roster: Roster,
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
    travel: Travel,
    given: Mapping[str, Legs] | None = None,
) -> Case:
    """Index what is to be checked; ``given`` holds legs by duty that are not the travel times'."""
    known_journeys: Mapping[str, Journey] = {journey.journey_id: journey for journey in reversed(journeys)}
    known_duties: Mapping[str, Duty] = {duty.duty_id: duty for duty in reversed(duties)}
    service_date = _service_date(roster.service_date, duties)
    yardstick = measure(service_date, travel)
    legs = given or {}
    courses = tuple(
        follow(entry, known_duties.get(entry.duty_id), known_journeys, yardstick, legs.get(entry.duty_id))
        for entry in roster.duties
    )
    return Case(roster, journeys, duties, policy, service_date, yardstick, courses)


def _service_date(claimed: date, duties: Sequence[Duty]) -> date:
    """The date on which most duties start; where several tie, the claimed one if it is among them."""
    starts = Counter(
        (duty.start_at if duty.start_at.tzinfo is None else duty.start_at.astimezone(LONDON)).date() for duty in duties
    )
    most = max(starts.values(), default=0)
    tied = {day for day, count in starts.items() if count == most}
    return claimed if not tied or claimed in tied else min(tied)

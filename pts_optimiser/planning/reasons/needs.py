"""What a journey needs that no duty of the day offers, alone or together."""

from __future__ import annotations

from collections.abc import Sequence

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Reason
from pts_optimiser.planning.build import needed_crew, needed_skills, offered_skills
from pts_optimiser.planning.reasons.code import Code


def missing(journey: Journey, duties: Sequence[Duty], policy: Policy) -> Reason | None:
    """The first single thing that no duty of the day offers."""
    crew, skills = needed_crew(journey, policy), needed_skills(journey, policy)
    if not any(duty.crew >= crew for duty in duties):
        return Reason(Code.NO_CREW, f"It needs a crew of {crew}; no duty has that many.", f"Roster a crew of {crew}.")
    for skill in sorted(skills):
        if not any(skill in offered_skills(duty, policy) for duty in duties):
            return Reason(Code.NO_SKILL, f"No duty has the skill {skill}.", f"Roster a crew or vehicle with {skill}.")
    if not any(not duty.contracts or journey.contract in duty.contracts for duty in duties):
        return Reason(
            Code.NO_CONTRACT,
            f"No duty may work for the contract {journey.contract or '(none)'}.",
            "Open a duty to this contract.",
        )
    if not any(carries(journey, duty.vehicle_type, policy) for duty in duties):
        place = policy.mobilities[journey.mobility].place
        return Reason(
            Code.NO_LAYOUT,
            f"No vehicle of the day has room for a {place} user with {journey.escorts} escort(s)"
            + (" under the distancing in force." if policy.distancing else "."),
            f"Roster a vehicle with a {place} place, or ask whether the escorts can travel otherwise.",
        )
    return None


def carries(journey: Journey, vehicle_type: str, policy: Policy) -> bool:
    """Whether some layout of a vehicle type holds the party, with nobody else aboard."""
    place = policy.mobilities[journey.mobility].place
    seats = journey.escorts + (place == "seat")
    wheelchairs, stretchers = int(place == "wheelchair"), int(place == "stretcher")
    cap = policy.distancing
    if cap and (1 if cap.household_exempt else 1 + journey.escorts) > cap.cap(vehicle_type):
        return False
    for layout in policy.vehicle_types[vehicle_type].layouts:
        spare = layout.wheelchairs - wheelchairs, layout.stretchers - stretchers
        if min(spare) < 0:
            continue
        extra = sum(
            room for name, room in zip(("wheelchair", "stretcher"), spare, strict=True) if name in policy.substitutes
        )
        if seats <= layout.seats + extra:
            return True
    return False

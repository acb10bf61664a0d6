"""Why a journey is not served, as a code, a sentence and something a planner can do about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Reason, Unserved
from pts_optimiser.planning.build import needed_crew, needed_skills, offered_skills
from solver import Problem, Solution

NAMED = 3
"""How many duties a reason names."""


def unserved(
    solution: Solution,
    problem: Problem,
    alone: NDArray[np.bool_],
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
) -> tuple[Unserved, ...]:
    """One entry a journey left out; ``alone`` tells which duties could take it if free [n, v]."""
    return tuple(
        Unserved(journeys[r].journey_id, (_reason(r, problem, alone[r], journeys[r], duties, policy),))
        for r in solution.unserved.tolist()
    )


def _reason(
    r: int, problem: Problem, alone: NDArray[np.bool_], journey: Journey, duties: Sequence[Duty], policy: Policy
) -> Reason:
    missing = _missing(journey, duties, policy)
    if missing is not None:
        return missing
    capable = [v for v in range(len(duties)) if problem.compatible[r, v] and _carries(journey, duties[v], policy)]
    if not capable:
        return Reason(
            "no_capable_duty",
            "No single duty has the crew, skills, contract and layout that it needs together.",
            "Add a skill or crew member to a duty whose vehicle can carry it, or roster such a vehicle.",
        )
    free = [v for v in capable if alone[v]]
    if not free:
        names = _named(capable, duties)
        return Reason(
            "no_duty_in_time",
            f"{len(capable)} duties could carry it ({names}), but none can reach both ends inside its hard limits, its"
            " shift, its break and its range.",
            "Extend a shift, move a base nearer, or agree another time for the appointment.",
        )
    return Reason(
        "no_room",
        f"It fits {len(free)} duties while they are free ({_named(free, duties)}), but in this plan their time is"
        " taken by others.",
        "Plan longer, add or extend a duty at that time, or give it to a volunteer driver or taxi.",
    )


def _missing(journey: Journey, duties: Sequence[Duty], policy: Policy) -> Reason | None:
    """The first single thing that no duty of the day offers."""
    crew, skills = needed_crew(journey, policy), needed_skills(journey, policy)
    if not any(duty.crew >= crew for duty in duties):
        return Reason("no_crew", f"It needs a crew of {crew}; no duty has that many.", f"Roster a crew of {crew}.")
    for skill in sorted(skills):
        if not any(skill in offered_skills(duty, policy) for duty in duties):
            return Reason("no_skill", f"No duty has the skill {skill}.", f"Roster a crew or vehicle with {skill}.")
    if not any(not duty.contracts or journey.contract in duty.contracts for duty in duties):
        return Reason(
            "no_contract",
            f"No duty may work for the contract {journey.contract or '(none)'}.",
            "Open a duty to this contract.",
        )
    if not any(_carries(journey, duty, policy) for duty in duties):
        place = policy.mobilities[journey.mobility].place
        return Reason(
            "no_layout",
            f"No vehicle of the day has room for a {place} user with {journey.escorts} escort(s)"
            + (" under the distancing in force." if policy.distancing else "."),
            f"Roster a vehicle with a {place} place, or ask whether the escorts can travel otherwise.",
        )
    return None


def _carries(journey: Journey, duty: Duty, policy: Policy) -> bool:
    """Whether some layout of the duty's vehicle holds the party, with nobody else aboard."""
    place = policy.mobilities[journey.mobility].place
    seats = journey.escorts + (place == "seat")
    wheelchairs, stretchers = int(place == "wheelchair"), int(place == "stretcher")
    cap = policy.distancing
    if cap and (1 if cap.household_exempt else 1 + journey.escorts) > cap.cap(duty.vehicle_type):
        return False
    for layout in policy.vehicle_types[duty.vehicle_type].layouts:
        spare = layout.wheelchairs - wheelchairs, layout.stretchers - stretchers
        if min(spare) < 0:
            continue
        extra = sum(
            room for name, room in zip(("wheelchair", "stretcher"), spare, strict=True) if name in policy.substitutes
        )
        if seats <= layout.seats + extra:
            return True
    return False


def _named(vehicles: Sequence[int], duties: Sequence[Duty]) -> str:
    names = ", ".join(duties[v].duty_id for v in vehicles[:NAMED])
    return names + (", …" if len(vehicles) > NAMED else "")

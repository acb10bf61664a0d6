"""The smallest duty, not of this day, that would take a journey: kind of vehicle, base, from when until when."""

from __future__ import annotations

from pts_optimiser.domain.policy import VehicleType
from pts_optimiser.planning.build import needed_crew, needed_skills
from pts_optimiser.planning.reasons.case import Case
from pts_optimiser.planning.reasons.needs import carries
from pts_optimiser.planning.standards import HARD, TARGET

ROUND_S = 300
"""Shifts begin and end at whole five minutes."""


def extra_duty(case: Case, r: int) -> str:
    """A sentence such as «One more standard_pts duty at Erdington from 13:40 until 16:05 would take it.»

    The vehicle is of the cheapest type, without skills that others may need, the base that of the day's duties from
    which the journey takes the least time. Empty where no type of the policy holds the party, the day has no base
    or no vehicle could keep the journey's own limits.
    """
    journey, policy = case.journeys[r], case.policy
    skills = needed_skills(journey, policy)
    able = [kind for name, kind in policy.vehicle_types.items() if carries(journey, name, policy)]
    bases = _bases(case)
    shifts = [(shift, place) for place in bases if (shift := _shift(case, r, place))]
    if not able or not shifts:
        return ""
    kind = min(able, key=lambda kind: (len(skills - kind.skills), len(kind.skills - skills), _price(kind), kind.name))
    (start, end), place = min(shifts, key=lambda found: (found[0][1] - found[0][0], found[1]))
    lacking = sorted(skills - kind.skills)
    wanted = [f"a crew of {needed_crew(journey, policy)}"] if needed_crew(journey, policy) > 1 else []
    wanted += [f"the skill {skill}" for skill in lacking]
    return (
        f"One more {kind.name} duty{' with ' if wanted else ''}{' and '.join(wanted)} at {bases[place]}"
        f" from {case.clock(start)} until {case.clock(end)} would take it."
    )


def _price(kind: VehicleType) -> tuple[float, ...]:
    return kind.cost_per_hour, kind.cost_per_km, kind.co2e_kg_per_km


def _bases(case: Case) -> dict[int, str]:
    """Names by location; the first duty's where several use one place. On the day a vehicle starts where it is free."""
    places = case.problem.end_location.tolist()
    return {place: duty.base for place, duty in zip(reversed(places), reversed(case.duties), strict=True)}


def _shift(case: Case, r: int, base: int) -> tuple[int, int] | None:
    """Out, the journey alone within its targets (or else its hard limits), and back; None where it cannot be.

    The drive out is that of the slowest band, since the band depends on when the shift starts.
    """
    problem = case.problem
    pickup, dropoff = int(problem.pickup_location[r]), int(problem.dropoff_location[r])
    out = int(problem.seconds[:, base, pickup].max()) + (int(problem.pickup_overhead[r]) if base != pickup else 0)
    back = problem.travel(int(problem.dropoff_band[r]), dropoff, base)
    ride = problem.travel(int(problem.pickup_band[r]), pickup, dropoff)
    ride += int(problem.dropoff_overhead[r]) if pickup != dropoff else 0
    for tier in (TARGET, HARD):
        board, alight = problem.pickup_window[tier, r].tolist(), problem.dropoff_window[tier, r].tolist()
        boarding = int(problem.pickup_service[r])
        arrival = max(alight[0], board[0] + boarding + ride)
        collection = arrival - ride - boarding
        if collection <= board[1] and arrival <= alight[1] and ride <= problem.ride_limit[tier, r]:
            start, end = collection - out, arrival + int(problem.dropoff_service[r]) + back
            return start - start % ROUND_S, end + -end % ROUND_S
    return None

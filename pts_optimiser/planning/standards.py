"""A journey's response standard as what the solver keeps: windows of both ends and a ride limit, target and hard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy

TARGET, HARD = 0, 1
HOUR = 3600
Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds after the service day's midnight; ``pickup[tier]`` and ``dropoff[tier]`` bound the begin of each stop."""

    pickup: tuple[Window, Window]
    dropoff: tuple[Window, Window]
    ride: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Anchors:
    """The moments that decide in which traffic band each end of a journey is planned."""

    pickup: int
    dropoff: int


def anchors(journey: Journey, origin: datetime) -> Anchors:
    """Arrival counts: appointment − 60 min and appointment. Collection counts: ready + 30 min and ready + 90 min."""
    if journey.tied_to_appointment and journey.appointment_at is not None:
        due = seconds_after(origin, journey.appointment_at)
        return Anchors(due - HOUR, due)
    if journey.ready_at is None:
        raise ValueError(f"journey {journey.journey_id} has neither an appointment nor a ready time")
    ready = seconds_after(origin, journey.ready_at)
    return Anchors(ready + HOUR // 2, ready + 3 * HOUR // 2)


def timing(journey: Journey, policy: Policy, origin: datetime, direct: int) -> Timing:
    """Windows and ride limits of a journey that takes ``direct`` seconds without a detour.

    The free end of a journey is bounded by the other end, the drive and the ride limit, which loses no plan. Where
    the direct drive alone exceeds the target aboard, that target is out of reach and only the hard limit is kept.
    """
    standard = policy.standard(journey)
    mobility = policy.mobilities[journey.mobility]
    boarding = mobility.dwell.pickup(journey.pickup.kind)
    least = direct + (policy.overhead(journey.dropoff.kind) if direct else 0)
    hard_ride = int(standard.aboard.hard_for(direct))
    ride = (standard.aboard.target if least <= standard.aboard.target else hard_ride, hard_ride)

    pickups: list[Window] = []
    dropoffs: list[Window] = []
    for tier in (TARGET, HARD):
        if journey.tied_to_appointment and journey.appointment_at is not None:
            due = seconds_after(origin, journey.appointment_at)
            early, late = ((limit.target, limit.hard)[tier] for limit in (standard.arrive_early, standard.arrive_late))
            arrive = (due - early, due + late)
            dropoffs.append(arrive)
            pickups.append((arrive[0] - ride[tier] - boarding, arrive[1] - least - boarding))
        elif journey.ready_at is not None:
            ready = seconds_after(origin, journey.ready_at)
            collect = (ready, ready + (standard.collect.target, standard.collect.hard)[tier])
            pickups.append(collect)
            dropoffs.append((collect[0] + boarding + least, collect[1] + boarding + ride[tier]))
    return Timing((pickups[0], pickups[1]), (dropoffs[0], dropoffs[1]), ride)

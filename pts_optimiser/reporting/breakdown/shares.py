"""For whose contract a vehicle drives: a drive is shared by the seats that the parties of each contract take.

An empty drive is for the run that it leads to, the way home for the last run; so all that a duty takes is somebody's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import VehicleType
from pts_optimiser.domain.roster import Aboard, RosteredDuty, Stop, StopKind
from pts_optimiser.reporting.legs import Leg, Run, legs, runs
from pts_optimiser.reporting.utilisation import WHEELCHAIR_SEATS, SeatCount

SEATS = SeatCount(WHEELCHAIR_SEATS)
Shares = Mapping[str, float]
"""Of each contract; all together 1."""
NOBODY: Shares = MappingProxyType({"": 1.0})
"""What a duty drives that serves no journey in the end, as one whose only patient was not ready."""


def shared_legs(
    duty: RosteredDuty, vehicle_type: VehicleType, journey_of: Mapping[str, Journey]
) -> Iterator[tuple[Leg, Shares]]:
    """The drives of a duty with who they are for, in driving order."""
    of_runs = [shares for _, shares in shared_runs(duty, vehicle_type, journey_of)] or [NOBODY]
    seats = _seats(duty.stops)
    aboard: Counter[str] = Counter()
    done = 0
    for leg in legs(duty, vehicle_type):
        stop = leg.before
        if stop.journey_id is not None:
            sign = 1 if stop.kind is StopKind.PICKUP else -1
            aboard[journey_of[stop.journey_id].contract] += sign * seats[stop.journey_id]
            done += stop.aboard.parties == 0
        yield leg, _shares(aboard) if leg.loaded else of_runs[min(done, len(of_runs) - 1)]


def shared_runs(
    duty: RosteredDuty, vehicle_type: VehicleType, journey_of: Mapping[str, Journey]
) -> list[tuple[Run, Shares]]:
    """The runs of a duty, shared by the seats of all who boarded."""
    seats = _seats(duty.stops)
    found = []
    for run in runs(duty, vehicle_type):
        boarded: Counter[str] = Counter()
        for stop in run.stops:
            if stop.kind is StopKind.PICKUP and stop.journey_id is not None:
                boarded[journey_of[stop.journey_id].contract] += seats[stop.journey_id]
        found.append((run, _shares(boarded)))
    return found


def _seats(stops: tuple[Stop, ...]) -> dict[str, int]:
    """The seats that each party takes, escorts with it."""
    found, before = {}, Aboard()
    for stop in stops:
        if stop.kind is StopKind.PICKUP and stop.journey_id is not None:
            found[stop.journey_id] = SEATS.taken(stop.aboard) - SEATS.taken(before)
        before = stop.aboard
    return found


def _shares(seats: Counter[str]) -> Shares:
    total = sum(seats.values())
    return {contract: taken / total for contract, taken in seats.items() if taken}

"""A ride: a served journey with the two stops that serve it, and what can be measured on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster, Stop, StopKind
from pts_optimiser.reporting.travel import Travel


@dataclass(frozen=True, slots=True)
class Ride:
    """``direct_s`` is the direct drive in the band of the pick-up, in seconds."""

    journey: Journey
    duty_id: str
    pickup: Stop
    dropoff: Stop
    direct_s: int

    @property
    def aboard_s(self) -> int:
        """From boarding completed to arrival at the door of the destination."""
        return seconds_after(self.pickup.depart_at, self.dropoff.begin_at)

    @property
    def early_s(self) -> int | None:
        """Seconds before the appointment (negative: late); None where no appointment counts."""
        if not self.journey.tied_to_appointment or self.journey.appointment_at is None:
            return None
        return seconds_after(self.dropoff.begin_at, self.journey.appointment_at)

    @property
    def wait_s(self) -> int | None:
        """Seconds from ready to collected; None where the arrival is what counts."""
        if self.journey.tied_to_appointment or self.journey.ready_at is None:
            return None
        return seconds_after(self.journey.ready_at, self.pickup.begin_at)


def rides(roster: Roster, journeys: Sequence[Journey], travel: Travel) -> Iterator[Ride]:
    """Every served journey, in the order of the duties and of their drop-offs."""
    by_id = {journey.journey_id: journey for journey in journeys}
    for duty in roster.duties:
        boarded: dict[str, Stop] = {}
        for stop in duty.stops:
            if stop.journey_id is None:
                continue
            if stop.kind is StopKind.PICKUP:
                boarded[stop.journey_id] = stop
            else:
                pickup = boarded[stop.journey_id]
                direct_s = int(travel.seconds[pickup.band, pickup.location, stop.location])
                yield Ride(by_id[stop.journey_id], duty.duty_id, pickup, stop, direct_s)

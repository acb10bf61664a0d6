"""The referee's yardstick: moments in seconds, anchors, bands and legs of the day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime

from pts_optimiser.checking.travel_times import Travel
from pts_optimiser.domain import clock
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import StopKind

MINUTE = 60
INWARD_PICKUP_BEFORE = 60 * MINUTE  # design §4: anchors of the bands
OUTWARD_PICKUP_AFTER = 30 * MINUTE
OUTWARD_DROPOFF_AFTER = 90 * MINUTE


@dataclass(frozen=True, slots=True)
class Measure:
    """Elapsed seconds are counted from ``origin``, the POSIX time of the service day's local midnight.

    ``positions`` are latitude and longitude of every location.
    """

    origin: float
    band_starts: tuple[int, ...]
    travel: Travel
    positions: tuple[tuple[float, float], ...]

    def elapsed(self, moment: datetime) -> int:
        """Elapsed whole seconds after midnight; a naive moment is read as London time."""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=clock.LONDON)
        return round(moment.timestamp() - self.origin)

    def band(self, anchor: int) -> int:
        """The last band that has begun by ``anchor``; before the first, band 0."""
        return max(bisect_right(self.band_starts, anchor) - 1, 0)

    def anchor(self, kind: StopKind, journey: Journey) -> int | None:
        """The moment that decides the band of a pickup or dropoff; None where the journey has no time."""
        moment = anchor(kind, journey)
        return None if moment is None else self.elapsed(moment)

    def knows(self, location: int) -> bool:
        return 0 <= location < len(self.positions)

    def leg(self, band: int, start: int, end: int) -> tuple[int, int] | None:
        """Seconds and metres of a leg; None where the travel times do not hold it."""
        if not (self.knows(start) and self.knows(end) and 0 <= band < len(self.band_starts)):
            return None
        return int(self.travel.seconds[band, start, end]), int(self.travel.metres[start, end])


def anchor(kind: StopKind, journey: Journey) -> datetime | None:
    """The moment that decides the band of a pickup or dropoff; None where the journey has no time."""
    pickup = kind is StopKind.PICKUP
    if journey.tied_to_appointment and journey.appointment_at is not None:
        return _later(journey.appointment_at, -INWARD_PICKUP_BEFORE if pickup else 0)
    if journey.ready_at is None:
        return None
    return _later(journey.ready_at, OUTWARD_PICKUP_AFTER if pickup else OUTWARD_DROPOFF_AFTER)


def _later(moment: datetime, seconds: int) -> datetime:
    """Elapsed seconds later, whatever the clocks do; a naive moment is read as London time."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock.LONDON)
    return clock.moment_at(moment, seconds)


def measure(service_date: date, travel: Travel) -> Measure:
    return Measure(
        origin=clock.midnight(service_date).timestamp(),
        band_starts=tuple(travel.band_start_s.tolist()),
        travel=travel,
        positions=tuple(zip(travel.lat.tolist(), travel.lon.tolist(), strict=True)),
    )

"""The plan that the day follows: a roster with its inputs, indexed once, its times in seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pts_optimiser.checking import Travel
from pts_optimiser.dayof.roads import Point
from pts_optimiser.domain.clock import midnight, moment_at, seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey, Place
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster, Stop, StopKind, Unserved


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """A stop of the roster, its times in elapsed seconds after midnight."""

    stop: Stop
    arrive: int
    begin: int
    depart: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The roster in force with its inputs.

    ``planned_at``: the moment before which the roster has taken all moves in; None for a roster made before the day.
    ``locations`` finds the index in the travel times of a place, its degrees rounded to six decimals; ``duty_of`` the
    rostered duty of a journey; ``promised`` the begin of its pick-up and of its drop-off.
    """

    roster: Roster
    journeys: Mapping[str, Journey]
    duties: Mapping[str, Duty]
    policy: Policy
    travel: Travel
    planned_at: datetime | None
    origin: datetime
    stops: Mapping[str, tuple[PlannedStop, ...]]
    duty_of: Mapping[str, str]
    promised: Mapping[str, tuple[datetime, datetime]]
    unserved: Mapping[str, Unserved]
    locations: Mapping[tuple[float, float], int]

    def seconds(self, moment: datetime) -> int:
        return seconds_after(self.origin, moment)

    def moment(self, seconds: float) -> datetime:
        return moment_at(self.origin, round(seconds))

    def point_at(self, lat: float, lon: float) -> Point:
        """A place with its index, where the travel times hold it."""
        return Point(lat, lon, self.locations.get((round(lat, 6), round(lon, 6))))

    def point_of(self, place: Place) -> Point:
        return self.point_at(place.lat, place.lon)


def plan_of(
    roster: Roster,
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
    travel: Travel,
    planned_at: datetime | None = None,
) -> Plan:
    """Index a roster that the referee has passed; ``travel`` may hold more places than the roster's."""
    origin = midnight(roster.service_date)
    stops = {
        entry.duty_id: tuple(
            PlannedStop(
                stop,
                seconds_after(origin, stop.arrive_at),
                seconds_after(origin, stop.begin_at),
                seconds_after(origin, stop.depart_at),
            )
            for stop in entry.stops
        )
        for entry in roster.duties
    }
    duty_of = {
        stop.journey_id: entry.duty_id for entry in roster.duties for stop in entry.stops if stop.journey_id is not None
    }
    begins: dict[StopKind, dict[str, datetime]] = {kind: {} for kind in StopKind}
    for entry in roster.duties:
        for stop in entry.stops:
            if stop.journey_id is not None:
                begins[stop.kind][stop.journey_id] = stop.begin_at
    return Plan(
        roster=roster,
        journeys={journey.journey_id: journey for journey in journeys},
        duties={duty.duty_id: duty for duty in duties},
        policy=policy,
        travel=travel,
        planned_at=planned_at,
        origin=origin,
        stops=stops,
        duty_of=duty_of,
        promised={
            journey_id: (begin, begins[StopKind.DROPOFF].get(journey_id, begin))
            for journey_id, begin in begins[StopKind.PICKUP].items()
        },
        unserved={left.journey_id: left for left in roster.unserved},
        locations={
            (round(lat, 6), round(lon, 6)): index
            for index, (lat, lon) in enumerate(zip(travel.lat.tolist(), travel.lon.tolist(), strict=True))
        },
    )

"""What a duty has yet to do, as plain seconds: its calls in order, with the drive to each and what each waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from pts_optimiser.checking import Travel
from pts_optimiser.dayof.noise import stop_name
from pts_optimiser.domain.clock import midnight
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster, RosteredDuty, Stop, StopKind


class Readiness(StrEnum):
    BOOKED = "booked"  # as booked, give or take
    SAID = "said"  # somebody has said when
    NOT_YET = "not_yet"  # nobody has said it, and it is said when it is so


@dataclass(frozen=True, slots=True)
class Call:
    """One stop to come; times are elapsed seconds after midnight.

    ``begins`` is the planned begin; ``drive`` the time from the call before, ``leaves`` when that drive is planned to
    begin; ``pause`` what passes between arrival and begin in any case (site overhead, clean-down); before ``floor`` it
    does not begin (a time promised, a window, a break's window), ``dwell`` is how long it takes. ``ready`` is when a
    patient whom the vehicle may have to wait for is booked, or said, to be ready; the wait counts from ``waits_from``
    at the earliest.
    """

    kind: StopKind
    journey: Journey | None
    name: str
    begins: int
    drive: int
    leaves: int
    pause: int
    floor: int
    dwell: int
    ready: int | None = None
    waits_from: int = 0
    readiness: Readiness = Readiness.BOOKED
    location: int | None = None
    band: int = 0

    @property
    def journey_id(self) -> str:
        return "" if self.journey is None else self.journey.journey_id

    @property
    def spare(self) -> int:
        """Planned seconds for which the vehicle stands before this call."""
        return self.begins - self.leaves - self.drive - self.pause


@dataclass(frozen=True, slots=True)
class Itinerary:
    """The calls of a duty to come. The vehicle sets out to the first at ``free``, not before ``opens``.

    Where ``free`` is past it is on its way and not there yet, or, with no drive left, it is there and waits.

    It comes from ``location`` (None where the travel times do not hold that), in ``band``; ``origin`` is the POSIX time
    of the service day's midnight.
    ``begun`` is when the first call began, where it has; ``boarded`` when each patient aboard had boarded; ``direct``
    the direct drive of each journey to be dropped off; ``now`` the moment before which nothing more happens.
    """

    duty_id: str
    origin: float
    free: int
    opens: int
    location: int | None
    band: int
    calls: tuple[Call, ...]
    begun: int | None = None
    boarded: Mapping[str, int] = field(default_factory=dict)
    direct: Mapping[str, int] = field(default_factory=dict)
    now: int = 0


@dataclass(frozen=True, slots=True)
class Floors:
    """Before which moment a call does not begin."""

    policy: Policy
    origin: float

    def seconds(self, moment: datetime) -> int:
        """Elapsed seconds after midnight."""
        return round(moment.timestamp() - self.origin)

    def floor(self, kind: StopKind, journey: Journey | None, duty: Duty, begins: int) -> int:
        """A pick-up keeps the time that its patient was told, a break its window.

        A drop-off begins when the vehicle is there, but not so early that a target is missed that the plan keeps.
        """
        if kind is StopKind.BREAK:
            return begins if duty.rest is None else min(begins, self.seconds(duty.rest.earliest))
        if kind is StopKind.PICKUP or journey is None:
            return begins if kind is not StopKind.END else 0
        if not journey.tied_to_appointment or journey.appointment_at is None:
            return 0
        early = self.policy.standard(journey).arrive_early.target
        return min(begins, self.seconds(journey.appointment_at) - early)

    def ready(self, kind: StopKind, journey: Journey | None) -> int | None:
        """When the patient of a pick-up is booked to be ready; None where that is not what counts."""
        if kind is not StopKind.PICKUP or journey is None or journey.tied_to_appointment or journey.ready_at is None:
            return None
        return self.seconds(journey.ready_at)


def itineraries(
    roster: Roster,
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
    travel: Travel,
    now: datetime | None = None,
) -> tuple[Itinerary, ...]:
    """The day as the roster has it; at ``now`` everything until then has gone as planned."""
    by_id = {journey.journey_id: journey for journey in journeys}
    duty_of = {duty.duty_id: duty for duty in duties}
    origin = midnight(roster.service_date).timestamp()
    floors = Floors(policy, origin)
    clock = 0 if now is None else floors.seconds(now)
    return tuple(
        _itinerary(entry, duty_of[entry.duty_id], by_id, floors, travel, clock)
        for entry in roster.duties
        if entry.stops
    )


def _itinerary(
    entry: RosteredDuty, duty: Duty, journeys: Mapping[str, Journey], floors: Floors, travel: Travel, now: int
) -> Itinerary:
    calls = list(_calls(entry.stops, duty, journeys, floors))
    ahead = next((index for index, call in enumerate(calls) if call.begins + call.dwell > now), len(calls))
    boarded: dict[str, int] = {}
    pickups = {stop.journey_id: stop for stop in entry.stops if stop.kind is StopKind.PICKUP}
    direct = {
        stop.journey_id: int(travel.seconds[pickup.band, pickup.location, stop.location])
        for stop in entry.stops
        if stop.kind is StopKind.DROPOFF and stop.journey_id is not None and (pickup := pickups.get(stop.journey_id))
    }
    for call in calls[:ahead]:
        if call.kind is StopKind.PICKUP:
            boarded[call.journey_id] = call.begins + call.dwell
        elif call.kind is StopKind.DROPOFF:
            boarded.pop(call.journey_id, None)
    left = calls[ahead:]
    if left and left[0].leaves + left[0].drive <= now:  # it is there and waits
        left[0] = replace(left[0], leaves=left[0].leaves + left[0].drive, drive=0)
    free = left[0].leaves if left else now
    return Itinerary(
        duty_id=duty.duty_id,
        origin=floors.origin,
        free=free,
        opens=free if ahead or now >= free else max(floors.seconds(duty.start_at), now),
        location=entry.stops[min(ahead, len(calls) - 1)].location,
        band=entry.stops[min(ahead, len(calls) - 1)].band,
        calls=tuple(left),
        begun=left[0].begins if left and left[0].begins < now else None,
        boarded=boarded,
        direct=direct,
        now=now,
    )


def _calls(stops: Sequence[Stop], duty: Duty, journeys: Mapping[str, Journey], floors: Floors) -> Iterator[Call]:
    """Every stop but the start."""
    policy, runs = floors.policy, 0
    clean_down = policy.distancing.clean_down if policy.distancing else 0
    for before, stop in pairwise(stops):
        journey = None if stop.journey_id is None else journeys[stop.journey_id]
        begins = floors.seconds(stop.begin_at)
        ready = floors.ready(stop.kind, journey)
        pause = 0
        if journey is not None and before.location != stop.location:
            place = journey.pickup if stop.kind is StopKind.PICKUP else journey.dropoff
            pause = policy.overhead(place.kind)
        if stop.kind is StopKind.PICKUP and before.aboard.parties == 0:
            pause += clean_down if runs else 0
            runs += 1
        yield Call(
            kind=stop.kind,
            journey=journey,
            name=stop_name(stop.kind, duty.duty_id if journey is None else journey.journey_id),
            begins=begins,
            drive=stop.travel_s,
            leaves=floors.seconds(before.depart_at),
            pause=pause,
            floor=floors.floor(stop.kind, journey, duty, begins),
            dwell=floors.seconds(stop.depart_at) - begins,
            ready=ready,
            waits_from=ready or 0,
            location=stop.location,
            band=stop.band,
        )

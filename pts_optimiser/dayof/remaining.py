"""The itineraries that a day's state leaves: what each duty has yet to do, from where and when it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pts_optimiser.checking import Travel
from pts_optimiser.dayof.itinerary import Call, Floors, Itinerary, Readiness
from pts_optimiser.dayof.noise import stop_name
from pts_optimiser.dayof.state import DayState, DayStop, DutyPhase, DutyState, StopPhase
from pts_optimiser.domain.clock import midnight
from pts_optimiser.domain.events import Stage
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import StopKind

BEHIND = frozenset({StopPhase.DONE, StopPhase.IN_VAIN})
THERE = frozenset({StopPhase.UNDER_WAY, StopPhase.WAITING})


def remaining(state: DayState, journeys: Sequence[Journey], policy: Policy, travel: Travel) -> tuple[Itinerary, ...]:
    """One itinerary for each duty with stops to come.

    Journeys that have no place on a duty (``state.to_place()``) are on none. ``journeys`` are as booked before the day.
    Where clinics say when patients are ready, who has not been said to be ready is not.
    """
    day = _Day(state, {journey.journey_id: journey for journey in journeys}, policy, travel)
    return tuple(
        day.itinerary(duty)
        for duty in state.duties.values()
        if duty.lost is None and duty.phase is not DutyPhase.FINISHED and any(s.phase not in BEHIND for s in duty.stops)
    )


class _Day:
    def __init__(self, state: DayState, booked: Mapping[str, Journey], policy: Policy, travel: Travel) -> None:
        self.state, self.booked, self.travel = state, booked, travel
        self.floors = Floors(policy, midnight(state.service_date).timestamp())
        self.clean_down = policy.distancing.clean_down if policy.distancing else 0
        self.now = self.floors.seconds(state.now)
        self.clinics_say = any(journey.said_ready for journey in state.journeys.values())

    def itinerary(self, duty: DutyState) -> Itinerary:
        seconds = self.floors.seconds
        behind = [stop for stop in duty.stops if stop.phase in BEHIND]
        ahead = [stop for stop in duty.stops if stop.phase not in BEHIND and stop.kind is not StopKind.START]
        start = next((stop for stop in duty.stops if stop.kind is StopKind.START and stop.phase not in BEHIND), None)
        before = start or (behind[-1] if behind else ahead[0])
        free, drive = self._first_leg(before, ahead[0]) if ahead else (self.now, 0)
        begun = self._begun(ahead[0]) if ahead and ahead[0].phase is StopPhase.UNDER_WAY else None
        return Itinerary(
            duty_id=duty.duty.duty_id,
            origin=self.floors.origin,
            free=free,
            opens=min(free, max(seconds(duty.duty.start_at), self.now)) if start else free,
            location=duty.here.point.location if duty.here.point.towards is None else None,
            band=before.band,
            calls=tuple(self._calls(duty, before, ahead, free, drive)),
            begun=begun,
            boarded={rider.journey_id: seconds(rider.boarded_at) for rider in duty.aboard},
            direct=self._direct(duty),
            now=self.now,
        )

    def _first_leg(self, before: DayStop, stop: DayStop) -> tuple[int, int]:
        """When the vehicle sets out to its next stop and how long it drives.

        A vehicle of which nothing is known since it left is still driving the whole way; of one that was seen, or that
        has turned, what is left of the way is driven from now.
        """
        left, due = self.floors.seconds(before.depart_at), self.floors.seconds(stop.arrive_at)
        if stop.phase in THERE:
            return due, 0
        if left >= self.now or stop.kind is StopKind.BREAK:
            return max(left, self.now), max(0, due - left)
        start, end = before.point.location, stop.point.location
        if start is not None and end is not None:
            drive = int(self.travel.seconds[before.band, start, end])
            if abs(max(left + drive, self.now) - due) <= 1:
                return left, drive
        return self.now, max(0, due - self.now)

    def _begun(self, stop: DayStop) -> int | None:
        """When the stop under way began, as reported or as it must have; None while it waits."""
        begin = self.floors.seconds(stop.begin_at)
        if Stage.BEGUN in stop.reported:
            return begin
        waits = stop.kind is StopKind.PICKUP and self._readiness(stop.journey_id) is Readiness.NOT_YET
        return None if begin > self.now or waits else begin

    def _calls(
        self, duty: DutyState, before: DayStop, ahead: Sequence[DayStop], free: int, first_drive: int
    ) -> Iterator[Call]:
        seconds = self.floors.seconds
        aboard = {rider.journey_id for rider in duty.aboard}
        ran = any(stop.kind is StopKind.PICKUP and stop.phase is StopPhase.DONE for stop in duty.stops)
        for at, (last, stop) in enumerate(pairwise([before, *ahead])):
            leaves = seconds(last.depart_at) if at else free
            drive = max(0, seconds(stop.arrive_at) - leaves) if at else first_drive
            pause = self._pause(last, stop)
            if stop.kind is StopKind.PICKUP and ran and not aboard:
                pause += self.clean_down
            if stop.journey_id is not None:
                ran = True
                (aboard.add if stop.kind is StopKind.PICKUP else aboard.discard)(stop.journey_id)
            yield self._call(duty, stop, leaves, drive, pause)

    def _call(self, duty: DutyState, stop: DayStop, leaves: int, drive: int, pause: int) -> Call:
        seconds, owner = self.floors.seconds, stop.journey_id or duty.duty.duty_id
        journey = None if stop.journey_id is None else self.state.journeys[stop.journey_id].journey
        waits_from = None if stop.journey_id is None else self.state.journeys[stop.journey_id].wait_from
        begins = seconds(stop.begin_at if stop.planned is None else stop.planned.begin_at)
        dwell = seconds(stop.depart_at) - seconds(stop.begin_at)
        if stop.planned is not None:
            dwell = seconds(stop.planned.depart_at) - begins
        ready = self.floors.ready(stop.kind, journey)
        return Call(
            kind=stop.kind,
            journey=journey,
            name=stop_name(stop.kind, owner),
            begins=begins,
            drive=0 if stop.kind is StopKind.BREAK else drive,
            leaves=leaves,
            pause=pause,
            floor=0 if stop.planned is None else self.floors.floor(stop.kind, journey, duty.duty, begins),
            dwell=dwell,
            ready=ready,
            waits_from=(ready or 0) if waits_from is None else seconds(waits_from),
            readiness=self._readiness(stop.journey_id),
            location=stop.point.location,
            band=stop.band,
        )

    def _readiness(self, journey_id: str | None) -> Readiness:
        if journey_id is None:
            return Readiness.BOOKED
        state, booked = self.state.journeys[journey_id], self.booked.get(journey_id)
        if state.said_ready or (booked is not None and booked.ready_at != state.journey.ready_at):
            return Readiness.SAID
        return Readiness.NOT_YET if self.clinics_say else Readiness.BOOKED

    def _pause(self, last: DayStop, stop: DayStop) -> int:
        """Site overhead, where the vehicle comes from elsewhere."""
        if stop.journey_id is None or last.point == stop.point:
            return 0
        journey = self.state.journeys[stop.journey_id].journey
        place = journey.pickup if stop.kind is StopKind.PICKUP else journey.dropoff
        return self.floors.policy.overhead(place.kind)

    def _direct(self, duty: DutyState) -> dict[str, int]:
        """The direct drives of all whose pick-up and drop-off the travel times hold."""
        pickups = {stop.journey_id: stop for stop in duty.stops if stop.kind is StopKind.PICKUP}
        found = {}
        for stop in duty.stops:
            pickup = pickups.get(stop.journey_id)
            if stop.kind is not StopKind.DROPOFF or stop.journey_id is None or pickup is None:
                continue
            start, end = pickup.point.location, stop.point.location
            if start is not None and end is not None:
                band = pickup.band if pickup.planned is None else pickup.planned.band
                found[stop.journey_id] = int(self.travel.seconds[band, start, end])
        return found

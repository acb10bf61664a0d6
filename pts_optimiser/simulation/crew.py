"""One vehicle with its crew: follows its duty in the plan in force, reports its stops, and can be sent elsewhere."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from simpy import Event as Occurrence
from simpy import Interrupt

from pts_optimiser.dayof.noise import stop_name
from pts_optimiser.dayof.roads import Point, between
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.events import Position, Stage
from pts_optimiser.domain.journey import Journey, PlaceKind
from pts_optimiser.domain.roster import Stop, StopKind
from pts_optimiser.simulation.world import Made, World, is_ride

IN_VAIN_S = 5 * 60
"""At the door of a patient who does not travel."""
Doing = Generator[Occurrence, Any, None]
Key = tuple[StopKind, str | None]


class Crew:
    """A vehicle and its crew. ``spot`` is where it last stood or turned; ``leg`` its drive, where it is driving."""

    def __init__(self, duty: Duty, world: World) -> None:
        self.duty, self.world = duty, world
        self.spot = world.plan.point_at(duty.base_lat, duty.base_lon)
        self.leg: tuple[Point, int, int] | None = None
        self.made: set[Key] = set()
        self.at: tuple[Key, int, int] | None = None  # the stop that it stands at, since when, seconds to get in
        self.aboard: dict[str, int] = {}
        self.came_from_elsewhere = self.ran = self.open = self.lost = False
        self.late_s = 0
        self.process = world.env.process(self._work())

    def lose(self) -> None:
        """The vehicle is off the road; whoever is aboard sits in it."""
        if not self.lost:
            self.process.interrupt("lost")

    def delay(self, seconds: int) -> None:
        """It starts so much after its shift's beginning, or is so much longer on its next drive."""
        self.late_s += seconds

    def heed(self) -> None:
        """The plan in force has changed, or somebody was called off."""
        if not self.open or self.lost:
            return
        stop = self._stop() if self.leg is not None else None
        if stop is None or self.leg is None or stop.location != self.leg[0].location:
            self.process.interrupt("changed")

    def position(self) -> Position | None:
        """Where it is, if it is on the way."""
        if self.leg is None:
            return None
        here = self._underway()
        return Position(self.duty.duty_id, here.lat, here.lon)

    def _work(self) -> Doing:
        while True:
            try:
                yield from self._next()
            except Interrupt as interrupt:
                self._turn()
                if interrupt.cause == "lost":
                    self.lost = True
                    self.world.stranded.update(self.aboard)
                    return

    def _next(self) -> Doing:
        """One step towards the next stop: the drive, the wait before it begins, or the stop itself."""
        stop, now = self._stop(), self.world.now
        if stop is None:
            yield from self._pause(None)
        elif not self._stands_at(stop):
            yield from self._drive(stop)
        else:
            self._arrive(stop)
            begin = self._earliest(stop)
            if begin > now:
                yield from self._pause(begin - now)
            else:
                yield from self._make(stop)

    def _stop(self) -> Stop | None:
        """The next stop; None where nothing is to be done (any more)."""
        left = [
            planned.stop
            for planned in self.world.plan.stops.get(self.duty.duty_id, ())
            if (planned.stop.kind, planned.stop.journey_id) not in self.made and self._still(planned.stop)
        ]
        if not any(is_ride(stop.kind) for stop in left) and (
            (StopKind.START, None) not in self.made or all(stop.kind is StopKind.BREAK for stop in left)
        ):
            return None
        return left[0]

    def _still(self, stop: Stop) -> bool:
        if stop.journey_id is None:
            return True
        return (
            self.world.to_fetch(stop.journey_id)
            if stop.kind is StopKind.PICKUP
            else (stop.journey_id in self.aboard or self.world.to_fetch(stop.journey_id))
        )

    def _stands_at(self, stop: Stop) -> bool:
        if stop.kind in {StopKind.START, StopKind.BREAK}:
            return True
        return self.spot.location == stop.location and self.spot.towards is None

    def _drive(self, stop: Stop) -> Doing:
        roads, now = self.world.roads, self.world.now
        target = Point(stop.lat, stop.lon, stop.location)
        seconds = float(roads.drive(self.spot, target, roads.band(now), now))
        if seconds:
            name = stop_name(stop.kind, stop.journey_id or self.duty.duty_id)
            seconds *= self.world.happenings.noise.drive_factor(self.duty.duty_id, name, now)
        takes, self.late_s = round(seconds) + self.late_s, 0
        self.leg, self.at, self.came_from_elsewhere = (target, now, max(takes, 1)), None, True
        yield from self._pause(takes)
        self._count()
        self.spot, self.leg = target, None

    def _underway(self) -> Point:
        if self.leg is None:
            return self.spot
        target, since, takes = self.leg
        share = min(1.0, (self.world.now - since) / takes)
        if share == 0:
            return self.spot
        start = self.spot
        if start.towards is not None:  # turned twice on one way: from the nearer of the two places
            start = Point(start.lat, start.lon, start.location if start.share < 0.5 else start.towards)
        return between(start, target, share)

    def _turn(self) -> None:
        if self.leg is not None:
            here = self._underway()
            self._count()
            self.spot, self.leg = here, None

    def _count(self) -> None:
        if self.leg is not None:
            driven = self.world.driven
            driven[self.duty.duty_id] = driven.get(self.duty.duty_id, 0) + self.world.now - self.leg[1]

    def _pause(self, seconds: int | None) -> Doing:
        """Something that a change of plan may break off."""
        env = self.world.env
        self.open = True
        try:
            yield env.event() if seconds is None else env.timeout(seconds)
        finally:
            self.open = False

    def _arrive(self, stop: Stop) -> None:
        key = (stop.kind, stop.journey_id)
        if self.at is not None and self.at[0] == key:
            return
        into = 0
        if self.came_from_elsewhere and is_ride(stop.kind):
            into = self.world.plan.policy.overhead(self._place(stop))
        self.at = (key, self.world.now, into)
        if stop.kind is not StopKind.START:
            self.came_from_elsewhere = False
        if stop.kind not in {StopKind.START, StopKind.END}:
            self.world.report(self.duty.duty_id, stop, Stage.ARRIVED)

    def _earliest(self, stop: Stop) -> int:
        """When the stop that it stands at can begin."""
        world, plan = self.world, self.world.plan
        at = self.world.now if self.at is None else self.at[1] + self.at[2]
        begin = plan.seconds(stop.begin_at)
        match stop.kind:
            case StopKind.START:
                return max(plan.seconds(stop.depart_at), plan.seconds(self.duty.start_at) + self.late_s)
            case StopKind.BREAK:
                rest = self.duty.rest
                return max(at, begin if rest is None else min(begin, plan.seconds(rest.earliest)))
            case StopKind.PICKUP:
                distancing = plan.policy.distancing
                if distancing is not None and self.ran and not self.aboard:
                    at += distancing.clean_down
                if stop.journey_id in world.stranded:
                    return at
                at = max(at, world.earliest_pickup(stop))
                waited_for = stop.journey_id not in world.happenings.aborts
                return max(at, world.happenings.ready.get(stop.journey_id or "", at)) if waited_for else at
            case StopKind.DROPOFF:
                journey = self._journey(stop)
                if journey.tied_to_appointment and journey.appointment_at is not None:
                    early = plan.policy.standard(journey).arrive_early.target
                    return max(at, min(begin, plan.seconds(journey.appointment_at) - early))
                return at
            case _:
                return max(at, plan.seconds(self.duty.end_at))  # it signs off; until then it can be sent out again

    def _make(self, stop: Stop) -> Doing:
        world, key, begin = self.world, (stop.kind, stop.journey_id), self.world.now
        arrive = begin if self.at is None else self.at[1]
        aborted = world.happenings.aborts.get(stop.journey_id or "") if stop.kind is StopKind.PICKUP else None
        if stop.kind in {StopKind.START, StopKind.END}:
            self.late_s = 0
            world.report(self.duty.duty_id, stop, *Stage)
            world.made.append(Made(self.duty.duty_id, stop, arrive, begin, begin))
        elif aborted is not None and stop.journey_id not in world.stranded:
            world.say(aborted)
            yield world.env.timeout(IN_VAIN_S)
            world.report(self.duty.duty_id, stop, Stage.DEPARTED)
        else:
            world.report(self.duty.duty_id, stop, Stage.BEGUN)
            yield world.env.timeout(self._takes(stop))
            world.report(self.duty.duty_id, stop, Stage.DEPARTED)
            if stop.kind is StopKind.PICKUP:
                self._board(stop)
            elif stop.kind is StopKind.DROPOFF:
                self.aboard.pop(stop.journey_id or "")
            world.made.append(Made(self.duty.duty_id, stop, arrive, begin, world.now))
        self.made.add(key)
        self.at = None

    def _board(self, stop: Stop) -> None:
        journey_id = stop.journey_id or ""
        self.aboard[journey_id] = self.world.now
        self.world.collected.add(journey_id)
        self.world.stranded.discard(journey_id)
        self.ran = True

    def _takes(self, stop: Stop) -> int:
        if stop.kind is StopKind.BREAK:
            return 0 if self.duty.rest is None else round(self.duty.rest.length.total_seconds())
        dwell = self.world.plan.policy.mobilities[self._journey(stop).mobility].dwell
        takes = dwell.pickup(self._place(stop)) if stop.kind is StopKind.PICKUP else dwell.dropoff(self._place(stop))
        return round(takes * self.world.happenings.noise.dwell_factor(stop_name(stop.kind, stop.journey_id or "")))

    def _journey(self, stop: Stop) -> Journey:
        return self.world.journeys[stop.journey_id or ""]

    def _place(self, stop: Stop) -> PlaceKind:
        if stop.kind is StopKind.PICKUP and stop.journey_id in self.world.stranded:
            return PlaceKind.HOME
        journey = self._journey(stop)
        return journey.pickup.kind if stop.kind is StopKind.PICKUP else journey.dropoff.kind

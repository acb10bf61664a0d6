"""What crews, patients and control room share: the clock, the plan in force, what was said and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from simpy import Environment

from pts_optimiser.dayof import Plan
from pts_optimiser.domain.events import Body, CalledOff, Event, JourneyBooked, Stage, StopReported
from pts_optimiser.domain.journey import Direction, Journey
from pts_optimiser.domain.roster import Stop, StopKind
from pts_optimiser.simulation.happenings import Happenings


@dataclass(frozen=True, slots=True)
class Made:
    """A stop as it was made, elapsed seconds; for the last one of a lost vehicle there is none."""

    duty_id: str
    stop: Stop
    arrive: int
    begin: int
    depart: int


class World:
    """One day being played. ``told``: the begin of pick-up that a patient was told last."""

    def __init__(self, env: Environment, plan: Plan, happenings: Happenings) -> None:
        self.env, self.plan, self.happenings = env, plan, happenings
        self.roads = happenings.roads
        self.journeys: dict[str, Journey] = dict(plan.journeys)
        self.told = {journey_id: plan.seconds(begin) for journey_id, (begin, _) in plan.promised.items()}
        self.off: set[str] = set()
        self.stranded: set[str] = set()
        self.collected: set[str] = set()
        self.made: list[Made] = []
        self.driven: dict[str, int] = {}
        self.said: list[Event] = []
        self._number = 0

    @property
    def now(self) -> int:
        return int(self.env.now)

    def put_in_force(self, plan: Plan) -> None:
        """Crews follow this plan from now on; its travel times may hold more places."""
        self.plan, self.roads = plan, replace(self.roads, travel=plan.travel)

    def say(self, body: Body) -> None:
        """A crew's word; it is known at once."""
        self._number += 1
        moment = self.plan.moment(self.now)
        self.hear(Event(f"crews-{self._number}", "crews", self._number, moment, moment, body))

    def report(self, duty_id: str, stop: Stop, *stages: Stage) -> None:
        for stage in stages:
            self.say(StopReported(duty_id, stop.kind, stop.journey_id, stage))

    def hear(self, event: Event) -> None:
        """Take in a word: from now on the control room knows it, and crews no longer go to who was called off."""
        self.said.append(event)
        match event.body:
            case JourneyBooked(journey=journey):
                self.journeys[journey.journey_id] = journey
                self.off.discard(journey.journey_id)
            case CalledOff() as body:
                self.off.update(self._called_off(body))
            case _:
                pass

    def _called_off(self, body: CalledOff) -> Iterator[str]:
        yield body.journey_id
        journey = self.journeys.get(body.journey_id)
        if (
            journey is None
            or body.keep_return
            or journey.direction is not Direction.INWARD
            or not journey.attendance_id
        ):
            return
        for other in self.journeys.values():
            if other.attendance_id == journey.attendance_id and other.direction is Direction.OUTWARD:
                yield other.journey_id

    def to_fetch(self, journey_id: str) -> bool:
        """Whether somebody still has to pick the patient up."""
        if journey_id in self.stranded:
            return True
        return journey_id not in self.off and journey_id not in self.collected

    def earliest_pickup(self, stop: Stop) -> int:
        """A crew does not begin before the time that the patient was told, unless the plan has it earlier."""
        begin = self.plan.seconds(stop.begin_at)
        return min(begin, self.told.get(stop.journey_id or "", begin))


def is_ride(kind: StopKind) -> bool:
    return kind in {StopKind.PICKUP, StopKind.DROPOFF}

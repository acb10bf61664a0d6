"""One duty after another, stop after stop, on one random day: the plainest simulation that late risk can be held to.

Nobody re-plans. It shares with ``pts_optimiser.dayof`` only the random numbers' distribution (``DayNoise``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise

from pts_optimiser.checking import Travel
from pts_optimiser.dayof.noise import DayNoise
from pts_optimiser.domain.clock import midnight
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.events import Body, Event, Ready, Stage, StopReported
from pts_optimiser.domain.journey import Journey, Place
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster, RosteredDuty, Stop, StopKind


@dataclass(frozen=True)
class Result:
    """Whether one standard of one journey was missed; ``target`` None where the direct drive alone takes longer."""

    journey_id: str
    measure: str
    target: bool | None
    hard: bool


@dataclass(frozen=True)
class Day:
    roster: Roster
    journeys: Sequence[Journey]
    duties: Sequence[Duty]
    policy: Policy
    travel: Travel

    @cached_property
    def journey_of(self) -> Mapping[str, Journey]:
        return {journey.journey_id: journey for journey in self.journeys}

    @cached_property
    def midnight(self) -> float:
        return midnight(self.roster.service_date).timestamp()

    @cached_property
    def duty_of(self) -> Mapping[str, Duty]:
        return {duty.duty_id: duty for duty in self.duties}


@dataclass(frozen=True)
class Made:
    """A stop as it was made; POSIX seconds. ``ready`` is when its patient was, where a pick-up waits for that."""

    duty_id: str
    kind: StopKind
    journey_id: str | None
    arrive: float
    begin: float
    depart: float
    ready: float | None = None


def play(day: Day, noise: DayNoise) -> tuple[list[Result], list[Made]]:
    """Everything that is measured and done on the day of a seed."""
    results: list[Result] = []
    made: list[Made] = []
    for entry in day.roster.duties:
        if entry.stops:
            _Vehicle(entry, day, noise, results, made).drive()
    return results, made


def told(made: Sequence[Made]) -> list[Event]:
    """What crews and clinics say of a day that went so."""
    words: list[tuple[float, Body]] = []
    for stop in made:
        for stage, moment in zip(Stage, (stop.arrive, stop.begin, stop.depart), strict=True):
            words.append((moment, StopReported(stop.duty_id, stop.kind, stop.journey_id, stage)))
        if stop.ready is not None and stop.journey_id is not None:
            words.append((stop.ready, Ready(stop.journey_id)))
    words.sort(key=lambda word: word[0])
    return [
        Event(f"e{number}", "crews", number, moment, moment, body)
        for number, (second, body) in enumerate(words)
        for moment in (datetime.fromtimestamp(round(second), UTC),)
    ]


class _Vehicle:
    def __init__(self, entry: RosteredDuty, day: Day, noise: DayNoise, results: list[Result], made: list[Made]) -> None:
        self.entry, self.day, self.noise, self.results, self.made = entry, day, noise, results, made
        self.duty = day.duty_of[entry.duty_id]
        self.boarded: dict[str, float] = {}
        self.ran = False
        self.clock = entry.stops[0].depart_at.timestamp()

    def drive(self) -> None:
        first, *stops = self.entry.stops
        self._make(first, self.clock, self.clock)
        for before, stop in pairwise([first, *stops]):
            seconds = float(self.day.travel.seconds[before.band, before.location, stop.location])
            if seconds:
                since_midnight = self.clock - self.day.midnight
                self.clock += seconds * self.noise.drive_factor(self.entry.duty_id, self._name(stop), since_midnight)
            arrive = self.clock
            if before.location != stop.location and stop.journey_id is not None:
                self.clock += self.day.policy.overhead(self._place(stop).kind)
            if stop.kind is StopKind.PICKUP:
                self._pick_up(stop, arrive)
            elif stop.kind is StopKind.DROPOFF:
                self._drop_off(stop, arrive)
            elif stop.kind is StopKind.BREAK:
                self._rest(stop, arrive)
            else:
                self._make(stop, arrive, self.clock)

    def _pick_up(self, stop: Stop, arrive: float) -> None:
        journey, policy = self._journey(stop), self.day.policy
        if not self.boarded and self.ran and policy.distancing is not None:
            self.clock += policy.distancing.clean_down
        self.ran = True
        self.clock = max(self.clock, stop.begin_at.timestamp())
        ready = None
        if not journey.tied_to_appointment and journey.ready_at is not None:
            booked = journey.ready_at.timestamp()
            ready = booked + self.noise.slip_s(journey.journey_id, journey.category)
            self.clock = max(self.clock, ready)
            wait, limit = self.clock - max(ready, booked), policy.standard(journey).collect
            self._measure(journey, "collect", wait > limit.target, wait > limit.hard)
        begin = self.clock
        self.clock += policy.mobilities[journey.mobility].dwell.pickup(journey.pickup.kind) * self._stretch(stop)
        self.boarded[journey.journey_id] = self.clock
        self._make(stop, arrive, begin, ready)

    def _drop_off(self, stop: Stop, arrive: float) -> None:
        journey, policy = self._journey(stop), self.day.policy
        standard = policy.standard(journey)
        if journey.tied_to_appointment and journey.appointment_at is not None:
            appointment, soonest, latest = (
                journey.appointment_at.timestamp(),
                standard.arrive_early,
                standard.arrive_late,
            )
            self.clock = max(self.clock, min(stop.begin_at.timestamp(), appointment - soonest.target))
            late = self.clock - appointment
            target = not -soonest.target <= late <= latest.target
            self._measure(journey, "arrive", target, not -soonest.hard <= late <= latest.hard)
        aboard = self.clock - self.boarded.pop(journey.journey_id)
        pickup = next(s for s in self.entry.stops if s.kind is StopKind.PICKUP and s.journey_id == stop.journey_id)
        direct = float(self.day.travel.seconds[pickup.band, pickup.location, stop.location])
        rule = standard.aboard
        target_missed = aboard > rule.target if direct <= rule.target else None
        self._measure(journey, "aboard", target_missed, aboard > rule.hard_for(direct))
        begin = self.clock
        self.clock += policy.mobilities[journey.mobility].dwell.dropoff(journey.dropoff.kind) * self._stretch(stop)
        self._make(stop, arrive, begin)

    def _rest(self, stop: Stop, arrive: float) -> None:
        if self.duty.rest is None:
            raise AssertionError("a break that nobody asked for")
        opens = min(stop.begin_at.timestamp(), self.duty.rest.earliest.timestamp())
        begin = max(arrive, opens)
        self.clock = begin + self.duty.rest.length.total_seconds()
        self._make(stop, arrive, begin)

    def _make(self, stop: Stop, arrive: float, begin: float, ready: float | None = None) -> None:
        self.made.append(Made(self.entry.duty_id, stop.kind, stop.journey_id, arrive, begin, self.clock, ready))

    def _measure(self, journey: Journey, measure: str, target: bool | None, hard: bool) -> None:
        self.results.append(Result(journey.journey_id, measure, target, hard))

    def _journey(self, stop: Stop) -> Journey:
        return self.day.journey_of[stop.journey_id or ""]

    def _place(self, stop: Stop) -> Place:
        journey = self._journey(stop)
        return journey.pickup if stop.kind is StopKind.PICKUP else journey.dropoff

    def _name(self, stop: Stop) -> str:
        return f"{stop.kind.value} {stop.journey_id or self.entry.duty_id}"

    def _stretch(self, stop: Stop) -> float:
        return self.noise.dwell_factor(self._name(stop))

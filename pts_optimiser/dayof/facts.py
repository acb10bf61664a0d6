"""What stands of all that was said: for each thing that can be said of a journey, a stop or a duty, its latest word.

Every word is kept or passed over by comparing it with the one that stands, so neither order nor repetition matters,
and what is kept grows with the journeys and duties that are spoken of, never with the number of events.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field, fields

from pts_optimiser.dayof.said import Said, earlier, later, said
from pts_optimiser.domain.events import (
    Body,
    CalledOff,
    DutyDelayed,
    DutyExtended,
    DutyLost,
    Event,
    JourneyBooked,
    Locked,
    Moved,
    NotReady,
    Position,
    Ready,
    Stage,
    StopReported,
    TravelChanged,
    Unlocked,
)
from pts_optimiser.domain.roster import StopKind

StopKey = tuple[StopKind, str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """The first and the last report of one stage of a stop."""

    first: Said[StopReported]
    last: Said[StopReported]


Stages = dict[Stage, Told]


@dataclass(slots=True)
class Facts:
    """Words by journey or duty. ``binding``: locks, their release and moves; ``placed``: what names a duty.

    ``reports[duty_id][kind, journey_id][stage]``; travel changes by what they are about and when they begin.
    """

    booked: dict[str, Said[JourneyBooked]] = field(default_factory=dict)
    called_off: dict[str, Said[CalledOff]] = field(default_factory=dict)
    readiness: dict[str, Said[Ready | NotReady]] = field(default_factory=dict)
    binding: dict[str, Said[Locked | Unlocked | Moved]] = field(default_factory=dict)
    placed: dict[str, Said[Locked | Moved]] = field(default_factory=dict)
    reports: dict[str, dict[StopKey, Stages]] = field(default_factory=dict)
    positions: dict[str, Said[Position]] = field(default_factory=dict)
    delays: dict[str, Said[DutyDelayed]] = field(default_factory=dict)
    extensions: dict[str, Said[DutyExtended]] = field(default_factory=dict)
    losses: dict[str, Said[DutyLost]] = field(default_factory=dict)
    travel: dict[object, Said[TravelChanged]] = field(default_factory=dict)

    @property
    def crews_report(self) -> bool:
        """Whether any crew has been heard of: without, the day is taken to go as planned."""
        return bool(self.reports)

    def copy(self) -> Facts:
        """The same words; those that one takes in are not in the other."""
        words = {each.name: dict(getattr(self, each.name)) for each in fields(self)}
        stops = self.reports.items()
        words["reports"] = {duty: {key: dict(stages) for key, stages in own.items()} for duty, own in stops}
        return Facts(**words)

    def only(self, journeys: Container[str], duties: Container[str]) -> Facts:
        """The words of some journeys and duties, and all of travel. Crews report here if they do anywhere."""
        words = {each.name: dict(getattr(self, each.name)) for each in fields(self) if each.name == "travel"}
        for name in ("booked", "called_off", "readiness", "binding", "placed"):
            words[name] = {key: word for key, word in getattr(self, name).items() if key in journeys}
        for name in ("positions", "delays", "extensions", "losses"):
            words[name] = {key: word for key, word in getattr(self, name).items() if key in duties}
        own = ((duty, stops if duty in duties else {}) for duty, stops in self.reports.items())
        return Facts(**words, reports={duty: {key: dict(told) for key, told in stops.items()} for duty, stops in own})

    def take(self, event: Event) -> None:
        """Take in one event."""
        match event.body:
            case Position() as body:
                self.positions[body.duty_id] = later(said(event, body), self.positions.get(body.duty_id))
            case StopReported() as body:
                self._stop(said(event, body))
            case DutyDelayed() as body:
                self.delays[body.duty_id] = later(said(event, body), self.delays.get(body.duty_id))
            case DutyExtended() as body:
                self.extensions[body.duty_id] = later(said(event, body), self.extensions.get(body.duty_id))
            case DutyLost() as body:
                self.losses[body.duty_id] = later(said(event, body), self.losses.get(body.duty_id))
            case TravelChanged() as body:
                about = (body.area, body.arcs, body.begin)
                self.travel[about] = later(said(event, body), self.travel.get(about))
            case _:
                self._journey(event)

    def _journey(self, event: Event) -> None:
        match event.body:
            case JourneyBooked() as body:
                journey_id = body.journey.journey_id
                self.booked[journey_id] = later(said(event, body), self.booked.get(journey_id))
            case CalledOff() as body:
                self.called_off[body.journey_id] = later(said(event, body), self.called_off.get(body.journey_id))
            case Ready() | NotReady() as body:
                self.readiness[body.journey_id] = later(said(event, body), self.readiness.get(body.journey_id))
            case Unlocked() as body:
                self.binding[body.journey_id] = later(said(event, body), self.binding.get(body.journey_id))
            case Locked() | Moved() as body:
                self.binding[body.journey_id] = later(said(event, body), self.binding.get(body.journey_id))
                if body.duty_id is not None:
                    self.placed[body.journey_id] = later(said(event, body), self.placed.get(body.journey_id))

    def _stop(self, word: Said[StopReported]) -> None:
        body = word.body
        stages = self.reports.setdefault(body.duty_id, {}).setdefault((body.kind, body.journey_id), {})
        told = stages.get(body.stage)
        stages[body.stage] = (
            Told(word, word) if told is None else Told(earlier(word, told.first), later(word, told.last))
        )

    def standing(self) -> Iterator[Said[Body]]:
        """Every word that stands; a word may come twice."""
        yield from self.booked.values()
        yield from self.called_off.values()
        yield from self.readiness.values()
        yield from self.binding.values()
        yield from self.placed.values()
        yield from self.positions.values()
        yield from self.delays.values()
        yield from self.extensions.values()
        yield from self.losses.values()
        yield from self.travel.values()
        for stops in self.reports.values():
            for stages in stops.values():
                for told in stages.values():
                    yield told.first
                    yield told.last

"""What happens on one day whatever is planned: what is said and when, who is ready when, who does not travel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from pts_optimiser.dayof import JourneyPhase, JourneyState, Plan, fold
from pts_optimiser.dayof.noise import DayNoise
from pts_optimiser.dayof.roads import Change, Roads
from pts_optimiser.domain.events import (
    CalledOff,
    DutyDelayed,
    DutyLost,
    Event,
    NotReady,
    Position,
    Ready,
    StopReported,
    TravelChanged,
)
from pts_optimiser.domain.journey import Journey

SLIP_TOLD_S = 15 * 60
"""A patient who will be later than that is said to be, five minutes before the time booked."""
CALLED_OFF = frozenset({JourneyPhase.CANCELLED, JourneyPhase.ABORTED})


@dataclass(frozen=True, slots=True, eq=False)
class Happenings:
    """All times are elapsed seconds after midnight.

    ``messages`` are what is said, by whomever but the crews, in the order in which it is known. ``aborts``: what a crew
    finds when it comes for a patient. ``ready``: from when a patient can be picked up, of those who may be waited for.
    ``journeys`` are those that come to be. ``losses``, ``delays``: of vehicles.
    """

    messages: tuple[tuple[int, Event], ...]
    aborts: Mapping[str, CalledOff]
    ready: Mapping[str, int]
    journeys: Mapping[str, Journey]
    losses: Mapping[str, int]
    delays: Mapping[str, int]
    roads: Roads
    noise: DayNoise


def happenings(plan: Plan, events: Iterable[Event], noise: DayNoise) -> Happenings:
    """The day of some events, with what they do not say drawn from ``noise``; reports of crews are passed over."""
    told = [event for event in events if not isinstance(event.body, StopReported | Position)]
    aborts = {
        event.body.journey_id: event.body for event in told if isinstance(event.body, CalledOff) and event.body.aborted
    }
    end = max((max(event.occurred_at, event.received_at) for event in told), default=plan.origin)
    known = fold(plan, told, max(end, plan.origin + timedelta(days=2))).journeys
    wanted = {journey_id: it for journey_id, it in known.items() if it.phase not in CALLED_OFF}
    said = {event.body.journey_id for event in told if isinstance(event.body, Ready | NotReady)}
    ready = {
        journey_id: plan.seconds(it.journey.ready_at)
        for journey_id, it in wanted.items()
        if it.journey.ready_at is not None and (journey_id in said or not it.journey.tied_to_appointment)
    }
    booked = {journey_id: second for journey_id, second in ready.items() if journey_id not in said}
    ready |= {
        journey_id: second + round(noise.slip_s(journey_id, wanted[journey_id].journey.category))
        for journey_id, second in booked.items()
    }
    own = [event for event in told if not (isinstance(event.body, CalledOff) and event.body.aborted)]
    messages = [(plan.seconds(max(event.occurred_at, event.received_at)), event) for event in own]
    messages += _readiness(plan, booked, ready)
    messages.sort(key=lambda message: (message[0], message[1].source, message[1].sequence))
    return Happenings(
        messages=tuple(messages),
        aborts=aborts,
        ready=ready,
        journeys={journey_id: _as_it_came(plan, it, ready.get(journey_id)) for journey_id, it in wanted.items()},
        losses={e.body.duty_id: plan.seconds(e.occurred_at) for e in told if isinstance(e.body, DutyLost)},
        delays={e.body.duty_id: 60 * e.body.minutes for e in told if isinstance(e.body, DutyDelayed)},
        roads=_roads(plan, told),
        noise=noise,
    )


def _readiness(plan: Plan, booked: Mapping[str, int], ready: Mapping[str, int]) -> Iterator[tuple[int, Event]]:
    """What clinics say of patients whose readiness was drawn."""
    words: list[tuple[int, NotReady | Ready]] = []
    for journey_id, second in booked.items():
        real = ready[journey_id]
        if real - second > SLIP_TOLD_S:
            words.append((second - 300, NotReady(journey_id, plan.moment(300 * -(-real // 300)))))
        words.append((real, Ready(journey_id)))
    for number, (second, body) in enumerate(sorted(words, key=lambda word: (word[0], word[1].journey_id))):
        moment = plan.moment(second)
        yield second, Event(f"readiness-{number}", "readiness", number, moment, moment, body)


def _as_it_came(plan: Plan, it: JourneyState, ready: int | None) -> Journey:
    """The journey with the moment from which its wait counts."""
    if it.journey.tied_to_appointment or ready is None or it.wait_from is None:
        return it.journey
    return replace(it.journey, ready_at=plan.moment(max(ready, plan.seconds(it.wait_from))))


def _roads(plan: Plan, told: Iterable[Event]) -> Roads:
    bodies = [event.body for event in told if isinstance(event.body, TravelChanged)]
    return Roads(
        plan.travel,
        tuple(plan.travel.band_start_s.tolist()),
        [Change(b.area, b.factor, plan.seconds(b.begin), plan.seconds(b.end)) for b in bodies if b.area is not None],
    )

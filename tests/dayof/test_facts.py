"""What stands, against the plainest reading: sort all events and take the last of each kind."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pts_optimiser.dayof.facts import Facts
from pts_optimiser.domain.events import (
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
    StopReported,
    TravelChanged,
    Unlocked,
)
from tests.dayof.feed import Feed, random_events

KINDS = {
    "booked": (JourneyBooked, lambda body: body.journey.journey_id),
    "called_off": (CalledOff, lambda body: body.journey_id),
    "readiness": (Ready | NotReady, lambda body: body.journey_id),
    "binding": (Locked | Unlocked | Moved, lambda body: body.journey_id),
    "positions": (Position, lambda body: body.duty_id),
    "delays": (DutyDelayed, lambda body: body.duty_id),
    "extensions": (DutyExtended, lambda body: body.duty_id),
    "losses": (DutyLost, lambda body: body.duty_id),
    "travel": (TravelChanged, lambda body: (body.area, body.arcs, body.begin)),
}


def taken(events: list[Event]) -> Facts:
    facts = Facts()
    for event in events:
        facts.take(event)
    return facts


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_latest_word_of_each_kind_stands(rng: Random) -> None:
    events = random_events(rng, 60)
    ordered = sorted(events, key=lambda e: (e.occurred_at, e.source, e.sequence))
    rng.shuffle(events)
    facts = taken(events)
    for name, (kind, key) in KINDS.items():
        last = {key(event.body): event for event in ordered if isinstance(event.body, kind)}
        found = getattr(facts, name)
        assert {about: word.rank for about, word in found.items()} == {
            about: (event.occurred_at.timestamp(), event.source, event.sequence) for about, event in last.items()
        }
    for duty_id, stops in facts.reports.items():
        for stop, stages in stops.items():
            for stage, told in stages.items():
                same = [
                    event.occurred_at
                    for event in ordered
                    if isinstance(event.body, StopReported)
                    and (event.body.duty_id, event.body.kind, event.body.journey_id, event.body.stage)
                    == (duty_id, *stop, stage)
                ]
                assert told.first.event.occurred_at == same[0]
                assert told.last.event.occurred_at == same[-1]


def test_a_lock_without_duty_binds_but_places_nothing() -> None:
    feed = Feed()
    feed("09:00", Moved("J1", "D2", "ann", ""))
    feed("09:10", Locked("J1", None, "ann", ""))
    facts = taken(feed.events)
    assert facts.binding["J1"].body == feed.events[1].body
    assert facts.placed["J1"].body == feed.events[0].body


def test_what_stands_does_not_grow_with_the_number_of_events() -> None:
    feed = Feed()
    for number in range(600):
        feed(f"{6 + number // 60:02}:{number % 60:02}", Position("D1", 53.2, -2.9 + number / 1e4))
        feed.stop("D1", "pickup", "J1", arrived=f"{6 + number // 60:02}:{number % 60:02}")
        feed(f"{6 + number // 60:02}:{number % 60:02}", Locked("J1", "D1", "ann", ""))
    words = list(taken(feed.events).standing())
    assert len(words) == 5  # a position, the first and the last arrival, a lock that binds and places

"""Many listen to a day; each change of it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from pts_optimiser.services.hosted.pulse import Pulse, Pulses
from pts_optimiser.store import NotFoundError, Store, events, plans, proposals, publishing
from pts_optimiser.store.words import PlanKind
from tests.store.examples import BY, DAY, NOW, add, put


@pytest.fixture
def pulses(store: Store) -> Iterator[Pulses]:
    made = Pulses(store, every_s=0.02, heartbeat_s=30.0)
    yield made
    made.close()


def said(number: int, at: datetime = NOW) -> events.Event:
    return events.Event(f"e{number}", "test", number, at, at, "ready", {"journey_id": "J1"})


def test_a_listener_hears_events_publications_proposals_and_re_plans(store: Store, pulses: Pulses) -> None:
    with store.write() as session:
        put(session)
    add(store)
    listener = pulses.listen(DAY)
    assert next(listener) == (known := Pulse(1, 0, None, None, None))
    with store.write() as session:
        events.append_events(session, DAY, [said(1)])
    assert next(listener) == (known := replace(known, position=1))
    with store.write() as session:
        published = publishing.publish(session, DAY, 1, expected_etag=None, by=BY, at=NOW)
    assert next(listener) == (known := replace(known, publication=published))
    with store.write() as session:
        ordered, _ = plans.order_plan(session, PlanKind.REOPTIMISE, DAY, {}, by=BY, at=NOW)
    assert next(listener) == (known := replace(known, replan_id=ordered.plan_id))
    with store.write() as session:
        offered = proposals.propose(session, DAY, 1, base_etag=published.etag, diff={}, at=NOW)
    assert next(listener) == (known := replace(known, proposal_id=offered.proposal_id))
    with store.write() as session:
        proposals.reject(session, offered.proposal_id, by=BY, at=NOW)
    assert next(listener) == replace(known, proposal_id=None)


def test_who_comes_back_hears_only_what_is_new(store: Store, pulses: Pulses) -> None:
    with store.write() as session:
        put(session)
    seen = next(pulses.listen(DAY))
    assert seen is not None
    with store.write() as session:
        events.append_events(session, DAY, [said(1)])
    assert next(pulses.listen(DAY, seen.revision)) == replace(seen, position=1)


def test_a_day_that_is_not_there_cannot_be_listened_to(pulses: Pulses) -> None:
    with pytest.raises(NotFoundError):
        pulses.listen(DAY)

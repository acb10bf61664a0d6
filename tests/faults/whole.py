"""A day's work on a store, and what has to be true of it after any fault."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from pts_optimiser.store import Store, answers
from pts_optimiser.store.audit import verify
from pts_optimiser.store.events import Event, append_events, events, last_position
from pts_optimiser.store.plans import advance, claim, finish, order_plan, plans
from pts_optimiser.store.proposals import accept, propose
from pts_optimiser.store.publishing import current, publications, publish, published
from pts_optimiser.store.retention import forget_days
from pts_optimiser.store.rosters import add_roster, parts_of, read_file, read_text, roster_of_plan, stored_rosters
from pts_optimiser.store.words import PlanKind, PlanStatus
from tests.store.examples import BY, DAY, NOW, TEXTS, TRAVEL, a_roster, add, put

OLD = DAY - timedelta(days=40)
ALL = 1_000_000  # of what is read by pages


def work(store: Store) -> int:
    """Everything that the store is asked for in a day; returns the version published in the end."""
    name = uuid4().hex
    with store.write() as session:
        put(session)
    with store.write() as session:
        answers.begin(session, BY, name, "f", at=NOW)
    with store.write() as session:
        append_events(session, DAY, [said(name)])
    with store.write() as session:
        ordered, _ = order_plan(session, PlanKind.PLAN, DAY, {}, by=BY, at=NOW)
        for status in (PlanStatus.VALIDATED, PlanStatus.QUEUED):
            advance(session, ordered.plan_id, status, at=NOW)
        held = claim(session, ordered.plan_id, at=NOW)
    with store.files.staged(TRAVEL + name.encode()) as staged, store.write() as session:
        files = {"travel.npz": staged}
        made = add_roster(session, a_roster(), TEXTS, files, by=BY, at=NOW, plan_id=held.plan_id)
        finish(session, held.plan_id, held.fence, PlanStatus.COMPLETE, at=NOW)
    with store.write() as session:
        seen = current(session, DAY)
        first = publish(session, DAY, made.version, expected_etag=seen and seen.etag, by=BY, at=NOW)
    changed = add(store, seed=2)
    with store.write() as session:
        proposed = propose(session, DAY, changed.version, base_etag=first.etag, diff={}, at=NOW)
    with store.write() as session:
        accept(session, proposed.proposal_id, by=BY, at=NOW)
    with store.write() as session:
        put(session, OLD)
    add(store, OLD, travel=name.encode())
    forget_days(store, DAY, 30, by=BY, at=NOW)
    return changed.version


def said(name: str) -> Event:
    return Event(name, name, 1, NOW, NOW, "ready", {"journey_id": "J1"})


def assert_whole(store: Store) -> int:
    """The published roster is served with all that it stands on, and nothing is half done; returns its version."""
    with store.read() as session:
        found = published(session, DAY)
        assert found is not None
        version = found.publication.version
        texts, files = parts_of(session, DAY, version)
        assert set(TEXTS) < texts
        for name in texts:
            assert read_text(session, DAY, version, name)
        for name in files:
            assert read_file(session, DAY, version, name).stat().st_size
        assert verify(session).broken_at is None
        versions = [one.version for one in stored_rosters(session, DAY)]
        assert versions == list(range(len(versions), 0, -1))
        numbers = [one.number for one in publications(session, DAY, limit=ALL)]
        assert numbers == list(range(len(numbers), 0, -1))
        positions = [position for position, _ in events(session, DAY)]
        assert positions == list(range(1, last_position(session, DAY) + 1))
        for plan in plans(session, service_date=DAY, limit=ALL):
            assert (plan.status is PlanStatus.COMPLETE) == (roster_of_plan(session, plan.plan_id) is not None)
    return version

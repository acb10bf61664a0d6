from __future__ import annotations

from datetime import datetime, timedelta

from pts_optimiser.store import Store, plans, rosters
from pts_optimiser.store.aging import Aged, forget_aged
from pts_optimiser.store.answers import begin
from pts_optimiser.store.audit import entries
from pts_optimiser.store.events import Event, append_events, events
from pts_optimiser.store.proposals import proposals, propose
from pts_optimiser.store.publishing import publications, publish
from pts_optimiser.store.rosters import read_file, stored_rosters
from pts_optimiser.store.words import PlanKind, PlanStatus
from tests.store.examples import BY, DAY, NOW, TRAVEL, a_roster, add, put

LATE = NOW + timedelta(days=92)
NOTHING = Aged(0, 0, 0)


def finished(store: Store, kind: PlanKind, at: datetime, *, seed: int | None = None) -> str:
    """A plan that has ended, with a draft, and with a roster where a seed is given."""
    with store.write() as session:
        plan_id = plans.order_plan(session, kind, DAY, {}, by=BY, at=at)[0].plan_id
        for status in (PlanStatus.VALIDATED, PlanStatus.QUEUED):
            plans.advance(session, plan_id, status, at=at)
        plans.claim(session, plan_id, at=at)
        plans.save_best(session, plan_id, 1, {}, a_roster(DAY, seed=99), at=at)
        if seed is not None:
            rosters.add_roster(session, a_roster(DAY, seed=seed), {}, by=BY, at=at, plan_id=plan_id)
        plans.finish(session, plan_id, 1, PlanStatus.COMPLETE if seed else PlanStatus.FAILED, at=at)
    return plan_id


def uploaded(store: Store) -> None:
    with store.write() as session:
        put(session)


def test_plans_that_have_come_to_nothing_go_and_those_with_a_roster_lose_their_drafts(store: Store) -> None:
    uploaded(store)
    finished(store, PlanKind.EXPORT, NOW)
    kept = finished(store, PlanKind.PLAN, NOW, seed=1)
    with store.write() as session:
        publish(session, DAY, 1, expected_etag=None, by=BY, at=NOW)
    assert forget_aged(store, keep_days=90, at=NOW) == NOTHING
    with store.read() as session:
        assert plans.best_roster(session, kept) == a_roster(DAY, seed=99)
    assert forget_aged(store, keep_days=90, at=LATE) == Aged(rosters=0, plans=1, positions=0)
    with store.read() as session:
        assert [plan.plan_id for plan in plans.plans(session)] == [kept]
        assert plans.best_roster(session, kept) is None


def test_what_is_under_way_stays_however_long_it_takes_and_so_do_studies(store: Store) -> None:
    uploaded(store)
    with store.write() as session:
        plans.order_plan(session, PlanKind.PLAN, DAY, {}, by=BY, at=NOW)
    finished(store, PlanKind.STUDY, NOW)
    assert forget_aged(store, keep_days=90, at=LATE) == NOTHING
    with store.read() as session:
        assert len(plans.plans(session)) == 2


def test_versions_that_were_never_published_go_with_their_proposals_and_files(store: Store) -> None:
    uploaded(store)
    add(store)
    add(store, seed=2, travel=TRAVEL[:100])
    finished(store, PlanKind.REOPTIMISE, NOW, seed=3)
    with store.write() as session:
        first = publish(session, DAY, 1, expected_etag=None, by=BY, at=NOW)
        propose(session, DAY, 2, base_etag=first.etag, diff={}, at=NOW)
    before = len(set(store.files.kept()))
    assert forget_aged(store, keep_days=90, at=LATE) == Aged(rosters=2, plans=1, positions=0)
    with store.read() as session:
        assert [stored.version for stored in stored_rosters(session, DAY)] == [1]
        assert [one.version for one in publications(session, DAY)] == [1]
        assert proposals(session, DAY) == []
        assert read_file(session, DAY, 1, "travel.npz") == store.files.checked(next(iter(store.files.kept())))
    assert len(set(store.files.kept())) == before - 1


def test_what_a_published_version_changes_stays(store: Store) -> None:
    uploaded(store)
    add(store)
    with store.write() as session:
        rosters.add_roster(session, a_roster(DAY, seed=2), {}, by=BY, at=NOW, based_on=1)
        publish(session, DAY, 2, expected_etag=None, by=BY, at=NOW)
    assert forget_aged(store, keep_days=90, at=LATE) == NOTHING


def test_positions_and_answers_go_and_events_and_the_audit_stay(store: Store) -> None:
    uploaded(store)
    told = [Event(f"e{n}", "van", n, NOW, NOW, kind, {}) for n, kind in enumerate(("ready", "position"))]
    with store.write() as session:
        append_events(session, DAY, told)
        begin(session, BY, "k", "f", at=NOW)
        audited = entries(session)
    assert forget_aged(store, keep_days=90, at=LATE) == Aged(rosters=0, plans=0, positions=1)
    with store.write() as session:
        assert [event.type for _, event in events(session, DAY)] == ["ready"]
        assert entries(session) == audited
        assert begin(session, BY, "k", "other", at=LATE) is None


def test_a_new_version_takes_no_number_of_one_that_has_gone(store: Store) -> None:
    uploaded(store)
    add(store)
    forget_aged(store, keep_days=90, at=LATE)
    assert add(store).version == 2

"""Scripted like PostgreSQL's isolation tests, on both databases: whoever is second at the same thing is told so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pts_optimiser.jobs.orders import PlanOrder, ReoptimiseOrder, order_plan, order_reoptimise
from pts_optimiser.jobs.turns import Turns
from pts_optimiser.services.hosted import turn as turning
from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.proposals import ContradictedError, accept
from pts_optimiser.store import ChangedError, ConflictError, Store, plans
from pts_optimiser.store.audit import verify
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.proposals import proposals
from pts_optimiser.store.publishing import Publication, current, publications, publish
from pts_optimiser.store.rosters import roster_of_plan, stored_rosters
from pts_optimiser.store.words import PlanStatus, ProposalStatus
from tests.days import SmallDay
from tests.faults.held import interleaved
from tests.jobs.conftest import day
from tests.jobs.crew import BY, now, plan_of
from tests.jobs.test_turns import claim
from tests.services.hosted.conftest import published
from tests.services.hosted.town_day import CONTROLLER, DAY, at, columns, event, put_proposal, stranger

__all__ = ["day", "published"]

QUICK = PlanOrder(iterations=100, workers=1)
LONG = PlanOrder(budget_s=600.0, workers=1)
NINE = at(9)


@pytest.fixture
def other(url: str, store: Store) -> Iterator[Store]:
    """Another process, as far as the database knows."""
    with Store(url) as opened:
        yield opened


def publish_again(store: Store, seen: Publication) -> Publication:
    with store.write() as session:
        return publish(session, DAY, 1, expected_etag=seen.etag, by=BY, at=NINE)


def in_force(store: Store) -> Publication:
    with store.read() as session:
        found = current(session, DAY)
        assert verify(session).broken_at is None
    assert found is not None
    return found


@pytest.mark.parametrize("point", ["publishing.read", "publishing.inserted", "store.written", "store.committed"])
def test_publish_and_publish(store: Store, other: Store, published: Publication, point: str) -> None:
    told = interleaved(point, lambda: publish_again(store, published), lambda: publish_again(other, published))
    [won] = [one for one in told if isinstance(one, Publication)]
    assert [type(one) for one in told if one is not won] == [ChangedError]
    assert in_force(store) == won
    with store.read() as session:
        assert [one.number for one in publications(session, DAY)] == [2, 1]


@pytest.mark.parametrize("point", ["turn.ending", "rosters.counted", "store.written"])
def test_publish_and_re_optimise(store: Store, other: Store, published: Publication, point: str) -> None:
    ordered, _ = order_reoptimise(store, BY, DAY, ReoptimiseOrder(NINE, budget_s=0.2))
    held = claim(store, ordered.plan_id)
    _, newer = interleaved(
        point, lambda: Turns(store).take(held.plan_id, held.fence), lambda: publish_again(other, published)
    )
    assert in_force(store) == newer
    assert plan_of(store, held.plan_id).status is PlanStatus.COMPLETE
    with store.read() as session:
        [proposed] = proposals(session, DAY)
    assert proposed.base_etag == published.etag
    live = LiveDays(store)
    with pytest.raises(ConflictError):
        accept(live, CONTROLLER, DAY, proposed.proposal_id, at=NINE, now=NINE)
    live.close()
    assert in_force(store) == newer


def stop(store: Store, plan_id: str) -> Plan:
    with store.write() as session:
        return plans.request_stop(session, plan_id, by=BY, at=now())


@pytest.mark.parametrize(
    ("point", "order", "ends"),
    [
        ("turn.said", LONG, PlanStatus.STOPPED),
        ("turn.ending", QUICK, PlanStatus.COMPLETE),
        ("plans.finished", QUICK, PlanStatus.COMPLETE),
        ("turn.ended", QUICK, PlanStatus.COMPLETE),
    ],
)
def test_cancel_and_solve(
    store: Store,
    other: Store,
    day: SmallDay,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
    order: PlanOrder,
    ends: PlanStatus,
) -> None:
    monkeypatch.setattr(turning, "BEAT_S", 0.05)
    ordered, _ = order_plan(store, BY, day.service_date, order)
    held = claim(store, ordered.plan_id)
    interleaved(point, lambda: Turns(store).take(held.plan_id, held.fence), lambda: stop(other, held.plan_id))
    assert plan_of(store, held.plan_id).status is ends
    with store.read() as session:
        assert roster_of_plan(session, held.plan_id) is not None
        assert len(stored_rosters(session, day.service_date)) == 1


def test_cancel_and_claim(store: Store, other: Store, day: SmallDay) -> None:
    ordered, _ = order_plan(store, BY, day.service_date, QUICK)
    interleaved("plans.claimed", lambda: claim(store, ordered.plan_id), lambda: stop(other, ordered.plan_id))
    plan = plan_of(store, ordered.plan_id)
    assert (plan.status, plan.stop_requested) == (PlanStatus.SOLVING, True)
    Turns(store).take(plan.plan_id, plan.fence)
    assert plan_of(store, plan.plan_id).status is PlanStatus.STOPPED


@pytest.fixture
def processes(store: Store, other: Store) -> Iterator[list[LiveDays]]:
    made = [LiveDays(store), LiveDays(other)]
    yield made
    for live in made:
        live.close()


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("point", "heard"), [("hosted.looked_at", True), ("proposals.decided", False)])
def test_event_and_accept(processes: list[LiveDays], point: str, heard: bool) -> None:
    """An event that comes before the transaction is looked at; one that comes during it is said of what is accepted."""
    one, two = processes
    report(one, CONTROLLER, DAY, [event("journey_booked", 8.9, journey=columns(stranger()))], at=NINE)
    made = put_proposal(one, 9)
    called_off = event("journey_cancelled", 8.95, journey_id="N1", reason="")
    told, reported = interleaved(
        point,
        lambda: accept(one, CONTROLLER, DAY, made.proposal_id, at=NINE, now=NINE),
        lambda: report(two, CONTROLLER, DAY, [called_off], at=NINE),
    )
    assert reported.appended.last == 2
    assert isinstance(told, ContradictedError) is heard
    with one.store.read() as session:
        status = proposals(session, DAY)[0].status
        assert status == (ProposalStatus.OPEN if heard else ProposalStatus.ACCEPTED)
        assert len(publications(session, DAY)) == (1 if heard else 2)
    for live in processes:
        assert not any(
            stop.journey_id == "N1" and stop.kind == "pickup" and stop.begin_at > NINE
            for duty in live.standing(DAY, NINE).before.duties
            for stop in duty.stops
        )


@pytest.mark.parametrize("point", ["turn.ending", "rosters.counted", "rosters.inserted"])
def test_late_finish_after_a_lost_lease(store: Store, other: Store, day: SmallDay, point: str) -> None:
    ordered, _ = order_plan(store, BY, day.service_date, QUICK)
    early = claim(store, ordered.plan_id)
    _, late = interleaved(
        point, lambda: Turns(store).take(early.plan_id, early.fence), lambda: claim(other, early.plan_id)
    )
    if isinstance(late, ConflictError):  # the first was over before anybody could take it
        assert plan_of(store, early.plan_id).status is PlanStatus.COMPLETE
    else:
        with store.read() as session:
            assert roster_of_plan(session, early.plan_id) is None
        Turns(other).take(late.plan_id, late.fence)
    with store.read() as session:
        assert len(stored_rosters(session, day.service_date)) == 1
        assert verify(session).broken_at is None
    assert plan_of(store, early.plan_id).status is PlanStatus.COMPLETE

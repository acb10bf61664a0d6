"""Many listen to plans; the store is asked once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.progress import Progress
from pts_optimiser.store import BusyError, NotFoundError, Store, plans
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.words import PlanKind, PlanStatus, Role
from tests.store.examples import BY, DAY, NOW, put

VIEWER = Caller("key:viewer", frozenset({Role.VIEWER}))


@pytest.fixture
def progress(store: Store) -> Iterator[Progress]:
    made = Progress(store, every_s=0.02, heartbeat_s=30.0)
    yield made
    made.close()


@pytest.fixture
def plan(store: Store) -> Plan:
    """One that a worker holds."""
    with store.write() as session:
        put(session)
        ordered, _ = plans.order_plan(session, PlanKind.PLAN, DAY, {"seed": 1}, by=BY, at=NOW)
        plans.advance(session, ordered.plan_id, PlanStatus.VALIDATED, at=NOW)
        plans.advance(session, ordered.plan_id, PlanStatus.QUEUED, at=NOW)
        return plans.claim(session, ordered.plan_id, at=NOW)


def save(store: Store, plan: Plan, served: int) -> Plan:
    with store.write() as session:
        return plans.save_best(session, plan.plan_id, plan.fence, {"served": served}, at=NOW)


def end(store: Store, plan: Plan) -> Plan:
    with store.write() as session:
        return plans.finish(session, plan.plan_id, plan.fence, PlanStatus.COMPLETE, at=NOW)


def test_a_listener_hears_the_state_each_change_and_the_end(store: Store, progress: Progress, plan: Plan) -> None:
    listener = progress.listen(VIEWER, plan.plan_id)
    assert next(listener) == plan
    better = save(store, plan, 7)
    assert next(listener) == better
    last = end(store, plan)
    assert list(listener) == [last]


def test_who_comes_back_hears_only_what_is_new(store: Store, progress: Progress, plan: Plan) -> None:
    better = save(store, plan, 7)
    assert next(progress.listen(VIEWER, plan.plan_id, plan.revision)) == better
    last = end(store, plan)
    assert next(progress.listen(VIEWER, plan.plan_id, better.revision)) == last
    assert progress.listen(VIEWER, plan.plan_id, last.revision).over


def test_sixty_listeners_hear_the_end_and_the_store_is_asked_for_all_at_once(
    store: Store, progress: Progress, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    among = plans.plans_among
    monkeypatch.setattr(plans, "plans_among", lambda session, ids: asked.append(len(ids)) or among(session, ids))
    listeners = [progress.listen(VIEWER, plan.plan_id) for _ in range(60)]
    with pytest.raises(BusyError):
        progress.listen(VIEWER, plan.plan_id)
    with ThreadPoolExecutor(60) as pool:
        heard = [pool.submit(list, listener) for listener in listeners]
        last = end(store, plan)
        assert all(one.result(60)[-1] == last for one in heard)
    assert set(asked) <= {1}


def test_silence_is_broken_by_heartbeats(store: Store, plan: Plan) -> None:
    progress = Progress(store, every_s=0.02, heartbeat_s=0.05)
    listener = progress.listen(VIEWER, plan.plan_id, plan.revision)
    assert next(listener) is None
    better = save(store, plan, 7)
    assert better in (next(listener) for _ in range(1000))
    progress.close()


def test_a_stream_ends_after_its_longest_time_and_is_taken_up_again(store: Store, plan: Plan) -> None:
    progress = Progress(store, every_s=0.02, heartbeat_s=0.02, longest_s=0.0)
    assert list(progress.listen(VIEWER, plan.plan_id)) == [plan]
    assert not progress.listen(VIEWER, plan.plan_id, plan.revision).over
    progress.close()


def test_a_stream_ends_in_time_however_far_apart_heartbeats_are(store: Store, plan: Plan) -> None:
    progress = Progress(store, every_s=0.02, heartbeat_s=1000.0, longest_s=0.05)
    assert list(progress.listen(VIEWER, plan.plan_id)) == [plan, None]
    progress.close()


def test_nobody_is_asked_for_once_all_have_gone(store: Store, progress: Progress, plan: Plan) -> None:
    listener = progress.listen(VIEWER, plan.plan_id)
    listener.close()
    listener.close()
    for _ in range(60):
        progress.listen(VIEWER, plan.plan_id).close()


def test_figures_of_all_contracts_are_not_told_to_who_sees_some(store: Store, progress: Progress, plan: Plan) -> None:
    save(store, plan, 7)
    limited = Caller("key:limited", frozenset({Role.VIEWER}), frozenset({"cheshire"}))
    heard = next(progress.listen(limited, plan.plan_id))
    assert heard is not None
    assert (heard.status, heard.best_so_far) == (PlanStatus.SOLVING, None)


def test_a_plan_that_is_not_there_cannot_be_listened_to(progress: Progress) -> None:
    with pytest.raises(NotFoundError):
        progress.listen(VIEWER, "nobody")

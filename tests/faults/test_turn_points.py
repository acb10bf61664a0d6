"""Who works on a plan killed at each named point of a turn: the next turn ends the plan, once."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from pts_optimiser.jobs.orders import PlanOrder, ReoptimiseOrder, order_plan, order_reoptimise
from pts_optimiser.jobs.turns import Turns
from pts_optimiser.services.hosted import turn as turning
from pts_optimiser.store import Store
from pts_optimiser.store.audit import verify
from pts_optimiser.store.crash_points import POINTS
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.proposals import proposals
from pts_optimiser.store.publishing import current
from pts_optimiser.store.rosters import stored_rosters
from pts_optimiser.store.words import PlanStatus
from tests.days import SmallDay
from tests.faults.test_crash_points import OF_STORE
from tests.jobs.conftest import day
from tests.jobs.crew import BY, Worker, ended, plan_of, until
from tests.jobs.test_turns import claim
from tests.services.hosted.town_day import DAY, at, put_published
from tests.store.ending import die_at, ends

__all__ = ["day"]

ENDS = ["turn.said", "turn.ending", "plans.finished", "turn.ended"]
OF_TURN = [*ENDS, "files.staged", "files.named", "rosters.inserted"]
OF_WORKER = [*ENDS, "watch.queued", "worker.claimed", "worker.turned"]


def test_every_point_is_one_at_which_a_test_kills_or_holds() -> None:
    held = (Path(__file__).parent / "test_interleavings.py").read_text(encoding="utf-8")
    assert {point for point in POINTS if f'"{point}"' not in held} <= {*OF_STORE, *OF_TURN, *OF_WORKER}


def dies_in_turn(url: str, plan: Plan, point: str) -> None:
    turning.BEAT_S = 0.01
    with Store(url) as store:
        die_at(point)
        Turns(store).take(plan.plan_id, plan.fence)


def go_on(store: Store, plan_id: str) -> None:
    """The next turn, where there has to be one."""
    if plan_of(store, plan_id).status is not PlanStatus.COMPLETE:
        again = claim(store, plan_id)
        Turns(store).take(again.plan_id, again.fence)


@pytest.mark.parametrize("point", OF_TURN)
def test_a_plan_whose_worker_died_at_a_point_is_ended_once(store: Store, url: str, day: SmallDay, point: str) -> None:
    ordered, _ = order_plan(store, BY, day.service_date, PlanOrder(iterations=300, workers=1))
    held = claim(store, ordered.plan_id)
    assert ends(dies_in_turn, url, held, point) == -signal.SIGKILL
    go_on(store, held.plan_id)
    assert plan_of(store, held.plan_id).status is PlanStatus.COMPLETE
    with store.read() as session:
        [made] = stored_rosters(session, day.service_date)
        assert made.plan_id == held.plan_id
        assert verify(session).broken_at is None


@pytest.mark.parametrize("point", ["rosters.inserted", "turn.ended"])
def test_a_re_plan_whose_worker_died_at_a_point_makes_one_proposal(store: Store, url: str, point: str) -> None:
    published = put_published(store)
    ordered, _ = order_reoptimise(store, BY, DAY, ReoptimiseOrder(at(10), budget_s=0.1))
    held = claim(store, ordered.plan_id)
    assert ends(dies_in_turn, url, held, point) == -signal.SIGKILL
    go_on(store, held.plan_id)
    with store.read() as session:
        assert len(proposals(session, DAY)) == 1
        assert [one.version for one in stored_rosters(session, DAY)] == [2, 1]
        assert current(session, DAY) == published


@pytest.mark.soak
@pytest.mark.parametrize("point", OF_WORKER)
def test_workers_go_on_where_one_died_at_a_point(
    store: Store,
    url: str,
    day: SmallDay,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
    record_property: Callable[[str, object], None],
) -> None:
    token = tmp_path / "token"
    token.touch()
    monkeypatch.setenv("PTS_CRASH_AT", f"{point}={token}")
    workers = [Worker(url).working()]
    try:
        ordered, _ = order_plan(store, BY, day.service_date, PlanOrder(budget_s=4.0, workers=1))
        until(lambda: not token.exists() or None)
        workers.append(Worker(url).working())
        assert ended(store, ordered.plan_id).status is PlanStatus.COMPLETE
    finally:
        for worker in workers:
            worker.kill()
    with store.read() as session:
        assert len(stored_rosters(session, day.service_date)) == 1
        assert verify(session).broken_at is None
    record_property("faults", 1)

"""What a worker does about orders that nobody works on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pts_optimiser.jobs import watch
from pts_optimiser.jobs.orders import PlanOrder, order_plan
from pts_optimiser.jobs.watch import SILENT_S, Watch
from pts_optimiser.store import Store, plans
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.words import PlanStatus
from tests.days import SmallDay
from tests.jobs.crew import BY, plan_of


class Queue:
    """Notes what is put into it; holds what it is told to hold."""

    def __init__(self) -> None:
        self.put_in: list[tuple[str, int, int]] = []
        self.held: set[str] = set()

    def put(self, plan: Plan) -> None:
        self.put_in.append((plan.plan_id, plan.revision, plan.fence))

    def holds(self, plan: Plan) -> bool:
        return plan.plan_id in self.held


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(watch, "monotonic", clock)
    return clock


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def watching(store: Store, queue: Queue, clock: Clock) -> Watch:
    return Watch(store, queue)  # type: ignore[arg-type]


@pytest.fixture
def ordered(store: Store, day: SmallDay) -> str:
    return order_plan(store, BY, day.service_date, PlanOrder())[0].plan_id


def claimed(store: Store, plan_id: str) -> Plan:
    with store.write() as session:
        return plans.claim(session, plan_id, at=datetime.now(UTC))


def test_a_new_order_is_queued_once_and_says_so(store: Store, watching: Watch, queue: Queue, ordered: str) -> None:
    watching.look()
    watching.look()
    assert queue.put_in == [(ordered, 2, 0)]
    assert plan_of(store, ordered).status is PlanStatus.QUEUED


def test_two_who_see_the_same_order_put_the_same_into_the_queue(
    store: Store, queue: Queue, ordered: str, clock: Clock
) -> None:
    class Slow(Queue):
        """Another worker is as far before this one has said so."""

        def put(self, plan: Plan) -> None:
            if not queue.put_in:
                Watch(store, queue).look()  # type: ignore[arg-type]
            super().put(plan)

    slow = Slow()
    Watch(store, slow).look()  # type: ignore[arg-type]
    assert slow.put_in == queue.put_in == [(ordered, 2, 0)]


def test_what_says_nothing_any_more_is_queued_again_in_its_next_turn(
    store: Store, watching: Watch, queue: Queue, ordered: str, clock: Clock
) -> None:
    watching.look()
    turn = claimed(store, ordered)
    watching.look()
    clock.now += SILENT_S
    watching.look()
    assert queue.put_in[1:] == [(ordered, turn.revision, 1)]


def test_who_says_something_is_left_alone_however_long_it_takes(
    store: Store, watching: Watch, queue: Queue, ordered: str, clock: Clock
) -> None:
    watching.look()
    turn = claimed(store, ordered)
    for _ in range(5):
        clock.now += SILENT_S - 1
        with store.write() as session:
            plans.save_best(session, ordered, turn.fence, {}, at=datetime.now(UTC))
        watching.look()
    assert len(queue.put_in) == 1


def test_what_waits_for_its_turn_is_not_queued_again(watching: Watch, queue: Queue, ordered: str, clock: Clock) -> None:
    watching.look()
    queue.held.add(ordered)
    for _ in range(5):
        clock.now += SILENT_S
        watching.look()
    assert len(queue.put_in) == 1
    queue.held.clear()  # it was taken out by a worker that died before it could say so
    clock.now += SILENT_S
    watching.look()
    assert len(queue.put_in) == 2


def test_what_has_ended_is_no_business_of_the_watch(
    store: Store, watching: Watch, queue: Queue, ordered: str, clock: Clock
) -> None:
    with store.write() as session:
        plans.request_stop(session, ordered, by=BY, at=datetime.now(UTC))
    watching.look()
    clock.now += 2 * SILENT_S
    watching.look()
    assert not queue.put_in

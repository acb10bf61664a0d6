"""In which order turns are taken, and that each is taken once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from pts_optimiser.jobs.orders import (
    ExportOrder,
    PlanOrder,
    ReoptimiseOrder,
    order_export,
    order_plan,
    order_reoptimise,
)
from pts_optimiser.jobs.queue import Queue
from pts_optimiser.store import Store
from tests.jobs.crew import BY, now, until
from tests.services.hosted.town_day import DAY, put_published


class Turns:
    """Notes the turns taken; those of one plan wait to be let go."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.let_go = Event()
        self.first: str | None = None

    def take(self, plan_id: str, fence: int) -> None:
        self.taken.append((plan_id, fence))
        if plan_id == self.first:
            self.let_go.wait(60)


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest.fixture
def queue(url: str, store: Store, turns: Turns) -> Iterator[Queue]:
    queue = Queue(url, "test", turns.take)
    yield queue
    turns.let_go.set()
    queue.close()


def test_what_was_begun_comes_first_and_the_control_room_waits_for_none(
    store: Store, queue: Queue, turns: Turns
) -> None:
    put_published(store)
    first, begun, plan = (order_plan(store, BY, DAY, PlanOrder())[0] for _ in range(3))
    export = order_export(store, BY, DAY, ExportOrder(1))[0]
    urgent = order_reoptimise(store, BY, DAY, ReoptimiseOrder())[0]
    turns.first = first.plan_id
    queue.put(first)
    until(lambda: turns.taken or None)
    for one in (export, plan, replace(begun, fence=3)):
        queue.put(one)
        queue.put(one)
    assert queue.holds(plan)
    queue.put(urgent)
    until(lambda: (urgent.plan_id, 0) in turns.taken or None)
    turns.let_go.set()
    until(lambda: (export.plan_id, 0) in turns.taken or None)
    in_order = [(first.plan_id, 0), (urgent.plan_id, 0), (begun.plan_id, 3), (plan.plan_id, 0), (export.plan_id, 0)]
    assert turns.taken == in_order
    assert not queue.holds(plan)


def test_turns_that_are_over_are_forgotten_and_those_to_be_taken_are_not(
    store: Store, queue: Queue, turns: Turns
) -> None:
    put_published(store)
    queue.forget(now())  # what other tests have left in this database
    first, second, waiting = (order_plan(store, BY, DAY, PlanOrder())[0] for _ in range(3))
    queue.put(first)
    until(lambda: turns.taken or None)
    turns.first = second.plan_id
    queue.put(second)
    queue.put(waiting)
    until(lambda: len(turns.taken) == 2 or None)
    assert until(lambda: queue.forget(now() + timedelta(days=1)) or None) == 1
    assert queue.forget(now() + timedelta(days=1)) == 0
    assert queue.holds(waiting)
    turns.let_go.set()
    until(lambda: (waiting.plan_id, 0) in turns.taken or None)

"""A solve that hangs, or eats memory: it is ended and told of, and the next one is done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from os import kill

import pytest

from pts_optimiser.jobs import worker
from pts_optimiser.jobs.children import Child, Ending
from pts_optimiser.jobs.orders import PlanOrder, order_plan
from pts_optimiser.jobs.worker import GIBIBYTE, Limits
from pts_optimiser.store import Store
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.words import PlanStatus
from tests.days import SmallDay
from tests.jobs.conftest import day
from tests.jobs.crew import BY, plan_of

__all__ = ["day"]

SHORT = PlanOrder(iterations=50, workers=1)


@contextmanager
def at_work(url: str, limits: Limits) -> Iterator[worker.Worker]:
    """A worker without queues: what it does with plans is asked of it."""
    made = worker.Worker(url, limits)
    try:
        yield made
    finally:
        made.stop()
        for child in made._children.values():
            child.kill()
        made._store.close()


def worked_on(url: str, store: Store, day: SmallDay, limits: Limits, order: PlanOrder = SHORT) -> Plan:
    ordered, _ = order_plan(store, BY, day.service_date, order)
    with at_work(url, limits) as working:
        working._take_turns(ordered.plan_id, 0)
    return plan_of(store, ordered.plan_id)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_solve_that_hangs_is_ended_and_the_next_one_is_done(
    store: Store, url: str, day: SmallDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Child.__init__

    def hung(self: Child, *told: object) -> None:
        start(self, *told)  # type: ignore[arg-type]
        kill(self._process.pid or 0, signal.SIGSTOP)  # hears nothing, says nothing, lives on

    monkeypatch.setattr(Child, "__init__", hung)
    failed = worked_on(url, store, day, Limits(allowance_s=0.5), PlanOrder(budget_s=0.1, workers=1))
    assert (failed.status, failed.error and failed.error["code"]) == (PlanStatus.FAILED, "plan_time_limit")
    monkeypatch.undo()
    assert worked_on(url, store, day, Limits()).status is PlanStatus.COMPLETE


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_solve_that_needs_more_memory_than_it_has_fails_and_the_next_one_is_done(
    store: Store, url: str, day: SmallDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "MOST_TURNS", 2)
    failed = worked_on(url, store, day, Limits(memory=64 << 20))
    assert failed.status is PlanStatus.FAILED
    assert failed.error is not None
    assert failed.error["code"] in {"plan_memory_limit", "plan_given_up"}
    assert worked_on(url, store, day, Limits(memory=4 * GIBIBYTE)).status is PlanStatus.COMPLETE


def test_a_child_that_is_killed_for_its_memory_is_known_to_have_died(url: str) -> None:
    child = Child(url, 4 * GIBIBYTE, 5)
    kill(child._process.pid or 0, signal.SIGKILL)
    assert child.take_turn("nobody", 1, 30.0) is Ending.DIED

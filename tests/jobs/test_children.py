"""The limits within which a plan is worked on."""

from __future__ import annotations

from pts_optimiser.jobs.children import Child, Ending
from pts_optimiser.jobs.orders import PlanOrder, order_plan
from pts_optimiser.store import Store, plans
from pts_optimiser.store.words import PlanStatus
from tests.days import SmallDay
from tests.jobs.crew import BY, now, plan_of, until

GIBIBYTE = 1 << 30


def test_a_child_takes_turns_until_one_takes_too_long(store: Store, url: str, day: SmallDay) -> None:
    child = Child(url, 4 * GIBIBYTE, 5)
    for order, limit_s, ending, status in (
        (PlanOrder(iterations=50, workers=1), 120, Ending.DONE, PlanStatus.COMPLETE),
        (PlanOrder(budget_s=3600, workers=1), 0.5, Ending.TOO_LONG, PlanStatus.SOLVING),
    ):
        assert child.alive
        ordered, _ = order_plan(store, BY, day.service_date, order)
        with store.write() as session:
            plans.advance(session, ordered.plan_id, PlanStatus.QUEUED, at=now())
            held = plans.claim(session, ordered.plan_id, at=now())
        assert child.take_turn(held.plan_id, held.fence, limit_s) is ending
        assert plan_of(store, held.plan_id).status is status
    assert not child.alive
    assert child.take_turn("nobody", 1, 1) is Ending.DIED


def test_a_child_is_gone_with_who_asked_even_where_its_answer_was_never_read(url: str) -> None:
    child = Child(url, 4 * GIBIBYTE, 5)
    child._pipe.send(("nobody", 1))
    assert child._pipe.poll(60)
    child._pipe.close()
    until(lambda: not child.alive or None)


def test_a_child_that_nobody_needs_ends_and_the_day_that_it_knew_with_it(url: str) -> None:
    child = Child(url, 4 * GIBIBYTE, 5, idle_s=0.1)
    until(lambda: not child.alive or None)
    assert child.take_turn("nobody", 1, 1) is Ending.DIED

"""Workers and their children killed in the middle of things: everything ordered ends, once, and soon goes on."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from datetime import UTC, date, datetime
from time import monotonic, sleep

import pytest

from pts_optimiser.jobs.orders import PlanOrder, ReoptimiseOrder, order_plan, order_reoptimise
from pts_optimiser.store import Store
from pts_optimiser.store.audit import verify
from pts_optimiser.store.plans import Plan, plans
from pts_optimiser.store.proposals import proposals
from pts_optimiser.store.publishing import current, publications, publish
from pts_optimiser.store.rosters import roster_of_plan, stored_rosters
from pts_optimiser.store.words import PlanKind, PlanStatus
from tests.days import SmallDay
from tests.jobs.crew import BY, Worker, alive, ended, kill, now, plan_of, until
from tests.jobs.front import front_of

RESUMED_S = 30.0
MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LONG = PlanOrder(budget_s=8.0, workers=1)
PARTS, KILLS = 10, 10


def solving(store: Store, plan_id: str) -> Plan:
    """The plan once figures have come from a worker's hands."""

    def found() -> Plan | None:
        plan = plan_of(store, plan_id)
        return plan if plan.status is PlanStatus.SOLVING and plan.best_so_far else None

    return until(found)


def publish_roster(store: Store, day: date, plan_id: str) -> None:
    """As a web process would that may have been killed before: what is published already stays."""
    with store.write() as session:
        version = roster_of_plan(session, plan_id)
        assert version is not None
        if version.version not in {one.version for one in publications(session, day)}:
            seen = current(session, day)
            publish(session, day, version.version, expected_etag=seen and seen.etag, by=BY, at=now())


def test_killed_child_and_killed_worker_leave_a_plan_that_goes_on_and_a_re_plan_too(
    store: Store, url: str, day: SmallDay
) -> None:
    date = day.service_date
    worker = Worker(url).working()
    try:
        ordered, _ = order_plan(store, BY, date, LONG)
        first = solving(store, ordered.plan_id)
        for child in worker.children():
            kill(child)
        second = until(lambda: later(store, first))
        family = worker.family()
        worker.kill()
        until(lambda: not any(map(alive, family)) or None)
        worker = Worker(url).working()
        third = until(lambda: later(store, second))
        assert (first.fence, second.fence, third.fence) == (1, 2, 3)
        assert ended(store, ordered.plan_id).status is PlanStatus.COMPLETE
        publish_roster(store, date, ordered.plan_id)
        replan, _ = order_reoptimise(store, BY, date, ReoptimiseOrder(MORNING))
        until(lambda: plan_of(store, replan.plan_id).status is PlanStatus.SOLVING or None)
        for child in worker.children():
            kill(child)
        assert ended(store, replan.plan_id).status is PlanStatus.COMPLETE
        with store.read() as session:
            assert len(stored_rosters(session, date)) == 2
            assert len(proposals(session, date)) == 1
    finally:
        worker.kill()


def later(store: Store, plan: Plan) -> Plan | None:
    """The plan in a later turn."""
    known = plan_of(store, plan.plan_id)
    return known if known.fence > plan.fence else None


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS), ids=lambda part: f"part{part}")
def test_two_hundred_kills_lose_nothing_and_repeat_nothing(
    store: Store, url: str, day: SmallDay, part: int, record_property: Callable[[str, object], None]
) -> None:
    """Ten a part and database, of children, workers and processes of the web at random moments. A part is run alone
    by its name.
    """
    dice, date = random.Random(part), day.service_date
    workers = [Worker(url).working(), Worker(url).working()]
    resumed: list[float] = []
    killed = dict.fromkeys(("child", "worker", "web"), 0)
    try:
        with front_of(store, url, date, part) as (web, desk):
            until(lambda: under_way(store) or None)
            for _ in range(KILLS):
                sleep(dice.uniform(0.2, 4.0))
                held = under_way(store)
                victim = dice.choices(list(killed), [4, 3, 3])[0]
                chosen = dice.randrange(2)
                killed[victim] += 1
                if victim == "web":
                    web.kill_one(dice)
                elif victim == "worker":
                    workers[chosen].kill()
                    workers[chosen] = Worker(url).working()
                else:
                    for child in workers[chosen].children():
                        kill(child)
                resumed += [goes_on(store, plan) for plan in held]
        with store.read() as session:
            ordered = plans(session, service_date=date, limit=10_000)
        every = [ended(store, plan.plan_id) for plan in ordered]
    finally:
        for worker in workers:
            worker.kill()
    assert {plan.status for plan in every} == {PlanStatus.COMPLETE}
    assert desk.ordered <= {plan.plan_id for plan in every}
    assert not {status for status in desk.answers if status >= 500 and status != 503}
    with store.read() as session:
        of_plans = [stored.plan_id for stored in stored_rosters(session, date, limit=10_000)]
        published = [one.version for one in publications(session, date, limit=10_000)]
        assert verify(session).broken_at is None
        assert len(proposals(session, date)) == sum(plan.kind is PlanKind.REOPTIMISE for plan in every)
    assert sorted(of_plans) == sorted(plan.plan_id for plan in every)
    assert len(published) == len(set(published))
    turns = sum(plan.fence for plan in every)
    print(f"\n{killed}, {len(every)} plans and re-plans in {turns} turns, {len(published)} published")
    print(f"answers {dict(desk.answers)}, {desk.cut} times none")
    print(f"resumed after median {statistics.median(resumed):.1f} s, at most {max(resumed):.1f} s of {len(resumed)}")
    assert max(resumed) < RESUMED_S
    record_property("faults", KILLS)
    record_property("requests", sum(desk.answers.values()))


def under_way(store: Store) -> list[Plan]:
    with store.read() as session:
        return [plan for plan in plans(session) if plan.status is PlanStatus.SOLVING]


def goes_on(store: Store, plan: Plan) -> float:
    """Seconds until the plan is in other hands, has ended, or has said something new in the same hands twice."""
    began = monotonic()

    def moved() -> Plan | None:
        known = plan_of(store, plan.plan_id)
        return known if known.final or known.fence > plan.fence or known.revision > plan.revision + 2 else None

    until(moved)
    return monotonic() - began

from __future__ import annotations

from datetime import date
from itertools import pairwise, product

import pytest

from pts_optimiser.store import ConflictError, NotFoundError, Store
from pts_optimiser.store.audit import entries
from pts_optimiser.store.plans import (
    NEXT,
    Plan,
    advance,
    best_roster,
    claim,
    finish,
    order_plan,
    plan,
    plans,
    plans_among,
    request_stop,
    save_best,
    unfinished,
)
from pts_optimiser.store.words import PlanKind, PlanStatus
from tests.store.examples import BY, DAY, NOW, a_roster, at_once, later, put

S = PlanStatus
WAY = {
    S.ACCEPTED: (),
    S.VALIDATED: (S.VALIDATED,),
    S.INVALID: (S.INVALID,),
    S.QUEUED: (S.VALIDATED, S.QUEUED),
    S.SOLVING: (S.VALIDATED, S.QUEUED, S.SOLVING),
    S.COMPLETE: (S.VALIDATED, S.QUEUED, S.SOLVING, S.COMPLETE),
    S.STOPPED: (S.STOPPED,),
    S.FAILED: (S.VALIDATED, S.FAILED),
}
"""How a plan comes to a status."""


@pytest.fixture
def day(store: Store) -> Store:
    with store.write() as session:
        put(session)
    return store


def order(store: Store, kind: PlanKind = PlanKind.PLAN, service_date: date | None = DAY, at: int = 0) -> Plan:
    with store.write() as session:
        return order_plan(session, kind, service_date, {"seed": 1, "budget_s": 60}, by=BY, at=later(at))[0]


def bring(store: Store, plan_id: str, status: PlanStatus) -> None:
    for step in WAY[status]:
        with store.write() as session:
            if step is S.SOLVING:
                claim(session, plan_id, at=NOW)
            elif step is S.COMPLETE:
                finish(session, plan_id, 1, step, at=NOW)
            else:
                advance(session, plan_id, step, at=NOW)


def solving(store: Store) -> str:
    plan_id = order(store).plan_id
    bring(store, plan_id, S.SOLVING)
    return plan_id


def test_a_plan_goes_its_way_and_tells_when(day: Store) -> None:
    ordered = order(day)
    assert (ordered.status, ordered.order, ordered.created_by) == (S.ACCEPTED, {"seed": 1, "budget_s": 60}, BY)
    with day.write() as session:
        advance(session, ordered.plan_id, S.VALIDATED, at=later(1))
        advance(session, ordered.plan_id, S.QUEUED, at=later(2))
        claim(session, ordered.plan_id, at=later(3))
        save_best(session, ordered.plan_id, 1, {"served": 2}, at=later(4))
        done = finish(session, ordered.plan_id, 1, S.COMPLETE, at=later(5))
    assert (done.status, done.best_so_far, done.final) == (S.COMPLETE, {"served": 2}, True)
    assert (done.created_at, done.started_at, done.finished_at) == (NOW, later(3), later(5))
    assert done.revision == ordered.revision + 5


def test_the_table_of_steps_is_that_of_the_contract() -> None:
    line = [S.ACCEPTED, S.VALIDATED, S.QUEUED, S.SOLVING, S.COMPLETE]
    expected = set(pairwise(line)) | {(S.ACCEPTED, S.INVALID), (S.SOLVING, S.SOLVING)}
    expected |= set(product(line[:4], (S.STOPPED, S.FAILED)))
    assert {(before, after) for before, following in NEXT.items() for after in following} == expected


def test_every_other_step_is_refused(day: Store) -> None:
    for before in S:
        plan_id = order(day).plan_id
        bring(day, plan_id, before)
        held = before is S.SOLVING  # by a worker: only it may end the plan
        for after in set(S) if held else {*S} - {*NEXT.get(before, ())} | {S.SOLVING}:
            with pytest.raises(ConflictError), day.write() as session:
                advance(session, plan_id, after, at=NOW)
        with day.read() as session:
            assert plan(session, plan_id).status is before


def test_a_failed_plan_tells_why(day: Store) -> None:
    plan_id = solving(day)
    with day.write() as session:
        failed = finish(session, plan_id, 1, S.FAILED, at=NOW, error={"code": "MEMORY", "message": "too large"})
    assert failed.error == {"code": "MEMORY", "message": "too large"}


def test_a_worker_that_was_replaced_can_write_no_more(day: Store) -> None:
    plan_id = solving(day)
    with day.write() as session:
        again = claim(session, plan_id, at=later(30))
    assert (again.fence, again.started_at) == (2, NOW)
    with pytest.raises(ConflictError), day.write() as session:
        save_best(session, plan_id, 1, {"served": 9}, at=later(31))
    with pytest.raises(ConflictError), day.write() as session:
        finish(session, plan_id, 1, S.COMPLETE, at=later(31))
    with day.write() as session:
        assert finish(session, plan_id, 2, S.COMPLETE, at=later(32)).best_so_far is None


def test_of_workers_that_take_a_plan_up_at_once_the_last_holds_it(day: Store) -> None:
    plan_id = solving(day)

    def take(_who: int) -> int:
        with day.write() as session:
            return claim(session, plan_id, at=NOW).fence

    assert sorted(at_once(4, take), key=str) == [2, 3, 4, 5]


def test_a_plan_that_has_ended_is_not_taken_up(day: Store) -> None:
    plan_id = solving(day)
    with day.write() as session:
        finish(session, plan_id, 1, S.STOPPED, at=NOW)
    with pytest.raises(ConflictError), day.write() as session:
        claim(session, plan_id, at=NOW)


@pytest.mark.parametrize("status", [S.ACCEPTED, S.QUEUED, S.SOLVING, S.INVALID])
def test_solving_ends_in_complete_stopped_or_failed(day: Store, status: PlanStatus) -> None:
    plan_id = solving(day)
    with pytest.raises(ValueError, match="does not end"), day.write() as session:
        finish(session, plan_id, 1, status, at=NOW)


def test_the_best_roster_is_there_for_whoever_resumes(day: Store) -> None:
    plan_id = solving(day)
    with day.read() as session:
        assert best_roster(session, plan_id) is None
    for seed in (1, 2):
        with day.write() as session:
            save_best(session, plan_id, 1, {"served": seed}, a_roster(seed=seed), at=NOW)
    with day.write() as session:
        save_best(session, plan_id, 1, {"served": 3}, at=NOW)
        assert best_roster(session, plan_id) == a_roster(seed=2)
        assert plan(session, plan_id).best_so_far == {"served": 3}


def test_a_plan_that_waits_is_stopped_at_once_and_one_that_solves_is_asked_to(day: Store) -> None:
    waiting, running = order(day).plan_id, solving(day)
    with day.write() as session:
        first = request_stop(session, waiting, by=BY, at=later(1))
        second = request_stop(session, running, by=BY, at=later(1))
    assert (first.status, first.finished_at) == (S.STOPPED, later(1))
    assert (second.status, second.stop_requested) == (S.SOLVING, True)


def test_stopping_what_has_ended_changes_nothing(day: Store) -> None:
    plan_id = solving(day)
    with day.write() as session:
        done = finish(session, plan_id, 1, S.COMPLETE, at=NOW)
        assert request_stop(session, plan_id, by=BY, at=later(9)) == done


def test_of_fifty_reoptimises_of_a_day_at_once_one_runs_and_the_rest_join(day: Store) -> None:
    def ask(_who: int) -> tuple[Plan, bool]:
        with day.write() as session:
            return order_plan(session, PlanKind.REOPTIMISE, DAY, {}, by=BY, at=NOW)

    told = at_once(50, ask)
    assert all(isinstance(one, tuple) for one in told), told
    assert sum(one[1] for one in told if isinstance(one, tuple)) == 1
    assert len({one[0].plan_id for one in told if isinstance(one, tuple)}) == 1


def test_after_a_reoptimise_has_ended_the_next_one_is_new(day: Store) -> None:
    first = order(day, PlanKind.REOPTIMISE)
    bring(day, first.plan_id, S.COMPLETE)
    assert order(day, PlanKind.REOPTIMISE).plan_id != first.plan_id


def test_other_kinds_and_other_days_do_not_join(day: Store) -> None:
    other = date(2026, 11, 25)
    with day.write() as session:
        put(session, other)
    asked = [order(day, PlanKind.REOPTIMISE), order(day, PlanKind.REOPTIMISE, other), order(day), order(day)]
    asked += [order(day, PlanKind.STUDY, None), order(day, PlanKind.STUDY, None)]
    assert len({one.plan_id for one in asked}) == 6


def test_plans_are_listed_latest_first_page_by_page(day: Store) -> None:
    made = [order(day, at=at).plan_id for at in (0, 1, 1, 2)]
    study = order(day, PlanKind.STUDY, None, at=3).plan_id
    with day.read() as session:
        assert plans(session)[0].plan_id == study
        first = plans(session, service_date=DAY, limit=2)
        rest = plans(session, service_date=DAY, before=first[-1])
    assert first[0].plan_id == made[3]
    assert {one.plan_id for one in first + rest} == set(made)
    assert len(first + rest) == 4


def test_unknown_plans_and_days_are_not_found(day: Store) -> None:
    with pytest.raises(NotFoundError), day.read() as session:
        plan(session, "none")
    with pytest.raises(NotFoundError):
        order(day, PlanKind.PLAN, date(2026, 1, 1))


def test_ordering_and_stopping_are_in_the_audit_and_joining_is_not(day: Store) -> None:
    plan_id = order(day, PlanKind.REOPTIMISE).plan_id
    order(day, PlanKind.REOPTIMISE)
    with day.write() as session:
        request_stop(session, plan_id, by="person:42", at=later(5))
    with day.read() as session:
        found = [(one.who, one.what, one.subject) for one in entries(session)[1:]]
    assert found == [
        (BY, "reoptimise.order", f"plans/{plan_id}"),
        ("person:42", "plan.stop", f"plans/{plan_id}"),
    ]


def test_unfinished_are_those_that_somebody_still_has_to_do_something_about(store: Store) -> None:
    with store.write() as session:
        put(session)
        ordered = [order_plan(session, PlanKind.PLAN, DAY, {}, by=BY, at=later(n))[0] for n in range(3)]
        request_stop(session, ordered[1].plan_id, by=BY, at=later(9))
    with store.read() as session:
        assert [plan.plan_id for plan in unfinished(session)] == [ordered[2].plan_id, ordered[0].plan_id]


def test_some_plans_are_read_in_one_question(day: Store) -> None:
    with day.write() as session:
        made = [order_plan(session, PlanKind.PLAN, DAY, {}, by=BY, at=later(n))[0] for n in range(3)]
        assert plans_among(session, [made[0].plan_id, "nobody", made[2].plan_id]) == [made[2], made[0]]
        assert plans_among(session, []) == []

"""Orders are rows of the store: checked when they are made, one re-plan a day at a time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.jobs.orders import (
    ExportOrder,
    PlanOrder,
    ReoptimiseOrder,
    StudyOrder,
    order_export,
    order_plan,
    order_reoptimise,
    order_study,
)
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.plans import view_plan
from pts_optimiser.store import NotFoundError, Store, plans
from pts_optimiser.store.words import PlanKind, PlanStatus, Role
from tests.days import SmallDay
from tests.jobs.crew import BY
from tests.services.hosted.town_day import DAY, put_published
from tests.store.examples import at_once

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_each_order_of_a_plan_is_a_plan_of_its_own_that_says_what_was_asked(store: Store, day: SmallDay) -> None:
    order = PlanOrder(budget_s=5, distancing="two_metre", seed=7)
    (one, new), (other, _) = (order_plan(store, BY, day.service_date, order) for _ in range(2))
    assert new
    assert one.plan_id != other.plan_id
    assert (one.kind, one.status, one.created_by) == (PlanKind.PLAN, PlanStatus.VALIDATED, BY)
    assert PlanOrder.from_document(one.order) == order


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget_s": -1},
        {"budget_s": float("nan")},
        {"budget_s": 3601},
        {"workers": 0},
        {"seed": -1},
        {"engine": "magic"},
        {"iterations": -1},
        {"iterations": 10, "engine": "ortools"},
    ],
)
def test_an_order_that_cannot_be_meant_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        PlanOrder(**wrong)  # type: ignore[arg-type]


def test_a_plan_is_refused_for_a_day_profile_or_start_that_nobody_knows(store: Store, day: SmallDay) -> None:
    with pytest.raises(NotFoundError, match="upload it first"):
        order_plan(store, BY, date(2031, 1, 1), PlanOrder())
    with pytest.raises(InputError, match="policy"):
        order_plan(store, BY, day.service_date, PlanOrder(distancing="three_metre"))
    with pytest.raises(NotFoundError, match="no roster 9"):
        order_plan(store, BY, day.service_date, PlanOrder(warm=9))
    known, duty = day.journeys[0].journey_id, day.duties[0].duty_id
    for held in ({"nobody": duty}, {known: "none"}):
        with pytest.raises(InputError, match="does not have"):
            order_plan(store, BY, day.service_date, PlanOrder(held=held))
    with store.read() as session:
        assert not plans.unfinished(session)


def test_who_is_limited_to_some_contracts_is_not_told_what_is_held(store: Store, day: SmallDay) -> None:
    held = {day.journeys[0].journey_id: day.duties[0].duty_id}
    plan_id = order_plan(store, BY, day.service_date, PlanOrder(held=held))[0].plan_id
    planner, limited = (Caller("key:x", frozenset({Role.PLANNER}), some) for some in (None, frozenset({"c"})))
    assert view_plan(store, planner, plan_id).plan.order["held"] == held
    assert view_plan(store, limited, plan_id).plan.order["held"] == {}


def test_of_fifty_who_ask_for_a_re_plan_at_once_one_orders_it_and_the_others_join(store: Store) -> None:
    put_published(store)
    asked = at_once(50, lambda _: order_reoptimise(store, BY, DAY, ReoptimiseOrder(NOON)))
    found = [one for one in asked if isinstance(one, tuple)]
    assert len(found) == 50, [one for one in asked if isinstance(one, Exception)]
    assert len({plan.plan_id for plan, _ in found}) == 1
    assert sum(new for _, new in found) == 1
    with store.read() as session:
        assert [plan.kind for plan in plans.unfinished(session)] == [PlanKind.REOPTIMISE]


def test_a_re_plan_needs_something_published(store: Store, day: SmallDay) -> None:
    with pytest.raises(NotFoundError, match="publish one first"):
        order_reoptimise(store, BY, day.service_date, ReoptimiseOrder())


def test_re_plans_are_ordered_by_moments_that_everybody_understands() -> None:
    order = ReoptimiseOrder(NOON, 2.0, 5.0)
    assert ReoptimiseOrder.from_document(order.document()) == order
    with pytest.raises(InputError, match="offset"):
        ReoptimiseOrder(NOON.replace(tzinfo=None))


def test_an_export_is_of_a_version_that_is_there(store: Store) -> None:
    put_published(store)
    ordered, _ = order_export(store, BY, DAY, ExportOrder(1))
    assert (ordered.kind, ordered.order) == (PlanKind.EXPORT, {"version": 1})
    with pytest.raises(NotFoundError):
        order_export(store, BY, DAY, ExportOrder(2))


def test_a_study_is_of_days_that_are_here_and_of_profiles_that_are_known(store: Store, day: SmallDay) -> None:
    asked = {"title": "Caps", "first": day.service_date, "last": day.service_date}
    order = StudyOrder(**asked, distancing=("off", "one_party"))  # type: ignore[arg-type]
    ordered, _ = order_study(store, BY, order)
    assert (ordered.kind, ordered.service_date, ordered.status) == (PlanKind.STUDY, None, PlanStatus.VALIDATED)
    assert StudyOrder.from_document(ordered.order) == order
    with pytest.raises(InputError, match="no day from"):
        order_study(store, BY, replace(order, first=date(2031, 1, 1), last=date(2031, 1, 2)))
    with pytest.raises(InputError):
        order_study(store, BY, replace(order, distancing=("off", "unheard_of")))
    generated = replace(order, source="generated", first=date(2031, 1, 1), last=date(2031, 1, 2))
    assert order_study(store, BY, generated)[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": date(2026, 11, 23)},
        {"last": date(2027, 11, 24)},
        {"distancing": ()},
        {"demand": (1.2,)},
        {"fleet": (0.0,)},
        {"budget": 1000},
        {"demand": (0.2, 0.4, 0.6, 0.8), "fleet": (0.8, 0.9, 1.0, 1.1)},
    ],
)
def test_a_study_larger_than_is_done_for_one_order_is_none(wrong: dict[str, Any]) -> None:
    day = date(2026, 11, 24)
    with pytest.raises(InputError):
        StudyOrder(**{"title": "Caps", "first": day, "last": day} | wrong)


def test_to_order_needs_neither_the_solver_nor_the_queue() -> None:
    code = "import sys, pts_optimiser.jobs.orders; print({'dbos', 'numba', 'solver'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout.strip() == "set()"

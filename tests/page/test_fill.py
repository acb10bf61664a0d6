"""The rest of a day is planned anew round what is locked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pts_optimiser.store import Store, plans
from pts_optimiser.store.words import PlanStatus, Role
from tests.page.conftest import Open, Visit
from tests.page.seeded import DAY, Worker, planned, task


def _duties() -> dict[str, str]:
    return {stop.journey_id: duty.duty_id for duty in planned(300).duties for stop in duty.stops if stop.journey_id}


def _ordered(store: Store) -> tuple[str, Mapping[str, Any]]:
    with store.read() as session:
        [ordered] = plans.plans(session, service_date=DAY)
    return ordered.plan_id, ordered.order


def _fill(seen: Visit) -> Any:
    seen.page.get_by_role("button", name="Fill the rest…").click()
    return seen.page.get_by_role("dialog")


def test_the_rest_is_filled_round_a_journey_and_a_duty_that_are_locked(visit: Open) -> None:
    seen = visit(where=f"#/plan/{DAY}/2")
    page = seen.page
    page.get_by_label("State").select_option("served")
    page.locator(".row").first.click()
    journey = page.locator(".inspector h2").inner_text()
    page.locator(".facts-of").get_by_role("button", name="Lock", exact=True).click()
    page.locator(".row").first.get_by_label("Locked").wait_for()
    other = next(duty for duty in planned(300).duties if duty.stops and duty.duty_id != _duties()[journey])
    whole = {stop.journey_id for stop in other.stops if stop.journey_id}
    page.get_by_label("Find journeys").fill(other.duty_id)
    page.locator(".row").first.click()
    page.get_by_role("button", name="Lock all").click()
    dialog = _fill(seen)
    dialog.get_by_text(f"{len(whole) + 1} journeys are locked").wait_for()
    seen.picture("fill")
    assert not seen.serious_findings()
    dialog.get_by_role("button", name="Fill the rest").click()
    page.wait_for_selector(".solve")
    plan_id, order = _ordered(seen.service.store)
    held = {one: _duties()[one] for one in (journey, *whole)}
    assert (order["warm"], order["held"]) == (2, held)
    worker = Worker(seen.service.store, plan_id)
    worker.tell(2, 80)
    page.get_by_text(f"round {len(held)} locked journeys").wait_for()
    worker.finish(PlanStatus.COMPLETE, 300)
    page.wait_for_url(f"**/#/plan/{DAY}/3")


def test_only_who_is_unserved_is_given_a_duty(visit: Open) -> None:
    seen = visit(where=f"#/plan/{DAY}/2")
    seen.page.wait_for_selector(".row")
    dialog = _fill(seen)
    dialog.get_by_label("Nobody who has a duty").check()
    dialog.get_by_role("button", name="Fill the rest").click()
    seen.page.wait_for_selector(".solve")
    assert _ordered(seen.service.store)[1]["held"] == _duties()


def test_locks_of_the_service_are_kept_too_and_who_only_reads_fills_nothing(visit: Open) -> None:
    seen = visit(Role.ADMIN, f"#/plan/{DAY}/2")
    page = seen.page
    page.wait_for_selector(".row")
    seen.publish()
    page.get_by_label("State").select_option("served")
    page.locator(".row").first.click()
    page.locator(".facts-of").get_by_role("button", name="Lock", exact=True).click()
    page.get_by_text("no re-plan moves it").wait_for()
    late = visit(Role.PLANNER, f"#/plan/{DAY}/1")
    late.page.wait_for_selector(".row")
    _fill(late).get_by_text("1 journey is locked").wait_for()
    reader = visit(Role.VIEWER, f"#/plan/{DAY}/1")
    reader.page.wait_for_selector(".row")
    assert reader.page.get_by_role("button", name="Fill the rest…").count() == 0
    assert len(task().journeys) > 1

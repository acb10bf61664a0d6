"""A published plan changed by hand: tried, done, held, undone."""

from __future__ import annotations

from collections.abc import Callable

from pts_optimiser.store.words import Role
from tests.page.conftest import Visit
from tests.page.seeded import DAY, task

Open = Callable[..., Visit]


def _published(visit: Open) -> Visit:
    seen = visit(Role.ADMIN, f"#/plan/{DAY}/2")
    page = seen.page
    page.wait_for_selector(".row")
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("✓ published").wait_for()
    return seen


def test_a_move_is_tried_done_and_undone(visit: Open) -> None:
    seen = _published(visit)
    page = seen.page
    first, idle = task().duties[0].duty_id, task().duties[-1].duty_id
    page.get_by_label("Find journeys").fill(first)
    page.locator(".row").first.click()
    page.locator(".inspector").get_by_role("button", name="Move…").click()
    page.locator("dialog select").select_option(idle)
    page.locator(".trial .verdict.good", has_text=idle).wait_for()
    move = page.get_by_role("dialog").get_by_role("button", name="Move", exact=True)
    assert not seen.serious_findings()
    seen.picture("move")
    move.click()
    page.wait_for_url(f"**/#/plan/{DAY}/3")
    page.locator(".inspector .calls-of h3", has_text=idle).wait_for()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**/#/plan/{DAY}/4")


def test_a_journey_is_held_on_its_duty_and_released(visit: Open) -> None:
    seen = _published(visit)
    page = seen.page
    page.get_by_label("State").select_option("served")
    page.locator(".row").first.click()
    page.get_by_role("button", name="Lock", exact=True).click()
    page.get_by_text("no re-plan moves it").wait_for()
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("button", name="Lock", exact=True).wait_for()


def test_what_is_not_published_is_not_changed_by_hand(visit: Open) -> None:
    page = visit(Role.ADMIN, f"#/plan/{DAY}/2").page
    page.locator(".row").first.click()
    page.get_by_text("Publish this version to change it").wait_for()

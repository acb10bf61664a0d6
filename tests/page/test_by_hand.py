"""A published plan changed by hand: tried, done, held, undone."""

from __future__ import annotations

from collections.abc import Callable

from pts_optimiser.store.words import Role
from tests.page.conftest import Visit
from tests.page.seeded import DAY

Open = Callable[..., Visit]


def _published(visit: Open) -> Visit:
    seen = visit(Role.ADMIN, f"#/plan/{DAY}/2")
    page = seen.page
    page.wait_for_selector(".row")
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("✓ published").wait_for()
    return seen


def _try_each_duty(seen: Visit) -> str | None:
    """Choose duties until the journey fits one."""
    page = seen.page
    for duty in page.locator("dialog option").evaluate_all("options => options.map(option => option.value)"):
        page.locator("dialog select").select_option(duty)
        page.locator(".trial .verdict", has_text=duty).or_(page.locator(".trial .verdict.bad")).first.wait_for()
        if page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).is_enabled():
            return str(duty)
    return None


def test_a_move_is_tried_done_and_undone(visit: Open) -> None:
    seen = _published(visit)
    page = seen.page
    page.get_by_label("State").select_option("served")
    for number in range(12):
        page.locator(".row").nth(number).click()
        page.locator(".inspector").get_by_role("button", name="Move…").click()
        duty = _try_each_duty(seen)
        if duty:
            break
        page.keyboard.press("Escape")
    assert duty, "no journey of the first dozen fits another duty"
    assert not seen.serious_findings()
    seen.picture("move")
    page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).click()
    page.wait_for_url(f"**/#/plan/{DAY}/3")
    page.locator(".inspector .calls-of h3", has_text=duty).wait_for()
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

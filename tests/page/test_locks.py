"""Locks are seen wherever a journey is: in its row, its lane, its calls; and found by a filter."""

from __future__ import annotations

from pts_optimiser.store.words import Role
from tests.page.conftest import Open
from tests.page.seeded import DAY, task

PAINTED = """async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const canvas = document.querySelector(".timeline canvas");
    return canvas.toDataURL();
}"""


def test_a_locked_journey_is_marked_in_its_lane_and_its_calls_and_found_by_the_filter(visit: Open) -> None:
    seen = visit(where=f"#/plan/{DAY}/2", width=1600, height=1000)
    page = seen.page
    page.get_by_label("State").select_option("served")
    page.locator(".row").first.click()
    journey = page.locator(".inspector h2").inner_text()
    before = page.evaluate(PAINTED)
    page.locator(".facts-of").get_by_role("button", name="Lock", exact=True).click()
    page.locator(".calls tr.on").first.get_by_label("Locked to this duty").wait_for()
    assert page.evaluate(PAINTED) != before
    assert "locked" in page.locator(".timeline-panel [role=status]").inner_text()
    seen.picture("locks")
    page.get_by_label("State").select_option("locked")
    page.get_by_text(f"1 of {len(task().journeys)} journeys").wait_for()
    assert page.locator(".row .cell").first.inner_text() == journey
    page.locator(".calls-of").get_by_role("button", name="Lock all").click()
    page.get_by_role("tab", name="Duties").click()
    page.locator(".row").get_by_label("All its journeys are locked").wait_for()
    assert not seen.serious_findings()


def test_locks_of_the_service_are_seen_without_picking_anything(visit: Open) -> None:
    seen = visit(Role.ADMIN, f"#/plan/{DAY}/2")
    page = seen.page
    seen.publish()
    page.get_by_label("State").select_option("served")
    page.locator(".row").first.click()
    journey = page.locator(".inspector h2").inner_text()
    page.locator(".facts-of").get_by_role("button", name="Lock", exact=True).click()
    page.get_by_text("no re-plan moves it").wait_for()
    reader = visit(Role.VIEWER, f"#/plan/{DAY}/2").page
    reader.get_by_label("State").select_option("locked")
    reader.locator(".row", has_text=journey).get_by_label("Locked to this duty").wait_for()

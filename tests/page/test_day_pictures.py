"""Map and timeline of the control room, in step with its lists."""

from __future__ import annotations

from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.moves import MoveOrder, what_if
from pts_optimiser.store.words import Role
from tests.page.conftest import Open, Service
from tests.page.control import NINE, WAY, clock, pick, published_version, room, seed
from tests.services.hosted.town_day import CONTROLLER, DAY, planned

__all__ = ["clock", "seed"]


def test_map_and_timeline_are_shown_in_step_with_the_lists(visit: Open) -> None:
    seen = room(visit(Role.CONTROLLER, WAY))
    page = seen.page
    assert page.locator(".map").count() == page.locator(".timeline").count() == 0
    page.keyboard.press("m")
    page.wait_for_selector(".map canvas")
    page.keyboard.press("l")
    page.wait_for_selector(".timeline")
    journey = pick(seen)
    page.wait_for_function(
        "id => document.querySelector('.timeline-panel [role=status]').innerText.startsWith(id)", arg=journey
    )
    page.locator(".timeline").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => /^Duty/.test(document.querySelector('.timeline-panel [role=status]').innerText)")
    seen.picture("day-pictures")
    assert not seen.serious_findings()
    page.reload()
    page.wait_for_selector(".timeline")
    page.get_by_role("button", name="Timeline").click()
    page.wait_for_selector(".timeline", state="detached")
    roomy = room(visit(Role.CONTROLLER, WAY, width=1600, height=1000))
    roomy.page.wait_for_selector(".map canvas")
    roomy.page.wait_for_selector(".timeline")
    pick(roomy)
    roomy.page.locator(".letters").wait_for()
    roomy.picture("control-room")
    assert not roomy.serious_findings()


def _possible(service: Service, journeys: list[str]) -> tuple[int, int]:
    """The row of a journey and the lane of a duty that has a place for it."""
    days = LiveDays(service.store)
    used = [duty for duty in planned().roster.duties if duty.stops]
    used.sort(key=lambda duty: (duty.stops[0].depart_at, duty.duty_id))
    for row, journey_id in enumerate(journeys):
        for lane, duty in enumerate(used):
            if duty.duty_id == planned().duty_of.get(journey_id):
                continue
            if what_if(days, CONTROLLER, DAY, MoveOrder(journey_id, duty.duty_id, now=NINE)).feasible:
                days.close()
                return row, lane
    raise AssertionError("nobody at risk fits another duty")


def test_a_journey_at_risk_is_dragged_onto_another_duty(visit: Open, service: Service) -> None:
    seen = room(visit(Role.CONTROLLER, WAY))
    page = seen.page
    page.keyboard.press("l")
    page.wait_for_selector(".timeline")
    rows = page.locator(".risks .row")
    journeys = [text.split("\n")[1] for text in rows.all_inner_texts()]
    row, lane = _possible(service, journeys)
    rows.nth(row).hover()
    page.mouse.down()
    box = page.locator(".timeline").bounding_box()
    for nudge in range(3):  # the first moves only begin the drag
        page.mouse.move(box["x"] + 320 + nudge, box["y"] + 38 + 24 * lane, steps=3)
    page.locator(".verdict-tip .verdict.good").wait_for()
    seen.picture("day-drag")
    page.mouse.up()
    page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).click()
    page.locator(".toast", has_text=f"{journeys[row]} is on duty").wait_for()
    assert published_version(service.store) == 2
    assert page.url.endswith(WAY)
    page.get_by_label("Find a journey by any word").fill(journeys[row])
    page.keyboard.press("Enter")
    page.locator(".inspector").get_by_role("button", name="Unlock", exact=True).click()
    page.locator(".inspector").get_by_role("button", name="Lock", exact=True).wait_for()

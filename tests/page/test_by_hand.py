"""A published plan changed by hand: tried, done, held, undone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from pts_optimiser.store.events import Event, append_events, events
from pts_optimiser.store.words import Role
from tests.page.conftest import Open, Visit
from tests.page.seeded import DAY, planned, task


def _published(visit: Open) -> Visit:
    seen = visit(Role.ADMIN, f"#/plan/{DAY}/2")
    seen.page.wait_for_selector(".row")
    seen.publish()
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
    assert page.locator(".trial dt").all_inner_texts()[:3] == ["Driving", "Paid time", "Cost"]
    assert "£" in page.locator(".trial .toll").inner_text()
    assert re.search("no standard changes|breaks the|mends the", page.locator(".trial").inner_text())
    move = page.get_by_role("dialog").get_by_role("button", name="Move", exact=True)
    assert not seen.serious_findings()
    seen.picture("move")
    move.click()
    page.wait_for_url(f"**/#/plan/{DAY}/3")
    page.locator(".inspector .calls-of h3", has_text=idle).wait_for()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**/#/plan/{DAY}/4")
    page.locator(".inspector .calls-of h3", has_text=first).wait_for()
    page.locator(".inspector").get_by_role("button", name="Lock", exact=True).wait_for()
    with seen.service.store.read() as session:
        assert [event.type for _, event in events(session, DAY)] == ["move", "move", "unlock"]


def _drag(page: Any, lane: int) -> None:
    """Move what is dragged over a lane of the timeline, and let it rest there."""
    box = page.locator(".timeline").bounding_box()
    for nudge in range(3):  # the first moves only begin the drag
        page.mouse.move(box["x"] + 300 + nudge, box["y"] + 26 + 24 * lane + 12, steps=3)


def test_a_journey_cancelled_while_it_is_dragged_says_so_and_moves_nowhere(visit: Open) -> None:
    seen = _published(visit)
    seen.expected.append("409")
    page = seen.page
    page.get_by_label("State").select_option("served")
    row = page.locator(".row").first
    journey = row.locator(".cell").first.inner_text()
    page.get_by_label("As filtered").uncheck()
    used = [duty for duty in planned(300).duties if duty.stops]
    used.sort(key=lambda duty: (duty.stops[0].depart_at, duty.duty_id))
    others = [n for n, duty in enumerate(used) if journey not in {stop.journey_id for stop in duty.stops}]
    row.hover()
    page.mouse.down()
    _drag(page, others[0])
    tip = page.locator(".verdict-tip")
    tip.locator(".verdict").wait_for()
    seen.picture("drag")
    with seen.service.store.write() as session:
        moment = datetime.now(UTC).replace(microsecond=0)
        fields = {"journey_id": journey, "reason": "too ill", "keep_return": True}
        append_events(session, DAY, [Event("c1", "ward", 1, moment, moment, "journey_cancelled", fields)])
    _drag(page, others[1])
    tip.get_by_text("is cancelled").wait_for()
    page.mouse.up()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("is cancelled").wait_for()
    assert dialog.get_by_role("button", name="Move", exact=True).is_disabled()
    assert not seen.serious_findings()


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

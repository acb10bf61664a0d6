"""The control room in a browser: what will go wrong, what happened, what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.moves import MoveOrder, what_if
from pts_optimiser.store import proposals
from pts_optimiser.store.keys import api_keys, revoke_key
from pts_optimiser.store.words import Role
from tests.api.test_events import booking
from tests.page.conftest import Seed, Service, Visit
from tests.page.control import (
    NINE,
    from_nine,
    homeward,
    in_force,
    plan_anew,
    publish_again,
    published_version,
    said,
    say,
)
from tests.services.hosted.town_day import CONTROLLER, DAY, planned, put_proposal

Open = Callable[..., Visit]
WAY = f"#/day/{DAY}"
PICKED = "document.querySelector('.risks .row[aria-selected=true] .cell:nth-child(2)')?.innerText ?? ''"


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return from_nine()


@pytest.fixture
def seed() -> Seed:
    return in_force


def _room(seen: Visit) -> Visit:
    seen.page.wait_for_selector(".risks .row")
    return seen


def _pick(seen: Visit) -> str:
    """The first of those who may be late, by keyboard."""
    seen.page.locator(".risks .table").focus()
    seen.page.keyboard.press("ArrowDown")
    picked: str = seen.page.wait_for_function(PICKED).json_value()
    return picked


@pytest.mark.parametrize(("dark", "width", "height"), [(False, 1280, 800), (True, 1920, 1080), (False, 390, 844)])
def test_the_board_shows_who_can_be_saved_and_clocks_that_run(
    visit: Open, service: Service, dark: bool, width: int, height: int
) -> None:
    say(service.store, "ready", journey_id=homeward())
    seen = _room(visit(Role.CONTROLLER, WAY, dark=dark, width=width, height=height))
    page = seen.page
    row = page.locator(".ready .row", has_text=homeward())
    row.wait_for()
    left = row.locator(".cell").nth(2).inner_text()
    page.wait_for_function(
        "before => document.querySelector('.ready .row .cell:nth-child(3)').innerText !== before", arg=left
    )
    saved = [
        int(text.split()[0]) for text in page.locator(".risks .row .cell:first-child").all_inner_texts() if "%" in text
    ]
    assert saved == sorted(saved, reverse=True)
    _pick(seen)
    page.locator(".letters").wait_for()
    seen.picture(f"day-{'dark' if dark else 'light'}-{width}")
    assert not seen.serious_findings()


def test_two_keystrokes_report_what_happened(visit: Open, service: Service) -> None:
    seen = _room(visit(Role.CONTROLLER, WAY))
    page, keys = seen.page, seen.page.keyboard
    journey = _pick(seen)
    keys.press("r")
    page.locator(".toast", has_text=f"{journey} ready").wait_for()
    keys.press("c")
    page.locator(".choices").wait_for()
    seen.picture("day-cancelled")
    assert not seen.serious_findings()
    keys.press("2")
    page.locator(".toast", has_text="cancelled: too ill").wait_for()
    page.get_by_role("tab", name="Said here").click()
    assert page.locator(".said li").count() == 2
    ready, cancelled = said(service.store)
    assert (ready.type, ready.fields["journey_id"], ready.occurred_at >= NINE) == ("ready", journey, True)
    assert (cancelled.type, cancelled.fields["reason"]) == ("journey_cancelled", "Too ill")
    keys.press("?")
    page.get_by_label("Single letters do something").uncheck()
    keys.press("Escape")
    page.get_by_role("dialog", name="Keys").wait_for(state="hidden")
    _pick(seen)
    keys.press("x")
    keys.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    assert len(said(service.store)) == 2


def test_what_is_reported_already_is_greyed_out_and_a_wait_to_come_has_no_clock_below_zero(
    visit: Open, service: Service
) -> None:
    waits = homeward()
    say(service.store, "ready", journey_id=waits)
    seen = _room(visit(Role.CONTROLLER, WAY))
    page = seen.page
    row = page.locator(".ready .row", has_text=waits)
    row.click()
    assert "−" not in row.locator(".cell").nth(1).inner_text()
    ready = page.locator(".letters").get_by_role("button", name="Ready", exact=True)
    assert ready.is_disabled()
    assert page.locator(".letters").get_by_role("button", name="Arrived").is_enabled()
    page.keyboard.press("a")
    page.locator(".toast", has_text=f"{waits} arrived").wait_for()
    page.keyboard.press("a")
    page.locator(".toast", has_text="already reported, the crew is there").wait_for()
    page.keyboard.press("b")
    page.locator(".toast", has_text="on board").first.wait_for()
    for name in ("Arrived", "On board", "Not ready", "Cancelled"):
        assert page.locator(".letters").get_by_role("button", name=name).is_disabled(), name
    assert not seen.serious_findings()
    assert [event.type for event in said(service.store)] == ["ready", "stop_arrived", "stop_departed"]


def test_map_and_timeline_are_shown_in_step_with_the_lists(visit: Open) -> None:
    seen = _room(visit(Role.CONTROLLER, WAY))
    page = seen.page
    assert page.locator(".map").count() == page.locator(".timeline").count() == 0
    page.keyboard.press("m")
    page.wait_for_selector(".map canvas")
    page.keyboard.press("l")
    page.wait_for_selector(".timeline")
    journey = _pick(seen)
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
    roomy = _room(visit(Role.CONTROLLER, WAY, width=1600, height=1000))
    roomy.page.wait_for_selector(".map canvas")
    roomy.page.wait_for_selector(".timeline")
    _pick(roomy)
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
    seen = _room(visit(Role.CONTROLLER, WAY))
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


def test_a_lost_vehicle_leads_to_a_proposal(visit: Open, service: Service, clock: Callable[[], datetime]) -> None:
    seen = _room(visit(Role.CONTROLLER, WAY))
    page, keys = seen.page, seen.page.keyboard
    _pick(seen)
    keys.press("v")
    page.locator(".choices").wait_for()
    assert not seen.serious_findings()
    keys.press("1")
    page.get_by_role("button", name="Planning…").wait_for()
    plan_anew(service.store, clock)
    page.locator(".diff").wait_for()
    seen.picture("day-proposal")
    assert not seen.serious_findings()
    page.get_by_role("button", name="Accept all").click()
    page.locator(".toast", has_text="is what crews drive").wait_for()
    with service.store.read() as session:
        [proposal] = proposals.proposals(session, DAY)
    assert (proposal.status, published_version(service.store)) == ("accepted", proposal.version)
    assert [event.type for event in said(service.store)] == ["duty_lost"]


def test_a_proposal_is_taken_in_part_rejected_or_out_of_date(visit: Open, service: Service) -> None:
    for number, journey_id in enumerate(("N1", "N2"), start=1):
        say(service.store, "journey_booked", number, journey=booking() | {"journey_id": journey_id})
    days = LiveDays(service.store)
    first = put_proposal(days, 9)
    seen = _room(visit(Role.CONTROLLER, WAY))
    page = seen.page
    page.get_by_text("A proposal waits.").wait_for()
    page.keyboard.press("p")
    page.get_by_label("All changes").uncheck()
    page.get_by_label("Accept N1").check()
    page.get_by_role("button", name="Accept 1 change").click()
    page.locator(".toast", has_text="is what crews drive").wait_for()
    assert published_version(service.store) == first.version + 1
    second = put_proposal(days, 9.2)
    days.close()
    page.get_by_text("A proposal waits.").wait_for()
    publish_again(service.store)
    page.get_by_text("A proposal is out of date.").wait_for()
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Plan anew from how it stands").wait_for()
    assert not seen.serious_findings()
    page.get_by_role("button", name="Reject").click()
    page.get_by_text("A proposal is out of date.").wait_for(state="detached")
    with service.store.read() as session:
        assert proposals.proposal(session, second.proposal_id).status == "rejected"


def test_a_new_journey_is_booked_on_the_best_place(visit: Open, service: Service) -> None:
    seen = _room(visit(Role.CONTROLLER, WAY))
    page = seen.page
    page.keyboard.press("j")
    dialog = page.get_by_role("dialog", name="New journey")
    like = planned().journeys[homeward()]
    assert like.ready_at is not None
    for label, code in (("Category", like.category), ("Mobility", like.mobility), ("Contract", like.contract)):
        dialog.get_by_label(label).select_option(code)
    dialog.get_by_role("combobox", name="From").fill(like.pickup.label)
    dialog.get_by_role("combobox", name="To", exact=True).fill(like.dropoff.label)
    dialog.get_by_label("Ready at").fill(f"{like.ready_at:%H:%M}")
    dialog.get_by_role("textbox", name="Patient").fill("P-1")
    dialog.get_by_role("button", name="Where could it go?").click()
    dialog.locator(".options").wait_for()
    seen.picture("day-booking")
    assert not seen.serious_findings()
    dialog.get_by_role("button", name="Book").first.click()
    page.locator(".toast", has_text="picked up at").wait_for()
    booked, moved, *_ = said(service.store)
    assert (booked.type, moved.type) == ("journey_booked", "move")
    assert published_version(service.store) == 2


def test_a_page_without_a_line_is_stale_and_catches_up(visit: Open, service: Service) -> None:
    seen = _room(visit(Role.CONTROLLER, WAY))
    seen.expected.append("ERR_INTERNET_DISCONNECTED")
    page = seen.page
    page.context.set_offline(True)
    page.get_by_text("This page is stale.").wait_for()
    seen.picture("day-stale")
    assert not seen.serious_findings()
    page.context.set_offline(False)
    page.get_by_text("This page is stale.").wait_for(state="detached")
    publish_again(service.store)
    page.get_by_text("key:colleague published version 1").wait_for()
    page.get_by_role("button", name="Seen").click()
    page.get_by_text("key:colleague published version 1").wait_for(state="detached")


def test_who_is_no_longer_known_is_told_and_comes_back_to_the_day(visit: Open, service: Service) -> None:
    seen = _room(visit(Role.CONTROLLER, WAY))
    seen.expected.append("401")
    page = seen.page
    journey = _pick(seen)
    with service.store.write() as session:
        for key in api_keys(session):
            if key.name == "controller":
                revoke_key(session, key.key_id, by="test", at=NINE)
    page.keyboard.press("r")
    page.get_by_text("Your session has ended").wait_for()
    seen.picture("day-signed-out")
    assert not seen.serious_findings()
    page.get_by_label("API key").fill(service.seeded.keys[Role.VIEWER])
    page.get_by_role("button", name="Use this key").click()
    _room(seen)
    assert page.locator(".letters").count() == 0
    assert said(service.store) == []
    assert journey

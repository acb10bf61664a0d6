"""The control room in a browser: what will go wrong, what happened, what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.store import proposals
from pts_optimiser.store.keys import api_keys, revoke_key
from pts_optimiser.store.words import Role
from tests.api.test_events import booking
from tests.page.conftest import Open, Service
from tests.page.control import (
    NINE,
    WAY,
    clock,
    homeward,
    pick,
    plan_anew,
    publish_again,
    published_version,
    room,
    said,
    say,
    seed,
)
from tests.services.hosted.town_day import DAY, planned, put_proposal

__all__ = ["clock", "seed"]


@pytest.mark.parametrize(("dark", "width", "height"), [(False, 1280, 800), (True, 1920, 1080), (False, 390, 844)])
def test_the_board_shows_who_can_be_saved_and_clocks_that_run(
    visit: Open, service: Service, dark: bool, width: int, height: int
) -> None:
    say(service.store, "ready", journey_id=homeward())
    seen = room(visit(Role.CONTROLLER, WAY, dark=dark, width=width, height=height))
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
    pick(seen)
    page.locator(".letters").wait_for()
    seen.picture(f"day-{'dark' if dark else 'light'}-{width}")
    assert not seen.serious_findings()


def test_two_keystrokes_report_what_happened(visit: Open, service: Service) -> None:
    seen = room(visit(Role.CONTROLLER, WAY))
    page, keys = seen.page, seen.page.keyboard
    journey = pick(seen)
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
    pick(seen)
    keys.press("x")
    keys.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    assert len(said(service.store)) == 2


def test_what_is_reported_already_is_greyed_out_and_a_wait_to_come_has_no_clock_below_zero(
    visit: Open, service: Service
) -> None:
    waits = homeward()
    say(service.store, "ready", journey_id=waits)
    seen = room(visit(Role.CONTROLLER, WAY))
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


def test_a_lost_vehicle_leads_to_a_proposal(visit: Open, service: Service, clock: Callable[[], datetime]) -> None:
    seen = room(visit(Role.CONTROLLER, WAY))
    page, keys = seen.page, seen.page.keyboard
    pick(seen)
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
    seen = room(visit(Role.CONTROLLER, WAY))
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
    seen = room(visit(Role.CONTROLLER, WAY))
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
    seen = room(visit(Role.CONTROLLER, WAY))
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
    seen = room(visit(Role.CONTROLLER, WAY))
    seen.expected.append("401")
    page = seen.page
    journey = pick(seen)
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
    room(seen)
    assert page.locator(".letters").count() == 0
    assert said(service.store) == []
    assert journey

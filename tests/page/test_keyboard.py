"""The plan view without a pointer."""

from __future__ import annotations

from tests.page.conftest import FOCUSED, Open
from tests.page.seeded import DAY


def test_a_planner_finds_picks_reads_and_lets_go_by_keyboard_alone(visit: Open) -> None:
    seen = visit(where=f"#/plan/{DAY}/2")
    page = seen.page
    page.wait_for_selector(".row")
    picked = "document.querySelector('.row[aria-selected=true] .cell')?.innerText ?? ''"
    page.keyboard.press("/")
    assert page.evaluate(f"{FOCUSED}.id") == "find"
    page.keyboard.type("renal")
    page.wait_for_function("() => / of /.test(document.querySelector('.count').innerText)")
    seen.tab_to(".table")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"() => ({picked}) !== ''")
    first = page.evaluate(picked)
    page.keyboard.press("End")
    page.wait_for_function(f"() => ({picked}) !== {first!r}")
    seen.tab_to(".splitter.upright")
    before = page.locator(".lists").bounding_box()["width"]
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => document.querySelector('.lists').getBoundingClientRect().width > {before}")
    seen.tab_to(".inspector-body")
    seen.tab_to(".timeline")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => /picked up/.test(document.querySelector('.timeline-panel [role=status]').innerText)")
    page.keyboard.press("Escape")
    page.wait_for_selector(".inspector", state="detached")


def test_tabs_move_by_arrows_and_dialogs_give_the_focus_back(visit: Open) -> None:
    page = visit(where=f"#/plan/{DAY}/2").page
    page.wait_for_selector(".row")
    page.locator("#tab-journeys").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{FOCUSED}.id") == "tab-duties"
    assert page.locator(".table").get_attribute("aria-label") == "Duties"
    page.get_by_role("button", name="Plan…").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate(f"{FOCUSED}.innerText") == "Plan…"

"""A planner's first ten minutes: sign in, look at the plan from every side, compare, publish."""

from __future__ import annotations

import pytest

from pts_optimiser.store.words import Role
from tests.page.conftest import Open, Visit
from tests.page.seeded import DAY, task

PLANNED = f"#/plan/{DAY}/2"
WITHOUT_THE_FIRST = """async () => {
    const [{changes}, {roster}] = await Promise.all(
        ["compare", "store"].map((name) => import(`/static/lib/${name}.js`)));
    const rest = roster.value.journeys.slice(1);
    const fewer = {...roster.value, journeys: rest, journeyOf: new Map(rest.map((journey) => [journey.id, journey]))};
    return changes(roster.value, fewer).map(({id, kind}) => [id, kind]);
}"""

IN_SIGHT = """(scrollbar) => {
    const table = document.querySelector(".table"), left = table.getBoundingClientRect().left;
    const heads = [...table.querySelectorAll("[role=columnheader]")];
    const seen = heads.filter((head) => head.getBoundingClientRect().right - left <= table.clientWidth - scrollbar);
    const cut = [...table.querySelectorAll(".row")].flatMap((row) => [...row.children].slice(0, seen.length))
        .filter((cell) => {
            const text = document.createRange();
            text.selectNodeContents(cell);
            const padding = 2 * parseFloat(getComputedStyle(cell).paddingLeft);
            return text.getBoundingClientRect().width > cell.getBoundingClientRect().width - padding;
        }).map((cell) => cell.innerText);
    return {seen: seen.map((head) => head.innerText.trim()), cut};
}"""


def _ready(visit: Visit) -> Visit:
    visit.page.wait_for_selector(".row")
    visit.page.wait_for_selector(".map canvas")
    return visit


def test_a_wrong_key_is_refused_and_a_good_one_leads_to_the_days(visit: Open) -> None:
    seen = visit(role=None)
    seen.expected.append("401")
    page = seen.page
    page.get_by_label("API key").fill("pts_wrong")
    page.get_by_role("button", name="Use this key").click()
    page.get_by_text("not known").wait_for()
    page.get_by_label("API key").fill(seen.service.seeded.keys[Role.PLANNER])
    page.get_by_role("button", name="Use this key").click()
    page.get_by_role("link", name="24 November").wait_for()
    seen.picture("days")
    assert not seen.serious_findings()


def test_a_journey_picked_in_the_list_is_seen_everywhere(visit: Open) -> None:
    seen = _ready(visit(where=PLANNED))
    page = seen.page
    row = page.locator(".row").nth(2)
    journey = row.locator(".cell").first.inner_text()
    row.click()
    assert page.locator(".inspector h2").inner_text() == journey
    assert page.locator(".calls tr.on").count() == 2
    assert journey in page.locator(".timeline-panel [role=status]").inner_text()
    other = page.locator(".calls .link").last
    name = other.inner_text()
    other.click()
    page.wait_for_function(
        "name => document.querySelector('.row[aria-selected=true] .cell')?.innerText === name", arg=name
    )
    page.keyboard.press("Escape")
    page.wait_for_selector(".inspector", state="detached")


def test_filters_narrow_lists_and_timeline_and_the_unserved_say_why(visit: Open) -> None:
    seen = _ready(visit(where=PLANNED))
    page = seen.page
    every = len(task().journeys)
    page.get_by_label("State").select_option("unserved")
    unserved = page.locator(".row").count()
    assert 0 < unserved < every
    assert f"of {every} journeys" in page.locator(".count").inner_text()
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("tab", name="Unserved").click()
    page.locator(".row").first.click()
    assert page.locator(".reasons li").count() >= 1
    assert page.locator(".reasons .action").first.inner_text().startswith("→")
    seen.picture("unserved")
    assert not seen.serious_findings()


@pytest.mark.parametrize(("dark", "width", "height"), [(False, 1280, 800), (True, 1920, 1080)])
def test_every_tab_is_free_of_serious_findings(visit: Open, dark: bool, width: int, height: int) -> None:
    seen = _ready(visit(where=PLANNED, dark=dark, width=width, height=height))
    page = seen.page
    page.locator(".row").first.click()
    for tab in ("journeys", "duties", "unserved", "figures", "compare"):
        page.locator(f"#tab-{tab}").click()
        page.wait_for_function("() => document.querySelector('.tabpanel').innerText.length > 20")
        assert not seen.serious_findings(), tab
        seen.picture(f"plan-{tab}-{'dark' if dark else 'light'}")


@pytest.mark.parametrize(("dark", "width", "height"), [(False, 1280, 800), (True, 1440, 900)])
def test_what_is_most_asked_for_fits_beside_the_map(visit: Open, dark: bool, width: int, height: int) -> None:
    seen = _ready(visit(where=PLANNED, dark=dark, width=width, height=height))
    found = seen.page.evaluate(IN_SIGHT, 15)
    assert found["seen"][:8] == ["Journey", "Due", "From", "To", "Pick up", "Set down", "Duty", "Target"]
    assert not found["cut"]
    seen.picture(f"plan-columns-{'dark' if dark else 'light'}-{width}")


def test_two_versions_are_compared(visit: Open) -> None:
    seen = _ready(visit(where=PLANNED))
    seen.page.get_by_role("tab", name="Compare").click()
    seen.page.wait_for_function("() => /differ/.test(document.querySelector('.count').innerText)")
    assert seen.page.locator(".row").count() > 0
    assert seen.page.locator(".deltas .tile").count() == 8
    assert seen.page.evaluate(WITHOUT_THE_FIRST) == [[task().journeys[0].journey_id, "gone"]]


def test_publishing_says_what_it_does_and_a_faster_colleague_is_respected(visit: Open) -> None:
    first, second = _ready(visit(where=PLANNED)), _ready(visit(where=f"#/plan/{DAY}/1"))
    second.expected.append("412")
    for seen, said in ((first, "is published."), (second, "Somebody else has published")):
        seen.page.get_by_role("button", name="Publish…").click()
        assert not seen.serious_findings()
        seen.page.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
        seen.page.locator(".toast", has_text=said).wait_for()
    second.page.get_by_text("version 2 is published", exact=True).wait_for()


def test_who_may_only_read_is_offered_nothing_else(visit: Open) -> None:
    page = _ready(visit(Role.VIEWER, PLANNED)).page
    assert page.get_by_role("button", name="Plan…").count() == 0
    assert page.get_by_role("button", name="Publish…").count() == 0


def test_run_sheets_and_workbook_are_handed_out(visit: Open) -> None:
    page = _ready(visit(where=PLANNED)).page
    for button, name in (("Run sheets", f"{DAY}-v2-run-sheets.html"), ("Workbook", f"{DAY}-v2-roster.xlsx")):
        with page.expect_download() as handed:
            page.get_by_role("button", name=button).click()
        assert handed.value.suggested_filename == name
        assert handed.value.path().stat().st_size > 1000

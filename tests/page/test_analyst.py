"""An analyst's first ten minutes: figures of any days beside others, standards, pictures with their data."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from pts_optimiser.store.keys import create_key
from pts_optimiser.store.words import Role
from tests.page.analysed import OTHERS, week
from tests.page.conftest import FOCUSED, Open, Seed, Visit
from tests.page.seeded import DAY


@pytest.fixture
def seed() -> Seed:
    return week


def _ready(visit: Visit) -> Visit:
    visit.page.wait_for_selector(".drawing svg")
    return visit


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_the_view_begins_with_the_latest_week_and_says_what_it_is_of(visit: Open) -> None:
    page = _ready(visit(Role.ANALYST, "#/analyst")).page
    told = page.locator(".told").first.inner_text()
    assert "3 days from" in told
    assert "of 2 days the latest version" in told
    assert "distancing off and two parties" in told
    assert "all contracts, all vehicle types" in told


def test_a_picture_goes_with_its_data_and_says_the_same(visit: Open) -> None:
    page = _ready(visit(Role.ANALYST, f"#/analyst/{DAY}")).page
    page.get_by_role("button", name="Cost a day").click()
    page.get_by_role("button", name="By vehicle type").click()
    shown = page.locator(".twin tbody tr")
    handed = {}
    for button in ("Picture as SVG", "as PNG", "Data as CSV"):
        with page.expect_download() as download:
            page.get_by_role("button", name=button, exact=True).click()
        handed[button] = download.value
    assert {file.suggested_filename.rpartition(".")[2] for file in handed.values()} == {"svg", "png", "csv"}
    rows = _table(handed["Data as CSV"].path())
    assert [row["vehicle_type"] for row in rows] == shown.locator("th").all_inner_texts()
    picture = handed["Picture as SVG"].path().read_text(encoding="utf-8")
    assert "var(--" not in picture
    assert "Cost a day, by vehicle type" in picture
    for row in rows:
        assert f"£{float(row['value']):,.0f}" in picture
    assert handed["as PNG"].path().read_bytes()[:4] == b"\x89PNG"


def test_versions_of_a_day_are_compared_pair_by_pair(visit: Open) -> None:
    page = _ready(visit(Role.ANALYST, f"#/analyst/{DAY}/2")).page
    page.get_by_label("Compare with").select_option("versions")
    page.locator("fieldset").last.get_by_label("roster").select_option("1")
    page.get_by_role("button", name="Show").click()
    page.locator(".told", has_text="Compared with").wait_for()
    driven = page.locator(".all-figures tr", has_text="Driven hours").locator("td")
    value, before, difference = (driven.nth(place).inner_text() for place in (0, 1, 2))
    number = lambda text: float(text.replace("−", "-").replace("+", "").removesuffix(" h"))  # noqa: E731
    assert number(value) - number(before) == pytest.approx(number(difference), abs=0.11)
    assert page.locator(".drawing rect[fill^='url(#hatch']").count() > 0


def test_estimates_over_days_are_those_of_the_textbook(visit: Open) -> None:
    one, other, by = [3, 5, 4, 8], [2, 5, 3, 6], [10, 10, 5, 15]
    page = _ready(visit(Role.ANALYST, f"#/analyst/{DAY}")).page
    found = page.evaluate(
        """async ([first, second, by]) => {
          const { difference, ratio, student } = await import("/static/lib/estimates.js");
          const here = ["a", "b", "c", "d"], ones = by.map(() => 1);
          const one = ratio(here, first, ones, 1), alike = ratio(here, second, ones, 1);
          const others = ratio(["e", "f", "g", "h"], second, ones, 1);
          return {
            one, paired: difference(one, alike), apart: difference(one, others), pooled: ratio(here, first, by, 100),
            alone: ratio(["a"], [3], [4], 1), once: ratio(here, [3, 0, 0, 0], [9, 0, 0, 0], 1),
            t: [1, 4, 11, 45, 1e9].map(student),
          };
        }""",
        [one, other, by],
    )
    assert found["t"] == pytest.approx(stats.t.ppf(0.975, [1, 4, 11, 45, 1e9]), abs=0.002)
    for name, wanted in {
        "one": stats.ttest_1samp(one, 0),
        "paired": stats.ttest_rel(one, other),
        "apart": stats.ttest_ind(one, other, equal_var=False),
    }.items():
        assert (found[name]["low"], found[name]["high"]) == pytest.approx(wanted.confidence_interval(), abs=0.01), name
    residuals = np.array(one) - 0.5 * np.array(by)  # 20 of 40
    half = stats.t.ppf(0.975, 3) * np.sqrt((residuals**2).sum() / (4 * 3)) / 10
    assert found["pooled"]["value"] == 50
    assert found["pooled"]["high"] == pytest.approx(100 * (0.5 + half), abs=0.05)
    assert found["alone"]["low"] is found["once"]["low"] is None


def test_the_whole_view_by_keyboard_alone(visit: Open) -> None:
    seen = _ready(visit(Role.ANALYST, f"#/analyst/{DAY}"))
    page = seen.page
    seen.tab_to("select:has(option[value=versions])")
    page.keyboard.press("o")  # other days
    seen.tab_to("fieldset:last-of-type select")
    page.keyboard.press("ArrowDown")
    seen.tab_to("button[type=submit]")
    page.keyboard.press("Enter")
    page.locator("[role=alert]", has_text="None of the days to compare with").wait_for()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".drawing svg")
    seen.tab_to(".all-figures .link")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".all-figures tr.on th").inner_text().startswith("U1p")
    seen.tab_to(".drawn .filters button:nth-child(2)")
    page.keyboard.press("Space")
    page.locator("h3", has_text="by hour of the day").wait_for()
    seen.tab_to("figcaption button:last-child")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert {row["figure"] for row in _table(download.value.path())} == {"U1p"}
    page.locator("#tab-figures").focus()
    page.keyboard.press("ArrowRight")
    page.locator("h3", has_text="Arrival on time").wait_for()
    assert page.evaluate(f"{FOCUSED}.id") == "tab-standards"
    page.keyboard.press("ArrowRight")
    page.get_by_text("No study is here yet").wait_for()
    seen.tab_to(".studies .panel-head button")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate(f"{FOCUSED}.innerText") == "Order a study…"


@pytest.mark.parametrize(("dark", "width", "height"), [(False, 1440, 900), (True, 1440, 900), (False, 820, 1100)])
def test_every_part_is_free_of_serious_findings(visit: Open, dark: bool, width: int, height: int) -> None:
    seen = visit(Role.ANALYST, "#/analyst", dark=dark, width=width, height=height)
    page = _ready(seen).page
    name = f"{'dark' if dark else 'light'}-{width}"
    page.get_by_label("Compare with").select_option("versions")
    page.get_by_role("button", name="Show").click()
    page.locator(".told", has_text="Compared with").wait_for()
    for split in ("contract", "hour of the day", "vehicle type", "day"):
        page.get_by_role("button", name=f"By {split}", exact=True).click()
        page.locator("h3", has_text=f"by {split}").wait_for()
        assert not seen.serious_findings(), split
        seen.picture(f"analyst-{split.replace(' ', '-')}-{name}")
    page.get_by_role("tab", name="Standards").click()
    page.locator("h3", has_text="Arrival on time").wait_for()
    assert not seen.serious_findings()
    seen.picture(f"analyst-standards-{name}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_who_sees_one_contract_is_shown_its_patients_figures_alone(visit: Open) -> None:
    seen = _ready(visit(Role.VIEWER, f"#/analyst/{OTHERS[0]}"))
    page, now = seen.page, datetime.now(UTC)
    contracts = frozenset({page.locator("option", has_text="Birmingham").first.get_attribute("value")})
    with seen.service.store.write() as session:
        expires = now + timedelta(hours=1)
        _, key = create_key(session, "limited", Role.ANALYST, contracts, expires_at=expires, by="test", at=now)
    page.context.add_init_script(f"sessionStorage.setItem('api-key', '{key}')")
    page.reload()
    _ready(seen)
    labels = page.locator(".all-figures .link").all_inner_texts()
    assert "Journeys served" in labels
    assert not {"Cost a day", "Kilometres a day"} & set(labels)

"""An analyst reads a study: scenarios side by side with intervals, pictures and tables to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from pts_optimiser.store import Store, plans
from pts_optimiser.store.studies import studies_folder
from pts_optimiser.store.words import PlanStatus, Role
from tests.page import seeded
from tests.page.conftest import Open, Seed, Visit
from tests.page.seeded import Seeded
from tests.study.example import copy_study


@contextmanager
def _with_study() -> Iterator[Seeded]:
    with seeded.fresh() as made:
        with Store(made.url) as store:
            copy_study(studies_folder(store) / "caps")
        yield made


@pytest.fixture
def seed() -> Seed:
    return _with_study


def _opened(seen: Visit) -> Visit:
    seen.page.get_by_role("tab", name="Studies").click()
    seen.page.locator("h3", has_text="paired difference").wait_for()
    return seen


def test_means_and_differences_are_those_of_the_study_and_can_be_taken_away(visit: Open) -> None:
    seen = _opened(visit(Role.ANALYST, "#/analyst"))
    page = seen.page
    page.locator("select:has(option[value=driven_hours])").select_option("driven_hours")
    page.locator("h3", has_text="Driven hours: paired").wait_for()
    with Store(seen.service.seeded.url) as store:
        tables = studies_folder(store) / "caps" / "tables"
        [known] = [
            row for row in pq.read_table(tables / "differences.parquet").to_pylist() if row["figure"] == "driven_hours"
        ]
    picture = page.locator("figure", has_text="paired difference")
    with page.expect_download() as download:
        picture.get_by_role("button", name="Data as CSV").click()
    [row] = csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")))
    assert row["scenario"] == known["scenario"]
    for name, column in (("difference", "difference"), ("low", "difference_low"), ("percent_high", "percent_high")):
        assert float(row[name]) == pytest.approx(known[column])
    assert row["interval_without_0"] == str(known["difference_low"] > 0 or known["difference_high"] < 0).lower()
    for button, name in (("Report", "caps-report.html"), ("Whole table as CSV", "caps-figures.csv")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename == name


@pytest.mark.parametrize(("dark", "width"), [(False, 1440), (True, 1440), (False, 820)])
def test_a_study_is_free_of_serious_findings(visit: Open, dark: bool, width: int) -> None:
    seen = _opened(visit(Role.ANALYST, "#/analyst", dark=dark, width=width, height=1000))
    assert not seen.serious_findings()
    assert seen.page.locator("td", has_text="relative fall").count() >= 1
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.picture(f"analyst-study-{'dark' if dark else 'light'}-{width}")
    seen.page.locator("figure", has_text="read in three ways").scroll_into_view_if_needed()
    seen.picture(f"analyst-readings-{'dark' if dark else 'light'}-{width}")


def test_a_service_without_studies_says_what_one_is_and_how_it_comes_here(visit: Open) -> None:
    seen = visit(Role.ANALYST, "#/analyst")
    with Store(seen.service.seeded.url) as store:
        (studies_folder(store) / "caps").rename(studies_folder(store) / "not a name")
    seen.page.get_by_role("tab", name="Studies").click()
    seen.page.get_by_text("No study is here yet. A study plans the same days").wait_for()
    seen.page.get_by_text("For the first, press Order a study…").wait_for()
    assert not seen.serious_findings()
    seen.picture("analyst-no-study")


def test_a_study_is_ordered_watched_and_read_once_it_is_there(visit: Open) -> None:
    seen = _opened(visit(Role.ANALYST, "#/analyst"))
    page, store = seen.page, seen.service.store
    page.get_by_role("button", name="Order a study…").click()
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_role("button", name="Order", exact=True).is_disabled()
    dialog.get_by_label("Title").fill("Two caps")
    dialog.get_by_label("one party aboard").check()
    dialog.get_by_label("Demand").fill("1, 0,8 x")
    assert dialog.get_by_role("button", name="Order", exact=True).is_disabled()
    dialog.get_by_label("Demand").fill("1, 0.8")
    dialog.get_by_text("6 scenarios of each day, compared with no distancing.").wait_for()
    assert not seen.serious_findings()
    seen.picture("analyst-order")
    dialog.get_by_role("button", name="Order", exact=True).click()
    page.locator(".under-way", has_text="Two caps").wait_for()
    with store.write() as session:
        [ordered] = plans.unfinished(session)
        now = datetime.now(UTC)
        plans.advance(session, ordered.plan_id, PlanStatus.QUEUED, at=now)
        held = plans.claim(session, ordered.plan_id, at=now)
        plans.save_best(session, held.plan_id, held.fence, {"done": 3.0, "all": 6.0}, at=now)
    page.locator(".under-way", has_text="50 % solved").wait_for()
    page.get_by_role("button", name="Stop and keep what is solved").click()
    page.locator(".under-way", has_text="stopping after this day").wait_for()
    copy_study(studies_folder(store) / held.plan_id)
    with store.write() as session:
        plans.finish(session, held.plan_id, held.fence, PlanStatus.STOPPED, at=datetime.now(UTC))
    page.wait_for_selector(".under-way", state="detached")
    page.locator(".studies tbody tr").nth(1).wait_for()


def test_who_is_no_analyst_reads_studies_and_orders_none(visit: Open) -> None:
    page = _opened(visit(Role.VIEWER, "#/analyst")).page
    assert page.get_by_role("button", name="Order a study…").count() == 0

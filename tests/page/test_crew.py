"""A duty's sheet on a phone and on paper."""

from __future__ import annotations

import pytest

from pts_optimiser.domain.roster import RosteredDuty
from pts_optimiser.store.words import Role
from tests.page.conftest import Open
from tests.page.control import clock, seed
from tests.services.hosted.town_day import DAY, planned

__all__ = ["clock", "seed"]

PHONE = {"width": 390, "height": 844}


def longest() -> RosteredDuty:
    """The duty with the most stops."""
    return max(planned().roster.duties, key=lambda duty: len(duty.stops))


@pytest.mark.parametrize("dark", [False, True])
def test_a_crew_reads_its_stops_in_large_type(visit: Open, dark: bool) -> None:
    seen = visit(Role.VIEWER, f"#/crew/{DAY}/published/{longest().duty_id}", dark=dark, **PHONE)
    page = seen.page
    page.wait_for_selector(".crew-stop")
    assert page.locator(".crew-stop").count() == len(longest().stops)
    small = (
        "[...document.querySelectorAll('.crew a, .crew button')].filter(one => one.getBoundingClientRect().height < 44)"
    )
    assert page.evaluate(f"{small}.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    seen.picture(f"crew-{'dark' if dark else 'light'}")
    assert not seen.serious_findings()


def test_on_paper_only_the_sheet_is_left(visit: Open) -> None:
    page = visit(Role.VIEWER, f"#/crew/{DAY}/published/{longest().duty_id}").page
    page.wait_for_selector(".crew-stop")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert not page.locator(".crew-links").is_visible()
    assert page.locator(".crew-stop").last.is_visible()


def test_another_duty_is_chosen(visit: Open) -> None:
    seen = visit(Role.VIEWER, f"#/crew/{DAY}", **PHONE)
    page = seen.page
    page.get_by_label("Duty").select_option(longest().duty_id)
    page.wait_for_selector(".crew-stop")
    page.get_by_role("link", name="Another duty").click()
    page.get_by_label("Duty").wait_for()
    assert not seen.serious_findings()

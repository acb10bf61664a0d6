"""The crews' pages."""

from dataclasses import replace

import pytest

from pts_optimiser.reporting.kpis import with_kpis
from pts_optimiser.reporting.run_sheets import run_sheets

from . import small
from .builder import build


def sheets(**first):
    journeys = small.journeys()
    journeys[0] = replace(journeys[0], **first)
    roster = with_kpis(small.roster(), journeys, small.duties(), small.policy(), small.travel())
    made = replace(build(1), roster=roster, journeys=journeys, duties=small.duties(), policy=small.policy())
    return run_sheets(replace(made, travel=small.travel()))


def test_one_section_for_each_duty_that_is_used():
    html = sheets()
    assert html.count('<section class="sheet">') == 2
    assert html.index("Duty A") < html.index("Duty B")


def test_who_shares_the_ride_is_told_to_both():
    html = sheets()
    assert "shares with J2" in html
    assert "shares with J1" in html
    assert "shares with J3" not in html


def test_the_layout_is_told_where_it_changes():
    html = sheets()
    assert html.index("4 seats, 1 wheelchair place") < html.index("6 seats")


def test_needs_escorts_and_appointments_are_shown():
    html = sheets()
    assert "Stays in wheelchair + 1 escort" in html
    assert "appointment 09:00" in html
    assert "ready 10:00" in html


@pytest.mark.parametrize(("change", "note"), [
    ({"travel_alone": True}, "travels alone"),
    ({"cohort": "amber"}, "cohort amber"),
    ({"skills": frozenset({"oxygen"})}, "needs oxygen"),
])  # fmt: skip
def test_special_needs_are_noted(change, note):
    assert note in sheets(**change)
    assert note not in sheets()


def test_text_cannot_become_markup():
    html = sheets(pickup=replace(small.HOME_P, label="<script>alert(1)</script>"))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_no_patient_reference():
    assert "secret-" not in sheets()

"""The workbook as a spreadsheet reads it."""

from dataclasses import replace
from datetime import datetime, time
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from pts_optimiser.reporting.kpis import with_kpis
from pts_optimiser.reporting.workbook import workbook_bytes

from . import small
from .builder import DAY, build


@pytest.fixture(scope="module")
def publication():
    made = build(1, unserved=1)
    journeys = small.journeys()
    journeys[0] = replace(journeys[0], pickup=replace(small.HOME_P, label='=HYPERLINK("evil")'))
    roster = with_kpis(small.roster(), journeys, small.duties(), small.policy(), small.travel())
    return replace(
        made, roster=roster, journeys=journeys, duties=small.duties(), policy=small.policy(), travel=small.travel()
    )


@pytest.fixture(scope="module")
def book(publication):
    return CalamineWorkbook.from_filelike(BytesIO(workbook_bytes(publication)))


def rows(book, sheet):
    head, *body = book.get_sheet_by_name(sheet).to_python()
    return [dict(zip(head, row, strict=True)) for row in body]


def test_the_sheets_in_reading_order(book):
    assert book.sheet_names == ["Summary", "Stops", "Duties", "Journeys", "Unserved", "Standards", "Issues"]


def test_times_are_real_times(book):
    first = rows(book, "Stops")[1]
    assert first["Begin at"] == datetime.combine(DAY, time(7, 40))


def test_text_stays_text_even_where_it_looks_like_a_formula(book):
    assert rows(book, "Stops")[1]["Place"] == '=HYPERLINK("evil")'


def test_journeys_show_their_times_and_outcomes(book):
    ride = rows(book, "Journeys")[0]
    assert (ride["Journey id"], ride["Aboard min"], ride["Early min"]) == ("J1", 29, 46)
    assert (ride["Arrive"], ride["Collect"], ride["Aboard"]) == ("missed", "", "met")


def test_duties_hold_only_those_used(book):
    assert [(r["Duty id"], r["Journeys"], r["Runs"]) for r in rows(book, "Duties")] == [("A", 3, 2), ("B", 1, 1)]


def test_the_summary_names_the_day_and_its_headlines(book):
    shown = {row["Figure"]: row["Value"] for row in rows(book, "Summary")}
    assert shown["Service date"] == "Tuesday 14 July 2026"
    assert shown["Journeys served"] == "4 of 5"
    assert shown["U1 on nominal seats"] == 0.3636


def test_standards_say_met_or_missed(book):
    assert {row["Met"] for row in rows(book, "Standards")} == {"met", "missed"}

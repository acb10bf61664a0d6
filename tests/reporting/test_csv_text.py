"""CSV that no spreadsheet runs."""

import pytest

from pts_optimiser.reporting.csv_text import csv_text
from pts_optimiser.reporting.tables import Table

from .small import at


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_a_spreadsheet_would_run_is_quoted(start):
    text = csv_text(Table(("place",), [(f"{start}HYPERLINK(1)",)]))
    assert f"'{start}HYPERLINK(1)" in text


def test_numbers_stay_numbers():
    assert csv_text(Table(("lon", "n"), [(-1.9, -3)])) == "lon,n\n-1.9,-3\n"


def test_times_carry_their_offset_and_absent_cells_are_empty():
    assert csv_text(Table(("at", "none"), [(at(7, 5), None)])).endswith("2026-07-14T07:05:00+01:00,\n")

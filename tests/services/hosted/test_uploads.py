"""Uploaded files: CSV passes, workbooks become CSV, bombs and wrong files are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.hosted.sheets_child import COLUMNS, sheet_csv
from pts_optimiser.services.hosted.uploads import ENTRIES, ROWS, table_csv

HEAD = ["journey_id", "pickup_lat", "escorts", "appointment_at", "travel_alone"]
ROW = ["J1", 53.2115, 2, datetime.fromisoformat("2026-11-24T07:30:00"), True]
CSV = b"journey_id,pickup_lat,escorts,appointment_at,travel_alone\nJ1,53.2115,2,2026-11-24T07:30:00,1\n"


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def refusal(content: bytes, table: str = "journeys") -> str:
    with pytest.raises(InputError) as refused:
        table_csv(table, content)
    return refused.value.issues[0].code


@pytest.mark.parametrize(
    "spoilt", [lambda b: b[:4] + b[-60:], lambda b: b.replace(b"xl/", b"\xff\xfe/"), lambda b: b[:400]]
)
def test_a_damaged_workbook_is_refused_whatever_is_damaged(spoilt: Callable[[bytes], bytes]) -> None:
    assert refusal(spoilt(workbook({"Sheet1": [HEAD, ROW]}))) == "bad_workbook"


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_workbook_packed_as_no_workbook_is_is_refused(how: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(BytesIO(workbook({"Sheet1": [HEAD, ROW]}))) as book, zipfile.ZipFile(out, "w", how) as packed:
        for part in book.infolist():
            packed.writestr(part.filename, book.read(part))
    assert refusal(out.getvalue()) == "bad_workbook"


def test_csv_stays_as_it_is() -> None:
    assert table_csv("journeys", CSV) == CSV


def test_a_workbook_becomes_csv() -> None:
    assert table_csv("journeys", workbook({"Sheet1": [HEAD, ROW]})) == CSV


def test_the_sheet_with_the_name_of_the_table_is_read() -> None:
    book = workbook({"Notes": [["nothing"]], "Journeys": [HEAD, ROW]})
    assert sheet_csv(b"journeys\n" + book) == CSV
    assert sheet_csv(b"duties\n" + book) == b"nothing\n"


def test_an_empty_cell_is_empty_and_a_fraction_keeps_its_digits() -> None:
    assert sheet_csv(b"journeys\n" + workbook({"a": [["x", None, 0.5], ["", 1.0, False]]})) == b"x,,0.5\n,1,0\n"


def test_too_many_rows_are_refused() -> None:
    assert refusal(b"\n" * (ROWS["duties"] + 2), "duties") == "too_many_rows"
    assert table_csv("duties", b"\n" * (ROWS["duties"] + 1))


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(InputError, match="columns"):
        sheet_csv(b"journeys\n" + workbook({"a": [["x"] * (COLUMNS + 1)]}))


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0 an old workbook",
        b"PK\x03\x04 and no more",
        archive({"a": bytes(10 << 20)}),
        archive({str(n): b"" for n in range(ENTRIES + 1)}),
        archive({"readme.txt": b"no workbook at all"}),
    ],
    ids=["old", "cut", "bomb", "many parts", "no workbook"],
)
def test_what_is_no_workbook_of_reasonable_size_is_refused(content: bytes) -> None:
    assert refusal(content) == "bad_workbook"


def test_a_part_larger_than_it_says_is_refused() -> None:
    whole = bytearray(archive({"a.xml": bytes(range(256)) * 64}))
    size = (256 * 64).to_bytes(4, "little")
    at = whole.rindex(size)  # in the directory at the end
    whole[at : at + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(whole)) == "bad_workbook"


def test_a_workbook_whose_cells_lie_far_apart_is_refused_and_harms_nobody() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")
    assert refusal(out.getvalue()) == "bad_workbook"

"""Encodings, headers, row numbers and the shape of rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pts_optimiser.domain.issue import Severity
from pts_optimiser.intake.table import MOST_BYTES, MOST_ROWS, Table, read_table

from .samples import found

COLUMNS = ("id", "place", "note", "mobility")


def table(data: bytes | Path) -> Table:
    return read_table(data, "t.csv", COLUMNS, {"id", "mobility"})


def codes(data: bytes) -> list[tuple[int | None, str | None, str]]:
    return found(table(data).findings.in_order())


def test_cells_are_named_stripped_and_numbered_by_line() -> None:
    rows = table(b"id, mobility,place\n a1 ,car,\n\n  \n,,\na2,hdu,x\n\n\n").rows
    assert [(row.number, row.cells) for row in rows] == [
        (2, {"id": "a1", "mobility": "car", "place": ""}),
        (6, {"id": "a2", "mobility": "hdu", "place": "x"}),
    ]


def test_a_row_is_numbered_by_its_first_line_though_a_quoted_cell_spans_several() -> None:
    read = table(b'id,mobility,place\na1,car,"12 High St\n\nDudley"\na2,car,x,y\n')
    assert read.rows[0].cells["place"] == "12 High St Dudley"
    assert [(row.number, row.bad) for row in read.rows] == [(2, False), (5, True)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_a_line(end: str) -> None:
    assert [row.number for row in table(end.join(["id,mobility", "a,b", "c,d"]).encode()).rows] == [2, 3]


@pytest.mark.parametrize(
    "rows", [b"a,b\n" * (MOST_ROWS + 1), b'"' + b"a" * MOST_BYTES, b'"a"b\n' * (MOST_ROWS + 1)],
    ids=["rows", "bytes", "malformed rows"],
)  # fmt: skip
def test_what_is_too_large_for_a_day_is_refused_soon(rows: bytes, tmp_path: Path) -> None:
    data = b"id,mobility\n" + rows
    (tmp_path / "t.csv").write_bytes(data)
    for read in (table(data), table(tmp_path / "t.csv")):
        assert read.findings.fatal
        assert len(read.findings.issues) <= MOST_ROWS + 1
        assert len(read.rows) <= MOST_ROWS


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    read = table(b"\xef\xbb\xbfid,mobility\na,b\n")
    assert read.rows[0].cells == {"id": "a", "mobility": "b"}
    assert not read.findings.issues


def test_windows_text_is_read_with_a_warning() -> None:
    read = table("id,mobility\na,b\nc,Café\n".encode("cp1252"))
    assert read.rows[1].cells["mobility"] == "Café"
    [issue] = read.findings.issues
    assert (issue.code, issue.row, issue.severity) == ("not_utf8", None, Severity.WARNING)
    assert "line 3" in issue.message


@pytest.mark.parametrize("data", [b"id,mobility\na,\x81\n", "id,mobility\na,b\n".encode("utf-16")])
def test_other_encodings_are_refused(data: bytes) -> None:
    assert codes(data) == [(None, None, "bad_encoding")]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b"  \n , ,\n"])
def test_a_file_without_content_is_empty(data: bytes) -> None:
    assert codes(data) == [(None, None, "empty_file")]


@pytest.mark.parametrize("data", [b"id,mobility", b"id,mobility\n\n\n"])
def test_a_header_alone_has_no_rows(data: bytes) -> None:
    read = table(data)
    assert found(read.findings.issues) == [(None, None, "no_rows")]
    assert read.findings.fatal


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        [issue] = table(path).findings.issues
        assert (issue.file, issue.code) == (path.name, "unreadable_file")


def test_a_file_is_named_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"id,mobility\na\n")
    assert [issue.file for issue in table(path).findings.issues] == ["mine.csv"]


def test_missing_and_unknown_columns_are_named_with_the_nearest_match() -> None:
    issues = table(b"id,mobilty,plaice,zzz,\na,b,c,d,e\n").findings.issues
    assert found(issues) == [
        (1, "mobilty", "unknown_column"),
        (1, "plaice", "unknown_column"),
        (1, "zzz", "unknown_column"),
        (1, None, "unknown_column"),
        (1, "mobility", "missing_column"),
    ]
    assert "'mobility'" in issues[0].hint
    assert "'place'" in issues[1].hint
    assert "'mobilty'" in issues[4].hint


def test_rows_below_a_faulty_header_are_still_read() -> None:
    read = table(b"id,nots\na,b\nc\n")
    assert [row.number for row in read.rows] == [2, 3]
    assert (3, None, "cell_count") in found(read.findings.issues)


def test_a_column_that_stands_twice_is_refused() -> None:
    assert (1, "id", "duplicate_column") in codes(b"id,mobility,id\na,b,c\n")


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_recognised(separator: str) -> None:
    [issue] = table(f"id{separator}mobility\na{separator}b\n".encode()).findings.issues
    assert issue.code == "no_header"
    assert repr(separator) in issue.hint


def test_a_file_without_header_does_not_have_its_first_row_quoted() -> None:
    [issue] = table(b"J1,p-abc,999 000 0018\n").findings.issues
    assert issue.code == "no_header"
    assert "p-abc" not in str(issue)
    assert "999" not in str(issue)


@pytest.mark.parametrize("row", [b"a", b"a,b,c", b"12 High St, Dudley,car"])
def test_too_many_or_too_few_cells_spoil_the_row_alone(row: bytes) -> None:
    read = table(b"id,mobility\n" + row + b"\nx,y\n")
    assert found(read.findings.issues) == [(2, None, "cell_count")]
    assert [row.bad for row in read.rows] == [True, False]
    assert not read.findings.fatal


@pytest.mark.parametrize(
    "bad", [b'a,"b\nc,d\n', b'"a"x,b\n', b"a," + b"x" * 200_000 + b"\n"], ids=["unclosed", "text after", "huge"]
)
def test_broken_quoting_and_huge_cells_condemn_the_file(bad: bytes) -> None:
    read = table(b"id,mobility\nok,ok\n" + bad)
    assert (3, None, "malformed_csv") in found(read.findings.issues)
    assert read.findings.fatal
    assert read.rows[0].cells["id"] == "ok"


def test_rows_after_a_huge_cell_are_still_read() -> None:
    assert [row.number for row in table(b"id,mobility\na," + b"x" * 200_000 + b"\nc,d\n").rows] == [3]


def test_invisible_characters_are_reported_by_column() -> None:
    read = table(b"id,mobility\na\0,b\nc,d\n" + "e,f\u202e\n".encode())
    assert found(read.findings.issues) == [(2, "id", "control_character"), (4, "mobility", "control_character")]
    assert [row.bad for row in read.rows] == [True, False, True]


def test_of_a_hundred_thousand_unknown_columns_the_first_are_named() -> None:
    read = table(",".join(["id", *(f"column{number}" for number in range(100_000))]).encode() + b"\na\n")
    assert len(read.findings.issues) < 60
    assert {issue.code for issue in read.findings.issues} == {"unknown_column", "missing_column", "cell_count"}


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    for content in (data, b"id,mobility\n" + data):
        read = table(content)
        assert read.rows or read.findings.issues


@given(st.lists(st.sampled_from(["a,b", "a", '"a\nb",c', "", ",", '"x\r\n\r\ny",z']), min_size=1, max_size=12))
def test_row_numbers_are_the_lines_on_which_rows_begin(rows: list[str]) -> None:
    expected, line = [], 2
    for row in rows:
        if row.strip(","):
            expected.append(line)
        line += row.count("\n") + 1
    assert [row.number for row in table(("id,mobility\n" + "\n".join(rows)).encode()).rows] == expected

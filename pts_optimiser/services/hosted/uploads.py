"""Files of a day as they are uploaded: CSV as it is, a sheet of an Excel workbook as CSV, within limits."""

from __future__ import annotations

import zipfile
from io import BytesIO

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.services.hosted.child import Child

ROWS = {"journeys": 10_000, "duties": 1_000}
"""Most rows of each table, without its header."""
ENTRIES = 200
UNPACKED = 100 << 20
RATIO = 200
SECONDS = 20.0
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_HINT = "upload CSV UTF-8, or an Excel workbook (.xlsx) with the rows in its first sheet"


def table_csv(table: str, content: bytes) -> bytes:
    """The CSV text of ``journeys`` or ``duties`` from a file that may be a workbook; told by content, not by name.

    Of a workbook it is the sheet with the table's name, else the first one.

    Raises
    ------
    InputError
        A workbook that cannot be read or unpacks to too much, or more rows than a day may have.
    """
    if content.startswith(_OLD_EXCEL):
        raise _refused(table, "bad_workbook", "the file is an Excel workbook of the old kind (.xls).")
    if content.startswith(_ZIP):
        content = _sheet(table, content)
    rows = content.count(b"\n")
    if rows > ROWS[table] + 1:
        raise _refused(table, "too_many_rows", f"the file has {rows - 1} rows; a day has at most {ROWS[table]}.")
    return content


def _sheet(table: str, content: bytes) -> bytes:
    refuse_bombs(table, content)
    child = Child("pts_optimiser.services.hosted.sheets_child")
    try:
        return child.ask(table.encode() + b"\n" + content, seconds=SECONDS)
    except InputError as error:
        raise _refused(table, "bad_workbook", f"{error}.") from None
    finally:
        child.close()


def refuse_bombs(table: str, content: bytes) -> None:
    """Unpack every part once, no further than its announced size, before anything trusts that size.

    Raises
    ------
    InputError
        A workbook that is damaged or unpacks to too much.
    """
    try:
        fault = _fault(content)
    except Exception as error:  # a damaged archive makes zipfile and what unpacks for it raise whatever they like
        raise _refused(table, "bad_workbook", "the file is no whole workbook, or has a password.") from error
    if fault:
        raise _refused(table, "bad_workbook", fault)


def _fault(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > ENTRIES or unpacked > UNPACKED or unpacked > RATIO * len(content):
            return "the workbook unpacks to too much."
        if any(part.compress_type not in _PACKED for part in parts):
            return "the workbook is packed otherwise than workbooks are."
        return "a part of the workbook is damaged." if archive.testzip() is not None else ""


def _refused(table: str, code: str, message: str) -> InputError:
    issue = Issue(table, None, None, code, message, _HINT)
    return InputError(f"{table} cannot be used as it is", [issue])

"""A sheet of an Excel workbook as CSV, in a process of its own: what a workbook unpacks to is known afterwards."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.hosted.child import serve

MEMORY = 1 << 30
COLUMNS = 100
Cell = bool | int | float | str | date | datetime | time | timedelta | None


def sheet_csv(request: bytes) -> bytes:
    """The sheet of the given name (first line of the request), else the first one, of the workbook that follows.

    Raises
    ------
    InputError
        It cannot be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  only the child has it

    name, _, content = request.partition(b"\n")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        wanted = next((sheet for sheet in book.sheet_names if sheet.lower() == name.decode()), None)
        sheet = book.get_sheet_by_name(wanted) if wanted else book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError, ValueError):
        raise InputError("the workbook cannot be read; save it as .xlsx or as CSV UTF-8") from None
    if sheet.width > COLUMNS:
        raise InputError(f"the sheet has more than {COLUMNS} columns")
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


if __name__ == "__main__":
    serve(sheet_csv, MEMORY)

"""A table as CSV text that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime

from pts_optimiser.reporting.tables import Cell, Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What OWASP names, with the wide forms that spreadsheets of East Asia take for the same."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def csv_text(table: Table) -> str:
    """UTF-8 text with a header row; times are ISO-8601 with offset, an absent cell is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([[harmless(cell) for cell in row] for row in table.rows])
    return out.getvalue()


def harmless(cell: Cell) -> str | int | float | None:
    """The cell as it is written: text that a spreadsheet would run has an apostrophe before it."""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell

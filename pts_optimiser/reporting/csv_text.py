"""A table as CSV text that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from pts_optimiser.reporting.tables import Cell, Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table: Table) -> str:
    """UTF-8 text with a header row; times are ISO-8601 with offset, an absent cell is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([[_shown(cell) for cell in row] for row in table.rows])
    return out.getvalue()


def _shown(cell: Cell) -> str | int | float | None:
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return "'" + cell
    return cell

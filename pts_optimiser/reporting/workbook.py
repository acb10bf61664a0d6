"""``roster.xlsx``: the folder's tables as sheets, with frozen headers, filters and real times."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.reporting import tables
from pts_optimiser.reporting.headlines import headlines
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.tables import Cell, Table
from pts_optimiser.reporting.wording import in_words

WIDEST = 48
SHEETS = ("Summary", "Stops", "Duties", "Journeys", "Unserved", "Standards", "Issues")


def workbook_bytes(publication: Publication, *, patients_only: bool = False) -> bytes:
    """The workbook; the same publication gives the same bytes. Text is text: no cell is read as a formula or link.

    With ``patients_only`` it has the sheets about journeys, and none about vehicles and costs.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to import, needed here only

    service_date = publication.roster.service_date
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"})
    book.set_properties({
        "title": f"Roster of {service_date:%d %B %Y}",
        "created": datetime.combine(service_date, time()),
    })  # fmt: skip
    sheets = {
        "Stops": tables.stops(publication),
        "Journeys": tables.journeys(publication),
        "Unserved": tables.unserved(publication),
        "Standards": tables.standards(publication),
    }
    if not patients_only:
        sheets |= {
            "Summary": _summary(publication),
            "Duties": tables.duties(publication),
            "Issues": tables.issues(publication.issues),
        }
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#0B3C5D", "font_color": "#FFFFFF", "valign": "vcenter"}),
        "time": book.add_format({"num_format": "hh:mm", "align": "left"}),
        "later": book.add_format({"num_format": 'hh:mm" (+1)"', "align": "left"}),
        "dated": book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
        "degrees": book.add_format({"num_format": "0.00000"}),
        "decimal": book.add_format({"num_format": "#,##0.0#"}),
        "whole": book.add_format({"num_format": "#,##0"}),
    }
    for name in filter(sheets.__contains__, SHEETS):
        _write_sheet(book.add_worksheet(name), sheets[name], formats, publication)
    book.close()
    return out.getvalue()


def _summary(publication: Publication) -> Table:
    roster = publication.roster
    rows: list[tuple[Cell, ...]] = [
        ("Service date", f"{roster.service_date:%A %d %B %Y}", ""),
        ("Standards", roster.policy.get("standards", ""), ""),
        ("Distancing", roster.policy.get("distancing", ""), ""),
    ]
    rows += [(line.label, line.value, line.remark) for line in headlines(roster.kpis)]
    rows += [(f"Unserved: {in_words(c)}", n, "") for c, n in roster.kpis["unserved_by_reason"].items()]
    for family in ("nominal", "permitted"):
        figures = roster.kpis["seat_utilisation"][family]
        rows += [(f"{name} on {family} seats", value, "") for name, value in figures.items() if name != "U5"]
    return Table(("figure", "value", "remark"), rows)


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any], publication: Publication) -> None:
    for column, title in enumerate(table.columns):
        sheet.write_string(0, column, in_words(title), formats["head"])
        shown = max((len(_as_text(row[column])) for row in table.rows), default=0)
        sheet.set_column(column, column, min(WIDEST, max(len(title), shown) + 3))
    for line, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(sheet, (line, column), cell, table.columns[column], formats, publication)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_cell(
    sheet: Any, at: tuple[int, int], cell: Cell, title: str, formats: dict[str, Any], publication: Publication
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(*at, cell)
    elif isinstance(cell, datetime):
        local = cell.astimezone(LONDON)
        days = (local.date() - publication.roster.service_date).days
        name = {0: "time", 1: "later"}.get(days, "dated")
        sheet.write_datetime(*at, local.replace(tzinfo=None), formats[name])
    elif isinstance(cell, float):
        sheet.write_number(*at, cell, formats["degrees" if title in {"lat", "lon"} else "decimal"])
    else:
        sheet.write_number(*at, cell, formats["whole"])


def _as_text(cell: Cell) -> str:
    return "00:00 (+1)" if isinstance(cell, datetime) else str(cell or "")

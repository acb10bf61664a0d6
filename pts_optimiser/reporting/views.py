"""What is made of a checked roster for people and other systems to read, by the name of its file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from pts_optimiser.reporting import tables
from pts_optimiser.reporting.csv_text import csv_text
from pts_optimiser.reporting.geojson import map_document
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.report import report
from pts_optimiser.reporting.run_sheets import run_sheets
from pts_optimiser.reporting.workbook import workbook_bytes

View = Callable[[Publication], str | bytes]


def compact(document: Mapping[str, Any]) -> str:
    """JSON on one line."""
    return _text(document) + "\n"


def by_line(document: Mapping[str, Any]) -> str:
    """JSON with a line for each entry and for each item of a list: ``json`` indents its lines five times as slowly."""
    entries = []
    for name, value in document.items():
        items = ",\n".join(map(_text, value)) if isinstance(value, list) else None
        entries.append(f"{_text(name)}: " + (f"[\n{items}\n]" if items else _text(value)))
    return "{\n" + ",\n".join(entries) + "\n}\n"


def indented(document: Mapping[str, Any]) -> str:
    """JSON for people who open the file."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


VIEWS: Mapping[str, View] = MappingProxyType({
    "roster.csv": lambda publication: csv_text(tables.stops(publication)),
    "unserved.csv": lambda publication: csv_text(tables.unserved(publication)),
    "kpis.json": lambda publication: indented(publication.roster.kpis),
    "report.html": report,
    "run_sheets.html": run_sheets,
    "map.geojson": lambda publication: compact(map_document(publication)),
    "roster.xlsx": workbook_bytes,
})  # fmt: skip

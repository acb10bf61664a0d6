"""``report.html``: the day on one page that opens offline, with map, timeline and tables."""

from __future__ import annotations

from html import escape

from pts_optimiser.reporting.page import data_text, fill, script_json
from pts_optimiser.reporting.payload import payload
from pts_optimiser.reporting.publication import Publication

STYLES = ("report.css", "report_runs.css")
SCRIPTS = ("dom.js", "model.js", "glance.js", "seats.js", "map.js", "timeline.js", "sheet.js", "tables.js", "report.js")


def report(publication: Publication) -> str:
    """The whole page: template, styles, scripts and data in one document, with nothing fetched from anywhere."""
    document = payload(publication)
    return fill(data_text("report.html"), {
        "title": escape(f"Roster of {document['date']}"),
        "css": "\n".join(data_text(name) for name in STYLES),
        "data": script_json(document),
        "js": "\n".join(data_text(name) for name in SCRIPTS),
    })  # fmt: skip

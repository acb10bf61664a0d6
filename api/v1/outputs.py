"""The parts of a roster: of a plan, of what is published, of any version. One way of showing them for all three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response

from api.context import caller, store
from api.kept import explanations, outputs
from api.manners.bodies import JSON
from api.manners.compression import ready_made
from api.models.outputs import BreakdownOut, ExplanationOut, KpisOut, MapOut, RosterOut, UnservedOut, ViewOut
from api.who.roles import READERS, allows
from pts_optimiser.services.hosted import plans, publishing, rosters
from pts_optimiser.services.hosted.outputs import Part
from pts_optimiser.services.hosted.rosters import RosterKey

blueprint = APIBlueprint("outputs", __name__)

SHOWN: dict[Part, tuple[Any, str, str]] = {
    Part.ROSTER: (RosterOut, JSON, "Read every stop"),
    Part.KPIS: (KpisOut, JSON, "Read the figures"),
    Part.UNSERVED: (UnservedOut, JSON, "Read who is left out and why"),
    Part.MAP: (MapOut, "application/geo+json", "Read the map"),
    Part.RUN_SHEETS: (FileSchema(), "text/html", "Read the run sheets"),
    Part.WORKBOOK: (
        FileSchema(format="binary"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Read the workbook",
    ),
    Part.STOPS: (FileSchema(), "text/csv", "Read every stop as CSV"),
    Part.VIEW: (ViewOut, JSON, "Read what the page shows"),
    Part.FIGURES: (BreakdownOut, JSON, "Read the figures by contract, hour and vehicle type"),
}
_SHEETS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
"""Run sheets carry their style; nothing else runs or loads in them."""


def _of_plan(plan_id: str) -> RosterKey:
    return plans.roster_of(store(), plan_id)


def _of_published(service_date: date) -> RosterKey:
    return publishing.published_key(store(), service_date)


def _of_version(service_date: date, version: int) -> RosterKey:
    return rosters.roster_key(store(), service_date, version)


PLACES: dict[str, tuple[str, Callable[..., RosterKey], str]] = {
    "Plan": ("/plans/<plan_id>", _of_plan, "of a plan's roster"),
    "Published": ("/days/<day:service_date>/published", _of_published, "of the published roster"),
    "Version": ("/days/<day:service_date>/rosters/<int:version>", _of_version, "of a roster version"),
}


def _sent(roster: RosterKey, part: Part, content_type: str) -> Response:
    made = outputs().part(caller(), roster, part)
    answer = ready_made(made.body, made.packed, content_type)
    answer.set_etag(made.etag, weak=True)  # one tag for both encodings
    if part is Part.RUN_SHEETS:
        answer.headers["Content-Security-Policy"] = _SHEETS
    if part in {Part.WORKBOOK, Part.STOPS}:
        name = f"roster-{roster.service_date}-{roster.version}{part.value.removeprefix('roster')}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _add_part(place: str, part: Part) -> None:
    rule, find, whose = PLACES[place]
    schema, content_type, summary = SHOWN[part]
    name = part.name.lower()

    @blueprint.get(f"{rule}/{part.value}", endpoint=f"{place.lower()}_{name}")
    @allows(*READERS)
    @blueprint.output(schema, content_type=content_type)
    @blueprint.doc(summary=f"{summary} {whose}", operation_id=f"get{place}{part.name.title().replace('_', '')}")
    def view(**where: Any) -> Response:
        return _sent(find(**where), part, content_type)


def _add_explanation(place: str) -> None:
    rule, find, whose = PLACES[place]

    @blueprint.get(f"{rule}/explain/<journey_id>", endpoint=f"{place.lower()}_explain")
    @allows(*READERS)
    @blueprint.output(ExplanationOut)
    @blueprint.doc(summary=f"Explain a journey {whose}", operation_id=f"explain{place}")
    def view(journey_id: str, **where: Any) -> Any:
        return explanations().explain(caller(), find(**where), journey_id)


for _place in PLACES:
    for _part in Part:
        _add_part(_place, _part)
    _add_explanation(_place)

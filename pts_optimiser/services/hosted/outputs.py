"""What a stored roster is shown as: its JSON, figures, their breakdown, unserved, map, run sheets, workbook and CSV.

Everything is made of the store alone when it is first asked for, and kept: a version never changes.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from pts_optimiser.domain.roster_json import roster_document
from pts_optimiser.reporting.breakdown.document import figures_document
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.restricted import of_contracts, patient_figures, restricted_map, restricted_run_sheets
from pts_optimiser.reporting.view import view_document
from pts_optimiser.reporting.views import VIEWS, View, compact
from pts_optimiser.reporting.workbook import workbook_bytes
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.rosters import RosterKey
from pts_optimiser.services.hosted.shelf import Shelf
from pts_optimiser.services.hosted.stored import kept_map, stored_publication
from pts_optimiser.services.hosted.ways import Ways
from pts_optimiser.store import Store

ROOM = 64 << 20
PUBLICATIONS = 2
PACKED = 6


class Part(StrEnum):
    """What may be asked for; the names are those of the routes."""

    ROSTER = "roster"
    KPIS = "kpis"
    UNSERVED = "unserved"
    MAP = "routes.geojson"
    RUN_SHEETS = "run-sheets"
    WORKBOOK = "roster.xlsx"
    STOPS = "roster.csv"
    VIEW = "view"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Made:
    """A part ready to be sent. ``packed`` is the body by gzip, None where that saves nothing; ``etag`` names it."""

    body: bytes
    packed: bytes | None
    etag: str


def _roster(publication: Publication) -> str:
    return compact(roster_document(publication.roster))


def _unserved(publication: Publication) -> str:
    return compact({"unserved": roster_document(publication.roster)["unserved"]})


def _own_roster(publication: Publication) -> str:
    return compact(roster_document(publication.roster) | {"kpis": patient_figures(publication)})


def _view(publication: Publication) -> str:
    return compact(view_document(publication.roster, publication.journeys, publication.duties, publication.policy))


def _own_view(publication: Publication) -> str:
    return _view(replace(publication, roster=replace(publication.roster, kpis=patient_figures(publication))))


def _own_workbook(publication: Publication) -> bytes:
    return workbook_bytes(publication, patients_only=True)


_OF_ALL: Mapping[Part, View] = MappingProxyType({
    Part.ROSTER: _roster,
    Part.KPIS: lambda publication: compact(publication.roster.kpis),
    Part.UNSERVED: _unserved,
    Part.MAP: VIEWS["map.geojson"],
    Part.RUN_SHEETS: VIEWS["run_sheets.html"],
    Part.WORKBOOK: VIEWS["roster.xlsx"],
    Part.STOPS: VIEWS["roster.csv"],
    Part.VIEW: _view,
    Part.FIGURES: lambda publication: compact(figures_document(publication)),
})  # fmt: skip
_OF_SOME: Mapping[Part, View] = MappingProxyType({
    **_OF_ALL,
    Part.ROSTER: _own_roster,
    Part.KPIS: lambda publication: compact(patient_figures(publication)),
    Part.MAP: lambda publication: compact(restricted_map(publication)),
    Part.RUN_SHEETS: restricted_run_sheets,
    Part.WORKBOOK: _own_workbook,
    Part.VIEW: _own_view,
    Part.FIGURES: lambda publication: compact(figures_document(publication, patients_only=True)),
})  # fmt: skip


class Outputs:
    """The parts of the rosters of one store. One a process; threads share it.

    ``network`` is the folder of a road network, for the map of what the day has changed.
    """

    def __init__(self, store: Store, network: Path | None = None) -> None:
        self._store, self._ways = store, Ways(store, network)
        self._made: Shelf[Made] = Shelf(ROOM, lambda made: len(made.body) + len(made.packed or b""))
        self._publications: Shelf[Publication] = Shelf(PUBLICATIONS)

    def part(self, caller: Caller, roster: RosterKey, part: Part) -> Made:
        """A part as the caller may see it: of their contracts alone, where they are limited to some.

        Raises
        ------
        NotFoundError, DamagedError
            There is no such version, or it is not what was stored.
        """
        return self._made.get((roster, caller.contracts, part), lambda: self._make(caller, roster, part))

    def publication(self, roster: RosterKey) -> Publication:
        """The whole of a version, of all contracts."""
        return self._publications.get(
            roster, lambda: stored_publication(self._store, roster.service_date, roster.version)
        )

    def drop_idle(self) -> None:
        """Forget what nobody has asked for in a while."""
        self._made.drop_idle()
        self._publications.drop_idle()
        self._ways.drop_idle()

    def _make(self, caller: Caller, roster: RosterKey, part: Part) -> Made:
        if part is Part.MAP and caller.contracts is None:
            kept = kept_map(self._store, roster.service_date, roster.version)
            if kept is not None:
                return _made(kept, part)
        publication = self.publication(roster)
        if part is Part.MAP:
            publication = self._ways.along(publication, roster.version)
        if caller.contracts is None:
            return _made(_OF_ALL[part](publication), part)
        return _made(_OF_SOME[part](of_contracts(publication, caller.contracts)), part)


def _made(content: str | bytes, part: Part) -> Made:
    body = content.encode() if isinstance(content, str) else content
    packed = None if part is Part.WORKBOOK else gzip.compress(body, PACKED, mtime=0)
    return Made(body, packed, hashlib.sha256(body).hexdigest()[:32])

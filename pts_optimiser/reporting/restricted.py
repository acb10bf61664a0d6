"""A roster as somebody sees it who may see the journeys of some contracts only.

A duty that serves nobody else is shown whole; of the others only the own stops are, with who of their own is aboard.
Figures are those of patients: what vehicles do, they do for all contracts together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from pts_optimiser.domain.roster import Aboard, Reason, Roster, RosteredDuty, Stop, StopKind, Unserved, made_by
from pts_optimiser.reporting.geojson import map_document
from pts_optimiser.reporting.kpis import kpis
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.run_sheets import run_sheets

OF_PATIENTS = (
    "journeys", "served", "unserved", "served_percent", "unserved_by_reason", "by_category", "standards",
    "standards_with_target", "standards_met", "time_aboard", "wait_after_ready", "arrivals", "same_day_response",
)  # fmt: skip
"""The figures of ``kpis.json`` that are about journeys, not about vehicles."""


def of_contracts(publication: Publication, contracts: Collection[str]) -> Publication:
    """What belongs to the contracts, and nothing that tells of other journeys; ``kpis`` are still those of all."""
    own = {journey.journey_id for journey in publication.journeys if journey.contract in contracts}
    others = [journey.journey_id for journey in publication.journeys if journey.journey_id not in own]
    roster = publication.roster
    shown = replace(
        roster,
        engine=made_by(roster.engine),
        duties=tuple(cut for duty in roster.duties if (cut := _own_part(duty, own)).stops),
        unserved=tuple(
            Unserved(left.journey_id, unnamed(left.reasons, others))
            for left in roster.unserved
            if left.journey_id in own
        ),
    )
    return replace(
        publication,
        roster=shown,
        journeys=[journey for journey in publication.journeys if journey.journey_id in own],
        progress=(),
        issues=(),
        rejected={},
    )


def patient_figures(restricted: Publication) -> dict[str, Any]:
    """The figures of ``OF_PATIENTS``; travel times are read for them."""
    figures = kpis(restricted.roster, restricted.journeys, restricted.duties, restricted.policy, restricted.travel)
    return {name: figures[name] for name in OF_PATIENTS}


def restricted_map(restricted: Publication) -> dict[str, Any]:
    """``map.geojson`` without the drives between own journeys, which may be others' rides."""
    whole = {duty.duty_id for duty in _whole_duties(restricted.roster)}
    document = map_document(restricted)
    document["features"] = [
        feature
        for feature in document["features"]
        if feature["properties"].get("loaded", True) or feature["properties"]["duty_id"] in whole
    ]
    return document


def restricted_run_sheets(restricted: Publication) -> str:
    """Sheets of the duties shown whole: one with stops missing would send a crew past a patient."""
    return run_sheets(replace(restricted, roster=replace(restricted.roster, duties=_whole_duties(restricted.roster))))


def unnamed(reasons: Sequence[Reason], others: Sequence[str]) -> tuple[Reason, ...]:
    """Reasons in which no other journey is named."""
    return tuple(Reason(r.code, _unnamed(r.detail, others), _unnamed(r.action, others)) for r in reasons)


def _unnamed(text: str, others: Sequence[str]) -> str:
    named = sorted((other for other in others if other in text), key=len, reverse=True)
    if not named:
        return text
    return re.sub(rf"(?<![\w-])(?:{'|'.join(map(re.escape, named))})(?![\w-])", "another journey", text)


def _whole_duties(roster: Roster) -> tuple[RosteredDuty, ...]:
    return tuple(duty for duty in roster.duties if duty.stops[0].kind is StopKind.START)


def _own_part(duty: RosteredDuty, own: Collection[str]) -> RosteredDuty:
    """The duty whole, or the stops of its own journeys: with a leg where the stop before is one of them too."""
    if all(stop.journey_id is None or stop.journey_id in own for stop in duty.stops):
        return duty
    stops: list[Stop] = []
    aboard, before, follows = Aboard(), Aboard(), False
    for stop in duty.stops:
        is_own = stop.journey_id in own
        if is_own:
            aboard = _changed(aboard, before, stop.aboard)
            leg = (stop.travel_s, stop.travel_m) if follows else (0, 0)
            stops.append(replace(stop, aboard=aboard, travel_s=leg[0], travel_m=leg[1]))
        before, follows = stop.aboard, is_own
    drive_s, drive_m = sum(stop.travel_s for stop in stops), sum(stop.travel_m for stop in stops)
    return replace(duty, layout_changes=0, stops=tuple(stops), drive_s=drive_s, drive_m=drive_m)


def _changed(own: Aboard, before: Aboard, after: Aboard) -> Aboard:
    """Who is aboard of their own, once a stop of theirs has changed all that are from ``before`` to ``after``."""
    return Aboard(
        own.parties + after.parties - before.parties,
        own.seats + after.seats - before.seats,
        own.wheelchairs + after.wheelchairs - before.wheelchairs,
        own.stretchers + after.stretchers - before.stretchers,
    )

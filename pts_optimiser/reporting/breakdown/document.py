"""The document of a day's breakdown: columns, with the names of contracts and vehicle types numbered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pts_optimiser.domain.roster import made_by
from pts_optimiser.reporting.breakdown.cells import Cell, Cells, cell_of, patient_cells, vehicle_cells
from pts_optimiser.reporting.breakdown.figures import OF_PATIENTS, OF_VEHICLES, Figure
from pts_optimiser.reporting.breakdown.hours import Hours
from pts_optimiser.reporting.payload import Numbering
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.rides import Ride, rides
from pts_optimiser.reporting.standards import Measure, Outcome, measures, outcome

SCHEMA = "pts-optimiser/figures/1"


def figures_document(publication: Publication, *, patients_only: bool = False) -> dict[str, Any]:
    """The sums of a checked roster, and the figures to make of them.

    ``cells`` has columns ``contract`` and ``vehicle_type`` (numbers of the lists of these names; a vehicle type of −1
    is none), ``hour`` and one a sum: seconds, metres, seats × them, pounds, kilograms. ``standards`` has the same
    three, ``target`` (a number of the list ``targets``), and journeys ``counted``, ``missed``, ``unavoidable`` and
    ``excluded``. ``patients_only`` leaves out what vehicles do.
    """
    roster = publication.roster
    hours = Hours(roster.service_date)
    of_journey = {ride.journey.journey_id: ride for ride in rides(roster, publication.journeys, publication.travel)}
    types = {duty.duty_id: duty.vehicle_type for duty in roster.duties}
    cells = patient_cells(publication.journey_of, of_journey, types, hours)
    figures: tuple[Figure, ...] = OF_PATIENTS
    if not patients_only:
        figures = OF_VEHICLES + OF_PATIENTS
        for cell, sums in vehicle_cells(publication).items():
            cells[cell].update(sums)
    contracts, kinds = Numbering(), Numbering()
    return {
        "schema": SCHEMA,
        "date": roster.service_date.isoformat(),
        "policy": dict(roster.policy),
        "engine": made_by(roster.engine),
        "figures": [asdict(figure) for figure in figures],
        "cells": _cell_columns(cells, figures, contracts, kinds),
        **_standards(publication, of_journey, types, hours, contracts, kinds),
        "contracts": list(contracts.of),
        "vehicle_types": list(kinds.of),
    }


def _cell_columns(
    cells: Cells, figures: Sequence[Figure], contracts: Numbering, kinds: Numbering
) -> dict[str, list[Any]]:
    ordered = sorted(cells.items())
    names = sorted({name for figure in figures for name in (figure.over, figure.by) if name})
    columns = _places([cell for cell, _ in ordered], contracts, kinds)
    return columns | {name: [_short(sums[name]) for _, sums in ordered] for name in names}


def _standards(
    publication: Publication,
    of_journey: Mapping[str, Ride],
    types: Mapping[str, str],
    hours: Hours,
    contracts: Numbering,
    kinds: Numbering,
) -> dict[str, Any]:
    policy, targets = publication.policy, Numbering()
    found: dict[tuple[Cell, int], Counter[str]] = defaultdict(Counter)
    for journey in publication.journeys:
        profile = policy.profile(journey)
        ride = of_journey.get(journey.journey_id)
        cell = cell_of(journey, ride, types, hours)
        for measure in measures(journey):
            target = targets((profile, journey.category, measure))
            came_to = outcome(ride, Measure(measure), policy.standard(journey)) if ride else None
            found[cell, target][came_to.value if came_to else "excluded"] += 1
    ordered = sorted(found.items())
    return {
        "standards": _places([cell for (cell, _), _ in ordered], contracts, kinds)
        | {
            "target": [target for (_, target), _ in ordered],
            "counted": [sums[Outcome.MET] + sums[Outcome.MISSED] for _, sums in ordered],
            **{name: [sums[name] for _, sums in ordered] for name in (Outcome.MISSED, Outcome.UNAVOIDABLE, "excluded")},
        },
        "targets": [
            {
                "profile": profile,
                "category": category.value,
                "measure": measure.value,
                "target_percent": policy.standards[profile].by_category[category].target_percent.get(measure),
                "illustrative": policy.standards[profile].illustrative,
            }
            for profile, category, measure in targets.of
        ],
    }


def _places(cells: Sequence[Cell], contracts: Numbering, kinds: Numbering) -> dict[str, list[Any]]:
    return {
        "contract": [contracts(cell.contract) for cell in cells],
        "hour": [cell.hour for cell in cells],
        "vehicle_type": [kinds(cell.vehicle_type) if cell.vehicle_type else -1 for cell in cells],
    }


def _short(value: float) -> float:
    """To seven digits: half the length, and more than any reader is shown."""
    short = float(f"{value:.7g}")
    return int(short) if short == int(short) else short

"""The tables of the output folder, one function each; the CSV files and the workbook both print them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.journey import Journey
from pts_optimiser.reporting.effort import worked_duties
from pts_optimiser.reporting.legs import runs
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.rides import rides
from pts_optimiser.reporting.spots import spots
from pts_optimiser.reporting.standards import measures, outcome
from pts_optimiser.reporting.wording import layout_text

Cell = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def stops(publication: Publication) -> Table:
    """``roster.csv``: one row a stop, in driving order."""
    columns = (
        "duty_id", "vehicle_id", "vehicle_type", "sequence", "kind", "journey_id", "place", "postcode", "lat", "lon",
        "arrive_at", "begin_at", "depart_at", "category", "mobility", "escorts", "appointment_at", "ready_at",
        "layout", "parties_aboard", "seats_taken", "wheelchairs_taken", "stretchers_taken", "band", "travel_s",
        "travel_m",
    )  # fmt: skip
    journey_of, duty_of = publication.journey_of, publication.duty_of
    rows: list[tuple[Cell, ...]] = []
    for duty in publication.roster.duties:
        layouts = publication.policy.vehicle_types[duty.vehicle_type].layouts
        places = spots(duty, duty_of[duty.duty_id], journey_of)
        for sequence, (stop, place) in enumerate(zip(duty.stops, places, strict=True), start=1):
            journey = journey_of[stop.journey_id] if stop.journey_id is not None else None
            rows.append((
                duty.duty_id, duty.vehicle_id, duty.vehicle_type, sequence, stop.kind.value, stop.journey_id,
                place.label, place.postcode, stop.lat, stop.lon,
                stop.arrive_at, stop.begin_at, stop.depart_at, *_journey_cells(journey),
                "" if stop.layout is None else layout_text(layouts[stop.layout]),
                stop.aboard.parties, stop.aboard.seats, stop.aboard.wheelchairs, stop.aboard.stretchers,
                stop.band, stop.travel_s, stop.travel_m,
            ))  # fmt: skip
    return Table(columns, rows)


def duties(publication: Publication) -> Table:
    """One row for each duty that is used."""
    columns = (
        "duty_id", "vehicle_id", "vehicle_type", "base", "crew", "shift_start", "shift_end", "leaves_base",
        "back_at_base", "journeys", "runs", "layout_changes", "in_service_h", "driven_h", "driven_km", "energy",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            w.duty.duty_id, w.duty.vehicle_id, w.duty.vehicle_type, w.duty.base, w.duty.crew, w.duty.start_at,
            w.duty.end_at, w.rostered.stops[0].depart_at, w.rostered.stops[-1].arrive_at, w.journeys,
            len(runs(w.rostered, w.vehicle_type)), w.rostered.layout_changes, round(w.in_service, 2),
            round(w.rostered.drive_s / 3600, 2), round(w.km, 1), w.duty.energy,
        )
        for w in worked_duties(publication.roster.duties, publication.duties, publication.policy)
    ]  # fmt: skip
    return Table(columns, rows)


def journeys(publication: Publication) -> Table:
    """One row for each served journey: its duty, its times and how it stands against its targets."""
    columns = (
        "journey_id", "contract", "category", "direction", "mobility", "escorts", "duty_id", "from", "to",
        "appointment_at", "ready_at", "collected_at", "aboard_at", "arrives_at", "aboard_min", "direct_min",
        "early_min", "wait_min", "arrive", "collect", "aboard",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for ride in rides(publication.roster, publication.journeys, publication.travel):
        j = ride.journey
        standard = publication.policy.standard(j)
        judged = {measure.value: outcome(ride, measure, standard).value for measure in measures(j)}
        rows.append((
            j.journey_id, j.contract, j.category.value, j.direction.value, j.mobility, j.escorts, ride.duty_id,
            j.pickup.label, j.dropoff.label, j.appointment_at, j.ready_at, ride.pickup.begin_at,
            ride.pickup.depart_at, ride.dropoff.begin_at, _minutes(ride.aboard_s), _minutes(ride.direct_s),
            _minutes(ride.early_s), _minutes(ride.wait_s),
            judged.get("arrive"), judged.get("collect"), judged.get("aboard"),
        ))  # fmt: skip
    return Table(columns, rows)


def unserved(publication: Publication) -> Table:
    """``unserved.csv``: one row for each journey and reason."""
    columns = (
        "journey_id", "contract", "category", "direction", "mobility", "escorts", "from", "to", "appointment_at",
        "ready_at", "reason", "detail", "what_would_help",
    )  # fmt: skip
    journey_of = publication.journey_of
    rows: list[tuple[Cell, ...]] = []
    for left in publication.roster.unserved:
        j = journey_of[left.journey_id]
        told = [(r.code, r.detail, r.action) for r in left.reasons] or [("unexplained", "", "")]
        rows.extend(
            (
                j.journey_id, j.contract, j.category.value, j.direction.value, j.mobility, j.escorts,
                j.pickup.label, j.dropoff.label, j.appointment_at, j.ready_at, *reason,
            )
            for reason in told
        )  # fmt: skip
    return Table(columns, rows)


def standards(publication: Publication) -> Table:
    """The standards of ``kpis.json`` as rows."""
    columns = (
        "profile", "category", "measure", "observed_percent", "target_percent", "met", "headroom_points",
        "may_still_miss", "journeys_counted", "missed", "unavoidable", "excluded",
    )  # fmt: skip
    judged = {True: "met", False: "missed", None: "no target or nothing counted"}
    rows = [
        tuple(judged[row["met"]] if column == "met" else row[column] for column in columns)
        for row in publication.roster.kpis["standards"]
    ]
    return Table(columns, rows)


def issues(found: Iterable[Issue]) -> Table:
    """``issues.csv``: what was found in the input."""
    columns = ("severity", "file", "row", "column", "code", "message", "hint")
    return Table(columns, [(i.severity.value, i.file, i.row, i.column, i.code, i.message, i.hint) for i in found])


def _journey_cells(journey: Journey | None) -> tuple[Cell, ...]:
    if journey is None:
        return ("", "", None, None, None)
    return (
        journey.category.value,
        journey.mobility,
        journey.escorts,
        journey.appointment_at,
        journey.ready_at,
    )


def _minutes(seconds: int | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)

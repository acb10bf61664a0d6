"""The tables of one day, as Arrow: a row of figures, standards, seats by hour, vehicle types, and every ride."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pts_optimiser.domain.clock import midnight
from pts_optimiser.domain.roster import Roster
from pts_optimiser.planning.day import PlannedDay
from pts_optimiser.reporting.effort import worked_duties
from pts_optimiser.reporting.legs import legs, runs
from pts_optimiser.reporting.rides import Ride, rides
from pts_optimiser.reporting.seats import seats_over_day
from pts_optimiser.reporting.standards import Measure, Outcome, measures, outcome
from pts_optimiser.reporting.utilisation import WHEELCHAIR_SEATS, SeatCount
from pts_optimiser.study.areas import areas_of, home_of
from pts_optimiser.study.case import Case
from pts_optimiser.study.energy.figures import energy_figures
from pts_optimiser.study.figures.day_row import day_row
from pts_optimiser.study.figures.run_order import first_on_last_off
from pts_optimiser.study.recurring import patient_key

STANDARDS = pa.schema(
    [(name, pa.string()) for name in ("profile", "category", "measure")]
    + [("target_percent", pa.float64())]
    + [(name, pa.int32()) for name in ("journeys_counted", "missed", "unavoidable", "excluded")]
)
HOURS = pa.schema(
    [("vehicle_type", pa.string())] + [(name, pa.int32()) for name in ("hour", "in_service", "permitted", "taken")]
)
VEHICLE_TYPES = pa.schema(
    [("vehicle_type", pa.string())]
    + [(name, pa.int32()) for name in ("offered", "used", "runs", "journeys")]
    + [(name, pa.float64()) for name in ("driven_hours", "driven_km", "service_hours", "paid_hours", "co2e_kg")]
    + [(name, pa.int64()) for name in ("seats_taken_s", "seats_offered_s")]
)
RIDES = pa.schema(
    [(name, pa.string()) for name in ("patient", "contract", "category", "mobility", "direction", "area")]
    + [("rural", pa.bool_()), ("served", pa.bool_())]
    + [(name, pa.int32()) for name in ("aboard_s", "direct_s", "wait_s", "early_s")]
    + [(name, pa.bool_()) for name in ("missed_target", "first_on_last_off")]
)


def tables_of(case: Case, roster: Roster, planned: PlannedDay) -> dict[str, pa.Table]:
    """Tables by name; each has the rows of this day only, in a fixed order."""
    row = day_row(roster.kpis, planned.servable)
    row |= energy_figures(roster.duties, case.day.duties, case.policy, planned.travel)
    return {
        "figures": pa.table({name: pa.array([value], pa.float64()) for name, value in row.items()}),
        "standards": pa.Table.from_pylist(roster.kpis["standards"], STANDARDS),
        "hours": pa.Table.from_pylist(_hours(case, roster), HOURS),
        "vehicle_types": pa.Table.from_pylist(_vehicle_types(case, roster), VEHICLE_TYPES),
        "rides": pa.Table.from_pylist(_rides(case, roster, planned), RIDES),
    }


def _hours(case: Case, roster: Roster) -> list[dict[str, Any]]:
    """Seats at every ten minutes, summed over the six of an hour, of vehicles in service."""
    rows = []
    for kind in sorted({duty.vehicle_type for duty in roster.duties}):
        of_kind = [duty for duty in roster.duties if duty.vehicle_type == kind]
        seats: dict[int, Counter[str]] = defaultdict(Counter)
        for second, *counts in seats_over_day(of_kind, case.policy, midnight(roster.service_date)):
            seats[second // 3600].update(dict(zip(("in_service", "permitted", "taken"), counts, strict=True)))
        rows += [{"vehicle_type": kind, "hour": hour, **seats[hour]} for hour in sorted(seats)]
    return rows


def _vehicle_types(case: Case, roster: Roster) -> list[dict[str, Any]]:
    offered = Counter(duty.vehicle_type for duty in case.day.duties)
    worked = worked_duties(roster.duties, case.day.duties, case.policy)
    count = SeatCount(WHEELCHAIR_SEATS)
    rows = []
    for kind in sorted(offered):
        of_kind = [w for w in worked if w.duty.vehicle_type == kind]
        loaded = [leg for w in of_kind for leg in legs(w.rostered, w.vehicle_type) if leg.loaded]
        rows.append(
            {
                "vehicle_type": kind,
                "offered": offered[kind],
                "used": len(of_kind),
                "runs": sum(len(runs(w.rostered, w.vehicle_type)) for w in of_kind),
                "journeys": sum(w.journeys for w in of_kind),
                "driven_hours": sum(w.rostered.drive_s for w in of_kind) / 3600,
                "driven_km": sum(w.km for w in of_kind),
                "service_hours": sum(w.in_service for w in of_kind),
                "paid_hours": sum(w.paid for w in of_kind),
                "co2e_kg": sum(w.km * w.vehicle_type.co2e_kg_per_km for w in of_kind),
                "seats_taken_s": sum(count.taken(leg.load) * leg.after.travel_s for leg in loaded),
                "seats_offered_s": sum(
                    count.offered(leg.layout, leg.load, kind) * leg.after.travel_s for leg in loaded
                ),
            }
        )
    return rows


def _rides(case: Case, roster: Roster, planned: PlannedDay) -> list[dict[str, Any]]:
    """Every journey, served or not, in the order of the day's input."""
    journeys = case.day.journeys
    of_journey = {ride.journey.journey_id: ride for ride in rides(roster, journeys, planned.travel)}
    ends = {
        first_on_last_off(run)
        for duty in roster.duties
        for run in runs(duty, case.policy.vehicle_types[duty.vehicle_type])
    }
    areas = areas_of([home_of(journey) for journey in journeys])
    rows = []
    for journey, area in zip(journeys, areas, strict=True):
        ride = of_journey.get(journey.journey_id)
        rows.append(
            {
                "patient": patient_key(journey.patient_ref),
                "contract": journey.contract,
                "category": journey.category.value,
                "mobility": journey.mobility,
                "direction": journey.direction.value,
                "area": area.name,
                "rural": area.rural,
                "served": ride is not None,
                **(_measured(ride, case, ends) if ride else {}),
            }
        )
    return rows


def _measured(ride: Ride, case: Case, ends: set[str | None]) -> Mapping[str, Any]:
    standard = case.policy.standard(ride.journey)
    return {
        "aboard_s": ride.aboard_s,
        "direct_s": ride.direct_s,
        "wait_s": ride.wait_s,
        "early_s": ride.early_s,
        "missed_target": any(outcome(ride, Measure(m), standard) is Outcome.MISSED for m in measures(ride.journey)),
        "first_on_last_off": ride.journey.journey_id in ends,
    }

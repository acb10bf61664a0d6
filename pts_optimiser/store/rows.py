"""Journeys and duties as rows and back; times come back in Europe/London, as intake reads them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Break, Duty
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.store.models import DutyRow, JourneyRow


def journey_row(service_date: date, position: int, journey: Journey) -> dict[str, Any]:
    return {
        "service_date": service_date,
        "journey_id": journey.journey_id,
        "position": position,
        "attendance_id": journey.attendance_id,
        "patient_ref": journey.patient_ref,
        "contract": journey.contract,
        "category": journey.category.value,
        "direction": journey.direction.value,
        "pickup_place": journey.pickup.label,
        "pickup_lat": journey.pickup.lat,
        "pickup_lon": journey.pickup.lon,
        "pickup_kind": journey.pickup.kind.value,
        "pickup_postcode": journey.pickup.postcode,
        "dropoff_place": journey.dropoff.label,
        "dropoff_lat": journey.dropoff.lat,
        "dropoff_lon": journey.dropoff.lon,
        "dropoff_kind": journey.dropoff.kind.value,
        "dropoff_postcode": journey.dropoff.postcode,
        "appointment_at": journey.appointment_at,
        "ready_at": journey.ready_at,
        "mobility": journey.mobility,
        "escorts": journey.escorts,
        "travel_alone": journey.travel_alone,
        "cohort": journey.cohort,
        "skills": sorted(journey.skills),
        "booked_at": journey.booked_at,
    }


def journey_from(row: JourneyRow) -> Journey:
    return Journey(
        journey_id=row.journey_id,
        attendance_id=row.attendance_id,
        patient_ref=row.patient_ref,
        contract=row.contract,
        category=Category(row.category),
        direction=Direction(row.direction),
        pickup=Place(row.pickup_place, row.pickup_lat, row.pickup_lon, PlaceKind(row.pickup_kind), row.pickup_postcode),
        dropoff=Place(
            row.dropoff_place, row.dropoff_lat, row.dropoff_lon, PlaceKind(row.dropoff_kind), row.dropoff_postcode
        ),
        appointment_at=_local(row.appointment_at),
        ready_at=_local(row.ready_at),
        mobility=row.mobility,
        escorts=row.escorts,
        travel_alone=row.travel_alone,
        cohort=row.cohort,
        skills=frozenset(row.skills),
        booked_at=_local(row.booked_at),
    )


def duty_row(service_date: date, position: int, duty: Duty) -> dict[str, Any]:
    rest = duty.rest
    return {
        "service_date": service_date,
        "duty_id": duty.duty_id,
        "position": position,
        "vehicle_id": duty.vehicle_id,
        "vehicle_type": duty.vehicle_type,
        "base": duty.base,
        "base_lat": duty.base_lat,
        "base_lon": duty.base_lon,
        "start_at": duty.start_at,
        "end_at": duty.end_at,
        "crew": duty.crew,
        "skills": sorted(duty.skills),
        "contracts": sorted(duty.contracts),
        "break_s": rest and rest.length // timedelta(seconds=1),
        "break_earliest": rest and rest.earliest,
        "break_latest": rest and rest.latest,
        "energy": duty.energy,
        "range_km": duty.range_km,
    }


def duty_from(row: DutyRow) -> Duty:
    rest = None
    if row.break_s is not None and row.break_earliest is not None and row.break_latest is not None:
        rest = Break(timedelta(seconds=row.break_s), _london(row.break_earliest), _london(row.break_latest))
    return Duty(
        duty_id=row.duty_id,
        vehicle_id=row.vehicle_id,
        vehicle_type=row.vehicle_type,
        base=row.base,
        base_lat=row.base_lat,
        base_lon=row.base_lon,
        start_at=_london(row.start_at),
        end_at=_london(row.end_at),
        crew=row.crew,
        skills=frozenset(row.skills),
        contracts=frozenset(row.contracts),
        rest=rest,
        energy=row.energy,
        range_km=row.range_km,
    )


def _london(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def _local(moment: datetime | None) -> datetime | None:
    return moment and _london(moment)

"""What the day takes: duties, hours, kilometres, pounds, CO₂e, and whether breaks are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.policy import Policy, VehicleType
from pts_optimiser.domain.roster import RosteredDuty, StopKind
from pts_optimiser.reporting.legs import legs
from pts_optimiser.reporting.numbers import percent, ratio

ELECTRIC_POUNDS_PER_KM, ELECTRIC_KG_PER_KM = 0.14, 0.07
"""Of an electric duty whose vehicle type has the rates of another fuel: [A], and 0.34 kWh/km × 0.205 kg/kWh [M]."""


@dataclass(frozen=True, slots=True)
class Worked:
    """One duty as worked, ``vehicle_type`` with the rates of the duty's own energy.

    Hours are decimal; ``in_service`` is base to base without the break.

    ``paid`` is the whole shift without the break (breaks are unpaid), for each member of the crew.
    """

    duty: Duty
    rostered: RosteredDuty
    vehicle_type: VehicleType
    in_service: float
    paid: float

    @property
    def km(self) -> float:
        return self.rostered.drive_m / 1000

    @property
    def journeys(self) -> int:
        return sum(stop.kind is StopKind.PICKUP for stop in self.rostered.stops)


def worked_duties(rostered: Sequence[RosteredDuty], duties: Sequence[Duty], policy: Policy) -> list[Worked]:
    """The duties that are used, in the roster's order."""
    by_id = {duty.duty_id: duty for duty in duties}
    return [
        _worked(by_id[entry.duty_id], entry, _powered(policy.vehicle_types[entry.vehicle_type], by_id[entry.duty_id]))
        for entry in rostered
        if entry.stops
    ]


def _powered(vehicle_type: VehicleType, duty: Duty) -> VehicleType:
    if duty.energy != "electric" or vehicle_type.energy == "electric":
        return vehicle_type
    return replace(
        vehicle_type, energy="electric", cost_per_km=ELECTRIC_POUNDS_PER_KM, co2e_kg_per_km=ELECTRIC_KG_PER_KM
    )


def _worked(duty: Duty, rostered: RosteredDuty, vehicle_type: VehicleType) -> Worked:
    resting_s = sum(seconds_after(s.begin_at, s.depart_at) for s in rostered.stops if s.kind is StopKind.BREAK)
    out_s = seconds_after(rostered.stops[0].depart_at, rostered.stops[-1].arrive_at)
    shift_s = seconds_after(duty.start_at, duty.end_at)
    return Worked(duty, rostered, vehicle_type, (out_s - resting_s) / 3600, duty.crew * (shift_s - resting_s) / 3600)


def hours_and_distance(worked: Sequence[Worked]) -> dict[str, Any]:
    return {
        "driven_hours": round(sum(w.rostered.drive_s for w in worked) / 3600, 4),
        "driven_km": round(sum(w.km for w in worked), 4),
        "service_hours": round(sum(w.in_service for w in worked), 4),
        "crew_service_hours": round(sum(w.in_service * w.duty.crew for w in worked), 4),
        "paid_hours": round(sum(w.paid for w in worked), 4),
    }


def empty_running(worked: Sequence[Worked]) -> dict[str, Any]:
    """Empty share of all kilometres and minutes driven; empty kilometres split by why they are driven."""
    every = [leg for w in worked for leg in legs(w.rostered, w.vehicle_type)]
    empty = [leg for leg in every if not leg.loaded]
    homeward_m = sum(leg.after.travel_m for leg in empty if leg.homeward)
    empty_m = sum(leg.after.travel_m for leg in empty)
    return {
        "km_percent": percent(empty_m, sum(leg.after.travel_m for leg in every)),
        "minutes_percent": percent(sum(leg.after.travel_s for leg in empty), sum(leg.after.travel_s for leg in every)),
        "positioning_km": round((empty_m - homeward_m) / 1000, 4),
        "return_to_base_km": round(homeward_m / 1000, 4),
    }


def cost(worked: Sequence[Worked], served: int, policy: Policy) -> dict[str, Any]:
    """Pounds: paid crew hours, vehicle hours in service and kilometres. No overtime: a plan ends by the shift's end."""
    crew = sum(w.paid for w in worked) * policy.crew_cost_per_hour
    vehicle_hours = sum(w.in_service * w.vehicle_type.cost_per_hour for w in worked)
    vehicle_km = sum(w.km * w.vehicle_type.cost_per_km for w in worked)
    total = crew + vehicle_hours + vehicle_km
    return {
        "crew": round(crew, 2),
        "vehicle_hours": round(vehicle_hours, 2),
        "vehicle_km": round(vehicle_km, 2),
        "total": round(total, 2),
        "per_journey": ratio(total, served),
    }


def co2e(worked: Sequence[Worked], served: int) -> dict[str, Any]:
    """Kilograms: kilometres × the factor of the vehicle type, or of an electric vehicle where the duty is one."""
    total = sum(w.km * w.vehicle_type.co2e_kg_per_km for w in worked)
    return {"total_kg": round(total, 4), "per_journey_kg": ratio(total, served)}


def zero_emission(worked: Sequence[Worked]) -> dict[str, Any]:
    electric = [w for w in worked if w.duty.energy == "electric"]
    return {
        "journeys_percent": percent(sum(w.journeys for w in electric), sum(w.journeys for w in worked)),
        "km_percent": percent(sum(w.km for w in electric), sum(w.km for w in worked)),
    }


def break_compliance(worked: Sequence[Worked]) -> dict[str, Any]:
    """Breaks begun inside their window with nobody aboard ÷ breaks due (of duties that are used)."""
    due = [w for w in worked if w.duty.rest is not None]
    kept = sum(_break_kept(w) for w in due)
    return {"due": len(due), "kept": kept, "percent": percent(kept, len(due))}


def _break_kept(worked: Worked) -> bool:
    rest = worked.duty.rest
    return rest is not None and any(
        stop.kind is StopKind.BREAK and stop.aboard.parties == 0 and rest.earliest <= stop.begin_at <= rest.latest
        for stop in worked.rostered.stops
    )

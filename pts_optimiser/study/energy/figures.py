"""The energy figures of a day: what was driven on electricity, what it took, and what would run short."""

from __future__ import annotations

from collections.abc import Sequence

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import RosteredDuty
from pts_optimiser.reporting.effort import Worked, worked_duties
from pts_optimiser.reporting.numbers import percent, ratio
from pts_optimiser.reporting.travel import Travel
from pts_optimiser.study.energy.charge import Charged, charge_day
from pts_optimiser.study.energy.consumption import GRID_KG_PER_KWH

Figures = dict[str, float | None]


def energy_figures(rostered: Sequence[RosteredDuty], duties: Sequence[Duty], policy: Policy, travel: Travel) -> Figures:
    """Columns of a day's row; its CO₂e counts the kWh of electric duties, where ``reporting`` has a rate a kilometre.

    ``duties_short`` and ``shortfall_kwh`` are of the electric duties, ``electric_possible_percent`` of all duties that
    are used: those that would get home on one charge and what they can take at base, as planned now.
    """
    worked = worked_duties(rostered, duties, policy)
    electric = {w.duty.duty_id for w in worked if w.duty.energy == "electric"}
    charged = charge_day([w.rostered for w in worked if w.duty.duty_id in electric], travel)
    possible = charge_day([w.rostered for w in worked], travel)
    driven_km = sum(w.km for w in worked if w.duty.duty_id in electric)
    detour_km = sum(duty.detour_m for duty in charged) / 1000
    used_kwh = sum(duty.used_kwh for duty in charged)
    served = sum(w.journeys for w in worked)
    co2e = co2e_kg(worked, charged)
    return {
        "co2e_kg": co2e,
        "co2e_per_journey_kg": ratio(co2e, served),
        "electric_duties": len(electric),
        "electric_km": driven_km,
        "electric_kwh": used_kwh,
        "electric_kwh_per_km": ratio(used_kwh, driven_km + detour_km),
        "charged_at_base_kwh": sum(duty.charged_kwh for duty in charged),
        "charging_detour_km": detour_km,
        "duties_short": sum(duty.shortfall_kwh > 0 for duty in charged),
        "shortfall_kwh": sum(duty.shortfall_kwh for duty in charged),
        "electric_possible_percent": percent(sum(duty.shortfall_kwh == 0 for duty in possible), len(possible)),
    }


def co2e_kg(worked: Sequence[Worked], charged: Sequence[Charged]) -> float:
    """Kilometres × factor of the vehicle type, and of electric duties kWh × that of the grid [M], detours included."""
    kwh = {duty.duty_id: duty.used_kwh for duty in charged}
    return sum(
        kwh[w.duty.duty_id] * GRID_KG_PER_KWH if w.duty.duty_id in kwh else w.km * w.vehicle_type.co2e_kg_per_km
        for w in worked
    )

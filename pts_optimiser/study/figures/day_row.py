"""The figures of one day in one flat row, picked from ``reporting.kpis``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

UTILISATION = ("U1", "U1p", "U2", "U3", "U4", "U5", "U6")
MEASURES = ("arrive", "collect", "aboard")
Number = float | int | None

PICKED: Mapping[str, tuple[str, ...]] = {
    "journeys": ("journeys",),
    "served": ("served",),
    "unserved": ("unserved",),
    "served_percent": ("served_percent",),
    "standards_with_target": ("standards_with_target",),
    "standards_met": ("standards_met",),
    "runs": ("runs",),
    "patients_per_run": ("patients_per_run",),
    "journeys_per_vehicle_hour": ("journeys_per_vehicle_hour",),
    "journeys_per_crew_hour": ("journeys_per_crew_hour",),
    "empty_km_percent": ("empty_running", "km_percent"),
    "aboard_mean_min": ("time_aboard", "mean_min"),
    "aboard_p90_min": ("time_aboard", "p90_min"),
    "detour_ratio_mean": ("time_aboard", "detour_ratio_mean"),
    "wait_p50_min": ("wait_after_ready", "p50_min"),
    "wait_p90_min": ("wait_after_ready", "p90_min"),
    "duties_offered": ("duties_offered",),
    "duties_used": ("duties_used",),
    "driven_hours": ("driven_hours",),
    "driven_km": ("driven_km",),
    "service_hours": ("service_hours",),
    "paid_hours": ("paid_hours",),
    "cost": ("cost", "total"),
    "cost_per_journey": ("cost", "per_journey"),
    "co2e_kg": ("co2e", "total_kg"),
    "co2e_per_journey_kg": ("co2e", "per_journey_kg"),
    "zero_emission_journeys_percent": ("zero_emission", "journeys_percent"),
    "zero_emission_km_percent": ("zero_emission", "km_percent"),
    "breaks_kept_percent": ("break_compliance", "percent"),
}


def day_row(kpis: Mapping[str, Any], servable: int) -> dict[str, Number]:
    """Columns in a fixed order; None where a figure has nothing to be of. ``U…`` are of nominal seats."""
    row = {name: _at(kpis, path) for name, path in PICKED.items()}
    row["servable"] = servable
    row["driven_min_per_journey"] = 60 * kpis["driven_hours"] / kpis["served"] if kpis["served"] else None
    for name in UTILISATION:
        row[name] = _at(kpis, ("seat_utilisation", "nominal", name))
        row[f"{name}_permitted"] = _at(kpis, ("seat_utilisation", "permitted", name))
    row["targets_percent"] = _kept(kpis["standards"])
    for measure in MEASURES:
        row[f"{measure}_percent"] = _kept([entry for entry in kpis["standards"] if entry["measure"] == measure])
    return row


def _kept(standards: Sequence[Mapping[str, Any]]) -> Number:
    """Percent of the journeys counted that are within their targets."""
    counted = sum(entry["journeys_counted"] for entry in standards)
    return 100 * (1 - sum(entry["missed"] for entry in standards) / counted) if counted else None


def _at(kpis: Mapping[str, Any], path: tuple[str, ...]) -> Number:
    found: Any = kpis
    for step in path:
        found = found[step]
    return None if found is None else float(found)

"""The figures of the day in the order a planner reads them: label, value in words, remark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Headline:
    """``good`` says whether the figure is as it should be (None: for the reader to judge), ``verdict`` so in words."""

    label: str
    value: str
    remark: str = ""
    good: bool | None = None
    verdict: str = ""


def headlines(kpis: Mapping[str, Any]) -> list[Headline]:
    """The day at a glance, from the document of ``kpis.json``."""
    seats, waits, aboard = kpis["seat_utilisation"], kpis["wait_after_ready"], kpis["time_aboard"]
    breaks, empty = kpis["break_compliance"], kpis["empty_running"]
    missed = kpis["standards_with_target"] - kpis["standards_met"]
    return [
        Headline(
            "Journeys served",
            f"{kpis['served']:,} of {kpis['journeys']:,}",
            f"{number(kpis['served_percent'])} %",
            kpis["unserved"] == 0,
            f"{kpis['unserved']:,} unserved" if kpis["unserved"] else "all served",
        ),
        Headline(
            "Targets met",
            f"{kpis['standards_met']} of {kpis['standards_with_target']}",
            "by category and measure",
            missed == 0,
            f"{missed} missed" if missed else "all met",
        ),
        Headline(
            "Seat utilisation (U1)",
            share(seats["nominal"]["U1"]),
            f"{share(seats['permitted']['U1'])} of permitted seats, {share(seats['nominal']['U1p'])} patients only",
        ),
        Headline("Patients per run (U5)", number(kpis["patients_per_run"], 2), f"{kpis['runs']:,} runs"),
        Headline(
            "Journeys per vehicle-hour",
            number(kpis["journeys_per_vehicle_hour"], 2),
            f"{number(kpis['service_hours'])} hours in service",
        ),
        Headline(
            "Duties used",
            f"{kpis['duties_used']:,} of {kpis['duties_offered']:,}",
            f"{number(kpis['paid_hours'])} paid crew hours",
        ),
        Headline(
            "Driven",
            f"{number(kpis['driven_km'], 0)} km",
            f"{number(empty['km_percent'])} % empty ({number(empty['minutes_percent'])} % of "
            f"{number(kpis['driven_hours'])} hours)",
        ),
        *_bound(kpis.get("driving_bound")),
        Headline(
            "Time aboard",
            f"{number(aboard['mean_min'], 0)} min",
            f"90th percentile {number(aboard['p90_min'], 0)} min, {number(aboard['detour_ratio_mean'], 2)} × direct",
        ),
        Headline(
            "Wait after ready",
            f"{number(waits['p50_min'], 0)} min",
            f"median; 90th percentile {number(waits['p90_min'], 0)} min",
        ),
        Headline("Cost per journey", pounds(kpis["cost"]["per_journey"]), f"{pounds(kpis['cost']['total'], 0)} in all"),
        Headline(
            "CO₂e per journey",
            f"{number(kpis['co2e']['per_journey_kg'], 2)} kg",
            f"{number(kpis['co2e']['total_kg'], 0)} kg in all, "
            f"{number(kpis['zero_emission']['journeys_percent'])} % of journeys electric",
        ),
        Headline(
            "Breaks kept",
            f"{breaks['kept']} of {breaks['due']}",
            "in their window, nobody aboard",
            breaks["kept"] == breaks["due"],
            f"{breaks['due'] - breaks['kept']} not kept" if breaks["kept"] < breaks["due"] else "all kept",
        ),
    ]


def _bound(bound: Mapping[str, Any] | None) -> list[Headline]:
    """How far the driving can be from the least possible, where that was asked for."""
    if bound is None:
        return []
    if bound["at_most_over_percent"] is None:
        return [Headline("Above the least driving", "not known", "too many journeys, or too little time to prove it")]
    return [
        Headline(
            "Above the least driving",
            f"at most {number(bound['at_most_over_percent'])} %",
            f"who serves these and keeps these targets drives {number(bound['least_hours'])} hours at least",
        )
    ]


def number(value: float | None, places: int = 1) -> str:
    return "–" if value is None else f"{value:,.{places}f}"


def share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def pounds(value: float | None, places: int = 2) -> str:
    return "–" if value is None else f"£{value:,.{places}f}"

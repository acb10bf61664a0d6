"""Means of each scenario, and paired differences from the scenario that a plan names as the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pts_optimiser.reporting.intervals import Interval, jackknife, paired, t_interval
from pts_optimiser.study.document import Comparison
from pts_optimiser.study.scenario import DIMENSIONS

FIGURES = (
    "served_percent", "standards_met", "targets_percent", "arrive_percent", "collect_percent", "aboard_percent",
    "U1", "U1p", "U2", "U3", "U4", "U5", "U6", "U1_permitted",
    "journeys_per_vehicle_hour", "empty_km_percent", "aboard_mean_min", "aboard_p90_min", "detour_ratio_mean",
    "wait_p50_min", "wait_p90_min", "duties_used", "service_hours", "driven_hours",
    "driven_min_per_journey", "driven_km", "paid_hours",
    "cost", "cost_per_journey", "co2e_kg", "co2e_per_journey_kg", "zero_emission_journeys_percent",
    "zero_emission_km_percent", "electric_kwh", "electric_kwh_per_km", "duties_short", "shortfall_kwh",
    "electric_possible_percent",
)  # fmt: skip
"""What is averaged and compared."""

Rows = Iterator[dict[str, Any]]


def means(figures: pd.DataFrame) -> pd.DataFrame:
    """One row a scenario × figure: days, mean and its interval."""

    def rows() -> Rows:
        for scenario, days in figures.groupby("scenario", sort=False):
            for figure in FIGURES:
                known = days[figure].dropna()
                if len(known):
                    yield {"scenario": scenario, "figure": figure, "days": len(known)} | _columns(
                        "mean", t_interval(known.to_numpy())
                    )

    return pd.DataFrame(rows())


def differences(figures: pd.DataFrame, compare: Comparison) -> pd.DataFrame:
    """One row a pair of scenarios × figure: the paired difference, and the change in percent of the baseline's mean."""

    def rows() -> Rows:
        for scenario, baseline, here, there in pairs(figures, compare):
            for figure in FIGURES:
                both = pd.DataFrame({"here": here[figure], "there": there[figure]}).dropna()
                if not len(both):
                    continue
                one, other = both["here"].to_numpy(), both["there"].to_numpy()
                row: dict[str, Any] = {"scenario": scenario, "baseline": baseline, "figure": figure, "days": len(both)}
                row |= {"baseline_mean": float(other.mean()), "mean": float(one.mean())}
                row |= _columns("difference", paired(one, other))
                if (other > 0).all():
                    row |= _columns("percent", jackknife(one, other, lambda a, b: 100 * (a / b - 1)))
                yield row

    return pd.DataFrame(rows())


def pairs(figures: pd.DataFrame, compare: Comparison) -> Iterator[tuple[str, str, pd.DataFrame, pd.DataFrame]]:
    """Each scenario with its baseline, alike in all dimensions but one, on the days that both have, by date."""
    over = compare.field
    others = [name for name in DIMENSIONS if name != over]
    for _, alike in figures.groupby(others, sort=False, dropna=False):
        base = alike[alike[over] == compare.baseline]
        if not len(base):
            continue
        there = base.set_index("service_date")
        for scenario, days in alike[alike[over] != compare.baseline].groupby("scenario", sort=False):
            here = days.set_index("service_date")
            dates = here.index.intersection(there.index).sort_values()
            if len(dates):
                yield str(scenario), str(base["scenario"].iloc[0]), here.loc[dates], there.loc[dates]


def _columns(name: str, found: Interval) -> dict[str, float | None]:
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}

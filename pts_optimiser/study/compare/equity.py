"""Who waits and rides longest: by area, town or country, category, deprivation where it is given, and by patient."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pts_optimiser.study.figures.fairness import gini, in_worst_decile

LEAST_RIDES = 4
"""A patient with fewer rides in a scenario is not taken for one who comes again."""


def service_by(rides: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Journeys, share served, time aboard, detour, wait and missed targets of each group of rides of a scenario."""

    def rows() -> Iterator[dict[str, Any]]:
        for group, of_group in rides.groupby(["scenario", *columns], sort=False, observed=True):
            served = of_group[of_group["served"]]
            row = dict(zip(["scenario", *columns], group, strict=True)) | {"journeys": len(of_group)}
            row["rural_percent"] = 100 * of_group["rural"].mean()
            row["served_percent"] = 100 * len(served) / len(of_group)
            if len(served):
                driven = served[served["direct_s"] > 0]
                waits = served["wait_s"].dropna()
                row |= {
                    "aboard_mean_min": served["aboard_s"].mean() / 60,
                    "aboard_p90_min": served["aboard_s"].quantile(0.9) / 60,
                    "direct_mean_min": served["direct_s"].mean() / 60,
                    "detour_ratio_mean": (driven["aboard_s"] / driven["direct_s"]).mean(),
                    "wait_mean_min": waits.mean() / 60,
                    "wait_p90_min": waits.quantile(0.9) / 60,
                    "missed_target_percent": 100 * served["missed_target"].astype(bool).mean(),
                }
            yield row

    return pd.DataFrame(rows()).sort_values(["scenario", *columns], kind="stable", ignore_index=True)


def fairness(rides: pd.DataFrame) -> pd.DataFrame:
    """One row a scenario, over patients with at least four rides: the worst tenth, detours, first on and last off.

    ``worst_decile_percent_…``: a patient's rides among the longest tenth of all rides, the mean patient's and the 90th
    percentile over patients. ``detour_gini``: of the patients' mean detour ratios.
    """

    def rows() -> Iterator[dict[str, Any]]:
        for scenario, of_scenario in rides.groupby("scenario", sort=False):
            served = of_scenario[of_scenario["served"] & (of_scenario["direct_s"] > 0)]
            if not len(served):
                continue
            found = pd.DataFrame(
                {
                    "patient": served["patient"],
                    "worst": 100.0 * in_worst_decile(served["aboard_s"].to_numpy(np.float64)),
                    "detour": served["aboard_s"] / served["direct_s"],
                    "ends": 100.0 * served["first_on_last_off"].astype(bool),
                }
            )
            by_patient = found.groupby("patient").agg(
                rides=("worst", "size"), worst=("worst", "mean"), detour=("detour", "mean"), ends=("ends", "mean")
            )
            again = by_patient[by_patient["rides"] >= LEAST_RIDES]
            if not len(again):
                continue
            yield {
                "scenario": scenario,
                "patients": len(again),
                "rides": int(again["rides"].sum()),
                "worst_decile_percent_mean": again["worst"].mean(),
                "worst_decile_percent_p90": again["worst"].quantile(0.9),
                "detour_gini": gini(again["detour"].to_numpy(np.float64)),
                "first_on_last_off_percent_mean": again["ends"].mean(),
                "first_on_last_off_percent_p90": again["ends"].quantile(0.9),
            }

    return pd.DataFrame(rows())


def with_deprivation(rides: pd.DataFrame, areas: Path | None) -> pd.DataFrame:
    """The rides with a column ``deprivation`` from a CSV of ``area`` (postcode district) and ``deprivation``."""
    if areas is None:
        return rides
    known = pd.read_csv(areas, dtype={"area": str})[["area", "deprivation"]]
    return rides.merge(known, on="area", how="left")

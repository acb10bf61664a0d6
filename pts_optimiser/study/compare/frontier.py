"""How many vehicles for the same service: scenarios that differ in their fleet, and the least that is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pts_optimiser.study.scenario import DIMENSIONS

SERVED_PERCENT = 99.0


def frontier(figures: pd.DataFrame) -> pd.DataFrame:
    """One row a scenario that has others of another fleet and else the same: duties offered, and the service for them.

    ``least`` marks, of those alike, the smallest fleet that serves 99 % and meets as many standards as the largest.
    """
    others = [name for name in DIMENSIONS if name != "fleet"]

    def rows() -> Iterator[dict[str, Any]]:
        for _, alike in figures.groupby(others, sort=False, dropna=False):
            if alike["fleet"].nunique() < 2:
                continue
            by_fleet = alike.groupby(["fleet", "scenario"]).agg(
                days=("served", "size"),
                duties_offered=("duties_offered", "mean"),
                duties_used=("duties_used", "mean"),
                served=("served", "sum"),
                journeys=("journeys", "sum"),
                standards_met=("standards_met", "mean"),
                service_hours=("service_hours", "mean"),
                cost=("cost", "mean"),
            )
            table = by_fleet.reset_index()
            table["served_percent"] = 100 * table["served"] / table["journeys"]
            enough = (table["served_percent"] >= SERVED_PERCENT) & (
                table["standards_met"] >= table["standards_met"].iloc[-1]
            )
            table["least"] = False
            if enough.any():
                table.loc[enough.idxmax(), "least"] = True
            for name in ("distancing", "demand"):
                table[name] = alike[name].iloc[0]
            yield from table.drop(columns=["served", "journeys"]).to_dict("records")

    return pd.DataFrame(rows())

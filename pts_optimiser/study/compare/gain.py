"""What a way to plan saves at equal or better service: on the days on which it serves as much as the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pts_optimiser.reporting.intervals import Values, jackknife
from pts_optimiser.study.compare.side_by_side import pairs
from pts_optimiser.study.document import Comparison

EFFORT = {"driven_hours": "driven hours", "service_hours": "vehicle-hours", "paid_hours": "paid crew hours"}
WAYS = ("engine", "duties", "pooling", "budget")
"""Comparisons of ways to plan the same journeys, where less effort is a gain."""


def gains(figures: pd.DataFrame, compare: Comparison) -> pd.DataFrame:
    """One row a scenario × effort: the saving in percent of the baseline's, over its days of equal or better service.

    Such a day serves at least as many journeys and meets at least as many standards.
    """

    def rows() -> Iterator[dict[str, Any]]:
        for scenario, baseline, here, there in pairs(figures, compare):
            good = (here["served"] >= there["served"]) & (here["standards_met"] >= there["standards_met"])
            for effort in EFFORT:
                row = {"scenario": scenario, "baseline": baseline, "effort": effort, "days": len(here)}
                row |= {"days_as_good": int(good.sum()), "saved": None, "low": None, "high": None}
                if good.any():
                    found = jackknife(here[effort][good].to_numpy(), there[effort][good].to_numpy(), saving)
                    row |= {"saved": found.value, "low": found.low, "high": found.high}
                yield row

    return pd.DataFrame(rows()) if compare.over in WAYS else pd.DataFrame()


def saving(here: Values, there: Values) -> Values:
    """Percent: 100 · (1 − hours / the baseline's hours)."""
    return 100 * (1 - here / there)


def told(found: pd.DataFrame) -> list[str]:
    """One sentence a pair of scenarios."""
    sentences = []
    for (scenario, baseline), alike in found.groupby(["scenario", "baseline"], sort=False):
        days, good = int(alike["days"].iloc[0]), int(alike["days_as_good"].iloc[0])
        saved = "; ".join(_saved(row) for row in alike.to_dict("records") if good)
        sentences.append(
            f"{scenario} serves at least as many journeys as {baseline} and meets at least as many standards on {good}"
            f" of {days} days{'. Saved on them: ' if good else ''}{saved}."
        )
    return sentences


def _saved(row: dict[str, Any]) -> str:
    interval = "" if pd.isna(row["low"]) else f" ({row['low']:.1f} to {row['high']:.1f})"
    return f"{EFFORT[row['effort']]} {row['saved']:.1f} %{interval}"

"""The three readings of «reduced seat utilisation between 12 % - 36 %», always together and with their baseline.

A relative fall, a fall in percentage points, or a fall to that level: the sentence can mean any of them (the notes on
the strategy document, «ambiguity to carry into the benchmark»).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from pts_optimiser.reporting.intervals import Values, jackknife
from pts_optimiser.study.compare.side_by_side import pairs
from pts_optimiser.study.document import Comparison
from pts_optimiser.study.figures.day_row import UTILISATION

LEAST, MOST = 12.0, 36.0
SERVED = 99.0
"""«Close to 100 % of the activity»: below, a fall in utilisation is of another service."""


def relative_fall(distanced: Values, base: Values) -> Values:
    """Percent: 100 · (1 − U_dist / U_base)."""
    return 100 * (1 - distanced / base)


def fall_in_points(distanced: Values, base: Values) -> Values:
    """Percentage points: 100 · (U_base − U_dist)."""
    return 100 * (base - distanced)


def level(distanced: Values, base: Values) -> Values:  # noqa: ARG001  (the baseline is what the others need)
    """Percent: 100 · U_dist."""
    return 100 * distanced


READINGS: Mapping[str, Callable[[Values, Values], Values]] = {
    "relative": relative_fall,
    "points": fall_in_points,
    "level": level,
}


def readings(figures: pd.DataFrame, compare: Comparison) -> pd.DataFrame:
    """One row a distanced scenario × definition of utilisation × nominal or permitted seats × reading.

    ``inside`` is whether the whole interval lies from 12 to 36, ``served_percent`` what was served while it did. U5 has
    no seats and no level: only its relative fall is given.
    """

    def rows() -> Iterator[dict[str, Any]]:
        for scenario, baseline, here, there in pairs(figures, compare):
            served = float(100 * here["served"].sum() / here["journeys"].sum())
            for definition in UTILISATION:
                for seats, column in (("nominal", definition), ("permitted", f"{definition}_permitted")):
                    if definition == "U5" and seats == "permitted":
                        continue
                    one, other = here[column].to_numpy(np.float64), there[column].to_numpy(np.float64)
                    for reading, formula in READINGS.items():
                        if definition == "U5" and reading != "relative":
                            continue
                        found = jackknife(one, other, formula)
                        yield {
                            "scenario": scenario,
                            "baseline": baseline,
                            "days": len(here),
                            "definition": definition,
                            "seats": seats,
                            "reading": reading,
                            "baseline_mean": float(other.mean()),
                            "mean": float(one.mean()),
                            "value": found.value,
                            "low": found.low,
                            "high": found.high,
                            "inside": found.within(LEAST, MOST),
                            "served_percent": served,
                        }

    return pd.DataFrame(rows())

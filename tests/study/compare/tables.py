"""Tables of figures that can be worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

from pts_optimiser.study.compare.side_by_side import FIGURES
from pts_optimiser.study.figures.day_row import UTILISATION
from pts_optimiser.study.scenario import DIMENSIONS, Scenario


def day(scenario: Scenario, number: int, **figures: float) -> dict[str, object]:
    """A row of figures; what is not given is 1."""
    columns = dict.fromkeys((*FIGURES, *UTILISATION, *(f"{name}_permitted" for name in UTILISATION)), 1.0)
    row = {"scenario": scenario.name, "service_date": date(2026, 9, number)}
    row |= {name: getattr(scenario, name) for name in DIMENSIONS}
    return row | columns | {"journeys": 100.0, "served": 100.0, "duties_offered": 10.0} | figures


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows)

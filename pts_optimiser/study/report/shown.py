"""Which scenarios are shown where there is room for a few: more cannot be told apart. The tables have all."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

MOST = 8


def shown(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """The last baseline of those with most days and what is compared with it; else the first scenarios."""
    found = tables["differences"]
    if found.empty:
        return [str(name) for name in tables["figures"]["scenario"].unique()[:MOST]]
    whole = found[found["days"] == found["days"].max()]
    baseline = str(whole["baseline"].iloc[-1])
    return [baseline, *map(str, whole.loc[whole["baseline"] == baseline, "scenario"].unique())][:MOST]


def of_shown(table: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of those scenarios, one scenario after the other."""
    names = shown(tables)
    return pd.concat([table[table["scenario"] == name] for name in names]) if len(table) else table

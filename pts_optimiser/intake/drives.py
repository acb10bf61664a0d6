"""Known drives, to calibrate a road network by: where from, where to, how many minutes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.cells import number
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.places import coordinates
from pts_optimiser.intake.reading import Reading, reading
from pts_optimiser.intake.row import Row
from pts_optimiser.intake.table import read_table

COLUMNS = ("from_lat", "from_lon", "to_lat", "to_lon", "minutes")
MOST_MINUTES = 600

Drive = tuple[float, float, float, float, float]
"""The columns in their order."""


def read_drives(source: Path | bytes, policy: Policy) -> Reading[Drive]:
    """Read drives; every problem of every row is among the issues. Never raises for what the file holds."""
    table = read_table(source, "drives.csv", COLUMNS, COLUMNS)
    return reading(table, [(row, _drive(row, policy) if row.cells else None) for row in table.rows])


def drives_array(drives: Reading[Drive]) -> NDArray[np.float64]:
    """The drives as rows of an array [k, 5]."""
    return np.array(drives.items, np.float64).reshape(-1, len(COLUMNS))


def _drive(row: Row, policy: Policy) -> Drive | None:
    origin = coordinates(row, "from", policy.area)
    destination = coordinates(row, "to", policy.area)
    minutes = number(row, "minutes")
    if not row.get("minutes"):
        row.missing("minutes", "minutes is empty.", "give how long the drive takes between the rush hours.")
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        hint = "give the minutes of a drive between the rush hours."
        row.error(Code.BAD_NUMBER, "minutes", f"minutes is not between 0 and {MOST_MINUTES}.", hint)
    if origin is None or destination is None or minutes is None or row.bad:
        return None
    return (*origin, *destination, minutes)

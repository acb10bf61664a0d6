"""Known drives for a calibration."""

from __future__ import annotations

import numpy as np

from pts_optimiser.intake.drives import drives_array, read_drives
from pts_optimiser.intake.policy import load_policy

HEADER = "from_lat,from_lon,to_lat,to_lon,minutes\n"


def test_drives_become_rows_and_bad_ones_are_told() -> None:
    rows = "52.4,-1.9,52.5,-2.0,22.5\n52.4,,52.5,-2.0,20\n52.4,-1.9,52.5,-2.0,0\n52.4,-1.9,52.5,-2.0,fast\n"
    found = read_drives((HEADER + rows).encode(), load_policy())
    assert np.array_equal(drives_array(found), [[52.4, -1.9, 52.5, -2.0, 22.5]])
    assert [(issue.row, issue.column, issue.code) for issue in found.issues] == [
        (3, "from_lon", "missing_value"),
        (4, "minutes", "bad_number"),
        (5, "minutes", "bad_number"),
    ]


def test_no_minutes_is_a_missing_value() -> None:
    found = read_drives((HEADER + "52.4,-1.9,52.5,-2.0,\n").encode(), load_policy())
    assert [issue.code for issue in found.issues] == ["missing_value"]
    assert not found.items

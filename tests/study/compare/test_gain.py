from __future__ import annotations

import pytest

from pts_optimiser.study.compare.gain import gains, told
from pts_optimiser.study.document import Comparison
from pts_optimiser.study.scenario import Scenario

from .tables import day, table

DESK, SEARCH = Scenario("desk", engine="manual"), Scenario("search")
COMPARE = Comparison("engine", "manual")


def test_a_gain_is_over_the_days_of_equal_or_better_service() -> None:
    days = [day(DESK, n, driven_hours=100.0) for n in (1, 2, 3, 4)]
    days += [day(SEARCH, 1, driven_hours=80.0), day(SEARCH, 2, driven_hours=84.0)]
    days += [day(SEARCH, 3, driven_hours=10.0, served=90.0), day(SEARCH, 4, driven_hours=10.0, standards_met=0.0)]
    found = gains(table(*days), COMPARE)
    row = found.set_index("effort").loc["driven_hours"]
    assert (row["days"], row["days_as_good"], row["saved"]) == (4, 2, pytest.approx(18))
    assert row["low"] < 18 < row["high"]
    assert told(found)[0].startswith("search serves at least as many journeys as desk and meets at least as many")
    assert "on 2 of 4 days. Saved on them: driven hours 18.0 % (" in told(found)[0]


def test_without_such_a_day_there_is_no_gain() -> None:
    found = gains(table(day(DESK, 1), day(SEARCH, 1, served=90.0)), COMPARE)
    assert found["saved"].isna().all()
    assert told(found) == [
        "search serves at least as many journeys as desk and meets at least as many standards on 0 of 1 days."
    ]


def test_what_changes_the_service_is_no_gain() -> None:
    cap = Scenario("cap", distancing="cap", engine="manual")
    assert gains(table(day(DESK, 1), day(cap, 1)), Comparison("distancing", "off")).empty

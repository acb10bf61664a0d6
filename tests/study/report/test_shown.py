from __future__ import annotations

import pandas as pd

from pts_optimiser.study.compare.side_by_side import differences
from pts_optimiser.study.document import Comparison
from pts_optimiser.study.report.shown import of_shown, shown
from pts_optimiser.study.scenario import Scenario
from tests.study.compare.tables import day, table

OFF, CAP = Scenario("off"), Scenario("cap", distancing="cap")
OFF_LESS, CAP_LESS = Scenario("off 0.6", demand=0.6), Scenario("cap 0.6", distancing="cap", demand=0.6)
OFF_FEW, CAP_FEW = Scenario("off few", fleet=0.7), Scenario("cap few", distancing="cap", fleet=0.7)


def test_those_compared_with_the_last_baseline_of_most_days_are_shown() -> None:
    rows = [day(scenario, number) for scenario in (OFF_LESS, OFF, CAP_LESS, CAP) for number in (1, 2)]
    figures = table(*rows, day(OFF_FEW, 1), day(CAP_FEW, 1))
    tables = {"figures": figures, "differences": differences(figures, Comparison("distancing", "off"))}
    assert shown(tables) == ["off", "cap"]
    assert list(of_shown(figures, tables)["scenario"]) == ["off", "off", "cap", "cap"]


def test_without_a_comparison_the_first_ones_are() -> None:
    figures = table(*(day(Scenario(f"number {number}"), 1) for number in range(20)))
    assert shown({"figures": figures, "differences": pd.DataFrame()}) == [f"number {number}" for number in range(8)]
    assert of_shown(pd.DataFrame(), {"figures": figures, "differences": pd.DataFrame()}).empty

from __future__ import annotations

from pts_optimiser.study.compare.side_by_side import differences, means, pairs
from pts_optimiser.study.document import Comparison
from pts_optimiser.study.scenario import Scenario

from .tables import day, table

OFF, CAP = Scenario("off"), Scenario("cap", distancing="cap")
OFF_LESS, CAP_LESS = Scenario("off 0.6", demand=0.6), Scenario("cap 0.6", distancing="cap", demand=0.6)
COMPARE = Comparison("distancing", "off")


def test_scenarios_are_paired_with_the_baseline_that_is_else_alike() -> None:
    figures = table(*(day(s, n) for s in (OFF, CAP, OFF_LESS, CAP_LESS) for n in (1, 2)))
    assert [(one, other) for one, other, _, _ in pairs(figures, COMPARE)] == [("cap", "off"), ("cap 0.6", "off 0.6")]


def test_only_days_that_both_have_are_compared() -> None:
    figures = table(day(OFF, 1), day(OFF, 2), day(OFF, 3), day(CAP, 3), day(CAP, 2), day(CAP, 9))
    ((_, _, here, there),) = pairs(figures, COMPARE)
    assert list(here.index) == list(there.index) == sorted(here.index)
    assert len(here) == 2


def test_a_difference_is_of_the_same_days_and_in_percent_of_the_baseline() -> None:
    figures = table(
        day(OFF, 1, driven_hours=100.0), day(OFF, 2, driven_hours=200.0),
        day(CAP, 1, driven_hours=110.0), day(CAP, 2, driven_hours=220.0),
    )  # fmt: skip
    row = differences(figures, COMPARE).set_index("figure").loc["driven_hours"]
    assert (row["baseline_mean"], row["mean"], row["difference"]) == (150.0, 165.0, 15.0)
    assert round(row["percent"], 6) == round(row["percent_low"], 6) == round(row["percent_high"], 6) == 10


def test_days_without_a_figure_are_left_out_of_its_mean() -> None:
    figures = table(day(OFF, 1, wait_p90_min=30.0), day(OFF, 2, wait_p90_min=float("nan")))
    row = means(figures).set_index("figure").loc["wait_p90_min"]
    assert (row["mean"], row["days"]) == (30.0, 1)

"""Confidence intervals over days."""

from __future__ import annotations

import pytest

from pts_optimiser.simulation.intervals import Interval, interval, paired


def test_one_day_has_no_interval() -> None:
    assert interval([3.0]) == Interval(3.0, None)


def test_the_interval_is_students() -> None:
    found = interval([1.0, 2.0, 3.0])
    assert found.mean == 2.0
    assert found.half == pytest.approx(4.302653 / 3**0.5, rel=1e-6)


def test_paired_days_compare_more_sharply_than_each_by_itself() -> None:
    found = paired([11.0, 21.0, 31.0], [10.0, 20.0, 30.0])
    assert found.mean == 1.0
    assert found.half == pytest.approx(0.0)

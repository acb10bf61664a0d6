from __future__ import annotations

import numpy as np
import pytest

from pts_optimiser.study.figures.fairness import gini, in_worst_decile


def test_all_alike_is_no_inequality() -> None:
    assert gini(np.array([3.0, 3.0, 3.0])) == pytest.approx(0)


def test_one_who_has_all_of_four() -> None:
    assert gini(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(3 / 4)


def test_the_worst_decile_of_ten_rides_is_the_longest() -> None:
    assert in_worst_decile(np.arange(10.0)).tolist() == [False] * 9 + [True]

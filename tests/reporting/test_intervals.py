from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pts_optimiser.reporting.intervals import Interval, bootstrap, paired, t_interval


def test_the_t_interval_of_a_hand_worked_sample() -> None:
    found = t_interval(np.array([2.0, 4.0, 6.0]))  # mean 4, s 2, t(2, .975) = 4.3027
    assert found.value == 4.0
    assert found.high == pytest.approx(4 + 4.3027 * 2 / 3**0.5, abs=1e-3)
    assert found.low == pytest.approx(4 - 4.3027 * 2 / 3**0.5, abs=1e-3)


def test_one_day_has_no_interval() -> None:
    assert t_interval(np.array([7.0])) == Interval(7.0, None, None)
    assert bootstrap(np.array([1.0]), np.array([2.0]), lambda a, b: a / b) == Interval(0.5, None, None)
    assert not Interval(20.0, None, None).within(12, 36)


def test_pairing_takes_out_what_days_have_in_common() -> None:
    days = np.array([100.0, 300.0, 800.0])
    found = paired(days - 10, days)
    assert (found.value, found.low, found.high) == (-10.0, -10.0, -10.0)


def test_a_constant_ratio_is_certain_whatever_the_days() -> None:
    days = np.array([1.0, 5.0, 9.0, 30.0])
    found = bootstrap(0.8 * days, days, lambda a, b: 100 * (1 - a / b))
    assert found.low == pytest.approx(20) == found.high


@given(arrays(np.float64, st.integers(2, 30), elements=st.floats(0.1, 100)))
def test_the_bootstrap_holds_its_value_and_repeats(values: np.ndarray) -> None:
    one, two = (bootstrap(values, values[::-1].copy(), lambda a, b: a - b) for _ in range(2))
    assert one == two
    assert one.low <= one.value + 1e-9
    assert one.high >= one.value - 1e-9

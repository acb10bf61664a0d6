from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pts_optimiser.reporting.intervals import Interval, jackknife, paired, t_interval


def test_the_t_interval_of_a_hand_worked_sample() -> None:
    found = t_interval(np.array([2.0, 4.0, 6.0]))  # mean 4, s 2, t(2, .975) = 4.3027
    assert found.value == 4.0
    assert found.high == pytest.approx(4 + 4.3027 * 2 / 3**0.5, abs=1e-3)
    assert found.low == pytest.approx(4 - 4.3027 * 2 / 3**0.5, abs=1e-3)


def test_one_day_has_no_interval() -> None:
    assert t_interval(np.array([7.0])) == Interval(7.0, None, None)
    assert jackknife(np.array([1.0]), np.array([2.0]), lambda a, b: a / b) == Interval(0.5, None, None)
    assert not Interval(20.0, None, None).within(12, 36)


def test_pairing_takes_out_what_days_have_in_common() -> None:
    days = np.array([100.0, 300.0, 800.0])
    found = paired(days - 10, days)
    assert (found.value, found.low, found.high) == (-10.0, -10.0, -10.0)


def test_a_constant_ratio_is_certain_whatever_the_days() -> None:
    days = np.array([1.0, 5.0, 9.0, 30.0])
    found = jackknife(0.8 * days, days, lambda a, b: 100 * (1 - a / b))
    assert found.low == pytest.approx(20) == found.high


@given(arrays(np.float64, st.integers(2, 30), elements=st.floats(0.1, 100)))
def test_of_a_difference_the_jackknife_is_the_paired_t_interval(values: np.ndarray) -> None:
    others = values[::-1].copy()
    found, known = jackknife(values, others, lambda a, b: a - b), paired(values, others)
    assert (found.value, found.low, found.high) == pytest.approx((known.value, known.low, known.high), abs=1e-6)


@pytest.mark.parametrize("days", [3, 5, 9, 20])
@pytest.mark.parametrize("spread", [0.05, 0.4])
def test_intervals_of_ratios_hold_the_truth_in_95_of_100_studies(days: int, spread: float) -> None:
    chance, studies, held = np.random.default_rng(8), 2_000, 0
    for _ in range(studies):
        base = np.exp(chance.normal(0, spread, days))
        with_it = 0.8 * base * np.exp(chance.normal(0, spread / 2, days) - spread**2 / 8)  # 0.8 of the mean
        found = jackknife(with_it, base, lambda a, b: 100 * (1 - a / b))
        held += found.low <= 20 <= found.high
    assert 0.92 <= held / studies <= 0.97

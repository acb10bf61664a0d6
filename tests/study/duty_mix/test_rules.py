from __future__ import annotations

import pytest

from pts_optimiser.study.duty_mix.rules import SLOTS, Rules, Shift, shifts


def test_a_shift_works_from_its_start_to_its_end_less_its_break_spread_over_when_it_may_be() -> None:
    eight = Shift(390, 870)  # 06:30 to 14:30: the break is somewhere from 09:30 to 13:00
    percent = [eight.available(slot) for slot in range(SLOTS)]
    assert percent == [0] * 13 + [100] * 6 + [86] * 7 + [100] * 3 + [0] * 31
    assert sum(percent) / 200 == pytest.approx(7.5, abs=0.02)
    assert eight.paid_min == 450


def test_a_short_shift_has_no_break() -> None:
    six = Shift(600, 960)
    assert (six.paid_min, six.available(26)) == (360, 100)


def test_half_a_slot_counts_half() -> None:
    assert Shift(615, 900).available(20) == 50


def test_every_start_goes_with_every_length_that_ends_by_six() -> None:
    rules = Rules(lengths_h=(8, 10), starts=(360, 1320))
    assert shifts(rules) == (Shift(360, 840), Shift(360, 960), Shift(1320, 1800))

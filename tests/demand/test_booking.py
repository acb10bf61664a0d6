import numpy as np
import pytest

from pts_optimiser.demand.booking import EARLIEST_SAME_DAY, book_ahead, choose_same_day, same_day_lead
from pts_optimiser.demand.calibration import PLAN_CUT_OFF


def test_bookings_ahead_are_made_in_office_hours_before_the_cut_off() -> None:
    minutes = book_ahead(np.random.default_rng(1), 5_000)
    assert minutes.max() < PLAN_CUT_OFF
    assert set(minutes % 1440 // 60) == set(range(8, 18))


def test_bookings_ahead_keep_their_lead_times() -> None:
    days = -(book_ahead(np.random.default_rng(1), 20_000) // 1440)
    assert np.mean(days == 1) == pytest.approx(0.10, abs=0.02)
    assert np.mean((days >= 2) & (days <= 7)) == pytest.approx(0.15, abs=0.02)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3])
def test_the_share_of_same_day_bookings_is_of_all_but_falls_on_the_late_enough(share: float) -> None:
    appointments = [420, 700] * 5_000
    late = choose_same_day(np.random.default_rng(1), appointments, share)
    assert late.mean() == pytest.approx(share, abs=0.02)
    assert all(minute >= EARLIEST_SAME_DAY for minute, chosen in zip(appointments, late, strict=True) if chosen)


def test_nobody_late_enough_means_no_same_day_booking() -> None:
    assert not choose_same_day(np.random.default_rng(1), [420, 500], 0.5).any()
    assert len(choose_same_day(np.random.default_rng(1), [], 0.5)) == 0


def test_same_day_bookings_leave_time_to_fetch_the_patient() -> None:
    lead = same_day_lead(np.random.default_rng(1), 1_000)
    assert lead.min() >= 150
    assert lead.max() <= 240

import numpy as np
import pytest

from pts_optimiser.demand.attendance import Attendance
from pts_optimiser.demand.readiness import LATEST, really_ready
from pts_optimiser.demand.renal import renal_population
from pts_optimiser.domain.journey import Category

SOMEBODY = renal_population(1, scale=0.01)[0]


def slips(category: Category, ready: int = 800, booked: int = -5_000) -> np.ndarray:
    who = Attendance(SOMEBODY.patient, category, SOMEBODY.unit, None, ready, booked)
    rng = np.random.default_rng(1)
    return np.array([really_ready(rng, who) - ready for _ in range(4_000)])


def test_a_third_of_discharges_slip_by_an_hour_or_so_and_most_others_do_not() -> None:
    assert np.mean(slips(Category.DISCHARGE) > 16) == pytest.approx(0.35 * np.exp(-16 / 50), abs=0.03)
    assert np.mean(slips(Category.RENAL) > 16) < 0.10
    assert np.abs(np.median(slips(Category.RENAL))) <= 2


def test_nobody_slips_past_the_end_of_the_evening() -> None:
    assert slips(Category.DISCHARGE, ready=LATEST - 20).max() == 20
    assert slips(Category.RENAL, ready=LATEST + 5).max() <= 0


def test_nobody_is_ready_before_the_booking() -> None:
    assert slips(Category.DISCHARGE, ready=800, booked=798).min() >= 3

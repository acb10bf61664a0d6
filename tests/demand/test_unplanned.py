import numpy as np
import pytest

from pts_optimiser.demand.attendance import Attendance
from pts_optimiser.demand.calibration import SPECIAL_HOURS
from pts_optimiser.demand.unplanned import unplanned_attendances
from pts_optimiser.domain.journey import Category, Direction
from tests.demand.generated import TUESDAY


def made(category: Category) -> list[Attendance]:
    return [each for seed in range(1, 5) for each in unplanned_attendances(category, TUESDAY, seed)]


def test_discharges_are_one_way_out_and_ready_about_a_quarter_to_three() -> None:
    discharges = made(Category.DISCHARGE)
    ready = np.array([each.ready for each in discharges])
    assert all(each.directions() == (Direction.OUTWARD,) for each in discharges)
    assert np.mean(ready) == pytest.approx(885, abs=20)
    assert ready.min() >= 480
    assert ready.max() <= 1320


def test_wards_release_stretcher_patients_while_stretcher_vehicles_are_out() -> None:
    special = [each for each in made(Category.DISCHARGE) if each.patient.needs_special_vehicle]
    assert max(each.ready or 0 for each in special) <= SPECIAL_HOURS[1]


def test_discharges_booked_on_the_day_give_about_three_hours_notice() -> None:
    notice = [(each.ready or 0) - each.booked for each in made(Category.DISCHARGE) if each.same_day]
    assert min(notice) >= 30
    assert np.median(notice) == pytest.approx(180, abs=25)


def test_hdu_patients_are_due_60_120_or_240_minutes_after_the_call() -> None:
    urgent = made(Category.HDU)
    response = np.array([(each.appointment or 0) - each.booked for each in urgent])
    assert set(response) == {60, 120, 240}
    assert np.mean(response == 120) == pytest.approx(0.60, abs=0.1)
    assert {each.patient.mobility for each in urgent} == {"stretcher", "hdu"}
    assert all(600 <= each.booked <= 1140 and each.ready is None for each in urgent)


def test_transfers_join_two_different_sites_for_an_appointment_or_when_ready() -> None:
    transfers = made(Category.TRANSFER)
    assert all(each.origin is not None and each.origin != each.site for each in transfers)
    assert all((each.appointment is None) != (each.ready is None) for each in transfers)
    assert {each.directions() for each in transfers} == {(Direction.TRANSFER,)}


def test_admissions_are_one_way_in() -> None:
    assert {each.directions() for each in made(Category.ADMISSION)} == {(Direction.INWARD,)}


@pytest.mark.parametrize("category", [Category.DISCHARGE, Category.ADMISSION, Category.TRANSFER, Category.HDU])
def test_nothing_is_booked_after_it_is_due(category: Category) -> None:
    assert all(each.booked < (each.appointment or each.ready or 0) for each in made(category))

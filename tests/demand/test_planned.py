import numpy as np
import pytest

from pts_optimiser.demand.attendance import Attendance
from pts_optimiser.demand.calibration import SPECIAL_HOURS
from pts_optimiser.demand.planned import LAST_READY, planned_attendances
from pts_optimiser.domain.journey import Category, Direction
from tests.demand.generated import TUESDAY

PLANNED = (Category.OUTPATIENT, Category.ONCOLOGY, Category.DAY_CASE)


def made(category: Category) -> list[Attendance]:
    return [each for seed in (1, 2, 3) for each in planned_attendances(category, TUESDAY, seed)]


@pytest.mark.parametrize("category", PLANNED)
def test_all_are_pairs_on_a_five_minute_grid_and_home_in_time(category: Category) -> None:
    for each in made(category):
        assert each.directions() == (Direction.INWARD, Direction.OUTWARD)
        assert each.appointment is not None
        assert each.ready is not None
        assert each.appointment % 5 == each.ready % 5 == 0
        assert each.appointment + 15 <= each.ready <= LAST_READY
        if each.patient.needs_special_vehicle:
            assert SPECIAL_HOURS[0] <= each.appointment < each.ready <= SPECIAL_HOURS[1]


def test_outpatients_come_in_the_morning_and_the_afternoon_and_stay_75_minutes() -> None:
    visits = made(Category.OUTPATIENT)
    morning = np.mean([540 <= (each.appointment or 0) <= 720 for each in visits])
    afternoon = np.mean([795 <= (each.appointment or 0) <= 990 for each in visits])
    stay = [(each.ready or 0) - (each.appointment or 0) for each in visits]
    assert morning == pytest.approx(0.58, abs=0.04)
    assert afternoon == pytest.approx(0.37, abs=0.04)
    assert np.median(stay) == pytest.approx(75, abs=6)
    assert np.percentile(stay, 90) == pytest.approx(170, abs=15)


def test_chemotherapy_takes_hours_and_radiotherapy_45_minutes() -> None:
    stay = np.array([(each.ready or 0) - (each.appointment or 0) for each in made(Category.ONCOLOGY)])
    assert np.mean(stay == 45) == pytest.approx(0.4, abs=0.06)
    assert np.median(stay[stay != 45]) == pytest.approx(210, abs=20)

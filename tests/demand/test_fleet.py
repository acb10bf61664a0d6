from collections import Counter
from datetime import date

import pytest

from pts_optimiser.demand.fleet import FLEET, MIX, VEHICLE_TYPES, duties_of, duty_count
from pts_optimiser.demand.homes import duty_shares
from pts_optimiser.demand.wall import DayKind
from pts_optimiser.domain.duty import Duty
from tests.demand.generated import SATURDAY, SEEDS, SUNDAY, TUESDAY

WEEKDAY_DUTIES = duties_of(TUESDAY, 1)
BASES = {"Erdington": 0, "Hollymoor": 0, "Oldbury": 1, "Dudley": 2, "Willenhall": 2, "Coventry": 3, "Warwick": 3}


def hours(duty: Duty) -> float:
    return (duty.end_at - duty.start_at).total_seconds() / 3600


@pytest.mark.parametrize(("service_date", "count"), [(TUESDAY, 290), (SATURDAY, 180), (SUNDAY, 50)])
def test_each_kind_of_day_has_its_number_of_duties(service_date: date, count: int) -> None:
    assert len(duties_of(service_date, 1)) == count


def test_a_bank_holiday_on_which_dialysis_runs_is_staffed_as_a_saturday() -> None:
    assert len(duties_of(date(2026, 5, 25), 1)) == 180


@pytest.mark.parametrize(("scale", "count"), [(0.1, 290), (1.0, 290), (1.05, 290), (1.13, 328), (2.0, FLEET)])
def test_duties_grow_with_demand_only_beyond_what_the_usual_day_meets(scale: float, count: int) -> None:
    assert duty_count(DayKind.WEEKDAY, scale) == count
    assert len(duties_of(TUESDAY, 1, scale)) == count


def test_vehicle_types_keep_the_mix() -> None:
    types = Counter(duty.vehicle_type for duty in WEEKDAY_DUTIES)
    for vehicle_type, share in zip(VEHICLE_TYPES, MIX[DayKind.WEEKDAY], strict=True):
        assert types[vehicle_type] == pytest.approx(290 * share, abs=1.5)


def test_contracts_keep_their_share_of_the_duties() -> None:
    contracts = list(duty_shares())
    counts = Counter(contracts[BASES.get(duty.base, 4)] for duty in WEEKDAY_DUTIES)
    for contract, share in duty_shares().items():
        assert counts[contract] == pytest.approx(290 * share, abs=4)


def test_42_in_100_are_double_crewed_among_them_all_with_stretchers() -> None:
    assert sum(duty.crew == 2 for duty in WEEKDAY_DUTIES) / 290 == pytest.approx(0.42, abs=0.01)
    for duty in WEEKDAY_DUTIES:
        if duty.vehicle_type in {"stretcher_pts", "bariatric", "hdu"}:
            assert duty.crew == 2
        assert not (duty.vehicle_type == "car" and duty.crew == 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_vehicle_has_two_duties_and_no_duty_two_names(seed: int) -> None:
    duties = duties_of(TUESDAY, seed)
    assert len({duty.vehicle_id for duty in duties}) == len({duty.duty_id for duty in duties}) == 290


@pytest.mark.parametrize("seed", SEEDS)
def test_about_one_in_ten_is_electric_a_car_or_a_small_vehicle_with_170_km(seed: int) -> None:
    electric = [duty for duty in duties_of(TUESDAY, seed) if duty.energy == "electric"]
    assert 0.06 <= len(electric) / 290 <= 0.14
    assert {duty.range_km for duty in electric} == {170.0}
    assert {duty.vehicle_type for duty in electric} <= {"car", "small_pts"}


def test_skills_are_those_of_the_vehicle_and_oxygen_with_every_double_crew() -> None:
    for duty in WEEKDAY_DUTIES:
        assert duty.skills <= {"oxygen", "hdu", "bariatric"}
        assert ("hdu" in duty.skills) == (duty.vehicle_type == "hdu")
        assert duty.crew == 1 or "oxygen" in duty.skills
        assert duty.contracts == frozenset()


def test_every_shift_that_needs_a_break_has_one_and_some_nights_end_next_day() -> None:
    assert all(duty.rest is not None for duty in WEEKDAY_DUTIES if hours(duty) > 6)
    nights = [duty for duty in WEEKDAY_DUTIES if duty.end_at.date() > TUESDAY and duty.start_at.hour == 22]
    assert 10 <= len(nights) <= 18


def test_a_night_duty_is_an_hour_shorter_or_longer_when_the_clocks_change() -> None:
    lengths = {
        service_date: {
            (duty.end_at.timestamp() - duty.start_at.timestamp()) / 3600
            for duty in duties_of(service_date, 1)
            if duty.start_at.hour == 22
        }
        for service_date in (date(2026, 3, 28), date(2026, 10, 24))
    }
    assert lengths == {date(2026, 3, 28): {7.0}, date(2026, 10, 24): {9.0}}


def test_the_roster_is_the_same_for_the_same_seed_and_rotates_vehicles_for_another() -> None:
    assert duties_of(TUESDAY, 1) == WEEKDAY_DUTIES
    other = duties_of(TUESDAY, 2)
    assert [d.vehicle_id for d in other] != [d.vehicle_id for d in WEEKDAY_DUTIES]
    assert [(d.base, d.start_at) for d in other] == [(d.base, d.start_at) for d in WEEKDAY_DUTIES]

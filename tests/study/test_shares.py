from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pts_optimiser.study.shares import share_of, thinned
from tests.days import small_day

DAY = small_day(share=10)
FACTORS = st.floats(0.05, 2.5)


@given(FACTORS, FACTORS)
def test_a_smaller_fleet_is_part_of_a_larger_one(one: float, other: float) -> None:
    few, many = (set(share_of(DAY.duties, factor)) for factor in sorted((one, other)))
    assert few <= many


@given(FACTORS)
def test_the_fleet_has_about_the_factor_of_every_type(factor: float) -> None:
    before = Counter(duty.vehicle_type for duty in DAY.duties)
    after = Counter(duty.vehicle_type for duty in share_of(DAY.duties, factor))
    assert all(abs(after[kind] - factor * before[kind]) <= 3 for kind in before)


def test_doubled_duties_have_names_and_vehicles_of_their_own() -> None:
    doubled = share_of(DAY.duties, 2.0)
    assert len({duty.duty_id for duty in doubled}) == len({duty.vehicle_id for duty in doubled}) == 2 * len(DAY.duties)


def test_the_whole_fleet_is_left_as_it_is() -> None:
    assert share_of(DAY.duties, 1.0) == DAY.duties


def test_thinner_demand_keeps_whole_attendances_and_every_category_in_proportion() -> None:
    kept = thinned(DAY.journeys, 0.6)
    named = {j.attendance_id for j in kept if j.attendance_id}
    assert [j for j in DAY.journeys if j.attendance_id in named] == [j for j in kept if j.attendance_id]
    before, after = (
        Counter({(j.category, j.attendance_id or j.journey_id): 1 for j in journeys})
        for journeys in (DAY.journeys, kept)
    )
    for category in {j.category for j in DAY.journeys}:
        count = sum(1 for name, _ in before if name == category)
        assert sum(1 for name, _ in after if name == category) == round(0.6 * count)


def test_less_demand_is_part_of_more() -> None:
    assert set(thinned(DAY.journeys, 0.3)) < set(thinned(DAY.journeys, 0.6)) < set(DAY.journeys)

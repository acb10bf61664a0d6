"""The small roster of ``tests/reporting/small.py`` in July: kilometres × 0.30 kWh × (1 + 2 % a person aboard)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pts_optimiser.domain.roster import RosteredDuty, StopKind
from pts_optimiser.study.energy.charge import Charged, charge, charge_day, charge_duty
from pts_optimiser.study.energy.consumption import VAN, Electric
from tests.reporting import small

A, B, UNUSED = small.roster().duties
# 6 km empty, 3 km with two, 12 km with three, 12 km with one, 6 km empty
A_KWH = 0.3 * (6 + 3 * 1.04 + 12 * 1.06 + 12 * 1.02 + 6)
B_KWH = 0.3 * (12 + 11 * 1.02 + 6)


def later(duty: RosteredDuty, by: timedelta, first: int = 0) -> RosteredDuty:
    """The duty with its stops from ``first`` on put off."""
    moved = [
        replace(stop, arrive_at=stop.arrive_at + by, begin_at=stop.begin_at + by, depart_at=stop.depart_at + by)
        for stop in duty.stops[first:]
    ]
    return replace(duty, stops=(*duty.stops[:first], *moved))


def waiting_for_j3() -> RosteredDuty:
    """A, whose last patient is ready at 13:10: from the break's end at 10:30 two hours at base are left."""
    late = later(A, timedelta(minutes=145), first=6)
    waits = replace(late.stops[6], arrive_at=A.stops[6].arrive_at)
    return replace(late, stops=(*late.stops[:6], waits, *late.stops[7:]))


def test_the_battery_falls_stop_by_stop() -> None:
    found = charge_duty(A, small.travel(), VAN, 68)
    falls = [1.8, 0.936, 3.816, 0, 0, 0, 3.672, 1.8]
    assert [level.kwh for level in found.levels] == pytest.approx([68 - sum(falls[:n]) for n in range(9)])
    assert found.used_kwh == pytest.approx(A_KWH)
    assert (found.charged_kwh, found.detour_m, found.shortfall_kwh) == (0, 0, 0)


def test_a_break_at_base_charges_until_the_battery_is_full() -> None:
    at_base = [
        replace(stop, location=small.BASE) if stop.kind is StopKind.BREAK else stop for stop in A.stops
    ]  # the break lasts from 08:24 to 10:30
    duty = replace(A, stops=tuple(at_base))
    full = charge_duty(duty, small.travel(), VAN, 68)
    assert full.charged_kwh == pytest.approx(1.8 + 0.936 + 3.816)
    slow = charge_duty(duty, small.travel(), Electric(charger_kw=2), 68)
    assert slow.charged_kwh == pytest.approx(2 * (126 - 5) / 60)
    assert slow.levels[-1].kwh == pytest.approx(68 - A_KWH + slow.charged_kwh)


def test_what_is_missing_is_what_the_battery_would_have_had_to_hold_more() -> None:
    found = charge_duty(A, small.travel(), Electric(battery_kwh=8), 8)
    assert found.detour_m == 0  # a quarter of an hour before the last patient is too short for the way
    assert found.shortfall_kwh == pytest.approx(A_KWH - 8)


def test_one_that_would_run_short_charges_at_base_between_runs() -> None:
    found = charge_duty(waiting_for_j3(), small.travel(), Electric(battery_kwh=11), 11)
    at_base = 11 - 0.3 * (6 + 3 * 1.04 + 12 * 1.06) - 0.3 * 12
    assert found.detour_m == 24_000  # from the hospital to the base and back, where it would have stood
    assert found.charged_kwh == pytest.approx(11 - at_base)
    assert found.used_kwh == pytest.approx(A_KWH + 0.3 * 24)
    assert found.shortfall_kwh == 0
    assert found.levels[-1].kwh == pytest.approx(11 - 3.6 - 3.672 - 1.8)
    leaves = next(level for level in found.levels if level.kwh == pytest.approx(11) and level.at > A.stops[5].depart_at)
    assert leaves.at == small.at(12, 50)


def test_one_that_gets_home_without_makes_no_detour() -> None:
    assert charge_duty(waiting_for_j3(), small.travel(), VAN, 68).detour_m == 0


@pytest.mark.parametrize(
    ("kwh", "stands_s", "taken"), [(0, 599, 0), (0, 3900, 17), (60, 3900, 8), (68, 3900, 0), (-2, 36_000, 70)]
)
def test_charging_takes_time_and_ends_when_full(kwh: float, stands_s: int, taken: float) -> None:
    assert charge(VAN, kwh, stands_s) == pytest.approx(taken)


def test_a_vehicles_second_duty_starts_with_what_it_had_and_could_take_in_between() -> None:
    second = replace(later(B, timedelta(hours=4)), vehicle_id=A.vehicle_id)  # A is home at 11:20, this leaves at 12:00
    found = {duty.duty_id: duty for duty in charge_day([second, A, UNUSED], small.travel())}
    assert found["B"].levels[0].kwh == pytest.approx(68 - A_KWH + 17 * 35 / 60)
    assert set(found) == {"A", "B"}


def test_vehicles_of_their_own_start_full() -> None:
    found: list[Charged] = charge_day([A, B], small.travel())
    assert [duty.levels[0].kwh for duty in found] == [68, 68]
    assert [duty.used_kwh for duty in found] == pytest.approx([A_KWH, B_KWH])

from __future__ import annotations

import pytest

from pts_optimiser.domain.roster import Aboard
from pts_optimiser.study.energy.consumption import VAN, electric_of


def test_a_full_van_in_winter_uses_the_most_of_what_is_known_and_gets_as_far_as_the_one_on_trial() -> None:
    winter = VAN.drive_kwh(1000, 1, Aboard(6, 6))
    assert winter == pytest.approx(0.30 * 1.2 * 1.12)
    assert VAN.battery_kwh / winter == pytest.approx(170, rel=0.02)
    assert VAN.battery_kwh / VAN.charger_kw == 4


def test_season_load_and_kind_of_vehicle_each_count() -> None:
    assert VAN.drive_kwh(10_000, 7, Aboard()) == pytest.approx(3)
    assert VAN.drive_kwh(10_000, 1, Aboard()) == pytest.approx(3.6)
    assert VAN.drive_kwh(10_000, 7, Aboard(3, 2, 1, 1)) == pytest.approx(3 * 1.08)
    assert electric_of("car").drive_kwh(10_000, 7, Aboard()) == pytest.approx(1.8)

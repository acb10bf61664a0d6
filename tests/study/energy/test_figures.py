"""Of the small roster B runs on electricity (29 km), A does not (39 km × 0.26 kg)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pts_optimiser.study.energy.figures import energy_figures
from tests.reporting import small
from tests.study.energy.test_charge import A_KWH, B_KWH

ROSTER, DUTIES, POLICY = small.roster(), small.duties(), small.policy()


def test_a_duty_counts_by_its_own_energy() -> None:
    found = energy_figures(ROSTER.duties, DUTIES, POLICY, small.travel())
    assert found["electric_duties"] == 1
    assert found["electric_km"] == 29
    assert found["electric_kwh"] == pytest.approx(B_KWH)
    assert found["electric_kwh_per_km"] == pytest.approx(B_KWH / 29, abs=1e-4)
    assert found["co2e_kg"] == pytest.approx(39 * 0.26 + B_KWH * 0.205)
    assert found["co2e_per_journey_kg"] == pytest.approx((39 * 0.26 + B_KWH * 0.205) / 4, abs=1e-4)
    assert (found["duties_short"], found["electric_possible_percent"]) == (0, 100)


def test_an_electric_duty_of_a_diesel_type_emits_what_it_charges() -> None:
    all_electric = [replace(duty, energy="electric") for duty in DUTIES]
    found = energy_figures(ROSTER.duties, all_electric, POLICY, small.travel())
    assert found["co2e_kg"] == pytest.approx((A_KWH + B_KWH) * 0.205)
    assert found["electric_km"] == 68


def test_without_electric_duties_there_is_nothing_to_charge() -> None:
    found = energy_figures(ROSTER.duties, [replace(duty, energy="diesel") for duty in DUTIES], POLICY, small.travel())
    assert (found["electric_kwh"], found["electric_kwh_per_km"], found["duties_short"]) == (0, None, 0)
    assert found["electric_possible_percent"] == 100


def test_a_duty_that_runs_short_is_counted_with_what_it_lacks() -> None:
    far = [
        replace(duty, stops=tuple(replace(stop, travel_m=10 * stop.travel_m) for stop in duty.stops))
        for duty in ROSTER.duties
    ]
    found = energy_figures(far, DUTIES, POLICY, small.travel())
    assert found["duties_short"] == 1
    assert found["shortfall_kwh"] == pytest.approx(10 * B_KWH - 68)
    assert found["electric_possible_percent"] == 0

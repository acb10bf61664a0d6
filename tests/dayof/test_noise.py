from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from pts_optimiser.dayof.noise import CALM, MINUTE, SLOT_S, DayNoise, Draws, Noise, slot, spread, stop_name
from pts_optimiser.demand.readiness import really_ready
from pts_optimiser.domain.journey import Category
from pts_optimiser.domain.roster import StopKind

NOISE = Noise()
SAMPLES = 2000
STOPS = [stop_name(StopKind.PICKUP, f"J{number}") for number in range(300)]


@pytest.fixture(scope="module")
def draws() -> Draws:
    return Draws(NOISE, 7, SAMPLES)


def drives(draws: Draws) -> np.ndarray:
    """Factors of one drive on each of 300 duties through the day, [duties, samples]."""
    return np.array(
        [draws.drive(stop) * draws.duty(f"D{at}") * draws.region(slot(at % 24 * 3600)) for at, stop in enumerate(STOPS)]
    )


def test_a_calm_day_goes_as_planned() -> None:
    day, draws = DayNoise(CALM, 3), Draws(CALM, 3, 50)
    assert day.drive_factor("D1", "pickup J1", 30_000) == day.dwell_factor("pickup J1") == 1
    assert day.slip_s("J1", Category.DISCHARGE) == 0
    assert (draws.drive("pickup J1") * draws.duty("D1") * draws.region(3) == 1).all()
    assert (draws.dwell("pickup J1") == 1).all()
    assert (draws.slip_s("J1", Category.DISCHARGE) == 0).all()


def test_drives_and_dwells_have_the_spread_of_the_notes_round_the_plan(draws: Draws) -> None:
    dwells = np.array([draws.dwell(stop) for stop in STOPS])
    for found, cv in ((drives(draws), 0.18), (dwells, 0.5)):
        assert np.median(found) == pytest.approx(1, abs=0.01)
        assert found.std() / found.mean() == pytest.approx(cv, rel=0.03)


@pytest.mark.parametrize("cv", [0.01, 0.18, 0.5, 2.0])
def test_a_spread_is_that_of_the_lognormal_with_its_coefficient_of_variation(cv: float) -> None:
    assert np.sqrt(np.expm1(spread(cv) ** 2)) == pytest.approx(cv)


def test_one_day_and_many_days_are_drawn_from_the_same_distributions(draws: Draws) -> None:
    days = [DayNoise(NOISE, seed) for seed in range(1500)]
    at = 9 * 3600
    pairs = [
        (
            [day.drive_factor("D5", STOPS[1], at) for day in days],
            draws.drive(STOPS[1]) * draws.duty("D5") * draws.region(slot(at)),
        ),
        ([day.dwell_factor(STOPS[1]) for day in days], draws.dwell(STOPS[1])),
        ([day.slip_s("J1", Category.DISCHARGE) for day in days], draws.slip_s("J1", Category.DISCHARGE)),
    ]
    for one, many in pairs:
        for quantile in (0.1, 0.5, 0.9):
            assert (np.array(one) < np.quantile(many, quantile)).mean() == pytest.approx(quantile, abs=0.05)


def test_drives_of_a_duty_share_its_share_and_all_share_the_regions(draws: Draws) -> None:
    def log(stop: str, duty: str, hour: float) -> np.ndarray:
        return np.log(draws.drive(stop) * draws.duty(duty) * draws.region(slot(hour * 3600)))

    def correlation(*things: tuple[str, str, float]) -> float:
        return float(np.corrcoef(log(*things[0]), log(*things[1]))[0, 1])

    pairs = [(f"D{number}", one, other) for number, (one, other) in enumerate(pairwise(STOPS))]
    same_duty = np.mean([correlation((one, duty, 8), (other, duty, 8)) for duty, one, other in pairs])
    other_duty = np.mean([correlation((one, "E", 8), (other, duty, 8)) for duty, one, other in pairs])
    hours_later = np.mean([correlation((one, "E", 8), (other, duty, 16)) for duty, one, other in pairs])
    assert same_duty == pytest.approx(NOISE.region_share + NOISE.duty_share, abs=0.04)
    assert other_duty == pytest.approx(NOISE.region_share, abs=0.04)
    assert hours_later == pytest.approx(0, abs=0.04)


def test_the_regions_traffic_fades_by_its_memory(draws: Draws) -> None:
    apart = round(NOISE.region_memory_s / SLOT_S)
    found = np.mean([np.corrcoef(np.log(draws.region(at)), np.log(draws.region(at + apart)))[0, 1] for at in range(40)])
    assert found == pytest.approx(np.exp(-1), abs=0.05)


def test_things_are_drawn_by_name_and_seed_not_by_turn(draws: Draws) -> None:
    first = draws.dwell(STOPS[0]).copy()
    again = Draws(NOISE, 7, SAMPLES)
    again.drive("anything else")
    again.slip_s("J9", Category.RENAL)
    assert (again.dwell(STOPS[0]) == first).all()
    assert (Draws(NOISE, 8, SAMPLES).dwell(STOPS[0]) != first).any()
    assert abs(np.corrcoef(first, draws.dwell(STOPS[1]))[0, 1]) < 0.1
    day = DayNoise(NOISE, 7)
    assert day.dwell_factor(STOPS[0]) == DayNoise(NOISE, 7).dwell_factor(STOPS[0])
    assert day.dwell_factor(STOPS[0]) != DayNoise(NOISE, 8).dwell_factor(STOPS[0])


@pytest.mark.parametrize("category", [Category.DISCHARGE, Category.RENAL])
def test_patients_are_ready_as_in_the_generated_days(draws: Draws, category: Category) -> None:
    attendance = cast("Any", SimpleNamespace(ready=720, category=category, booked=0, appointment=None))
    rng = np.random.default_rng(1)
    generated = [really_ready(rng, attendance) - 720 for _ in range(6000)]
    sampled = np.concatenate([draws.slip_s(f"J{number}", category) for number in range(20)]) / MINUTE
    for quantile in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert np.quantile(sampled, quantile) == pytest.approx(np.quantile(generated, quantile), abs=5)
    for minutes in (0, 15, 60, 120):
        assert (sampled > minutes).mean() == pytest.approx(np.mean(np.array(generated) > minutes), abs=0.03)


def test_a_moment_after_the_service_day_meets_the_traffic_of_its_last_half_hour() -> None:
    assert slot(-5) == 0
    assert slot(1_000_000) == slot(30 * 3600 - 1)

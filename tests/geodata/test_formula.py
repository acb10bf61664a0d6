"""The fitted formula: its figures, its bands, and how well it meets calibrated drives where those are at hand."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from geodata.formula import NEAR_KM, crow_fly_km, formula_minutes, travel_times

BANDS = (0, 23_400, 34_200)
FACTORS = {
    "motorway": (1.0, 0.75, 0.88),
    "urban_main": (0.95, 0.6, 0.72),
    "urban_minor": (0.95, 0.7, 0.8),
    "rural": (1.0, 0.85, 0.92),
}
DATA = Path(os.environ.get("PTS_DATA", Path(__file__).parents[3] / "shared" / "data"))


def test_minutes_are_those_of_the_fit_and_go_on_without_a_jump() -> None:
    km = np.array([1.0, 9.0, 25.0, NEAR_KM - 1e-3, NEAR_KM + 1e-3, 80.0], np.float32)
    minutes = formula_minutes(km)
    assert minutes[:3] == pytest.approx([7.47, 19.33, 33.75], abs=0.01)
    assert minutes[4] - minutes[3] == pytest.approx(0, abs=0.01)
    assert (np.diff(minutes) > 0).all()


def test_crow_fly_is_the_great_circle() -> None:
    birmingham, liverpool = (52.4797, -1.9027), (53.4084, -2.9916)
    km = crow_fly_km(*np.array([birmingham, liverpool]).T)
    assert km[0, 1] == pytest.approx(126.3, abs=1.0)
    assert km[0, 0] == 0


def test_bands_are_slower_in_rush_hours_and_the_reference_is_the_formula_itself() -> None:
    lat, lon = np.array([52.48, 52.49, 52.6, 53.4]), np.array([-1.9, -1.95, -2.1, -2.9])
    travel = travel_times(lat, lon, BANDS, FACTORS, reference_band=2)
    exact = formula_minutes(crow_fly_km(lat, lon)) * 60
    off = ~np.eye(4, dtype=bool)
    assert np.abs(travel.seconds[2][off] - exact[off]).max() <= 0.51
    assert (travel.seconds[1][off] > travel.seconds[2][off]).all()
    assert (travel.seconds[0][off] < travel.seconds[2][off]).all()
    assert (np.diagonal(travel.seconds, axis1=1, axis2=2) == 0).all()
    assert (travel.metres == travel.metres.T).all()


def test_a_way_round_is_not_shorter_within_a_band() -> None:
    rng = np.random.default_rng(4)
    lat, lon = rng.uniform(52.2, 53.4, 40), rng.uniform(-3, -1.4, 40)
    seconds = travel_times(lat, lon, BANDS, FACTORS, reference_band=2).seconds.astype(np.int64)
    for band in seconds:
        round_about = (band[:, :, None] + band[None, :, :]).min(axis=1)
        assert (round_about >= band - 1).all()


@pytest.mark.skipif(not DATA.is_dir(), reason="no calibration data: set PTS_DATA to its folder")
def test_under_40_km_the_formula_errs_by_less_than_a_tenth() -> None:
    with (DATA / "lsoa2011_area_centroids.csv").open(newline="") as file:
        areas = {row["lsoa"]: (float(row["LAT"]), float(row["LONG"])) for row in csv.DictReader(file)}
    with (DATA / "stroke_hospital_sites_area.csv").open(newline="") as file:
        sites = {row["postcode"]: (float(row["Latitude"]), float(row["Longitude"])) for row in csv.DictReader(file)}
    errors, shares = [], []
    with (DATA / "lsoa_to_hospital_minutes_area.csv").open(newline="") as file:
        for row in list(csv.DictReader(file))[::7]:
            for site, place in sites.items():
                if site not in row or row["LSOA"] not in areas:
                    continue
                km = crow_fly_km(*np.array([areas[row["LSOA"]], place]).T)[0, 1]
                if km < NEAR_KM:
                    minutes = float(row[site])
                    error = abs(float(formula_minutes(np.array([km], np.float32))[0]) - minutes)
                    errors.append(error)
                    shares.append(error / minutes)
    assert len(errors) > 1_000
    assert np.mean(errors) < 3.0
    assert np.mean(shares) < 0.10

"""Times by formula and skeleton: their figures, their bands, water, and how well they meet calibrated drives."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import TravelTimes
from geodata.earth import crow_fly_km
from geodata.formula import MODEL, Formula, straight_minutes, travel_times
from geodata.tier0.plane import on_plane

BANDS = (0, 23_400, 34_200)
FACTORS = {
    "motorway": (1.0, 0.75, 0.88),
    "urban_main": (0.95, 0.6, 0.72),
    "urban_minor": (0.95, 0.7, 0.8),
    "rural": (1.0, 0.85, 0.92),
}
DATA = Path(os.environ.get("PTS_DATA", Path(__file__).parents[3] / "shared" / "data"))
AREAS = 20
"""Every so many-th census area is tried, which keeps the test short."""

BIRMINGHAM, BILSTON, SOLIHULL, STAFFORD = (52.4797, -1.9027), (52.5667, -2.0740), (52.4130, -1.7780), (52.8060, -2.1170)
LIVERPOOL, BIRKENHEAD, SPEKE, EASTHAM = (53.4084, -2.9916), (53.3930, -3.0200), (53.3450, -2.8500), (53.3100, -2.9600)

region = st.tuples(st.floats(51.9, 53.6), st.floats(-3.4, -1.2))


def times(*places: tuple[float, float], factors: dict[str, tuple[float, ...]] | None = None) -> TravelTimes:
    return travel_times(*np.array(places).T, BANDS, factors or FACTORS, reference_band=2)


def scattered(n: int, seed: int) -> list[tuple[float, float]]:
    rng = np.random.default_rng(seed)
    return [(float(rng.uniform(52.2, 53.5)), float(rng.uniform(-3, -1.4))) for _ in range(n)]


def test_minutes_off_the_skeleton_are_those_of_the_fit() -> None:
    minutes = straight_minutes(np.array([0.0, 1.0, 4.0, 25.0]))
    assert minutes == pytest.approx([2.5, 7.242, 13.448, 40.85], abs=0.005)


def test_crow_fly_is_the_great_circle() -> None:
    km = crow_fly_km(*np.array([BIRMINGHAM, LIVERPOOL]).T)
    assert km[0, 1] == pytest.approx(126.3, abs=1.0)
    assert km[0, 0] == 0


@given(region, region)
def test_the_plane_keeps_lengths(a: tuple[float, float], b: tuple[float, float]) -> None:
    lat, lon = np.array([a, b]).T
    here, there = on_plane(lat, lon)
    assert np.hypot(*(there - here)) == pytest.approx(crow_fly_km(lat, lon)[0, 1], rel=4e-4, abs=0.02)


def test_the_model_has_a_name_and_its_numbers_fit_16_bits() -> None:
    travel = times(BIRMINGHAM, LIVERPOOL)
    assert travel.model == MODEL == "formula/2"
    assert travel.seconds.dtype == np.uint16
    assert travel.metres.dtype == np.int32


def test_a_short_drive_in_the_reference_band_is_the_formula_itself() -> None:
    near = (BILSTON[0] + 0.01, BILSTON[1])
    travel = times(BILSTON, near)
    km = crow_fly_km(*np.array([BILSTON, near]).T)[0, 1]
    assert travel.seconds[2, 0, 1] == pytest.approx(60 * straight_minutes(km), abs=1)
    assert travel.metres[0, 1] == pytest.approx(1300 * km, abs=2)


def test_a_drive_along_motorways_is_faster_than_the_formula_and_has_their_length() -> None:
    travel = times(BIRMINGHAM, STAFFORD)
    km = crow_fly_km(*np.array([BIRMINGHAM, STAFFORD]).T)[0, 1]
    assert travel.seconds[2, 0, 1] < 60 * straight_minutes(km) - 60
    assert 1.05 * km < travel.metres[0, 1] / 1000 < 1.4 * km


@pytest.mark.parametrize(
    ("one_bank", "other_bank", "least_km"),
    [
        (LIVERPOOL, BIRKENHEAD, 2.6),
        (SPEKE, EASTHAM, 25),  # 8 km as the crow flies, and no bridge between the tunnels and Runcorn
        ((53.365, -3.180), (53.276, -3.215), 30),  # West Kirby to Holywell, round the Dee
        ((52.440, -2.350), (52.440, -2.400), 14),  # over the Severn between Bridgnorth and Bewdley
    ],
)
def test_a_drive_over_water_goes_by_a_crossing(
    one_bank: tuple[float, float], other_bank: tuple[float, float], least_km: float
) -> None:
    travel = times(one_bank, other_bank)
    assert travel.metres[0, 1] > 1000 * least_km
    assert travel.seconds[2, 0, 1] > 60 * straight_minutes(np.float64(least_km / 2.2))


def test_neighbours_over_a_bridge_do_not_need_a_main_road() -> None:
    travel = times((52.1915, -2.2215), (52.1912, -2.2315))  # the two banks at Worcester
    assert travel.metres[0, 1] < 1500
    assert travel.seconds[2, 0, 1] < 8 * 60


def test_bands_are_slower_in_rush_hours() -> None:
    travel = times(BIRMINGHAM, BILSTON, SOLIHULL, STAFFORD, LIVERPOOL, SPEKE)
    off = ~np.eye(6, dtype=bool)
    assert (travel.seconds[1][off] > travel.seconds[2][off]).all()
    assert (travel.seconds[0][off] < travel.seconds[2][off]).all()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(region, min_size=2, max_size=8),
    st.sampled_from(sorted(FACTORS)),
    st.floats(0.3, 1.0),
)
def test_a_slower_class_of_road_makes_no_drive_faster(
    places: list[tuple[float, float]], slower: str, by: float
) -> None:
    night, morning, _ = FACTORS[slower]
    travel = times(*places, factors={**FACTORS, slower: (night, morning * by, FACTORS[slower][2])})
    before = times(*places)
    assert (travel.seconds[1] >= before.seconds[1]).all()
    assert (travel.seconds[[0, 2]] == before.seconds[[0, 2]]).all()


@settings(max_examples=20, deadline=None)
@given(st.lists(region, min_size=1, max_size=8))
def test_every_drive_takes_as_long_back_and_only_staying_takes_no_time(places: list[tuple[float, float]]) -> None:
    travel = times(*places)
    assert (travel.seconds == travel.seconds.transpose(0, 2, 1)).all()
    assert (travel.metres == travel.metres.T).all()
    assert (travel.seconds < 6 * 3600).all()
    assert (travel.metres >= 0).all()
    assert ((travel.seconds == 0) == np.eye(len(places), dtype=bool)).all()


def test_times_of_two_places_do_not_depend_on_the_others() -> None:
    places = scattered(150, 4)
    whole, part = times(*places), times(*places[60:90])
    assert (whole.seconds[:, 60:90, 60:90] == part.seconds).all()
    assert (whole.metres[60:90, 60:90] == part.metres).all()


def test_a_way_round_is_hardly_ever_shorter_within_a_band() -> None:
    for band in times(*scattered(80, 5)).seconds.astype(np.int64):
        round_about = (band[:, :, None] + band[None, :, :]).min(axis=1)
        assert (round_about < band - 2).mean() < 0.002
        assert (round_about >= 0.97 * band - 2).all()


def test_places_far_from_the_region_have_times_too() -> None:
    travel = times(BIRMINGHAM, (51.5, -0.12), (50.3, -4.1))
    assert (travel.seconds[2][~np.eye(3, dtype=bool)] < 7 * 3600).all()
    assert (travel.seconds[2][~np.eye(3, dtype=bool)] > 3600).all()


def test_a_day_without_places_or_with_many_bands_is_worked_out() -> None:
    assert travel_times(np.empty(0), np.empty(0), BANDS, FACTORS, 2).seconds.shape == (3, 0, 0)
    factors = {name: tuple(np.linspace(0.5, 1, 11)) for name in FACTORS}
    travel = travel_times(*np.array([BIRMINGHAM, STAFFORD]).T, range(0, 11_000, 1000), factors, 10)
    assert (np.diff(travel.seconds[:, 0, 1].astype(int)) < 0).all()


@pytest.mark.skipif(not DATA.is_dir(), reason="no calibration data: set PTS_DATA to its folder")
def test_under_40_km_calibrated_drives_are_met_within_7_percent_and_across_the_mersey_within_9() -> None:
    from benchmarks.calibration import NEAR_KM, read

    data = read(DATA)
    homes = data.minutes.shape[1]
    few = np.r_[0:homes:AREAS, homes : len(data.places)]
    travel = travel_times(*data.degrees[few].T, (0,), dict.fromkeys(FACTORS, (1.0,)), 0)
    sites = len(data.sites)
    minutes, truth = travel.seconds[0, -sites:, :-sites] / 60, data.minutes[:, ::AREAS]
    error, near = np.abs(minutes - truth) / truth, data.km[:, ::AREAS] < NEAR_KM
    assert near.sum() > 1_000
    assert error[near].mean() < 0.07
    assert error[near & data.over_mersey[:, ::AREAS]].mean() < 0.09


def test_drives_beyond_a_table_are_those_that_a_whole_one_has_however_it_grows() -> None:
    rng = np.random.default_rng(4)
    lat, lon = rng.uniform(52.2, 53.5, 90), rng.uniform(-3.1, -1.6, 90)
    whole = travel_times(lat, lon, [0, 25_000], FACTORS, 1)
    formula = Formula(FACTORS, 1)
    for n in (70, 85, 60):
        known = travel_times(lat[:n], lon[:n], [0, 25_000], FACTORS, 1)
        seconds, metres = formula.beyond(known, lat[n:], lon[n:])
        assert np.array_equal(seconds, whole.seconds[:, n:])
        assert np.array_equal(metres, whole.metres[n:])

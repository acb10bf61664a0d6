"""Travel times of the user's own: found by coordinates, refused where they do not cover the day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geodata import TravelTimes
from pts_optimiser.domain.errors import TravelTimesError
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel import formula_travel
from pts_optimiser.planning.travel_file import file_travel
from tests.days import CLOCKS_BACK, SmallDay, small_day

POLICY = load_policy()
DAY = small_day(share=60)
PLACES = places_of(DAY.journeys, DAY.duties)
FORMULA = formula_travel(PLACES, POLICY, DAY.service_date)
ARRAYS = ("lat", "lon", "seconds", "metres", "band_start_s")


def shuffled(travel: TravelTimes, rng: np.random.Generator) -> TravelTimes:
    """The same times with the locations in another order, each a few metres off, and one more at either end."""
    order = rng.permutation(len(travel.lat))
    seconds = np.pad(travel.seconds[:, order][:, :, order], ((0, 0), (1, 1), (1, 1)), constant_values=7)
    metres = np.pad(travel.metres[order][:, order], 1, constant_values=7)
    off = rng.uniform(-3e-5, 3e-5, (2, len(order)))
    lat, lon = np.pad(travel.lat[order] + off[0], 1), np.pad(travel.lon[order] + off[1], 1)
    return replace(travel, lat=lat, lon=lon, seconds=seconds, metres=metres)


def written(folder: Path, travel: TravelTimes = FORMULA, **changes: object) -> Path:
    path = folder / "mine.npz"
    arrays = {name: getattr(travel, name) for name in ARRAYS} | changes
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})
    return path


def given(path: Path, day: SmallDay = DAY) -> TravelTimes:
    return file_travel(path, places_of(day.journeys, day.duties), POLICY, day.service_date)


def test_the_order_of_locations_and_a_few_metres_do_not_matter(tmp_path: Path) -> None:
    travel = given(written(tmp_path, shuffled(FORMULA, np.random.default_rng(1))))
    for name in ARRAYS:
        assert np.array_equal(getattr(travel, name), getattr(FORMULA, name)), name


def test_the_times_say_that_they_come_from_the_file(tmp_path: Path) -> None:
    assert given(written(tmp_path)).model == "file mine.npz"


def test_times_beyond_sixteen_bits_are_no_way_rather_than_short(tmp_path: Path) -> None:
    seconds = FORMULA.seconds.astype(np.int32)
    seconds[:, 0, 1] = 65_536 + 60
    metres = FORMULA.metres.astype(np.int64)
    metres[0, 1] = (1 << 32) + 100
    travel = given(written(tmp_path, seconds=seconds, metres=metres))
    assert (travel.seconds[:, 0, 1] == 65_535).all()
    assert travel.metres[0, 1] == 10_000_000
    assert np.array_equal(travel.seconds[:, 1:], FORMULA.seconds[:, 1:])


def test_bands_may_be_told_by_the_clock_when_the_clocks_change(tmp_path: Path) -> None:
    day = small_day(CLOCKS_BACK, share=20)
    lived = formula_travel(places_of(day.journeys, day.duties), POLICY, CLOCKS_BACK)
    by_clock = written(tmp_path, lived, band_start_s=np.array(POLICY.traffic.band_starts))
    assert np.array_equal(given(by_clock, day).band_start_s, lived.band_start_s)
    assert np.array_equal(given(written(tmp_path, lived), day).band_start_s, lived.band_start_s)
    assert lived.band_start_s.tolist() != list(POLICY.traffic.band_starts)


def test_missing_places_are_counted_and_the_first_named_with_how_far_off_they_are(tmp_path: Path) -> None:
    lat = FORMULA.lat.copy()
    lat[0] += 0.001
    with pytest.raises(TravelTimesError, match=r"1 of the day's [\d,]+ places") as caught:
        given(written(tmp_path, lat=lat))
    assert f"base of duty {DAY.duties[0].duty_id} (location 0 is 111 m away)" in str(caught.value)
    lat += 1
    with pytest.raises(TravelTimesError, match=r"km away\); and [\d,]+ more\. Make the file") as caught:
        given(written(tmp_path, lat=lat))
    assert str(caught.value).count(" away)") == 5
    assert f"{PLACES.lat[0]:.3f}" not in str(caught.value)  # a message tells nobody's home


def test_a_file_without_locations_lacks_every_place(tmp_path: Path) -> None:
    empty = replace(
        FORMULA, lat=np.zeros(0), lon=np.zeros(0), seconds=FORMULA.seconds[:, :0, :0], metres=FORMULA.metres[:0, :0]
    )
    with pytest.raises(TravelTimesError, match="the file has no locations"):
        given(written(tmp_path, empty))


def test_other_bands_than_the_policys_are_named(tmp_path: Path) -> None:
    with pytest.raises(TravelTimesError, match=r"Missing: 20:00\.") as caught:
        given(written(tmp_path, seconds=FORMULA.seconds[:-1], band_start_s=FORMULA.band_start_s[:-1]))
    assert "[traffic] band_start" in str(caught.value)
    later = FORMULA.band_start_s.copy()
    later[1] += 61
    with pytest.raises(TravelTimesError, match=r"Missing: 06:30\. Not in the policy: 06:31:01\."):
        given(written(tmp_path, band_start_s=later))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seconds": None}, "missing seconds"),
        ({"seconds": FORMULA.seconds[0]}, "seconds is"),
        ({"seconds": FORMULA.seconds.astype(np.float64)}, "seconds holds float64"),
        ({"metres": -FORMULA.metres}, "metres holds negative"),
        ({"lon": np.full(len(FORMULA.lon), np.nan)}, "lon holds values that are not finite"),
    ],
)
def test_arrays_that_cannot_be_meant_are_refused(tmp_path: Path, changes: dict[str, object], message: str) -> None:
    with pytest.raises(TravelTimesError, match=message):
        given(written(tmp_path, **changes))


def test_a_file_that_is_not_there_is_no_travel_times(tmp_path: Path) -> None:
    with pytest.raises(TravelTimesError, match="no such file"):
        given(tmp_path / "nothing.npz")

"""Departures at any minute: the band's own time inside the band, blended at its edges, never overtaken."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata import TravelTimes
from geodata.departures import BLEND_S, drive_s
from geodata.travel_times import UNREACHABLE


def between_two_places(there: list[int], starts: list[int]) -> TravelTimes:
    seconds = np.zeros((len(there), 2, 2), np.uint16)
    seconds[:, 0, 1] = there
    return TravelTimes(
        lat=np.array([52.0, 52.1]),
        lon=np.array([-2.0, -2.1]),
        seconds=seconds,
        metres=np.array([[0, 5000], [5100, 0]], np.int32),
        band_start_s=np.array(starts, np.int32),
        model="test",
    )


def hours(*values: float) -> NDArray[np.int64]:
    return np.array([round(3600 * value) for value in values])


def test_inside_a_band_the_time_is_the_bands_and_at_its_beginning_the_mean_of_both() -> None:
    travel = between_two_places([1000, 2000, 1200], [0, 7 * 3600, 10 * 3600])
    drives = drive_s(travel, 0, 1, hours(0, 6.5, 6.75, 7, 7.5, 9.5, 10, 10.5, 30))
    assert drives.tolist() == [1000, 1000, 1250, 1500, 2000, 2000, 1600, 1200, 1200]
    assert drive_s(travel, 0, 0, 7 * 3600) == 0


def test_who_leaves_before_a_long_drive_shortens_is_caught_up_with_but_not_overtaken() -> None:
    travel = between_two_places([10_000, 1_000], [0, 36_000])
    leaving = np.arange(30_000, 50_000)
    arrival = leaving + drive_s(travel, 0, 1, leaving)
    assert (np.diff(arrival) >= 0).all()
    assert arrival[-1] == leaving[-1] + 1_000
    waits = arrival == 36_000 - BLEND_S // 2 + 10_000
    assert waits.sum() > 9_000 - BLEND_S


def test_no_way_in_a_band_is_no_way_until_its_blend_has_passed() -> None:
    travel = between_two_places([1000, UNREACHABLE, 1200], [0, 7 * 3600, 10 * 3600])
    drives = drive_s(travel, 0, 1, hours(6.4, 6.6, 8, 10, 10.4, 10.5))
    assert drives.tolist() == [1000, *[UNREACHABLE] * 4, 1200]


bands = st.integers(1, 7).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 30_000), min_size=n, max_size=n),
        st.lists(st.integers(60, 86_000), min_size=n - 1, max_size=n - 1, unique=True).map(lambda s: [0, *sorted(s)]),
    )
)


@given(bands, st.integers(0, 86_400))
def test_leaving_later_never_arrives_earlier(day: tuple[list[int], list[int]], moment: int) -> None:
    travel = between_two_places(*day)
    leaving = np.concatenate([np.arange(0, 90_000, 60), np.arange(moment, moment + 300)])
    leaving.sort()
    drives = drive_s(travel, 0, 1, leaving)
    assert (np.diff(leaving + drives) >= 0).all()
    assert drives.min() >= min(day[0])
    assert drives.max() <= max(day[0])


@given(bands)
def test_at_midday_of_a_long_band_the_time_is_that_of_the_matrix(day: tuple[list[int], list[int]]) -> None:
    travel = between_two_places(*day)
    last = len(day[0]) - 1
    assert drive_s(travel, 0, 1, day[1][last] + BLEND_S + 30_000) == day[0][last]

"""``travel.npz`` and the bands in force."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from geodata import TravelTimes


def small() -> TravelTimes:
    return TravelTimes(
        lat=np.array([52.0, 52.1]),
        lon=np.array([-2.0, -2.1]),
        seconds=np.array([[[0, 300], [310, 0]], [[0, 400], [410, 0]]], np.uint16),
        metres=np.array([[0, 5000], [5100, 0]], np.int32),
        band_start_s=np.array([0, 23_400], np.int32),
        model="test",
    )


def test_the_file_holds_every_array_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "travel.npz"
    small().save(path)
    with np.load(path, allow_pickle=False) as arrays:
        assert set(arrays) == {"lat", "lon", "seconds", "metres", "band_start_s"}
        for name, array in arrays.items():
            assert array.dtype == getattr(small(), name).dtype
            assert np.array_equal(array, getattr(small(), name))


def test_the_same_times_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        small().save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(("moment", "band"), [(-3_600, 0), (0, 0), (23_399, 0), (23_400, 1), (100_000, 1)])
def test_the_band_in_force_is_the_last_begun(moment: int, band: int) -> None:
    assert small().band_at(moment) == band

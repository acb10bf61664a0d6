"""``travel.npz``: round trip, bands in force, and files that are not what they should be."""

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


def test_a_file_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "travel.npz"
    path.write_bytes(small().to_npz())
    again = TravelTimes.load(path)
    for name in ("lat", "lon", "seconds", "metres", "band_start_s"):
        assert np.array_equal(getattr(again, name), getattr(small(), name))


@pytest.mark.parametrize(("moment", "band"), [(-3_600, 0), (0, 0), (23_399, 0), (23_400, 1), (100_000, 1)])
def test_the_band_in_force_is_the_last_begun(moment: int, band: int) -> None:
    assert small().band_at(moment) == band


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "travel.npz"
    path.write_bytes(small().to_npz()[:100])
    with pytest.raises(ValueError, match="not a travel-times file"):
        TravelTimes.load(path)
    np.savez(path, lat=np.zeros(2))
    with pytest.raises(ValueError, match="not a travel-times file"):
        TravelTimes.load(path)
    whole = small()
    np.savez(
        path, lat=whole.lat, lon=whole.lon, seconds=whole.seconds[:1], metres=whole.metres,
        band_start_s=whole.band_start_s,
    )  # fmt: skip
    with pytest.raises(ValueError, match="seconds has shape"):
        TravelTimes.load(path)

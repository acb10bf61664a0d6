"""One factor between a network's times and known drives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from geodata.calibration import calibrated, keep_scale
from geodata.errors import RoadsError
from geodata.roads import Roads, located, open_roads
from tests.geodata.roads import grid

FACTORS = dict.fromkeys(("motorway", "urban_main", "urban_minor", "rural"), (1.0, 0.8))


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    grid(12, 12).save(tmp_path / "net")
    return open_roads(tmp_path / "net")


def drives(
    roads: Roads, count: int, slower: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Drives between places of the grid that take ``slower`` times as long as its roads say in the second band."""
    rng = np.random.default_rng(1)
    places = np.stack([rng.uniform(52.4, 52.42, 2 * count), rng.uniform(-1.9, -1.87, 2 * count)], axis=1)
    times = located(roads, *places.T, FACTORS, 2).travel_times([0, 30_000]).seconds[1]
    pairs = np.arange(count), np.arange(count, 2 * count)
    return places[:count], places[count:], slower * times[pairs].astype(np.float64)


def test_the_factor_that_was_put_in_is_found_and_kept(roads: Roads, tmp_path: Path) -> None:
    found = calibrated(roads, *drives(roads, 60, 1.3), FACTORS, band=1)
    assert found.scale == pytest.approx(1.3, rel=0.02)
    assert found.error_before == pytest.approx(1 - 1 / 1.3, rel=0.02)
    assert found.error_after < 0.02
    assert (found.drives, found.left_out) == (60, 0)
    keep_scale(tmp_path / "net", found.scale)
    again = open_roads(tmp_path / "net")
    assert again.scale == found.scale
    assert again.model.endswith(f"× {found.scale:g}")
    once_more = calibrated(again, *drives(roads, 60, 1.3), FACTORS, band=1)
    assert once_more.scale == pytest.approx(found.scale, rel=0.03)


def test_a_few_wrong_drives_do_not_move_it(roads: Roads) -> None:
    origin, destination, known = drives(roads, 60, 1.3)
    known[::10] *= 20
    assert calibrated(roads, origin, destination, known, FACTORS, band=1).scale == pytest.approx(1.3, rel=0.03)


def test_drives_off_the_network_do_not_count_and_too_few_are_refused(roads: Roads) -> None:
    origin, destination, known = drives(roads, 30, 1.0)
    origin[:5] += 1
    assert calibrated(roads, origin, destination, known, FACTORS, band=1).left_out == 5
    origin[5:20] += 1
    with pytest.raises(RoadsError, match="only 10 of 30 known drives"):
        calibrated(roads, origin, destination, known, FACTORS, band=1)

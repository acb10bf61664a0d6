from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.earth import apart_m
from geodata.shapes import Lines
from geodata.simplify import simplified

shapely = pytest.importorskip("shapely")


def test_points_on_a_straight_line_go_and_a_corner_stays() -> None:
    lat = np.array([52.0, 52.01, 52.02, 52.02, 52.02])
    lon = np.array([-2.0, -2.0, -2.0, -1.99, -1.98])
    thin = simplified(Lines(np.array([0, 5]), lat, lon), 5)
    assert thin.first.tolist() == [0, 3]
    assert thin.lat.tolist() == [52.0, 52.02, 52.02]


def test_empty_lines_and_single_points_stay() -> None:
    lines = Lines(np.array([0, 0, 1, 1]), np.array([52.0]), np.array([-2.0]))
    assert simplified(lines, 10).first.tolist() == [0, 0, 1, 1]


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(5, 300))
def test_every_line_stays_within_the_tolerance(seed: int, tolerance_m: float) -> None:
    rng = np.random.default_rng(seed)
    first = np.cumsum([0, *rng.integers(2, 40, 5)])
    lat, lon = (52.5 + np.cumsum(rng.normal(0, 0.002, (2, first[-1])), axis=1)) * np.array([[1], [-0.04]])
    thin = simplified(Lines(first, lat, lon), tolerance_m)
    scale = 111_195 * np.array([np.cos(np.radians(lat.mean())), 1])
    for line in range(5):
        before = np.stack([lon, lat], axis=1)[first[line] : first[line + 1]] * scale
        after = np.stack([thin.lon, thin.lat], axis=1)[thin.first[line] : thin.first[line + 1]] * scale
        assert np.array_equal(before[[0, -1]], after[[0, -1]])
        road = shapely.LineString(after)
        assert shapely.distance(shapely.points(before), road).max() <= tolerance_m + 0.1
        assert len(after) <= len(before)


def test_a_ring_keeps_its_farthest_point() -> None:
    lat, lon = np.array([52.0, 52.01, 52.01, 52.0]), np.array([-2.0, -2.0, -1.99, -2.0])
    thin = simplified(Lines(np.array([0, 4]), lat, lon), 50)
    assert len(thin.lat) == 4
    assert apart_m(thin.lat[0], thin.lon[0], thin.lat[-1], thin.lon[-1]) == 0

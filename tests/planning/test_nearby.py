"""Matching places to known locations, against all pairs."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.earth import apart_m
from pts_optimiser.planning.nearby import METRES_PER_DEGREE, matched


def test_every_place_finds_the_nearest_of_all_pairs() -> None:
    rng = np.random.default_rng(1)
    known = np.column_stack([52 + rng.random(3000) / 50, -2 + rng.random(3000) / 50])
    near = known[rng.integers(3000, size=2000)] + rng.normal(0, 8e-5, (2000, 2))
    found = matched(near[:, 0], near[:, 1], known[:, 0], known[:, 1], 10.0)
    apart = apart_m(near[:, :1], near[:, 1:], known[:, 0], known[:, 1])
    nearest = np.where(apart.min(axis=1) <= 10, apart.argmin(axis=1), -1)
    assert (found == nearest).all()
    assert 0 < (found >= 0).sum() < len(found)


@pytest.mark.parametrize(("metres", "found"), [(0.0, 0), (9.9, 0), (10.1, -1), (-9.9, 0), (-10.1, -1)])
@pytest.mark.parametrize("axis", [0, 1])
def test_ten_metres_are_ten_metres_north_and_east(metres: float, found: int, axis: int) -> None:
    place = np.array([53.4, -2.9])
    moved = place.copy()
    moved[axis] += metres / METRES_PER_DEGREE / (np.cos(np.radians(53.4)) if axis else 1)
    assert matched(moved[:1], moved[1:], place[:1], place[1:], 10.0).tolist() == [found]


def test_a_location_that_stands_twice_is_found_once() -> None:
    same = np.array([52.0, 52.0])
    assert matched(same[:1], same[:1], same, same, 10.0).tolist() == [0]


def test_no_places_and_no_locations_are_no_matches() -> None:
    none, one = np.zeros(0), np.zeros(1)
    assert matched(none, none, one, one, 10.0).tolist() == []
    assert matched(one, one, none, none, 10.0).tolist() == [-1]

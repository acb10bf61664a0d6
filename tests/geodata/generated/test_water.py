from __future__ import annotations

import numpy as np

from geodata.generated.plane import to_plane
from geodata.generated.water import CROSSINGS, banks, on_land, wet


def test_every_crossing_leads_from_land_to_land_over_water() -> None:
    ends = banks()
    first = np.arange(0, len(ends), 2)
    assert on_land(ends).all()
    assert wet(ends, first, first + 1).all()
    assert len(first) == len(CROSSINGS)


def test_the_river_is_wet_and_the_towns_on_it_are_dry() -> None:
    lat = np.array([53.35, 53.30, 53.6, 53.4084, 53.3934, 53.325, 52.48])
    lon = np.array([-2.94, -3.13, -3.4, -2.97, -3.03, -2.72, -1.9])
    assert on_land(to_plane(lat, lon)).tolist() == [False, False, False, True, True, True, True]


def test_a_line_is_wet_only_where_it_meets_water() -> None:
    liverpool, birkenhead, wirral = (53.4084, -2.97), (53.3934, -3.03), (53.38, -3.08)
    xy = to_plane(*np.array([liverpool, birkenhead, wirral]).T)
    assert wet(xy, np.array([0, 1, 0]), np.array([1, 2, 2])).tolist() == [True, False, True]

"""A road is in town where streets of houses surround most of it."""

from __future__ import annotations

import numpy as np

from geodata.extract.segments import Segments
from geodata.extract.towns import built_up

STREET_M = 100.0


def ways_at(*places: tuple[float, float]) -> Segments:
    """One segment of 100 m a way, each at kilometres (north, east) of a place in the Midlands."""
    km = np.array(places)
    lat = np.rint(524_000_000 + km[:, 0] / 111.195 * 1e7).astype(np.int32)
    lon = np.rint(-19_000_000 + km[:, 1] / 67.85 * 1e7).astype(np.int32)
    s = len(km)
    return Segments(lat, lon, np.arange(s), np.arange(s), np.full(s, STREET_M), np.arange(s))


def test_a_main_road_among_streets_is_in_town_and_one_among_fields_is_not() -> None:
    streets = [(0.1 * n, 0.1 * e) for n in range(6) for e in range(6)]
    segments = ways_at(*streets, (0.25, 0.25), (3.0, 3.0))
    homes = np.arange(38) < 36
    found = built_up(segments, homes, 38)
    assert found[36]
    assert not found[37]


def test_a_hamlet_is_no_town() -> None:
    segments = ways_at(*[(0.1 * n, 0.0) for n in range(8)])
    assert not built_up(segments, np.ones(8, bool), 8).any()


def test_of_a_long_road_the_longer_part_decides() -> None:
    streets = [(0.1 * n, 0.1 * e) for n in range(6) for e in range(6)]
    segments = ways_at(*streets, (0.25, 0.25), (3.0, 3.0), (3.1, 3.0))
    way = segments.way.copy()
    way[36:] = 36
    joined = Segments(segments.lat, segments.lon, segments.start, segments.end, segments.metres, way)
    assert not built_up(joined, np.arange(39) < 36, 37)[36]


def test_where_there_are_no_roads_there_is_no_town() -> None:
    nothing = np.zeros(0, np.int64)
    none = Segments(np.zeros(1, np.int32), np.zeros(1, np.int32), nothing, nothing, np.zeros(0), nothing)
    assert built_up(none, np.zeros(0, bool), 2).tolist() == [False, False]

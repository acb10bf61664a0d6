from __future__ import annotations

from dataclasses import replace

import numpy as np

from geodata.earth import apart_m, crow_fly_km
from geodata.network import DEGREE
from geodata.shapes import arc_lines, opposites
from tests.geodata.roads import bent, grid


def test_a_line_runs_from_the_tail_by_the_shape_to_the_head() -> None:
    roads = bent()
    lines = arc_lines(roads, np.array([2, 0]))
    assert lines.first.tolist() == [0, 3, 7]
    assert np.rint(lines.lat * DEGREE).tolist() == [
        roads.lat[roads.tail[2]], *roads.shape_lat[4:5], roads.lat[roads.head[2]],
        roads.lat[roads.tail[0]], *roads.shape_lat[:2], roads.lat[roads.head[0]],
    ]  # fmt: skip


def test_metres_begin_anew_with_every_line() -> None:
    metres = arc_lines(bent(), np.array([0, 1, 2])).metres()
    assert (metres == 0).nonzero()[0].tolist() == [0, 4, 8]


def test_distances_are_those_on_the_globe() -> None:
    lat, lon = np.array([52.4, 52.7]), np.array([-1.9, -2.3])
    assert abs(apart_m(lat[0], lon[0], lat[1], lon[1]) / 1000 / crow_fly_km(lat, lon)[0, 1] - 1) < 1e-4


def test_the_opposite_arc_is_the_same_road_back() -> None:
    roads = grid(5, 6)
    back = roads.head.astype(np.int64) * roads.nodes + roads.tail
    there = roads.tail.astype(np.int64) * roads.nodes + roads.head
    number = dict(zip(there.tolist(), range(roads.arcs), strict=True))
    expected = np.array([number[key] for key in back.tolist()])
    alike = replace(roads, decimetres=roads.decimetres[np.minimum(expected, np.arange(roads.arcs))])
    assert np.array_equal(opposites(alike), expected)


def test_two_carriageways_of_one_length_are_two_roads() -> None:
    roads = bent()
    assert (
        opposites(replace(roads, shape_lat=roads.shape_lat + np.array([0, 0, 5, 0, 0], np.int32))).tolist() == [-1] * 3
    )


def test_a_road_of_another_length_between_the_same_junctions_is_another_road() -> None:
    assert opposites(bent()).tolist() == [1, 0, -1]

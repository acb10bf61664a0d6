from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.generated import generate
from geodata.legs import leg_lines
from geodata.network import DEGREE, RoadNetwork
from geodata.shapes import Lines, arc_lines
from tests.geodata.roads import bent

LAT = [52.4, 52.403, 52.408, 52.41]


@pytest.fixture(scope="module")
def roads() -> RoadNetwork:
    return generate(2000, seed=4)


def test_whole_arcs_are_joined_without_doubled_junctions() -> None:
    line = _one(bent(), [0, 2], 0, 1)
    assert line.lat.tolist() == pytest.approx([*LAT, 52.4, 52.4])
    assert line.lon.tolist() == pytest.approx([-1.9, -1.895, -1.896, -1.89, -1.885, -1.9])


def test_the_first_and_last_arc_are_cut_where_the_places_lie() -> None:
    whole = _one(bent(), [0], 0, 1).metres().sum()
    part = _one(bent(), [0], 0.25, 0.75)
    assert part.metres().sum() == pytest.approx(whole / 2, rel=1e-4)
    assert 52.4 < part.lat[0] < part.lat[-1] < 52.41
    there_and_on = _one(bent(), [1, 0], 0.9, 0.1)
    assert there_and_on.metres().sum() == pytest.approx(whole * 0.2, rel=1e-4)
    assert there_and_on.lat[1] == pytest.approx(52.4)


def test_a_leg_along_one_arc_between_two_bends_is_straight() -> None:
    line = _one(bent(), [0], 0.5, 0.501)
    assert len(line.lat) == 2


def test_a_leg_without_arcs_has_no_points() -> None:
    lines = leg_lines(bent(), np.array([0, 0, 1, 1]), np.array([0]), np.zeros(3), np.ones(3))
    assert lines.first.tolist() == [0, 0, 4, 4]
    nothing = leg_lines(bent(), np.array([0]), np.zeros(0, np.int32), np.zeros(0), np.zeros(0))
    assert len(nothing) == 0


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1000))
def test_a_leg_is_as_long_as_its_arcs_and_begins_and_ends_on_them(roads: RoadNetwork, seed: int) -> None:
    first, arcs, begin, end = _walks(roads, seed)
    lines = leg_lines(roads, first, arcs, begin, end)
    whole = arc_lines(roads, arcs)
    length = np.add.reduceat(whole.metres(), whole.first[:-1])
    drawn = np.add.reduceat(lines.metres(), lines.first[:-1])
    for leg in range(len(lines)):
        mine = length[first[leg] : first[leg + 1]]
        expected = mine.sum() - begin[leg] * mine[0] - (1 - end[leg]) * mine[-1]
        assert drawn[leg] == pytest.approx(expected, abs=0.5)


def test_a_tolerance_gives_fewer_points_between_the_same_ends(roads: RoadNetwork) -> None:
    first, arcs, begin, end = _walks(roads, 3)
    full, thin = (leg_lines(roads, first, arcs, begin, end, metres) for metres in (0, 50))
    assert len(thin.lat) < len(full.lat)
    assert np.array_equal(thin.lat[thin.first[:-1]], full.lat[full.first[:-1]])
    assert np.array_equal(thin.lon[thin.first[1:] - 1], full.lon[full.first[1:] - 1])


def test_lines_lie_in_the_region(roads: RoadNetwork) -> None:
    lines = leg_lines(roads, *_walks(roads, 5))
    assert lines.lat.min() >= roads.shape_lat.min() / DEGREE - 0.05
    assert lines.lon.max() <= roads.shape_lon.max() / DEGREE + 0.05


def _one(network: RoadNetwork, arcs: list[int], begin: float, end: float) -> Lines:
    return leg_lines(network, np.array([0, len(arcs)]), np.array(arcs), np.array([begin]), np.array([end]))


def _walks(
    roads: RoadNetwork, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Six random walks of one to thirty arcs."""
    rng = np.random.default_rng(seed)
    leaving = np.searchsorted(roads.tail, np.arange(roads.nodes + 1))
    walks = []
    for length in rng.integers(1, 30, 6):
        node, walk = rng.integers(roads.nodes), []
        for _ in range(length):
            walk.append(rng.integers(leaving[node], leaving[node + 1]))
            node = roads.head[walk[-1]]
        walks.append(walk)
    first = np.cumsum([0, *(len(walk) for walk in walks)])
    begin, end = np.sort(rng.random((2, 6)), axis=0)
    return first, np.concatenate(walks).astype(np.int64), begin, end

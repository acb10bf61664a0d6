"""A motorway of eleven points, a kilometre apart, runs east; roads cross it at some of them."""

from __future__ import annotations

import numpy as np

from geodata.generated.motorways import LINK, MOTORWAY, separated
from geodata.generated.streets import Streets
from geodata.network import HIGHWAYS

TRUNK, TERTIARY = HIGHWAYS.index("trunk"), HIGHWAYS.index("tertiary")


def _crossed(*crossings: tuple[int, int]) -> tuple[int, Streets]:
    """Crossings are (point, class of the road to the north). Gives the points there were, and the streets."""
    xy = np.array([(float(x), 0.0) for x in range(11)] + [(float(at), 1.0) for at, _ in crossings])
    tail = np.array([*range(10), *(at for at, _ in crossings)])
    head = np.array([*range(1, 11), *range(11, 11 + len(crossings))])
    highway = np.array([MOTORWAY] * 10 + [kind for _, kind in crossings], np.uint8)
    points, streets, stay = separated(xy, tail, head, highway)
    assert stay.tolist() == [kind != MOTORWAY for kind in highway]
    assert streets is not None
    assert len(points) == streets.head.max() + 1 or len(points) == len(xy)
    return len(xy), streets


def test_two_one_way_carriageways_meet_at_the_ends_only() -> None:
    _, streets = _crossed((5, TERTIARY))
    assert sorted(zip(streets.tail.tolist(), streets.head.tolist(), strict=True)) == [(0, 10), (10, 0)]
    assert streets.one_way.all()


def test_traffic_keeps_left() -> None:
    _, streets = _crossed()
    for street in range(2):
        eastward = streets.tail[street] == 0
        bends = streets.bends[streets.first[street] : streets.first[street + 1]]
        assert np.diff(bends[:, 0]).min() > 0 if eastward else np.diff(bends[:, 0]).max() < 0
        assert (bends[:, 1] > 0).all() == eastward


def test_a_main_road_has_slip_roads_to_both_carriageways() -> None:
    given, streets = _crossed((5, TRUNK))
    links = np.flatnonzero(streets.highway == LINK)
    assert streets.tail[links].tolist() == [5, 5]
    assert (streets.head[links] >= given).all()
    assert not streets.one_way[links].any()
    assert (streets.highway == MOTORWAY).sum() == 4


def test_lesser_roads_need_more_distance_from_the_last_junction() -> None:
    primary = HIGHWAYS.index("primary")
    _, streets = _crossed((3, primary), (5, primary), (6, primary), (7, TRUNK))
    junctions = streets.tail[streets.highway == LINK]
    assert sorted(set(junctions.tolist())) == [3, 6, 7]


def test_without_motorways_nothing_changes() -> None:
    xy = np.array([(0.0, 0.0), (1.0, 0.0)])
    points, streets, stay = separated(xy, np.array([0]), np.array([1]), np.array([TRUNK], np.uint8))
    assert np.array_equal(points, xy)
    assert streets is None
    assert stay.all()

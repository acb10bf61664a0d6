"""The hand-compiled skeleton: sound as a table, sane on the map."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.postcodes import sectors
from geodata.tier0.fitted import FITTED, KINDS, ROAD_CLASSES, WINDING
from geodata.tier0.paths import shortest_paths
from geodata.tier0.plane import on_plane
from geodata.tier0.skeleton import skeleton
from geodata.tier0.water import NO_WAY_KM, crosses, km_over_bridge

NET = skeleton()
INDEX = {name: i for i, name in enumerate(NET.name)}
RIVER = np.array([[0.0, -5.0, 0.0, 5.0]])


def waters_between(a: int, b: int) -> set[str]:
    return {
        name
        for name, piece in zip(NET.water_name, NET.water, strict=True)
        if crosses(*NET.at[a], *NET.at[b], piece[None])
    }


def test_there_are_some_hundred_junctions_all_named_once_and_in_the_region() -> None:
    assert len(NET.name) == len(set(NET.name)) == len(NET.at) > 500
    assert np.abs(NET.at).max() < 130


def test_every_junction_is_reached_and_ends_two_links_unless_it_is_at_the_edge() -> None:
    times, metres = between()
    assert times.max() < 5 * 3600
    assert metres.max() < 400_000
    at_the_edge = {name for i, name in enumerate(NET.name) if (NET.link == i).sum() == 1}
    assert len(at_the_edge) < 20


def test_no_link_is_there_twice_with_another_kind() -> None:
    kinds = {}
    for (a, b), kind, road in zip(NET.link, NET.kind, NET.road, strict=True):
        assert kinds.setdefault((road, min(a, b), max(a, b)), kind) == kind
        assert a != b


def test_links_are_as_long_as_roads_of_their_kind_are() -> None:
    crow = np.hypot(*(NET.at[NET.link[:, 0]] - NET.at[NET.link[:, 1]]).T)
    assert crow.min() > 0.1
    assert crow.max() < 36
    assert pytest.approx(crow * np.array(WINDING)[NET.kind]) == NET.km


@pytest.mark.parametrize(
    ("road", "km"),
    [("M6 Toll", 43), ("M50", 35), ("M53", 30), ("M54", 37), ("M56", 54), ("M57", 16), ("M58", 19), ("M69", 25)],
)
def test_motorways_have_their_known_lengths(road: str, km: float) -> None:
    assert sum(NET.km[[name == road for name in NET.road]]) == pytest.approx(km, rel=0.1)


def test_motorways_run_straight_on_from_junction_to_junction() -> None:
    for road in ("M6", "M5", "M54", "M56", "M40", "M62"):
        links = [link for link, name in zip(NET.link, NET.road, strict=True) if name == road]
        for (a, b), (c, d) in pairwise(links):
            if b == c:
                one, other = NET.at[b] - NET.at[a], NET.at[d] - NET.at[c]
                assert one @ other > -0.3 * np.hypot(*one) * np.hypot(*other), NET.name[b]


@pytest.mark.parametrize(
    ("junction", "sector", "within_km"),
    [
        ("M6 J10", "WS2 0", 2), ("M5 J2", "B69 4", 2), ("M54 J5", "TF3 4", 2), ("M6 J17", "CW11 4", 3),
        ("M42 J5", "B91 9", 3), ("M62 J9", "WA2 8", 2), ("M53 J3", "CH43 9", 3), ("M57 J6", "L32 4", 2),
        ("M6 J2", "CV2 2", 3), ("M5 J7", "WR5 2", 3), ("Stafford", "ST16 2", 2), ("Whitchurch", "SY13 1", 3),
        ("Etruria", "ST1 5", 3), ("Runcorn Jubilee", "WA7 1", 3), ("Ledbury", "HR8 1", 3),
        ("Bridgnorth high town", "WV16 4", 3), ("Stratford", "CV37 6", 2), ("Southport Kew", "L39 8", 8),
    ],
)  # fmt: skip
def test_junctions_lie_in_their_towns(junction: str, sector: str, within_km: float) -> None:
    table = sectors()
    town = [table.name.index(sector)]
    place = on_plane(table.lat[town], table.lon[town])[0]
    assert np.hypot(*(place - NET.at[INDEX[junction]])) < within_km


def test_roads_cross_water_at_named_crossings_only() -> None:
    for (a, b), crossing in zip(NET.link, NET.crossing, strict=True):
        assert bool(waters_between(a, b)) == bool(crossing), (NET.name[a], NET.name[b])


@pytest.mark.parametrize(
    ("crossing", "waters"),
    [
        ("Queensway Tunnel", {"Mersey"}), ("Kingsway Tunnel", {"Mersey"}), ("Warrington Bridge", {"Mersey"}),
        ("Silver Jubilee Bridge", {"Mersey", "Ship Canal"}), ("Mersey Gateway", {"Mersey", "Ship Canal"}),
        ("Thelwall Viaduct", {"Mersey", "Ship Canal"}), ("Warburton Bridge", {"Ship Canal"}),
        ("Queensferry bridge", {"Dee"}), ("Grosvenor Bridge", {"Dee"}),
        ("Buildwas Bridge", {"Severn below Shrewsbury"}),
        ("Atcham Bridge", {"Severn below Shrewsbury"}), ("Worcester Bridge", {"Severn below Shrewsbury"}),
    ],
)  # fmt: skip
def test_a_crossing_leads_over_its_own_water(crossing: str, waters: set[str]) -> None:
    link = NET.link[NET.crossing.index(crossing)]
    assert waters_between(*link) == waters


def test_bridges_and_tunnels_that_any_street_leads_to_leave_out_motorways() -> None:
    names = {NET.crossing[i] for i in NET.crossings}
    assert "Queensway Tunnel" in names
    assert "Thelwall Viaduct" not in names
    assert all(count == 1 for count in Counter(NET.crossing[i] for i in NET.crossings).values())


def test_the_tables_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        NET.at[0, 0] = 0.0


def test_speeds_fall_from_motorway_to_town() -> None:
    assert sorted(FITTED.km_per_hour, reverse=True) == list(FITTED.km_per_hour)
    assert len(KINDS) == len(ROAD_CLASSES) == len(WINDING) == len(FITTED.km_per_hour)
    assert min(FITTED.per_km, FITTED.per_root_km, FITTED.access, FITTED.access_per_km) > 0


@pytest.mark.parametrize(
    ("a", "b", "over"),
    [((-1, 0), (1, 0), True), ((-1, 6), (1, 6), False), ((-2, 0), (-1, 3), False), ((1, -9), (1, 9), False)],
)
def test_a_line_is_over_water_where_it_meets_it(a: tuple[float, float], b: tuple[float, float], over: bool) -> None:
    assert crosses(*a, *b, RIVER) is over
    assert crosses(*b, *a, RIVER) is over


def test_a_line_through_a_bend_of_the_river_is_over_it() -> None:
    bend = np.array([[0.0, -5.0, 0.0, 0.0], [0.0, 0.0, 1.0, 5.0]])
    assert crosses(-1.0, 0.0, 1.0, 0.0, bend)


@settings(deadline=None)  # the first example compiles the kernel
@given(st.floats(0.5, 9), st.floats(-9, 9))
def test_over_a_bridge_the_way_is_that_to_it_over_it_and_on(x: float, y: float) -> None:
    banks = np.array([[-0.5, 2.0, 0.5, 2.0]])
    km = km_over_bridge(-3.0, 2.0, x, y, banks, RIVER)
    assert km == pytest.approx(3.5 + np.hypot(x - 0.5, y - 2))
    assert km_over_bridge(x, y, -3.0, 2.0, banks, RIVER) == pytest.approx(km)


def test_without_a_bridge_there_is_no_way() -> None:
    assert km_over_bridge(-3.0, 2.0, 3.0, 2.0, np.empty((0, 4)), RIVER) == NO_WAY_KM


def test_shortest_paths_are_those_of_dijkstra() -> None:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    rng = np.random.default_rng(3)
    n, m = 60, 150
    link = np.unique(np.sort(rng.integers(0, n, (m, 2)), axis=1), axis=0).astype(np.int32)
    link = link[link[:, 0] != link[:, 1]]
    seconds = rng.integers(1, 1000, len(link)).astype(np.float32)
    times, metres = shortest_paths(seconds, 10 * seconds, link, n)
    graph = csr_array((seconds, (link[:, 0], link[:, 1])), shape=(n, n))
    exact = dijkstra(graph, directed=False)
    reached = np.isfinite(exact)
    assert (times[reached] == exact[reached]).all()
    assert (metres[reached] == 10 * exact[reached]).all()
    assert (times[~reached] >= 1e9).all()


def between() -> tuple[np.ndarray, np.ndarray]:
    per_km = 3600 / np.array(FITTED.km_per_hour)
    seconds = (NET.km * per_km[NET.kind]).astype(np.float32)
    return shortest_paths(seconds, (1000 * NET.km).astype(np.float32), NET.link, len(NET.name))

"""Small road networks of many shapes, and their distances by the plainest means."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.cch import CLOSED
from geodata.network import RoadNetwork
from geodata.snapped import Snapped

Arcs = list[tuple[int, int]]


def network_of(nodes: int, arcs: Arcs, seed: int, most: int = 60) -> RoadNetwork:
    """Arcs of random times and lengths (few different ones, so that ties happen) between junctions anywhere."""
    rng = np.random.default_rng(seed)
    ends = np.array(sorted(arcs), np.int32).reshape(-1, 2)
    m = len(ends)
    return RoadNetwork(
        lat=rng.integers(520_000_000, 530_000_000, nodes).astype(np.int32),
        lon=rng.integers(-30_000_000, -20_000_000, nodes).astype(np.int32),
        tail=ends[:, 0].copy(),
        head=ends[:, 1].copy(),
        decimetres=rng.integers(0, most, m).astype(np.int32),
        freeflow_cs=rng.integers(1, most, m).astype(np.int32),
        highway=np.zeros(m, np.uint8),
        traffic_class=np.zeros(m, np.uint8),
        toll=np.zeros(m, bool),
        shape_first=np.zeros(m + 1, np.int64),
        shape_lat=np.zeros(0, np.int32),
        shape_lon=np.zeros(0, np.int32),
        model="synthetic test",
        attribution="",
    )


def lattice(rows: int, columns: int) -> Arcs:
    node = np.arange(rows * columns).reshape(rows, columns)
    pairs = [*zip(node[:, :-1].flat, node[:, 1:].flat, strict=True), *zip(node[:-1].flat, node[1:].flat, strict=True)]
    return [(int(a), int(b)) for pair in pairs for a, b in (pair, pair[::-1])]


@st.composite
def networks(draw: st.DrawFn) -> RoadNetwork:
    """One-way and parallel arcs, disconnected pieces, trees, lattices, single junctions."""
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    shape = draw(st.sampled_from(["any", "tree", "lattice", "ring"]))
    nodes = draw(st.integers(1, 24))
    if shape == "tree":
        arcs = [pair for v in range(1, nodes) for u in [int(rng.integers(v))] for pair in ((u, v), (v, u))]
    elif shape == "lattice":
        rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
        nodes, arcs = rows * columns, lattice(rows, columns)
    elif shape == "ring":
        arcs = [(v, (v + 1) % nodes) for v in range(nodes) if nodes > 1]
    else:
        ends = rng.integers(0, nodes, (draw(st.integers(0, 3 * nodes)), 2))
        arcs = [(int(a), int(b)) for a, b in ends if a != b]
    arcs = [arc for arc in arcs if rng.random() < 0.95]
    arcs += [arcs[k] for k in rng.integers(0, len(arcs), 2)] if arcs else []
    return network_of(nodes, arcs, seed)


def some_closed(network: RoadNetwork, seed: int, times: int = 1) -> NDArray[np.int32]:
    rng = np.random.default_rng(seed)
    return np.where(rng.random(network.arcs) < 0.1, CLOSED, network.freeflow_cs * times).astype(np.int32)


def opposite(network: RoadNetwork) -> NDArray[np.int32]:
    """An arc that leads back along each arc, -1 where there is none; of parallel ones each has its own."""
    waiting: dict[tuple[int, int], list[int]] = {}
    back = np.full(network.arcs, -1, np.int32)
    for arc, (tail, head) in enumerate(zip(network.tail.tolist(), network.head.tolist(), strict=True)):
        if others := waiting.get((head, tail)):
            back[arc] = others.pop()
            back[back[arc]] = arc
        else:
            waiting.setdefault((tail, head), []).append(arc)
    return back


def some_places(network: RoadNetwork, count: int, seed: int) -> Snapped:
    """Places on random roads, several on one road, some at its ends."""
    rng = np.random.default_rng(seed)
    arc = rng.integers(0, network.arcs, count).astype(np.int32)
    arc[count // 2 :] = arc[: count - count // 2]
    back = opposite(network)[arc]
    turn = (back >= 0) & (rng.random(count) < 0.5)
    fraction = np.round(rng.random(count) * 8) / 8
    return Snapped(
        arc=np.where(turn[:, None], np.stack([back, arc], axis=1), np.stack([arc, back], axis=1)),
        fraction=np.where(turn, 1 - fraction, fraction),
        off_road_m=np.zeros(count),
    )


def shortest(
    nodes: int, tail: NDArray[np.int32], head: NDArray[np.int32], cs: NDArray[np.int32], dm: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Centiseconds and decimetres between all junctions by Floyd and Warshall, -1 where there is no way."""
    far = 2**60
    distance = np.full((nodes, nodes), far)
    for arc in np.flatnonzero(cs < CLOSED):
        v, u = tail[arc], head[arc]
        distance[v, u] = min(distance[v, u], int(cs[arc]) << 32 | int(dm[arc]))
    distance[np.arange(nodes), np.arange(nodes)] = 0
    for by in range(nodes):
        distance = np.minimum(distance, distance[:, by, None] + distance[None, by, :])
    there = distance < far
    return np.where(there, distance >> 32, -1), np.where(there, distance & 0xFFFFFFFF, -1)

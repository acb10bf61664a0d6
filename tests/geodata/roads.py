"""Small road networks for tests."""

from __future__ import annotations

import numpy as np

from geodata.network import DEGREE, RoadNetwork


def grid(rows: int, columns: int, seed: int = 0) -> RoadNetwork:
    """A lattice of two-way streets of random length and speed round Birmingham, without shape points."""
    rng = np.random.default_rng(seed)
    node = np.arange(rows * columns).reshape(rows, columns)
    streets = np.concatenate(
        [
            np.stack([node[:, :-1].ravel(), node[:, 1:].ravel()], axis=1),
            np.stack([node[:-1].ravel(), node[1:].ravel()], axis=1),
        ]
    )
    both = np.concatenate([streets, streets[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    m = len(both)
    return RoadNetwork(
        lat=((52.4 + np.repeat(np.arange(rows), columns) * 0.002) * DEGREE).astype(np.int32),
        lon=((-1.9 + np.tile(np.arange(columns), rows) * 0.003) * DEGREE).astype(np.int32),
        tail=both[:, 0].astype(np.int32),
        head=both[:, 1].astype(np.int32),
        decimetres=rng.integers(500, 4000, m).astype(np.int32),
        freeflow_cs=rng.integers(300, 5000, m).astype(np.int32),
        highway=rng.integers(0, 14, m).astype(np.uint8),
        traffic_class=rng.integers(0, 4, m).astype(np.uint8),
        toll=rng.random(m) < 0.01,
        shape_first=np.zeros(m + 1, np.int64),
        shape_lat=np.zeros(0, np.int32),
        shape_lon=np.zeros(0, np.int32),
        model="synthetic grid",
        attribution="",
    )


def bent() -> RoadNetwork:
    """Two junctions, a two-way street with two bends between them and a longer one-way road back with one."""
    return RoadNetwork(
        lat=np.array([524000000, 524100000], np.int32),
        lon=np.array([-19000000, -18900000], np.int32),
        tail=np.array([0, 1, 1], np.int32),
        head=np.array([1, 0, 0], np.int32),
        decimetres=np.array([14000, 14000, 20000], np.int32),
        freeflow_cs=np.array([10000, 10000, 12000], np.int32),
        highway=np.array([11, 11, 8], np.uint8),
        traffic_class=np.array([2, 2, 3], np.uint8),
        toll=np.zeros(3, np.bool_),
        shape_first=np.array([0, 2, 4, 5], np.int64),
        shape_lat=np.array([524030000, 524080000, 524080000, 524030000, 524000000], np.int32),
        shape_lon=np.array([-18950000, -18960000, -18960000, -18950000, -18850000], np.int32),
        model="bent",
        attribution="nobody",
    )

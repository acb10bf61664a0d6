"""Thinned triangulations: graphs without crossing lines that look like roads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import Delaunay

from geodata.generated.plane import Flags, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Planar:
    """Lines between points: the Gabriel graph, and which lines are in the sparser Urquhart graph too."""

    tail: Ints  # [e] less than head
    head: Ints  # [e]
    sparse: Flags  # [e]


def planar(xy: Floats) -> Planar:
    """The Gabriel graph: Delaunay lines whose circle holds no third point.

    The Urquhart graph leaves out the longest line of every triangle; it stays connected, with 1.3 lines a point where
    points lie at random: as many as streets have.
    """
    n = len(xy)
    corner = Delaunay(xy).simplices.astype(np.int64)
    squared = np.stack([((xy[corner[:, i - 2]] - xy[corner[:, i - 1]]) ** 2).sum(axis=1) for i in range(3)], axis=1)
    blunt = 2 * squared > squared.sum(axis=1)[:, None]
    longest = squared == squared.max(axis=1)[:, None]
    a, b = np.roll(corner, -1, axis=1), np.roll(corner, -2, axis=1)
    packed = np.sort((((np.minimum(a, b) * n + np.maximum(a, b)) << 2) | (blunt << 1) | longest).ravel())
    first = np.flatnonzero(np.diff(packed >> 2, prepend=-1))
    flags = np.bitwise_or.reduceat(packed & 3, first)
    line = (packed >> 2)[first][flags < 2]
    return Planar(tail=line // n, head=line % n, sparse=flags[flags < 2] == 0)

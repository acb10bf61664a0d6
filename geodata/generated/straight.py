"""Main roads drawn straighter: a triangulation gives them the zigzag of lanes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geodata.generated.hierarchy import Candidates
from geodata.generated.water import wet
from geodata.network import HIGHWAYS

CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary")
ROUNDS = (12, 6, 4, 3, 2)
"""How often points of a class move half-way between their neighbours on the road."""


def straightened(lines: Candidates, highway: NDArray[np.uint8]) -> Candidates:
    """Points on main roads moved towards the middle of their two neighbours on it; crossroads of main roads stay.

    A point whose lines would then lead through water stays too. Lines may come to cross where roads are very close.
    """
    n = len(lines.xy)
    before = wet(lines.xy, lines.tail, lines.head)
    xy = lines.xy
    for name, rounds in zip(CLASSES, ROUNDS, strict=True):
        road = np.flatnonzero(highway <= HIGHWAYS.index(name))
        a, b = lines.tail[road], lines.head[road]
        both, other = np.concatenate([a, b]), np.concatenate([b, a])
        free = (np.bincount(both, minlength=n) == 2) & (
            np.bincount(both, highway[np.concatenate([road, road])] == HIGHWAYS.index(name), minlength=n) == 2
        )
        moved = xy.copy()
        for _ in range(rounds):
            middle = np.stack([np.bincount(both, moved[other, axis], n) for axis in (0, 1)], axis=1) / 2
            moved[free] = (moved[free] + middle[free]) / 2
        now_wet = wet(moved, lines.tail, lines.head) & ~before
        stay = np.zeros(n, np.bool_)
        stay[lines.tail[now_wet]] = stay[lines.head[now_wet]] = True
        xy = np.where(stay[:, None], xy, moved)
    return replace(lines, xy=xy, km=np.hypot(*(xy[lines.head] - xy[lines.tail]).T))

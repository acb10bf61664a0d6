"""Junctions: a turned, jittered street grid a settlement, and lanes between settlements."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from geodata.generated.plane import Floats
from geodata.generated.settlements import Settlements
from geodata.generated.water import on_land

RURAL_SHARE = 0.22
"""Part of the junctions between the settlements."""
REACH_KM = 11.0
"""Countryside goes so far beyond the outermost settlements."""
SPREADS = 2.2
"""A settlement goes so many spreads from its middle."""
SPARE = 1.12
"""Lines a wanted junction."""
JITTER_TOWN, JITTER_RURAL = 0.17, 0.42
"""Of the spacing of the grid."""


def junctions(rng: np.random.Generator, towns: Settlements, count: int) -> tuple[Floats, Floats]:
    """Some ``count`` points [n, 2] in km, by settlement, and the postcodes a km² there [n]."""
    lanes = _countryside(rng, towns, round(count * RURAL_SHARE))
    lanes = lanes[on_land(lanes)]
    streets, density = _streets(rng, towns, count - len(lanes))
    dry = np.flatnonzero(on_land(streets))
    stay = np.sort(rng.permutation(dry)[: count - len(lanes)])
    return np.concatenate([streets[stay], lanes]), np.concatenate([density[stay], towns.density(lanes)[0]])


def _streets(rng: np.random.Generator, towns: Settlements, count: int) -> tuple[Floats, Floats]:
    """A grid a settlement, as dense as its middle, thinned outwards; where two overlap, the denser one's."""
    middle = towns.density(towns.xy, nearest=8)[0]
    spacing = 1 / np.sqrt(middle * count * SPARE / towns.postcodes.sum())
    half = np.ceil(SPREADS * towns.spread / spacing).astype(np.int64)
    side = 2 * half + 1
    town = np.repeat(np.arange(len(half)), side**2)
    row, column = np.divmod(np.arange(len(town)) - np.repeat(np.cumsum(side**2) - side**2, side**2), side[town])
    offset, angle = rng.uniform(-0.5, 0.5, (len(half), 2)), rng.uniform(0, np.pi / 2, len(half))
    cell = np.stack([row, column], axis=1) - half[town, None] + offset[town]
    inside = np.hypot(*cell.T) * spacing[town] < SPREADS * towns.spread[town]
    town, cell = town[inside], cell[inside]
    cell += rng.normal(0, JITTER_TOWN, cell.shape)
    cos, sin = np.cos(angle)[town], np.sin(angle)[town]
    turned = np.stack([cos * cell[:, 0] - sin * cell[:, 1], sin * cell[:, 0] + cos * cell[:, 1]], axis=1)
    xy = towns.xy[town] + turned * spacing[town, None]
    density, owner = towns.density(xy)
    kept = (owner == town) & (rng.random(len(town)) * middle[town] < density)
    return xy[kept], density[kept]


def _countryside(rng: np.random.Generator, towns: Settlements, count: int) -> Floats:
    """A loose grid within reach of a settlement, its spacing such that ``count`` points or some more remain."""
    low, high = towns.xy.min(axis=0) - REACH_KM, towns.xy.max(axis=0) + REACH_KM
    tree = cKDTree(towns.xy)
    probe = rng.uniform(low, high, (4000, 2))
    area = np.isfinite(tree.query(probe, distance_upper_bound=REACH_KM)[0]).mean() * float(np.prod(high - low))
    spacing = np.sqrt(area / count)
    rows, columns = (np.ceil((high - low) / spacing)).astype(np.int64)
    cell = np.stack(np.divmod(np.arange(rows * columns), columns), axis=1) + rng.normal(
        0, JITTER_RURAL, (rows * columns, 2)
    )
    xy = low + cell * spacing
    within: Floats = xy[np.isfinite(tree.query(xy, distance_upper_bound=REACH_KM)[0])]
    return within

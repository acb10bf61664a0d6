"""Where people live: postcode sectors, the large rural ones broken into villages at random."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from geodata.generated.plane import Floats, to_plane
from geodata.postcodes import sectors

WEST = -3.35
"""Sectors beyond are deep in Wales, outside of the service area."""
MIN_POSTCODES = 10
RURAL_SD_KM = 1.5
"""A sector spread wider is several places."""
VILLAGE_POSTCODES = 18
SUBURBS = 0.95
"""Spread of a town sector, of the standard distance of its postcodes: streets go on where few people live."""
TOWN_SHARE = 0.35
"""Part of a rural sector's postcodes in its largest place."""


@dataclass(frozen=True, slots=True, eq=False)
class Settlements:
    """Round clusters of postcodes: centre, number and spread (the standard deviation an axis)."""

    xy: Floats  # [s, 2] km
    postcodes: Floats  # [s]
    spread: Floats  # [s] km

    @property
    def peak(self) -> Floats:
        """Postcodes a km² in the middle."""
        return self.postcodes / (2 * np.pi * self.spread**2)

    def density(self, xy: Floats, nearest: int = 4) -> tuple[Floats, Floats]:
        """Postcodes a km² at points, and the settlement that gives most of them."""
        nearest = min(nearest, len(self.xy))
        away, which = cKDTree(self.xy).query(xy, k=nearest)
        away, which = away.reshape(len(xy), nearest), which.reshape(len(xy), nearest)
        part = self.peak[which] * np.exp(-0.5 * (away / self.spread[which]) ** 2)
        most = np.take_along_axis(which, part.argmax(axis=1)[:, None], axis=1)[:, 0]
        return part.sum(axis=1), most


def settlements(rng: np.random.Generator) -> Settlements:
    """Every postcode sector as a settlement, the rural ones as a town and its villages."""
    table = sectors()
    used = (table.lon > WEST) & (table.postcodes >= MIN_POSTCODES) & (table.sd > 0)
    xy = to_plane(table.lat[used], table.lon[used])
    count, sd = table.postcodes[used].astype(np.float64), table.sd[used] / 1000
    rural = sd > RURAL_SD_KM
    villages = np.maximum(1, count[rural] * (1 - TOWN_SHARE) // VILLAGE_POSTCODES).astype(np.int64)
    sector = np.repeat(np.flatnonzero(rural), villages)
    scatter = np.clip(rng.standard_normal((len(sector), 2)), -2, 2) * (sd[sector] / np.sqrt(2))[:, None]
    share = rng.lognormal(0, 0.8, len(sector))
    share /= np.bincount(sector, share, len(sd))[sector]
    size = share * count[sector] * (1 - TOWN_SHARE)
    town = np.where(rural, count * TOWN_SHARE, count)
    spread = np.where(rural, _compact(town), sd * SUBURBS)
    return Settlements(
        xy=np.concatenate([xy, xy[sector] + scatter]),
        postcodes=np.concatenate([town, size]),
        spread=np.concatenate([spread, _compact(size)]),
    )


def _compact(postcodes: Floats) -> Floats:
    """Spread in km of a town or village with so many postcodes."""
    return 0.05 * np.sqrt(np.maximum(postcodes, 4))

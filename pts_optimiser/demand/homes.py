"""Homes by contract: a postcode sector drawn by its number of postcodes, and a point scattered within it.

No home is an address: it is the sector's centroid moved at random and rounded to a thousandth of a degree.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geodata.postcodes import sectors
from pts_optimiser.demand.sites import DATA
from pts_optimiser.domain.journey import Place, PlaceKind

MIN_POSTCODES = 10  # smaller sectors are large users and boxes, and could point at one building


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """Homes by column, shape [n]."""

    contract: tuple[str, ...]
    place: tuple[Place, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]


def draw_homes(rng: np.random.Generator, count: int) -> Homes:
    """Draw ``count`` homes over all contracts by their share of the journeys."""
    table = sectors()
    names, chance = _chances()
    contract_of, sector_of = divmod(rng.choice(chance.size, size=count, p=chance.ravel()), chance.shape[1])
    spread = table.sd[sector_of] / np.sqrt(2)
    north, east = np.clip(rng.standard_normal((2, count)), -2, 2) * spread
    lat = np.round(table.lat[sector_of] + north / 111_200, 3)
    lon = np.round(table.lon[sector_of] + east / (111_200 * np.cos(np.radians(table.lat[sector_of]))), 3)
    return Homes(
        contract=tuple(names[index] for index in contract_of),
        place=tuple(
            Place(f"home {table.name[sector]}", float(lat[i]), float(lon[i]), PlaceKind.HOME)
            for i, sector in enumerate(sector_of)
        ),
        lat=lat,
        lon=lon,
    )


@cache
def contract_shares() -> dict[str, float]:
    """The share of the journeys of each contract, in the order of the table."""
    return {row["contract"]: float(row["share"]) for row in _contracts()}


@cache
def duty_shares() -> dict[str, float]:
    """The share of the duties of each contract: more than of the journeys where roads are long."""
    return {row["contract"]: float(row["duties"]) for row in _contracts()}


@cache
def _chances() -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Contract names and the probability of each (contract, sector), shape [contracts, sectors], sum 1."""
    table = sectors()
    size = np.where((table.postcodes >= MIN_POSTCODES) & (table.sd > 0), table.postcodes, 0).astype(np.float64)
    outcode = [name.split()[0] for name in table.name]
    codes = [frozenset(row["outcodes"].split()) for row in _contracts()]
    chance = np.array([size * [code in within for code in outcode] for within in codes])
    share = np.array(list(contract_shares().values()))
    chance *= (share / chance.sum(axis=1))[:, None]
    return tuple(contract_shares()), chance / chance.sum()


@cache
def _contracts() -> list[dict[str, str]]:
    with (DATA / "contracts.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))

"""Hospitals and dialysis units, and the choice of one by size and distance."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.demand.calibration import CIRCUITY
from pts_optimiser.domain.journey import Place, PlaceKind

DATA = Path(__file__).with_name("data")
USES = ("renal", "oncology", "outpatient", "beds")


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """The site table by column, shape [n]; ``weight`` maps a use to what draws patients to each site."""

    place: tuple[Place, ...]
    contract: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    weight: dict[str, NDArray[np.float64]]

    @property
    def in_area(self) -> NDArray[np.bool_]:
        return np.array([contract != "" for contract in self.contract])


@cache
def sites() -> Sites:
    """The packaged table of sites."""
    with (DATA / "sites.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    places = tuple(Place(row["code"], float(row["lat"]), float(row["lon"]), PlaceKind(row["kind"])) for row in rows)
    return Sites(
        place=places,
        contract=tuple(row["contract"] for row in rows),
        lat=np.array([place.lat for place in places]),
        lon=np.array([place.lon for place in places]),
        weight={use: np.array([float(row[use]) for row in rows]) for use in USES},
    )


def crow_km(
    lat: NDArray[np.float64], lon: NDArray[np.float64], to_lat: NDArray[np.float64], to_lon: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Straight-line kilometres on a plane tangent to the region (below 0.5 % off within it)."""
    km: NDArray[np.float64] = np.hypot((lat - to_lat) * 111.2, (lon - to_lon) * 111.2 * np.cos(np.radians(52.8)))
    return km


def road_km(
    lat: NDArray[np.float64], lon: NDArray[np.float64], to_lat: NDArray[np.float64], to_lon: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Estimated road kilometres: crow-fly × circuity."""
    return crow_km(lat, lon, to_lat, to_lon) * CIRCUITY


def choose_sites(
    rng: np.random.Generator,
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    weight: NDArray[np.float64],
    reach_km: NDArray[np.float64],
) -> NDArray[np.int64]:
    """One site for each place [n], drawn with probability ∝ weight × exp(−km / reach_km).

    ``weight`` is of shape [sites] or [n, sites]; ``reach_km`` of shape [n], in road kilometres.
    """
    table = sites()
    km = road_km(lat[:, None], lon[:, None], table.lat[None, :], table.lon[None, :])
    appeal = np.where(weight > 0, km, np.inf)
    nearest = appeal.min(axis=1, keepdims=True)
    pull = weight * np.exp(-(appeal - nearest) / reach_km[:, None])
    reached = pull.cumsum(axis=1)
    drawn = rng.random(len(lat)) * reached[:, -1]
    chosen: NDArray[np.int64] = np.argmax(reached > drawn[:, None], axis=1)
    return chosen

"""Postcodes to places: the unit postcode where its data are installed, else the centroid of its sector (``B15 2``).

The table of sectors is derived from Code-Point Open and holds the postcode areas of the West Midlands, Cheshire and
Merseyside; its licence and attribution are in ``data/README.md``.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from geodata.unit_postcodes import unit_position

_TABLE = Path(__file__).with_name("data") / "postcode_sectors.csv"

Number = TypeVar("Number", np.float64, np.int64)

_UNIT = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9])[ABD-HJLNP-UW-Z]{2}")


class Located(NamedTuple):
    """A place in WGS 84 degrees; ``precision`` is the spread in metres of the sector's postcodes, 0 for a unit."""

    lat: float
    lon: float
    precision: float
    is_unit: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sectors:
    """The sector table, column by column; all arrays are read-only and of shape [n].

    ``postcodes`` counts the unit postcodes of a sector; ``sd`` is their standard distance from the centroid in metres
    (0 where a sector has a single postcode).
    """

    name: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    postcodes: NDArray[np.int64]
    sd: NDArray[np.float64]


@cache
def sectors() -> Sectors:
    """The packaged table of postcode sectors, in the order of the file."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return Sectors(
        name=tuple(row["sector"] for row in rows),
        lat=_read_only(np.array([float(row["lat"]) for row in rows])),
        lon=_read_only(np.array([float(row["lon"]) for row in rows])),
        postcodes=_read_only(np.array([int(row["postcodes"]) for row in rows], dtype=np.int64)),
        sd=_read_only(np.array([float(row["sd"] or 0) for row in rows])),
    )


def locate(postcode: str) -> Located | None:
    """Place a full unit postcode, in any case and spacing: itself where it is known, else the centroid of its sector.

    None where the text is not a unit postcode, or neither it nor its sector is known. An outward code or a sector
    alone is not enough: ``B15`` could be either.
    """
    found = _UNIT.fullmatch("".join(postcode.split()).upper())
    if found is None:
        return None
    position = unit_position(found[0])
    return Located(*position, 0.0, is_unit=True) if position else _by_name().get(f"{found[1]} {found[2]}")


@cache
def _by_name() -> dict[str, Located]:
    table = sectors()
    return {
        name: Located(float(table.lat[i]), float(table.lon[i]), float(table.sd[i])) for i, name in enumerate(table.name)
    }


def _read_only(array: NDArray[Number]) -> NDArray[Number]:
    array.setflags(write=False)
    return array

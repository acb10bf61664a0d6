"""The skeleton of the region: its main roads between named junctions, and the water that no drive goes straight over.

Compiled by hand, see ``data/README.md``. All kilometres are on the plane of ``plane``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geodata.tier0.fitted import KINDS, WINDING
from geodata.tier0.plane import on_plane

_DATA = Path(__file__).parents[1] / "data"

Number = TypeVar("Number", np.float64, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """n junctions, m two-way links between them, s straight pieces of shores and rivers; all arrays are read-only.

    ``crossings`` are the links, motorways apart, that lead over water: their banks may be reached by any street.
    """

    name: tuple[str, ...]
    at: NDArray[np.float64]  # [n, 2] km
    link: NDArray[np.int32]  # [m, 2] junctions
    kind: NDArray[np.int32]  # [m] index into KINDS
    km: NDArray[np.float64]  # [m] along the road
    road: tuple[str, ...]  # [m]
    crossing: tuple[str, ...]  # [m] the bridge or tunnel, empty where none
    water: NDArray[np.float64]  # [s, 4] km: from east, north to east, north
    water_name: tuple[str, ...]  # [s]

    @property
    def crossings(self) -> NDArray[np.int32]:
        over = [i for i, name in enumerate(self.crossing) if name and KINDS[self.kind[i]] != "motorway"]
        return np.asarray(over, np.int32)


@cache
def skeleton() -> Skeleton:
    """The packaged skeleton."""
    junctions = _table("skeleton_junctions.csv")
    index = {row["junction"]: i for i, row in enumerate(junctions)}
    at = _places(junctions)
    links = [
        (index[a], index[b], KINDS.index(row["kind"]), row["road"], row["crossing"])
        for row in _table("skeleton_roads.csv")
        for a, b in pairwise(row["junctions"].split(";"))
    ]
    link = np.array([row[:2] for row in links], np.int32)
    kind = np.array([row[2] for row in links], np.int32)
    points = _table("skeleton_water.csv")
    shore = _places(points)
    pieces = [i for i in range(len(points) - 1) if points[i]["water"] == points[i + 1]["water"]]
    return Skeleton(
        name=tuple(index),
        at=_read_only(at),
        link=_read_only(link),
        kind=_read_only(kind),
        km=_read_only(np.hypot(*(at[link[:, 0]] - at[link[:, 1]]).T) * np.array(WINDING)[kind]),
        road=tuple(row[3] for row in links),
        crossing=tuple(row[4] for row in links),
        water=_read_only(np.concatenate([shore[pieces], shore[np.add(pieces, 1)]], axis=1)),
        water_name=tuple(points[i]["water"] for i in pieces),
    )


def _table(file: str) -> list[dict[str, str]]:
    with (_DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _places(rows: list[dict[str, str]]) -> NDArray[np.float64]:
    return on_plane(np.array([float(row["lat"]) for row in rows]), np.array([float(row["lon"]) for row in rows]))


def _read_only(array: NDArray[Number]) -> NDArray[Number]:
    array.setflags(write=False)
    return array

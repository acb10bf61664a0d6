"""A road network: junctions, directed arcs between them, and the shape of each arc."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.errors import RoadsError
from geodata.store import fingerprint, read_arrays, write_arrays

KIND = "road network/1"

DEGREE = 10_000_000
"""Coordinates are whole 1e-7 degrees, as OpenStreetMap keeps them: a centimetre."""

HIGHWAYS = (
    "motorway",
    "motorway_link",
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
    "living_street",
    "service",
)
"""Kinds of road that a vehicle may use, by the names of OpenStreetMap; ``highway`` counts into them."""

TRAFFIC_CLASSES = ("motorway", "urban_main", "urban_minor", "rural")
"""Kinds of road whose speed follows the same traffic; ``traffic_class`` counts into them."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadNetwork:
    """n junctions and m directed arcs, sorted by tail; two-way streets are two arcs.

    An arc leads from ``tail`` to ``head``; ``freeflow_cs`` are the centiseconds it takes on an empty road, at least 1,
    ``decimetres`` its length. Its shape runs from the tail by the points ``shape_first[a] : shape_first[a + 1]`` of
    ``shape_lat`` and ``shape_lon`` to the head. There are no loops; every junction reaches every other.
    """

    lat: NDArray[np.int32]  # [n] 1e-7 degrees, WGS 84
    lon: NDArray[np.int32]  # [n]
    tail: NDArray[np.int32]  # [m]
    head: NDArray[np.int32]  # [m]
    decimetres: NDArray[np.int32]  # [m]
    freeflow_cs: NDArray[np.int32]  # [m]
    highway: NDArray[np.uint8]  # [m] index into HIGHWAYS
    traffic_class: NDArray[np.uint8]  # [m] index into TRAFFIC_CLASSES
    toll: NDArray[np.bool_]  # [m]
    shape_first: NDArray[np.int64]  # [m + 1]
    shape_lat: NDArray[np.int32]  # 1e-7 degrees
    shape_lon: NDArray[np.int32]
    model: str  # what it is, as rosters name it: «osm/1 <key>» or «synthetic roads/1 <key>»
    attribution: str  # what a map must say

    @property
    def nodes(self) -> int:
        return len(self.lat)

    @property
    def arcs(self) -> int:
        return len(self.tail)

    @property
    def key(self) -> str:
        """Names the graph by its content: junctions and arcs with their lengths and times."""
        parts = self.lat, self.lon, self.tail, self.head, self.decimetres, self.freeflow_cs, self.traffic_class
        return fingerprint(*(np.ascontiguousarray(part).view(np.uint8).data for part in parts))

    def save(self, folder: Path, **meta: Any) -> None:
        """Write the network to a folder of its own; ``meta`` is kept beside it.

        Raises
        ------
        RoadsError
            The folder cannot be written; what was there stays.
        """
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        write_arrays(folder, KIND, arrays, {**meta, "model": self.model, "attribution": self.attribution})


_ARRAYS = tuple(field.name for field in fields(RoadNetwork) if field.name not in {"model", "attribution"})


def open_network(folder: Path) -> tuple[RoadNetwork, dict[str, Any]]:
    """A network from its folder, memory-mapped, and what was kept beside it.

    Raises
    ------
    RoadsError
        No network there, of another version, or damaged.
    """
    arrays, meta = read_arrays(folder, KIND)
    lacking = sorted({*_ARRAYS} - arrays.keys() | {"model", "attribution"} - meta.keys())
    if lacking or len(arrays) > len(_ARRAYS):
        raise RoadsError(f"{folder}: damaged, it lacks {', '.join(lacking) or 'nothing, and has more'}; build it again")
    return RoadNetwork(**arrays, model=str(meta["model"]), attribution=str(meta["attribution"])), meta

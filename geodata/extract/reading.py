"""An OpenStreetMap extract into plain arrays: the ways that are roads for us, their nodes, the barriers on them.

``osmium`` reads and filters in C++ and keeps the coordinates of nodes in a sorted list; only ways with a ``highway``
and nodes with a barrier come up to Python. Ways alike in the tags that matter are read by the rules once.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.errors import RoadsError
from geodata.extract.rules import BARRIERS, KEYS, Road, blocks, read_road

OnProgress = Callable[[str, int], None]
"""Called with what is being done and the roads read so far."""

UNDEFINED = 2**31 - 1
"""Coordinate of a node that is not in the file, as osmium has it."""

EVERY = 20_000
"""Roads between two calls of the progress."""


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """w ways with r nodes in all; the nodes of way i are ``first[i] : first[i + 1]``."""

    node: NDArray[np.int64]  # [r] OpenStreetMap's id
    lat: NDArray[np.int32]  # [r] 1e-7 degrees, UNDEFINED where the node is not in the file
    lon: NDArray[np.int32]  # [r]
    first: NDArray[np.int64]  # [w + 1]
    road: NDArray[np.int32]  # [w] index into ``roads``
    roads: list[Road]
    blocked: NDArray[np.int64]  # ids of nodes at which the drive ends


def read_ways(path: Path, on_progress: OnProgress, *, tolls: bool) -> Ways:
    """The roads of an extract.

    Raises
    ------
    RoadsError
        No such file, not an extract, cut short, or without roads; or the package that reads extracts is missing.
    """
    if not path.is_file():
        raise RoadsError(f"{path}: no such file; give the path of an OpenStreetMap extract (.osm.pbf)")
    try:
        import osmium  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        raise RoadsError("extracts are read by osmium: pip install 'pts-optimiser[roads]'") from error
    try:
        ways = _read(osmium, path, on_progress, tolls=tolls)
    except (RuntimeError, OSError, ValueError, SystemError) as error:
        raise RoadsError(f"{path}: cannot be read ({error}); is it a whole OpenStreetMap extract?") from error
    if not len(ways.road):
        raise RoadsError(f"{path}: no roads in it; give an extract with all layers or with the highways of an area")
    if np.all(ways.lat == UNDEFINED):
        raise RoadsError(f"{path}: its ways come before their nodes or without them; sort it (osmium sort)")
    return ways


def _read(osmium: Any, path: Path, on_progress: OnProgress, *, tolls: bool) -> Ways:
    node, lat, lon = array("q"), array("i"), array("i")
    sizes, road, blocked = array("q", [0]), array("i"), array("q")
    roads: list[Road] = []
    known: dict[tuple[str | None, ...], int] = {}
    for thing in _things(osmium, path):
        if thing.is_node():
            if blocks(dict(thing.tags)):
                blocked.append(thing.id)
            continue
        get = thing.tags.get
        values = tuple([get(key) for key in KEYS])
        index = known.get(values)
        if index is None:
            index = known[values] = _index(values, roads, tolls=tolls)
        if index < 0:
            continue
        for place in thing.nodes:
            location = place.location
            node.append(place.ref)
            lat.append(location.y)
            lon.append(location.x)
        sizes.append(len(node))
        road.append(index)
        if not len(road) % EVERY:
            on_progress("reading", len(road))
    on_progress("reading", len(road))
    return Ways(
        node=np.frombuffer(node, np.int64),
        lat=np.frombuffer(lat, np.int32),
        lon=np.frombuffer(lon, np.int32),
        first=np.frombuffer(sizes, np.int64),
        road=np.frombuffer(road, np.int32),
        roads=roads,
        blocked=np.frombuffer(blocked, np.int64),
    )


def _things(osmium: Any, path: Path) -> Any:
    """Barriers and highways of the file."""
    bits, filters = osmium.osm, osmium.filter
    barriers = filters.TagFilter(*(("barrier", kind) for kind in BARRIERS))
    processor = osmium.FileProcessor(str(path), bits.NODE | bits.WAY).with_locations("flex_mem")
    processor.with_filter(barriers.enable_for(bits.NODE))
    return processor.with_filter(filters.KeyFilter("highway").enable_for(bits.WAY))


def _index(values: tuple[str | None, ...], roads: list[Road], *, tolls: bool) -> int:
    """Where the road of some tags stands in the list, -1 where they make none."""
    road = read_road(dict(compress(zip(KEYS, values, strict=True), values)))  # type: ignore[arg-type]
    if road is None or (road.toll and not tolls):
        return -1
    if road not in roads:
        roads.append(road)
    return roads.index(road)

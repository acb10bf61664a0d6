"""The packaged skeleton's main roads and waters as GeoJSON: the base map where no road network is at hand."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"
ATTRIBUTION = "Main roads and waters, simplified; not for navigation"


def skeleton_map() -> dict[str, Any]:
    """A FeatureCollection as ``base_map`` gives: a MultiLineString a kind of road, and one of ``water``."""
    position = {row["junction"]: _position(row) for row in _table("skeleton_junctions.csv")}
    lines: dict[str, list[list[list[float]]]] = {}
    for row in _table("skeleton_roads.csv"):
        lines.setdefault(row["kind"], []).append([position[name] for name in row["junctions"].split(";")])
    waters = groupby(_table("skeleton_water.csv"), key=lambda row: row["water"])
    lines["water"] = [[_position(row) for row in rows] for _, rows in waters]
    features = [_feature(kind, lines[kind]) for kind in sorted(lines, reverse=True)]
    return {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": features}


def _position(row: dict[str, str]) -> list[float]:
    return [float(row["lon"]), float(row["lat"])]


def _feature(kind: str, lines: list[list[list[float]]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "MultiLineString", "coordinates": lines},
        "properties": {"highway": kind, "attribution": ATTRIBUTION},
    }


def _table(file: str) -> list[dict[str, str]]:
    with (_DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))

"""Little extracts, drawn by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

Tags = Mapping[str, str]

STEP = 0.001
"""Degrees between neighbouring places of the drawing: 111 m north, 68 m east."""


def extract(
    path: Path,
    places: Mapping[int, tuple[int, int]],
    ways: Sequence[tuple[Sequence[int], Tags]],
    *,
    on_nodes: Mapping[int, Tags] | None = None,
) -> Path:
    """An extract of nodes at (north, east) of a place in the Midlands, and ways through them."""
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for node, (north, east) in sorted(places.items()):
            tags = dict((on_nodes or {}).get(node, {}))
            writer.add_node(Node(id=node, location=(-1.9 + east * STEP, 52.4 + north * STEP), tags=tags, version=1))
        for number, (nodes, tags) in enumerate(ways, 1):
            writer.add_way(Way(id=number, nodes=list(nodes), tags=dict(tags), version=1))
    return path


def cross(path: Path, tags: Tags, *, on_nodes: Mapping[int, Tags] | None = None) -> Path:
    """A residential square 1-2-3-4 with dead ends at 2 and 4, in all 4 km, and a way 1-5-3 with the tags across it."""
    places = {1: (0, 0), 2: (0, 10), 3: (10, 10), 4: (10, 0), 5: (5, 5), 6: (0, 13), 7: (13, 0)}
    street = {"highway": "residential"}
    ways = [([1, 2, 3, 4, 1], street), ([2, 6], street), ([4, 7], street), ([1, 5, 3], tags)]
    return extract(path, places, ways, on_nodes=on_nodes)

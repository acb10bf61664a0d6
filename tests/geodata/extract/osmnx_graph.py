"""The roads of an extract as osmnx reads them: ways kept by our rules, at our speeds, with directions read by osmnx."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import osmnx
from osmium.osm.mutable import Node, Way

from geodata.extract.build import silent
from geodata.extract.reading import read_ways
from geodata.extract.rules import blocks, read_road
from geodata.extract.segments import segments_of
from geodata.extract.speeds import metres_a_second
from geodata.extract.towns import built_up


def osmnx_graph(extract: Path, xml: Path) -> Any:
    """The largest strongly connected component, not simplified, with lengths and travel times."""
    _write_xml(extract, xml)
    graph = osmnx.graph_from_xml(xml, bidirectional=False, simplify=False, retain_all=True)
    graph = osmnx.add_edge_travel_times(osmnx.add_edge_speeds(graph))
    return osmnx.truncate.largest_component(graph, strongly=True)


def _write_xml(extract: Path, xml: Path) -> None:
    """Our ways with our speed as their limit, cut in two at barriers."""
    nodes: dict[int, tuple[float, float]] = {}
    barriers: set[int] = set()
    ways: list[tuple[list[int], dict[str, str]]] = []
    for thing in osmium.FileProcessor(str(extract), osmium.osm.NODE | osmium.osm.WAY):
        tags = dict(thing.tags)
        if thing.is_node():
            nodes[thing.id] = (thing.location.lon, thing.location.lat)
            if blocks(tags):
                barriers.add(thing.id)
        elif "highway" in tags and read_road(tags):
            ways.append(([place.ref for place in thing.nodes], tags))
    town = _in_town(extract)
    uses = Counter(node for refs, _ in ways for pair in pairwise(refs) if set(pair) <= nodes.keys() for node in pair)
    added = max(nodes)
    with osmium.SimpleWriter(str(xml)) as writer:
        drawn: list[Way] = []
        for (refs, tags), built in zip(ways, town, strict=True):
            road = read_road(tags)
            assert road is not None
            kmh = 3.6 * metres_a_second(road, built_up=built)
            kept = {key: tags[key] for key in ("oneway", "junction", "highway") if key in tags}
            part: list[int] = []
            for ref in refs:
                if ref not in nodes:
                    continue
                part.append(ref)
                if ref in barriers and uses[ref] <= 2:
                    drawn.append(Way(id=len(drawn) + 1, nodes=part, tags={**kept, "maxspeed": f"{kmh:.9f}"}))
                    added += 1
                    nodes[added] = nodes[ref]
                    part = [added]
            drawn.append(Way(id=len(drawn) + 1, nodes=part, tags={**kept, "maxspeed": f"{kmh:.9f}"}))
        for node, location in nodes.items():
            writer.add_node(Node(id=node, location=location))
        for way in drawn:
            writer.add_way(way)


def _in_town(extract: Path) -> list[bool]:
    ways = read_ways(extract, silent, tolls=True)
    segments = segments_of(ways)
    homes = [ways.roads[ways.road[way]].highway in {"residential", "living_street"} for way in segments.way]
    return built_up(segments, np.array(homes), len(ways.road)).tolist()

"""A synthetic road network on real settlement positions: not a map, but as hard to route on as one.

Junctions lie where postcodes lie, streets are a thinned triangulation of them, main roads the ways between places of
falling size. Seeded: the same ``nodes`` and ``seed`` give the same network to the last bit.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from geodata.errors import RoadsError
from geodata.generated.arcs import network
from geodata.generated.hierarchy import MINOR, Candidates, main_roads, nearest
from geodata.generated.motorways import MOTORWAY, separated
from geodata.generated.planar import planar
from geodata.generated.plane import Flags, Floats, Ints
from geodata.generated.scatter import junctions
from geodata.generated.settlements import settlements
from geodata.generated.straight import straightened
from geodata.generated.streets import Streets, random_bends
from geodata.generated.water import TOLLED, banks, wet
from geodata.network import HIGHWAYS, RoadNetwork

LEAST_NODES = 1000
STREETS_PER_NODE = 1.2526
"""With the one-way ones 2.43 arcs a junction, as in the networks that the engines are measured on."""
ONE_WAY = 0.06
"""Part of the streets."""
URBAN = 40.0
"""Postcodes a km² from which on streets count as urban: some 1,400 people."""
ATTRIBUTION = (
    "Synthetic roads, not a map. Settlements: contains OS, Royal Mail and National Statistics data © Crown copyright"
)


def generate(nodes: int, seed: int) -> RoadNetwork:
    """A road network of some ``nodes`` junctions (a few fewer) over the service area, always the same for a seed.

    Raises
    ------
    RoadsError
        Fewer junctions than show the region.
    """
    if nodes < LEAST_NODES:
        raise RoadsError(f"{nodes} junctions are too few for the region; ask for {LEAST_NODES} or more")
    rng = np.random.default_rng(seed)
    towns = settlements(rng)
    ends = banks()
    xy, density = junctions(rng, towns, nodes - len(ends))
    xy = np.concatenate([ends, xy])
    density = np.concatenate([towns.density(ends)[0], density])
    graph = planar(xy)
    dry = np.flatnonzero(~wet(xy, graph.tail, graph.head))
    bridge = np.arange(0, len(ends), 2)
    tail, head = np.concatenate([bridge, graph.tail[dry]]), np.concatenate([bridge + 1, graph.head[dry]])
    candidate = np.concatenate([np.ones(len(bridge), np.bool_), graph.sparse[dry]])
    lines = Candidates(xy=xy, tail=tail, head=head, km=np.hypot(*(xy[head] - xy[tail]).T), density=density)
    highway = main_roads(lines, towns)
    highway[: len(bridge)] = np.clip(highway[: len(bridge)], HIGHWAYS.index("trunk"), HIGHWAYS.index("secondary"))
    lines = straightened(lines, highway)
    fixed = highway < MINOR
    fixed[: len(bridge)] = True
    kept, tree = _kept(rng, lines, fixed, candidate, highway == MOTORWAY)
    toll = np.arange(len(tail)) < TOLLED
    roads = network(*_connected(*_streets(rng, lines, highway, toll, kept, tree)), ATTRIBUTION)
    return replace(roads, model=f"synthetic roads/1 {roads.key}")


def _kept(
    rng: np.random.Generator, lines: Candidates, fixed: Flags, candidate: Flags, motorway: Flags
) -> tuple[Ints, Flags]:
    """The lines that become streets: main roads, a tree that connects all, others at random; and which are the tree.

    The tree leads every junction to a main road by the shortest way, but no motorway, for other roads do not join them.
    """
    n = len(lines.xy)
    seems = lines.km * rng.uniform(0.8, 1.2, len(lines.km)) * np.where(candidate, 1, 3) + 1e-9
    main = np.flatnonzero(fixed & ~motorway)
    into = nearest(lines, seems, np.unique(np.concatenate([lines.tail[main], lines.head[main]])))[2]
    weight = seems * np.where(motorway, 1e6, 1)
    weight[into[into >= 0]] *= 1e-3
    weight[main] *= 1e-6
    number = csr_array((np.arange(1, len(weight) + 1), (lines.tail, lines.head)), shape=(n, n))
    graph = csr_array((weight[number.data - 1], number.indices, number.indptr), shape=(n, n))
    found = minimum_spanning_tree(graph).tocoo()
    tree = np.zeros(len(weight), np.bool_)
    tree[np.asarray(number[found.row, found.col]).ravel() - 1] = True
    kept = tree | fixed
    spare = np.flatnonzero(candidate & ~kept)
    more = max(0, round(STREETS_PER_NODE * n) - int(kept.sum()))
    kept[rng.permutation(spare)[:more]] = True
    return np.flatnonzero(kept), tree[kept]


def _streets(
    rng: np.random.Generator, lines: Candidates, highway: NDArray[np.uint8], toll: Flags, kept: Ints, tree: Flags
) -> tuple[Floats, Streets]:
    """Streets and their ends [n, 2]: motorways apart, one-way ones where every junction stays within reach."""
    xy, motorways, stay = separated(lines.xy, lines.tail[kept], lines.head[kept], highway[kept])
    kept, tree = kept[stay], tree[stay]
    tail, head = lines.tail[kept], lines.head[kept]
    urban = (lines.density[tail] + lines.density[head]) / 2 > URBAN
    minor = np.where(urban, HIGHWAYS.index("residential"), HIGHWAYS.index("unclassified"))
    kind = np.where(highway[kept] == MINOR, minor, highway[kept]).astype(np.uint8)
    single = np.flatnonzero(~tree & (kind >= HIGHWAYS.index("secondary")))
    one_way = np.zeros(len(kept), np.bool_)
    one_way[rng.permutation(single)[: round(ONE_WAY * len(kept))]] = True
    first, bends = random_bends(rng, xy[tail], xy[head], urban)
    streets = Streets(tail, head, kind, urban, one_way, toll[kept], first, bends)
    return xy, streets + motorways if motorways else streets


def _connected(xy: Floats, streets: Streets) -> tuple[Floats, Streets]:
    """The largest part in which every junction reaches every other."""
    n, back = len(xy), ~streets.one_way
    ends = np.concatenate([streets.tail, streets.head[back]]), np.concatenate([streets.head, streets.tail[back]])
    _, part = connected_components(csr_array((np.ones(len(ends[0])), ends), shape=(n, n)), connection="strong")
    inside = part == np.bincount(part).argmax()
    return xy[inside], streets.among(inside)

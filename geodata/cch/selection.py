"""A part of the tree that is swept for some places again and again: in every band, for every batch, for a new place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.cch.kernels.ancestors import ancestors
from geodata.cch.kernels.tables import Tree
from geodata.cch.places import Places


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Places, all s nodes above them from the root down, and the a arcs that lead up from those."""

    places: Places
    node: NDArray[np.int32]  # [s] descending
    depth: NDArray[np.int32]  # [s]
    arc_first: NDArray[np.int32]  # [s + 1]
    arc_level: NDArray[np.int32]  # [a] depth of the arc's head
    place_first: NDArray[np.int32]  # [s + 1] places by the node that they hang on below
    place: NDArray[np.int32]  # [p]
    high_depth: NDArray[np.int32]  # [p] depth of the other end, in the order of ``place``

    def __len__(self) -> int:
        return len(self.places)


def select(tree: Tree, places: Places) -> Selection:
    """What lies above some places; places may share nodes."""
    ascending = np.argsort(places.low, kind="stable").astype(np.int32)
    low = places.low[ascending]
    found = np.empty(len(tree.parent), np.int32)
    node = found[: ancestors(low, tree.parent, found)][::-1].copy()
    degree = tree.first[node + 1] - tree.first[node]
    arc_first = np.concatenate([[0], np.cumsum(degree)]).astype(np.int32)
    arc = np.repeat(tree.first[node] - arc_first[:-1], degree) + np.arange(arc_first[-1], dtype=np.int32)
    place = ascending[::-1].copy()
    return Selection(
        places=places,
        node=node,
        depth=tree.depth[node],
        arc_first=arc_first,
        arc_level=tree.level[arc],
        place_first=np.searchsorted(-low[::-1], -np.append(node, -1)).astype(np.int32),
        place=place,
        high_depth=tree.depth[places.high[place]],
    )

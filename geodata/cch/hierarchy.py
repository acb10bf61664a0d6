"""What a road network's shortest paths have in common whatever its speeds: made once, kept in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.cch.chordal import chordal_graph, depths
from geodata.cch.kernels.customise import CLOSED, customise, pack
from geodata.cch.kernels.tables import Roads, Tree
from geodata.cch.metric import Metric
from geodata.cch.order import node_order
from geodata.cch.places import Where, places_at
from geodata.cch.selection import Selection, select
from geodata.errors import RoadsError
from geodata.network import RoadNetwork
from geodata.store import read_arrays, write_arrays

KIND = "road hierarchy/1"
NAME = "hierarchy"


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """A network's chordal graph and elimination tree: weights give it a metric, places select a part of it."""

    roads: Roads
    tree: Tree
    rank: NDArray[np.int32]  # [n] number of each junction in the tree

    def customised(self, weights_cs: NDArray[np.int32]) -> Metric:
        """Shortest paths for one set of travel times: a band, a closure, new speeds.

        Parameters
        ----------
        weights_cs : centiseconds by arc of the network [m], at least 1; ``CLOSED`` (2**29) or more closes the arc

        Raises
        ------
        ValueError
            Not one weight an arc, or one below 1.
        """
        if weights_cs.shape != self.roads.slot.shape:
            raise ValueError(f"{len(weights_cs):,} weights for {len(self.roads.slot):,} arcs")
        if not (weights_cs >= 1).all():
            raise ValueError("a road takes at least one centisecond")
        centiseconds = _read_only(np.minimum(weights_cs, CLOSED).astype(np.int32))
        weights = np.empty((len(self.tree.tail), 2), np.int64)
        pack(centiseconds, self.roads.decimetres, self.roads.slot, weights)
        spread = np.empty((int(self.tree.depth.max()) + 1, 2), np.int64)
        customise(self.tree, weights, spread)
        return Metric(self.roads, self.tree, self.rank, centiseconds, _read_only(weights))

    def selected(self, where: Where) -> Selection:
        """Places and what is above them, to be used with any metric of this hierarchy, as often as needed."""
        return select(self.tree, places_at(where, self.roads, self.rank))


def prepare(network: RoadNetwork, folder: Path) -> Hierarchy:
    """The hierarchy of a network from its cache ``folder/hierarchy``; built and kept there where none fits.

    Raises
    ------
    RoadsError
        The folder cannot be written.
    """
    key = network.key
    try:
        arrays, meta = read_arrays(folder / NAME, KIND)
        if meta.get("network") == key and set(arrays) == _KEPT:
            return _hierarchy(network, arrays)
    except RoadsError:  # none there, of another version, or damaged: to be built
        pass
    arrays = _built(network)
    write_arrays(folder / NAME, KIND, arrays, {"network": key})
    return _hierarchy(network, arrays)


def build(network: RoadNetwork) -> Hierarchy:
    """The hierarchy of a network, kept nowhere."""
    return _hierarchy(network, _built(network))


def _built(network: RoadNetwork) -> dict[str, NDArray[Any]]:
    return chordal_graph(np.array(network.tail), np.array(network.head), node_order(network))


_KEPT = {"rank", "first", "parent", "tail", "head", "low_first", "low_arc", "slot", "by_slot", "slot_first"}


def _hierarchy(network: RoadNetwork, arrays: Mapping[str, NDArray[Any]]) -> Hierarchy:
    kept = {name: _read_only(np.asarray(array)) for name, array in arrays.items()}
    depth = depths(kept["parent"])
    tree = {name: kept[name] for name in Tree._fields if name in kept}
    tail, head, decimetres = (_read_only(np.asarray(a)) for a in (network.tail, network.head, network.decimetres))
    return Hierarchy(
        roads=Roads(tail, head, decimetres, *(kept[name] for name in ("slot", "by_slot", "slot_first"))),
        tree=Tree(**tree, depth=_read_only(depth), level=_read_only(depth[kept["head"]])),
        rank=kept["rank"],
    )


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    """Kernels are compiled apart for arrays that may be written, so what is kept may not, mapped or not."""
    array = array.view()
    array.setflags(write=False)
    return array

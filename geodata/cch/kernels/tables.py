"""What the kernels are given, by name."""

from __future__ import annotations

from typing import Any, NamedTuple

from numpy.typing import NDArray

Table = NDArray[Any]


class Tree(NamedTuple):
    """The chordal graph by tail, heads ascending, nodes in post-order of the elimination tree."""

    first: Table  # [n + 1] first arc of a node
    parent: Table  # [n] -1 at roots
    depth: Table  # [n]
    tail: Table  # [c]
    head: Table  # [c]
    level: Table  # [c] depth of the head
    low_first: Table  # [n + 1]
    low_arc: Table  # [c] arcs by head


class Roads(NamedTuple):
    """The arcs of the network, and where they lie in the chordal graph."""

    tail: Table  # [m]
    head: Table  # [m]
    decimetres: Table  # [m]
    slot: Table  # [m] twice the chordal arc, plus one where the road leads down
    by_slot: Table  # [m] roads sorted by slot
    slot_first: Table  # [2c + 1]


class Lanes(NamedTuple):
    """Places that fill columns, ``low`` ascending; each hangs on two nodes, ``high`` above ``low``."""

    low: Table
    high: Table
    low_weight: Table
    high_weight: Table


class Rows(NamedTuple):
    """Places that fill rows, and all nodes above them, from the root down."""

    node: Table  # [s] descending
    depth: Table  # [s]
    arc_first: Table  # [s + 1]
    arc_level: Table  # [a]
    arc_weight: Table  # [a]
    place_first: Table  # [s + 1] places whose lower node this is
    place: Table  # [p] their rows of the matrix
    high_depth: Table  # [p]
    low_weight: Table  # [p]
    high_weight: Table  # [p]


class Pairs(NamedTuple):
    """Ways straight along a road, by batch of lanes, then in the order of ``Rows.place``."""

    first: Table  # [batches + 1]
    place: Table  # index into Rows.place
    lane: Table  # within the batch
    weight: Table


class Scratch(NamedTuple):
    """Working memory of one thread; the width of ``stack`` is the number of lanes of a batch."""

    stack: Table  # [height, lanes]
    store: Table  # [most nodes above a batch, lanes]
    visited: Table
    line: Table  # [lanes]


class Climbs(NamedTuple):
    """Working memory of a path: least weights from the origin and to the destination by depth, and by which arc."""

    there: Table  # [height]
    back: Table  # [height]
    there_via: Table  # [height]
    back_via: Table  # [height]
    chain: Table  # [height]
    pending: Table  # [height + 1]
    known: Table  # [2c] how slots are unpacked, 0 where not yet known
    found: Table  # [n] the roads

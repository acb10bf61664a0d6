"""Travel times in the layout of the search: from one node to all places, and to one place from all nodes."""

from __future__ import annotations

from solver.kernels.jit import kernel

TILE = 64
"""Rows and columns written at a time, so that both layouts stay in the cache."""


@kernel
def copy_legs(seconds, node_band, node_location, first, end, outbound, inbound):
    """Write the times from the nodes ``first`` to ``end`` into ``outbound`` [nodes, m] and ``inbound`` [m, nodes]."""
    m = seconds.shape[1]
    for low in range(first, end, TILE):
        high = min(low + TILE, end)
        for left in range(0, m, TILE):
            right = min(left + TILE, m)
            for node in range(low, high):
                row = seconds[node_band[node], node_location[node]]
                for place in range(left, right):
                    outbound[node, place] = row[place]
            for place in range(left, right):
                for node in range(low, high):
                    inbound[place, node] = outbound[node, place]

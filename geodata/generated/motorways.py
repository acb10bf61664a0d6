"""Motorways in two carriageways: other roads pass over them, and reach them only at junctions some kilometres apart."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from geodata.generated.plane import Flags, Floats, Ints
from geodata.generated.streets import Streets
from geodata.network import HIGHWAYS

MOTORWAY = HIGHWAYS.index("motorway")
LINK = HIGHWAYS.index("motorway_link")
APART_KM = {HIGHWAYS.index("trunk"): 1.0, HIGHWAYS.index("primary"): 3.0, HIGHWAYS.index("secondary"): 6.0}
"""Least distance from the last junction to one with a road of this class."""
END_KM = 1.0
"""No junction so close to an end."""
ASIDE_KM = 0.015
"""From the middle to a carriageway: traffic keeps left."""
SLIP_KM = 0.08
"""How far a slip road swings out."""


class Carriageways:
    """Collects one-way pieces between junctions and the slip roads to them; points beyond the given ones are new."""

    def __init__(self, xy: Floats, greatest: NDArray[np.uint8]) -> None:
        self.xy = xy
        self.greatest = greatest  # class of the greatest other road at each point
        self.new: list[Floats] = []
        self.pieces: list[tuple[int, int, Floats, int, bool]] = []  # from, to, bends, class, one-way

    def add(self, chain: list[int]) -> None:
        """A motorway by its points, from one end or interchange to the next, where both carriageways meet."""
        middle = self.xy[chain]
        along = np.gradient(middle, axis=0)
        left = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.hypot(along[:, 0], along[:, 1])[:, None]
        stops = self._junctions(chain, middle)
        for side in (left, -left):
            lane = middle + ASIDE_KM * side
            nodes = [chain[0], *(self._ramp(chain[at], lane[at], side[at]) for at in stops[1:-1]), chain[-1]]
            for a, b, start, end in zip(stops[:-1], stops[1:], nodes[:-1], nodes[1:], strict=True):
                bends = lane[a + 1 : b]
                piece = (start, end, bends) if side is left else (end, start, bends[::-1])
                self.pieces.append((*piece, MOTORWAY, True))

    def streets(self) -> Streets:
        tail, head, bends, highway, one_way = zip(*self.pieces, strict=True)
        flags = np.zeros(len(tail), np.bool_)
        return Streets(
            tail=np.array(tail),
            head=np.array(head),
            highway=np.array(highway, np.uint8),
            urban=flags,
            one_way=np.array(one_way),
            toll=flags,
            first=np.cumsum([0, *(len(points) for points in bends)]),
            bends=np.concatenate(bends),
        )

    def _junctions(self, chain: list[int], middle: Floats) -> list[int]:
        """Both ends, and between them where a main road crosses and no junction is too near."""
        km = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(middle, axis=0).T))])
        stops = [0]
        for at in range(1, len(chain) - 1):
            apart = APART_KM.get(int(self.greatest[chain[at]]), np.inf)
            if km[at] - km[stops[-1]] >= apart and km[-1] - km[at] >= END_KM:
                stops.append(at)
        return [*stops, len(chain) - 1]

    def _ramp(self, node: int, point: Floats, side: Floats) -> int:
        """A junction's point on a carriageway, joined to the crossing road."""
        number = len(self.xy) + len(self.new)
        self.new.append(point)
        self.pieces.append((node, number, (point + SLIP_KM * side)[None], LINK, False))
        return number


def separated(xy: Floats, tail: Ints, head: Ints, highway: NDArray[np.uint8]) -> tuple[Floats, Streets | None, Flags]:
    """Points with those of the carriageways added, the streets of the motorways, and which of the given lines stay."""
    lines = np.flatnonzero(highway == MOTORWAY)
    greatest = np.full(len(xy), len(HIGHWAYS), np.uint8)
    others = np.flatnonzero(highway != MOTORWAY)
    for end in (tail, head):
        np.minimum.at(greatest, end[others], highway[others])
    ways = Carriageways(xy, greatest)
    for chain in _chains(tail[lines].tolist(), head[lines].tolist()):
        ways.add(chain)
    return (
        np.concatenate([xy, *(point[None] for point in ways.new)]),
        ways.streets() if lines.size else None,
        (highway != MOTORWAY),
    )


def _chains(tail: list[int], head: list[int]) -> list[list[int]]:
    """Points in a row from one end or meeting of lines to the next; a ring without either is cut anywhere."""
    at: dict[int, list[int]] = defaultdict(list)
    for line, ends in enumerate(zip(tail, head, strict=True)):
        for node in ends:
            at[node].append(line)
    free = [True] * len(tail)

    def walk(node: int, line: int) -> list[int]:
        chain = [node]
        while free[line]:
            free[line] = False
            node = head[line] if tail[line] == node else tail[line]
            chain.append(node)
            if len(at[node]) == 2:
                line = at[node][0] if at[node][1] == line else at[node][1]
        return chain

    starts = sorted(at, key=lambda node: len(at[node]) == 2)
    return [walk(node, line) for node in starts for line in at[node] if free[line]]

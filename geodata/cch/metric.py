"""Shortest paths for one set of travel times: matrices, one place and all others, paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geodata.cch.kernels.tables import Roads, Rows, Tree
from geodata.cch.matrix import Matrix
from geodata.cch.path import Path, paths
from geodata.cch.places import Places, Where, places_at
from geodata.cch.selection import Selection, select
from geodata.cch.sweep import DOWN, UP, rows_of, swept


class Kept(NamedTuple):
    """A selection with the weights of one metric, for many questions about single places."""

    selection: Selection
    leaving: Rows
    reaching: Rows


@dataclass(frozen=True, slots=True, eq=False)
class Metric:
    """A hierarchy with weights, see ``Hierarchy.customised``; may be shared by threads."""

    roads: Roads
    tree: Tree
    rank: NDArray[np.int32]
    centiseconds: NDArray[np.int32]  # [m]
    weights: NDArray[np.int64]  # [c, 2]

    def matrix(
        self, origins: Where | Selection, destinations: Where | Selection, *, metres: bool = True, threads: int = 1
    ) -> Matrix:
        """Times and lengths from every origin to every destination.

        Parameters
        ----------
        origins, destinations : junctions, places on roads, or a selection of them, to be used again
        metres : whether lengths are wanted too, for about half as much time again
        threads : parts worked on at a time
        """
        selection = origins if isinstance(origins, Selection) else select(self.tree, self._places(origins))
        rows = rows_of(selection, self, UP, metres)
        return swept(selection, rows, self._places(destinations), self, UP, metres, threads)

    def kept(self, others: Selection) -> Kept:
        """A selection, ready to be asked about one place after another by ``around``."""
        return Kept(others, *(rows_of(others, self, side, metres=True) for side in (UP, DOWN)))

    def around(self, place: Where, others: Kept) -> tuple[Matrix, Matrix]:
        """One place (or k) and all others: times and lengths from it [k, p] and to it [p, k]."""
        here = self._places(place)
        away = swept(others.selection, others.reaching, here, self, DOWN, metres=True)
        back = swept(others.selection, others.leaving, here, self, UP, metres=True)
        return away.transposed, back

    def path(self, origin: Where, destination: Where) -> Path | None:
        """The roads from one place to another; None where there is no way."""
        (path,) = self.paths(origin, destination)
        return path

    def paths(self, origins: Where, destinations: Where) -> Iterator[Path | None]:
        """The roads from each origin to the destination of the same position; None where there is no way."""
        start, end = self._places(origins), self._places(destinations)
        if len(start) != len(end):
            raise ValueError(f"{len(start):,} origins and {len(end):,} destinations")
        return paths(start, end, self.roads, self.tree, self.centiseconds, self.weights)

    def _places(self, where: Where | Selection) -> Places:
        return where.places if isinstance(where, Selection) else places_at(where, self.roads, self.rank)

"""Which vehicles could serve a request if they had nothing else to do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.kernels.block import LINE
from solver.kernels.parts import in_parts
from solver.kernels.recreate import try_alone
from solver.kernels.tables import Packed, pack
from solver.problem import Problem


def fits_alone(problem: Problem) -> NDArray[np.bool_]:
    """Whether each request, within its hard limits, fits each vehicle while it is free [n, v]."""
    return fits_free(pack(problem, 0))


def fits_free(packed: Packed) -> NDArray[np.bool_]:
    """The same of a packed problem whose routes are all empty; on every processor, as rows do not meet."""
    found = np.zeros(packed.tables.compatible.shape, np.bool_)

    def fill(first: int, end: int) -> None:
        line = np.zeros(packed.state.visits.shape[1] + 2, LINE)
        try_alone(packed.tables, packed.state, line, first, found[first:end])

    in_parts(fill, len(found))
    return found

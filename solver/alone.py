"""Which vehicles could serve a request if they had nothing else to do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.kernels.block import LINE
from solver.kernels.recreate import try_alone
from solver.kernels.tables import pack
from solver.problem import Problem


def fits_alone(problem: Problem) -> NDArray[np.bool_]:
    """Whether each request, within its hard limits, fits each vehicle while it is free [n, v]."""
    n = problem.n_requests
    found = np.zeros((n, problem.n_vehicles), np.bool_)
    packed = pack(problem, 0)
    line = np.zeros(packed.state.visits.shape[1] + 2, LINE)
    try_alone(packed.tables, packed.state, line, found)
    return found

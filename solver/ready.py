"""The kernels of the search, loaded before there is a problem to solve."""

from __future__ import annotations

from typing import Any

import numpy as np

from solver.lns import search_neighbourhoods
from solver.problem import AXES, FLAGS, Problem


def load_kernels() -> None:
    """Take the kernels from the cache (or compile them) by solving next to nothing.

    Made for a thread: while files are read and travel times worked out, the kernels come in beside.
    """
    search_neighbourhoods(trifle(), budget_s=0, seed=0, iterations=1)


def trifle() -> Problem:
    """Two requests and a vehicle, all at one place and moment."""
    size = dict.fromkeys("nvckrbm2", 1) | {"n": 2, "2": 2}
    arrays: dict[str, Any] = {
        name: np.zeros([size[axis] for axis in axes], np.bool_ if name in FLAGS else np.int32)
        for name, axes in AXES.items()
    }
    arrays["compatible"][:] = True
    return Problem(**arrays)

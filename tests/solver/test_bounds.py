"""The kernels once more with every array access checked: compiled code would read past an end in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from solver.engine import solve
from solver.kernels.jit import kernel
from tests.solver.problems import random_problem

VARIANTS = ({}, {"gap": 300, "distance": 90_000}, {"breaks": False, "duration": 18_000, "long_shifts": True})


@kernel
def past_the_end(array):  # type: ignore[no-untyped-def]
    return array[len(array)]


def run_all() -> None:
    """What the checked process does; it must notice an access that is out of bounds, and find none in the search."""
    try:
        past_the_end(np.zeros(3))
    except IndexError:
        print("checked")
    for options in VARIANTS:
        for n, v in ((4, 1), (5, 2), (60, 5)):
            solve(random_problem(n, v, 3, **options), seed=2, iterations=400, workers=min(v, 2))  # type: ignore[arg-type]
    print("within bounds")


def test_no_kernel_reads_or_writes_past_an_array(tmp_path: Path) -> None:
    environment = os.environ | {
        "NUMBA_BOUNDSCHECK": "1",
        "NUMBA_CACHE_DIR": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [sys.executable, "-c", "from tests.solver.test_bounds import run_all; run_all()"]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert found.stdout == "checked\nwithin bounds\n", found.stderr[-2000:]

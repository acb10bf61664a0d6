"""The kernels compiled once more, to look into: every array access checked, and no reference ever counted.

Compiled code would read past an end in silence; counting references of arrays would take half of its time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numba
import numpy as np

from solver.engine import solve
from solver.kernels.jit import kernel
from solver.kernels.recreate import construct, try_alone
from solver.kernels.search import anneal
from tests.solver.problems import random_problem

VARIANTS = ({}, {"gap": 300, "distance": 90_000}, {"breaks": False, "duration": 18_000, "long_shifts": True})


@kernel
def past_the_end(array):  # type: ignore[no-untyped-def]
    return array[len(array)]


@numba.njit  # type: ignore[untyped-decorator]
def allocates(size):  # type: ignore[no-untyped-def]
    return np.zeros(size)[1:]


def counts_references(function: Any) -> bool:
    return any("NRT_incref" in code or "NRT_decref" in code for code in function.inspect_llvm().values())


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
    allocates(3)
    print(counts_references(allocates), [counts_references(hot) for hot in (anneal, construct, try_alone)])


def test_no_kernel_reads_past_an_array_or_counts_references(tmp_path: Path) -> None:
    environment = os.environ | {
        "NUMBA_BOUNDSCHECK": "1",
        "NUMBA_CACHE_DIR": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [sys.executable, "-c", "from tests.solver.test_bounds import run_all; run_all()"]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert found.stdout == "checked\nwithin bounds\nTrue [False, False, False]\n", found.stderr[-2000:]

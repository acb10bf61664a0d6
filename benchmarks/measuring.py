"""A generated region to measure on, and how."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray

from geodata.errors import RoadsError
from geodata.generated import generate
from geodata.network import RoadNetwork, open_network

FOLDER = Path(tempfile.gettempdir()) / "pts-optimiser-roads"


def region(nodes: int) -> RoadNetwork:
    """The generated network of a size, kept in the temporary folder."""
    folder = FOLDER / str(nodes)
    try:
        return open_network(folder)[0]
    except RoadsError:
        generate(nodes, 1).save(folder)
        return open_network(folder)[0]


def places(network: RoadNetwork, count: int, seed: int = 0) -> NDArray[np.int64]:
    return np.random.default_rng(seed).choice(network.nodes, count, replace=False)


def seconds(work: Callable[[], object], runs: int = 7) -> float:
    """Median seconds of the processor, after one run that is not counted."""
    took = []
    for _ in range(runs + 1):
        began = process_time()
        work()
        took.append(process_time() - began)
    return statistics.median(took[1:])


def peak_mb() -> float:
    """Most memory this process has had, not counting what its parent had when it was started (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1000

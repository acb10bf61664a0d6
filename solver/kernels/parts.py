"""Work on rows that do not meet, a part of them on each processor."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

FEW = 64
"""So few rows are sooner done than threads are started."""


def in_parts(fill: Callable[[int, int], object], count: int) -> None:
    """Call ``fill(first, end)`` for parts that cover ``count`` rows: side by side where ``fill`` runs compiled."""
    if count <= FEW:
        fill(0, count)
        return
    parts = os.cpu_count() or 1
    bounds = np.linspace(0, count, parts + 1).astype(int).tolist()
    with ThreadPoolExecutor(parts) as threads:
        list(threads.map(fill, bounds[:-1], bounds[1:]))

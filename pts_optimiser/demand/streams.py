"""Independent random streams, one a purpose: drawing more of one thing never changes another."""

from __future__ import annotations

from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


def stream(seed: int, purpose: str, service_date: date | None = None) -> np.random.Generator:
    """The generator of one purpose; without a date it is the same on every day of a seed."""
    day = 0 if service_date is None else service_date.toordinal()
    return np.random.default_rng(np.random.SeedSequence([seed, crc32(purpose.encode()), day]))


def whole(rng: np.random.Generator, expected: float) -> int:
    """A whole number with the expectation given, at most one off it."""
    return int(expected + rng.random())


def even(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Uniform draws of shape [count], one in each of ``count`` equal parts of [0, 1) and in random order.

    Shares drawn from them come out as calibrated, on every day and not on average only.
    """
    drawn: NDArray[np.float64] = (rng.permutation(count) + rng.random(count)) / max(count, 1)
    return drawn


def clipped_normal(
    rng: np.random.Generator, mean: float, sd: float, low: float, high: float, size: int
) -> NDArray[np.float64]:
    """Normal draws of shape [size], held inside [low, high]."""
    return np.clip(rng.normal(mean, sd, size), low, high)

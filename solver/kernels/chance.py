"""A small random generator that a kernel can carry: xorshift64*, one uint64 of state a worker."""

from __future__ import annotations

from math import log

import numpy as np

from solver.kernels.jit import kernel
from solver.problem import NEVER


@kernel
def uniform(rng):
    """A float in [0, 1)."""
    x = rng[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    rng[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def until_blink(rng, blink):
    """How many chances to take up to the next one to let pass, if each is let pass with probability ``blink``."""
    if blink <= 0.0:
        return NEVER
    return 1 + min(NEVER, int(log(1.0 - uniform(rng)) / log(1.0 - blink)))


@kernel
def below(rng, bound):
    """An integer in [0, bound)."""
    return int(uniform(rng) * bound)


def seeded(seed: int, stream: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Generator state for one stream of a seed; never zero."""
    state = np.random.SeedSequence([seed, stream]).generate_state(1, np.uint64)
    return np.maximum(state, np.uint64(1))

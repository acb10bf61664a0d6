"""95 % intervals over days: Student's t for means and paired differences, the bootstrap for ratios of means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Values = NDArray[np.float64]
RESAMPLES = 4_000
SEED = 8


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and its 95 % interval; ``low`` and ``high`` None for fewer than two days."""

    value: float
    low: float | None
    high: float | None

    @property
    def half(self) -> float | None:
        """Half the width."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2

    def within(self, least: float, most: float) -> bool:
        """Whether the whole interval lies between two bounds."""
        return self.low is not None and self.high is not None and least <= self.low and self.high <= most


def t_interval(values: Values) -> Interval:
    """Mean of independent days: mean ± t(n − 1, 0.975) · s / √n."""
    mean = float(values.mean())
    if len(values) < 2:
        return Interval(mean, None, None)
    half = float(stdtrit(len(values) - 1, 0.975)) * float(values.std(ddof=1)) / len(values) ** 0.5
    return Interval(mean, mean - half, mean + half)


def paired(values: Values, others: Values) -> Interval:
    """Mean of ``values`` less ``others``, day by day."""
    return t_interval(values - others)


def bootstrap(values: Values, others: Values, of_means: Callable[[Values, Values], Values]) -> Interval:
    """A function of the two means, with percentiles over days drawn with replacement, a day's pair together.

    The draws are the same on every call with as many days.
    """
    value = float(of_means(values.mean(keepdims=True), others.mean(keepdims=True))[0])
    if len(values) < 2:
        return Interval(value, None, None)
    drawn = np.random.default_rng(SEED).integers(0, len(values), (RESAMPLES, len(values)))
    found = of_means(values[drawn].mean(axis=1), others[drawn].mean(axis=1))
    low, high = np.percentile(found, (2.5, 97.5))
    return Interval(value, float(low), float(high))

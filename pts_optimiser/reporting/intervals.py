"""95 % intervals over days: Student's t for means and paired differences, and by the jackknife for ratios of means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Values = NDArray[np.float64]


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
    return _around(float(values.mean()), values)


def paired(values: Values, others: Values) -> Interval:
    """Mean of ``values`` less ``others``, day by day."""
    return t_interval(values - others)


def jackknife(values: Values, others: Values, of_means: Callable[[Values, Values], Values]) -> Interval:
    """A function of the two means ± the t interval of its pseudo-values: n f(all) − (n − 1) f(all but one day).

    A day's pair is left out together; of a difference the pseudo-values are the days' own differences. Source: Tukey
    (1958). It covers 95 % from a few days on, where the percentiles of a bootstrap cover too little under some twenty.
    """
    n = len(values)
    value = float(of_means(values.mean(keepdims=True), others.mean(keepdims=True))[0])
    if n < 2:
        return Interval(value, None, None)
    without = of_means((values.sum() - values) / (n - 1), (others.sum() - others) / (n - 1))
    return _around(value, n * value - (n - 1) * without)


def _around(value: float, values: Values) -> Interval:
    """``value`` ± the half width of the t interval of ``values``."""
    if len(values) < 2:
        return Interval(value, None, None)
    half = float(stdtrit(len(values) - 1, 0.975)) * float(values.std(ddof=1)) / len(values) ** 0.5
    return Interval(value, value - half, value + half)

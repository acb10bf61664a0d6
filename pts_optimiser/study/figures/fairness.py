"""How evenly the burden of shared rides is spread over patients who travel again and again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def gini(values: Values) -> float:
    """Gini coefficient: Σ (2i − n − 1) x_i / (n Σ x), x in rising order and i from 1; 0 is all alike.

    Source: Sen, On Economic Inequality (1973), the form for sorted values.
    """
    ordered = np.sort(values)
    n = len(ordered)
    return float(((2 * np.arange(1, n + 1) - n - 1) * ordered).sum() / (n * ordered.sum()))


def in_worst_decile(values: Values) -> NDArray[np.bool_]:
    """Which rides are longer than nine in ten of all rides (the 90th percentile, linear between observations)."""
    return np.asarray(values > np.percentile(values, 90))

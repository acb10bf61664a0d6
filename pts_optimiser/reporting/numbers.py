"""Small arithmetic shared by the figures: shares that may be empty, percentiles, rounding for JSON."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def ratio(part: float, whole: float, scale: float = 1.0) -> float | None:
    """``scale · part ÷ whole`` to four decimals; None where there is nothing to divide by."""
    return round(scale * part / whole, 4) if whole else None


def percent(part: float, whole: float) -> float | None:
    return ratio(part, whole, 100.0)


def mean(values: Sequence[float], scale: float = 1.0) -> float | None:
    return ratio(sum(values), len(values), scale)


def percentile(values: Sequence[float], share: float, scale: float = 1.0) -> float | None:
    """The ``share``-th percentile, linear between the two nearest observations; None of no observation."""
    return round(scale * float(np.percentile(values, share)), 4) if values else None

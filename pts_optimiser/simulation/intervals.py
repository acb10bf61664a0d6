"""Means over seeds with 95 % confidence intervals, and the same of differences on the same days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from scipy.special import stdtrit


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean; ``half`` the half width of its 95 % confidence interval (Student's t), None for fewer than two days."""

    mean: float
    half: float | None


def interval(values: Sequence[float]) -> Interval:
    """Mean and interval of independent values."""
    if len(values) < 2:
        return Interval(fmean(values), None)
    return Interval(fmean(values), float(stdtrit(len(values) - 1, 0.975)) * stdev(values) / sqrt(len(values)))


def paired(values: Sequence[float], others: Sequence[float]) -> Interval:
    """Mean and interval of ``values`` less ``others``, day by day."""
    return interval([value - other for value, other in zip(values, others, strict=True)])

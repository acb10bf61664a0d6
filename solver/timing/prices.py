"""What a second costs in the final timing, and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Int, Problem

Float = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of one second, in seconds of one patient's time aboard. Their order is the order of what matters.

    late : ``(slack, price)`` pairs; each second by which a stop's slack to its latest moment is less than ``slack``
        costs ``price``, and the prices of all pairs that apply add up: 2 below 15 min, 6 below 10, 14 below 5. A
        dwell varies by minutes, so a stop with less than 5 min in hand is late on many a day: such a second outweighs
        a second aboard of any load that an ambulance carries; between 10 and 15 min, of two patients.
    aboard : time aboard beyond the direct drive, a patient: the unit. Waiting at a stop with patients aboard costs
        it once for each of them.
    wait : between being ready and being collected: half, as a lounge is better than a vehicle.
    early : between drop-off and the latest moment for it: less again, as it is known beforehand and at the site.
    duty : time between departure and arrival of the vehicle: so little that no patient ever pays for it.
    soon : every stop, less again: where all else is equal the earlier time is the safer.
    promise : between a pick-up and the moment told to its patient, either way.
    """

    late: tuple[tuple[int, float], ...] = ((900, 2.0), (600, 4.0), (300, 8.0))
    aboard: float = 1.0
    wait: float = 0.5
    early: float = 0.25
    duty: float = 0.05
    soon: float = 0.002
    promise: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class TimingWishes:
    """Factors of the prices a request: 0 where a moment means nothing to its patient.

    ``late_pickup`` and ``late_dropoff`` go with the slack of either end, ``wait`` with a pick-up after its earliest
    moment, ``early`` with a drop-off before its latest. ``promised`` is the moment told for a pick-up, -1 for none.
    """

    late_pickup: Float  # [n]
    late_dropoff: Float  # [n]
    wait: Float  # [n]
    early: Float  # [n]
    promised: Int | None = None  # [n] seconds

    @classmethod
    def neutral(cls, problem: Problem) -> TimingWishes:
        """Slack at both ends of every request; nobody waits and nobody is early."""
        ones, zeros = np.ones(problem.n_requests), np.zeros(problem.n_requests)
        return cls(ones, ones, zeros, zeros)

"""What the final timing means to each patient: a promised arrival or a promised collection."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pts_optimiser.domain.journey import Journey
from solver.timing import TimingWishes


def timing_wishes(journeys: Sequence[Journey]) -> TimingWishes:
    """Slack counts at the end that was promised; the other end has a window only because the ride has a limit.

    Who has an appointment would rather not sit there early; who is ready would rather not wait.
    """
    arrives = np.array([journey.tied_to_appointment for journey in journeys], np.float64)
    return TimingWishes(late_pickup=1 - arrives, late_dropoff=arrives, wait=1 - arrives, early=arrives)

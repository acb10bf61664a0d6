"""Who was first on and last off: what a patient bears who lives at the end of the round."""

from __future__ import annotations

from collections.abc import Sequence

from pts_optimiser.domain.roster import StopKind
from pts_optimiser.reporting.legs import Run


def first_on_last_off(run: Run) -> str | None:
    """The journey that boarded first and alighted last of a run shared by two or more; None where nobody did both.

    Source: notes on fairness in shared rides; a patient alone in the vehicle is neither first nor last.
    """
    boarded = _journeys(run, StopKind.PICKUP)
    alighted = _journeys(run, StopKind.DROPOFF)
    return boarded[0] if len(boarded) > 1 and boarded[0] == alighted[-1] else None


def _journeys(run: Run, kind: StopKind) -> Sequence[str]:
    return [stop.journey_id for stop in run.stops if stop.kind is kind and stop.journey_id is not None]

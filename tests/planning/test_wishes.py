"""Whom the final timing serves: appointments by their arrival, everybody else by their collection."""

from __future__ import annotations

from pts_optimiser.planning.wishes import timing_wishes
from tests.days import small_day


def test_each_journey_is_timed_by_the_end_that_was_promised() -> None:
    journeys = small_day().journeys
    wishes = timing_wishes(journeys)
    tied = [float(journey.tied_to_appointment) for journey in journeys]
    assert set(tied) == {0.0, 1.0}
    assert wishes.late_dropoff.tolist() == wishes.early.tolist() == tied
    assert wishes.late_pickup.tolist() == wishes.wait.tolist() == [1 - one for one in tied]

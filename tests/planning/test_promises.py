"""After a loss nobody else's pick-up moves far, but for those who make room for a rescue."""

from __future__ import annotations

from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.planning.replan.prices import FAR_S
from pts_optimiser.planning.replan.promises import stay_near
from pts_optimiser.planning.replan.remainder import remainder
from pts_optimiser.planning.replan.travel import NewPlaces
from tests.dayof.feed import Feed, plan


def test_pick_ups_stay_near_their_times_but_for_those_that_are_free_to_move() -> None:
    state = Feed().state("06:00")
    left = remainder(plan(), state, standing_roster(plan(), state), day_rules(plan(), state), NewPlaces(plan().policy))
    begins = {stop: at for row in left.times for stop, at in row.items() if stop < len(left.journeys)}
    free = next(r for r in begins if left.problem.pickup_window[1, r, 1] > begins[r] + FAR_S)
    near = stay_near(left.problem, left.times, {free})
    assert (near.pickup_window[:, free] == left.problem.pickup_window[:, free]).all()
    for r, at in begins.items():
        low, high = near.pickup_window[1, r].tolist()
        assert low <= at <= high
        assert r == free or (low >= at - FAR_S and high <= at + FAR_S)

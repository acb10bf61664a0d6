"""After a loss nobody else's pick-up moves far, but for those who make room for a rescue."""

from __future__ import annotations

from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.planning.replan.prices import FAR_S, MOVED_FAR_S
from pts_optimiser.planning.replan.promises import stay_near
from pts_optimiser.planning.replan.remainder import remainder
from pts_optimiser.planning.replan.travel import NewPlaces
from tests.dayof.feed import Feed, plan


def test_pick_ups_stay_near_their_times_but_at_a_price_of_those_that_may_make_room() -> None:
    state = Feed().state("06:00")
    left = remainder(plan(), state, standing_roster(plan(), state), day_rules(plan(), state), NewPlaces(plan().policy))
    begins = {stop: at for row in left.times for stop, at in row.items() if stop < len(left.journeys)}
    free = next(r for r in begins if left.problem.pickup_window[1, r, 1] > begins[r] + FAR_S)
    near = stay_near(left.problem, left.times, {free})
    assert (near.pickup_window[1, free] == left.problem.pickup_window[1, free]).all()
    for r, at in begins.items():
        for low, high in near.pickup_window[: 1 if r == free else 2, r].tolist():
            assert low >= at - FAR_S
            assert high <= at + FAR_S
        assert near.pickup_window[1, r, 0] <= at <= near.pickup_window[1, r, 1]
        assert near.relaxed_cost[r] - left.problem.relaxed_cost[r] == MOVED_FAR_S * (r == free)

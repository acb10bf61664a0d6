"""After a loss nobody else's pick-up moves far, but for those who make room for a rescue."""

from __future__ import annotations

from random import Random

import pytest

from pts_optimiser.dayof import fold
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.planning.replan.limits import followed
from pts_optimiser.planning.replan.prices import FAR_S, MOVED_FAR_S
from pts_optimiser.planning.replan.promises import free_to_move, stay_near
from pts_optimiser.planning.replan.remainder import remainder
from pts_optimiser.planning.replan.travel import NewPlaces
from solver.engine import sound
from tests.dayof.feed import Feed, at, plan, random_events


def test_pick_ups_stay_near_their_times_but_at_a_price_of_those_that_may_make_room() -> None:
    state = Feed().state("06:00")
    left = remainder(plan(), state, standing_roster(plan(), state), day_rules(plan(), state), NewPlaces(plan().policy))
    begins = {stop: begin for row in left.times for stop, begin in row.items() if stop < len(left.journeys)}
    free = next(r for r in begins if left.problem.pickup_window[1, r, 1] > begins[r] + FAR_S)
    near = free_to_move(stay_near(left.problem, left.times), left.problem, {free})
    assert (near.pickup_window[1, free] == left.problem.pickup_window[1, free]).all()
    for r, begin in begins.items():
        for low, high in near.pickup_window[: 1 if r == free else 2, r].tolist():
            assert low >= begin - FAR_S
            assert high <= begin + FAR_S
        assert near.pickup_window[1, r, 0] <= begin <= near.pickup_window[1, r, 1]
        assert near.relaxed_cost[r] - left.problem.relaxed_cost[r] == MOVED_FAR_S * (r == free)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_late_a_plan_that_holds_does_so_where_some_may_move_far(seed: int) -> None:
    """A second look at what the plan in force breaks would widen other limits: what the search found would not hold."""
    rng = Random(seed)
    state = fold(plan(), random_events(rng), at(f"{rng.randint(6, 14):02}:00"))
    left = remainder(plan(), state, standing_roster(plan(), state), day_rules(plan(), state), NewPlaces(plan().policy))
    now = followed(stay_near(left.problem, left.times), left.current, left.times, left.riders)
    some = rng.sample(range(len(left.journeys)), rng.randint(0, len(left.journeys)))
    wide = free_to_move(now.problem, left.problem, some)
    assert sound(wide, now.plan) == sound(now.problem, now.plan)
    for before, after in (
        (now.problem.pickup_window, wide.pickup_window),
        (left.problem.pickup_window, wide.pickup_window),
    ):
        assert (after[1, some, 0] <= before[1, some, 0]).all()
        assert (after[1, some, 1] >= before[1, some, 1]).all()
    assert (after[0] == now.problem.pickup_window[0]).all()

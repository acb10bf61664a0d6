"""What begins soon stays, where the policy says so: no re-plan gives it again, and no options are offered of it."""

from __future__ import annotations

from random import Random

import pytest

from pts_optimiser.dayof import fold
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_journeys, day_rules
from pts_optimiser.domain.clock import moment_at
from pts_optimiser.planning.replan.options import Desk
from tests.dayof.feed import freezing, random_events
from tests.planning.test_replan import QUICK, replanned, served_or_left


@pytest.mark.parametrize("freeze", [1800, 5400])
@pytest.mark.parametrize("seed", range(20))
def test_who_is_frozen_is_served_once_and_has_options_only_where_something_can_be_changed(
    freeze: int, seed: int
) -> None:
    rng, of = Random(seed), freezing(freeze)
    events = random_events(rng, most=12) if seed % 2 else []
    state = fold(of, events, moment_at(of.origin, rng.randint(6 * 60, 15 * 60) * 60))
    found, _, broken = replanned(state, QUICK, of)
    assert broken == []
    assert served_or_left(found) == sorted(journey.journey_id for journey in day_journeys(state))
    desk = Desk(of, state, standing_roster(of, state), day_rules(of, state))
    for journey_id in state.journeys:
        if state.settled(journey_id, freeze):
            with pytest.raises(KeyError):
                desk.of(journey_id, 3)
        else:
            assert desk.of(journey_id, 3).journey.journey_id == journey_id

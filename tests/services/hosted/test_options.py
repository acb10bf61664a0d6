"""Options over the store say what the desk says, of the day as it stands, to who may know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pts_optimiser.dayof import JourneyPhase
from pts_optimiser.domain.errors import InputError
from pts_optimiser.planning.replan.options import Desk
from pts_optimiser.services.hosted.caller import NotAllowedError
from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.options import must_be_placeable, options_of, options_of_new
from pts_optimiser.store import ConflictError, NotFoundError
from tests.services.hosted.town_day import CONTROLLER, DAY, at, columns, event, movable, open_after, planned, stranger

pytestmark = pytest.mark.usefixtures("published")
NOW = at(9)


def test_the_options_are_those_of_a_desk_of_this_moment(live: LiveDays) -> None:
    standing = live.standing(DAY, NOW)
    desk = Desk(standing.plan, standing.state, standing.before, standing.rules)
    journey_id, duty_id = open_after(12)[0]
    offer = options_of(live, CONTROLLER, DAY, journey_id, most=3, now=NOW)
    assert offer.answer == desk.of(journey_id, 3)
    assert offer.answer.standing is not None
    assert offer.answer.standing.duty_id == duty_id
    new = options_of_new(live, CONTROLLER, DAY, columns(stranger()), most=3, now=NOW)
    assert new.answer.options == desk.of_new(stranger(), 3).options


def test_duties_that_were_spoken_of_since_are_marked_and_lost_ones_are_no_options(live: LiveDays) -> None:
    offer = options_of_new(live, CONTROLLER, DAY, columns(stranger()), most=8, now=NOW)
    first, second, *_ = (option.duty_id for option in offer.answer.options)
    assert not offer.spoken_of
    said = [
        event("duty_lost", 8.99, duty_id=first, reason="breakdown"),
        event("duty_delayed", 8.99, duty_id=second, minutes=5),
    ]
    ready, _ = live.ready(DAY, NOW)
    report(live, CONTROLLER, DAY, said, at=NOW)
    found = options_of_new(live, CONTROLLER, DAY, columns(stranger()), most=8, now=NOW)
    assert first not in {option.duty_id for option in found.answer.options}
    if found.standing is ready.standing:  # else it was worked out anew in between
        assert found.spoken_of == {second}


def test_a_journey_that_is_there_is_no_new_one(live: LiveDays) -> None:
    options_of_new(live, CONTROLLER, DAY, columns(stranger("N1")), most=1, now=NOW)
    with pytest.raises(ConflictError):
        options_of_new(live, CONTROLLER, DAY, columns(stranger(open_after(12)[0][0])), most=1, now=NOW)
    report(live, CONTROLLER, DAY, [event("journey_booked", 8.9, journey=columns(stranger("N1")))], at=NOW)
    with pytest.raises(ConflictError):
        options_of_new(live, CONTROLLER, DAY, columns(stranger("N1")), most=1, now=NOW)
    assert options_of(live, CONTROLLER, DAY, "N1", most=1, now=NOW).recorded[0].code == "not_placed_yet"


def test_what_cannot_be_read_or_placed_is_refused(live: LiveDays) -> None:
    with pytest.raises(InputError) as refused:
        options_of_new(live, CONTROLLER, DAY, columns(stranger()) | {"mobility": "rocket"}, most=1, now=NOW)
    assert [issue.code for issue in refused.value.issues] == ["unknown_mobility"]
    with pytest.raises(NotFoundError):
        options_of(live, CONTROLLER, DAY, "J-unknown", most=1, now=NOW)
    done = next(j for j, (_, end) in planned().promised.items() if end < at(8.5))
    with pytest.raises(ConflictError, match="nothing left to place"):
        options_of(live, CONTROLLER, DAY, done, most=1, now=NOW)
    lost = [event("duty_lost", 9, duty_id=duty_id, reason="strike") for duty_id in planned().duties]
    report(live, CONTROLLER, DAY, lost, at=at(9))
    with pytest.raises(ConflictError, match="no duty is at work"):
        options_of_new(live, CONTROLLER, DAY, columns(stranger()), most=1, now=at(10))


def test_a_journey_that_its_duty_is_on_the_way_to_has_no_options(live: LiveDays) -> None:
    state = live.standing(DAY, NOW).state
    bound = [j for j, _ in open_after(9) if state.journeys[j].phase is JourneyPhase.OPEN and state.heading_for(j)]
    assert bound
    for journey_id in bound:
        with pytest.raises(ConflictError, match="on its way to"):
            options_of(live, CONTROLLER, DAY, journey_id, most=3, now=NOW)


def test_a_journey_whose_pick_up_is_frozen_has_no_options(live: LiveDays) -> None:
    standing = live.standing(DAY, NOW)
    policy = standing.plan.policy
    policy = replace(policy, dayof=replace(policy.dayof, freeze=7200))
    frozen = replace(standing, plan=replace(standing.plan, policy=policy))
    soon, later = open_after(10.5)[0][0], open_after(11.5)[0][0]
    must_be_placeable(standing, soon)
    must_be_placeable(frozen, later)
    with pytest.raises(ConflictError, match="picked up within 120 min"):
        must_be_placeable(frozen, soon)


def test_who_is_limited_to_contracts_is_told_of_their_journeys_only(live: LiveDays) -> None:
    journey_id, _ = open_after(12)[0]
    contract = planned().journeys[journey_id].contract
    limited = replace(CONTROLLER, contracts=frozenset({contract}))
    others = {journey.journey_id for journey in planned().journeys.values() if journey.contract != contract}
    named = set()
    for asked in [j for j, _ in movable(live) if planned().journeys[j].contract == contract]:
        for option in options_of(live, limited, DAY, asked, most=8, now=NOW).answer.options:
            named |= {one.journey_id for one in (*option.moved, *option.touched)}
    assert not named & others
    with pytest.raises(NotFoundError):
        options_of(live, replace(CONTROLLER, contracts=frozenset()), DAY, journey_id, most=1, now=NOW)
    with pytest.raises(NotAllowedError):
        options_of_new(live, limited, DAY, columns(stranger(contract="another")), most=1, now=NOW)

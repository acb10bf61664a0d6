"""The cap on changes counts from the first plan, through every re-plan of the day."""

from __future__ import annotations

import json
from dataclasses import replace

from pts_optimiser.dayof import Plan, plan_of
from pts_optimiser.domain.roster import RosteredDuty
from pts_optimiser.planning.replan.published import Published
from tests.dayof.feed import plan


def with_its_stops(journey_id: str, duty_id: str, duties: tuple[RosteredDuty, ...]) -> tuple[RosteredDuty, ...]:
    """The duties once a journey's stops are another's; times do not matter here."""
    stops = tuple(stop for duty in duties for stop in duty.stops if stop.journey_id == journey_id)
    without = [
        replace(duty, stops=tuple(stop for stop in duty.stops if stop.journey_id != journey_id)) for duty in duties
    ]
    return tuple(replace(duty, stops=duty.stops + stops) if duty.duty_id == duty_id else duty for duty in without)


def in_force(duties: tuple[RosteredDuty, ...], told: Published) -> Plan:
    document = json.loads(json.dumps(told.document()))
    roster = replace(plan().roster, duties=duties, engine={"published": document})
    return plan_of(roster, [*plan().journeys.values()], [*plan().duties.values()], plan().policy, plan().travel)


def test_who_moves_twice_counts_once_and_who_comes_back_not_at_all() -> None:
    first, (journey_id, home) = plan(), next(iter(plan().duty_of.items()))
    others = [duty.duty_id for duty in first.roster.duties if duty.duty_id != home]
    told, now = Published.of(first), first
    assert told.count == len(first.duty_of)
    assert told.allowance(50, 0) == int(told.count * 50 / 100)
    for duty_id, moved in ((others[0], 1), (others[1], 1), (home, 0)):
        duties = with_its_stops(journey_id, duty_id, now.roster.duties)
        told = Published.of(now).followed_by(now, duties)
        now = in_force(duties, told)
        assert told.moved == ({journey_id: home} if moved else {})
        assert told.keeps(journey_id) is not bool(moved)
        assert told.allowance(100, 0) == told.count - moved
    assert told.allowance(0, 0) == 0


def test_a_journey_that_had_no_place_at_first_may_move_freely() -> None:
    first, (journey_id, home) = plan(), next(iter(plan().duty_of.items()))
    others = [duty.duty_id for duty in first.roster.duties if duty.duty_id != home]
    without = tuple(
        replace(duty, stops=tuple(stop for stop in duty.stops if stop.journey_id != journey_id))
        for duty in first.roster.duties
    )
    start = in_force(without, Published(len(first.duty_of) - 1, {}, frozenset()))
    placed = first.roster.duties
    told = Published.of(start).followed_by(start, placed)
    assert told.since == {journey_id}
    assert not told.keeps(journey_id)
    moved = with_its_stops(journey_id, others[0], placed)
    assert Published.of(in_force(placed, told)).followed_by(in_force(placed, told), moved).moved == {}


def test_half_of_what_may_change_is_set_aside_for_who_has_no_place_and_freed_as_the_day_goes() -> None:
    told = Published(200, {f"J{k}": "D1" for k in range(10)}, frozenset())
    assert [told.allowance(15, still) for still in (200, 120, 40, 0)] == [17, 18, 19, 20]
    assert [told.spare(15, still) for still in (200, 120, 40, 0)] == [2, 9, 16, 17]
    assert Published(200, {f"J{k}": "D1" for k in range(30)}, frozenset()).spare(15, 40) == 0


def test_who_is_called_off_is_no_published_journey_any_more() -> None:
    first, (journey_id, home) = plan(), next(iter(plan().duty_of.items()))
    other = next(duty.duty_id for duty in first.roster.duties if duty.duty_id != home)
    moved = with_its_stops(journey_id, other, first.roster.duties)
    told = Published.of(first).followed_by(first, moved)
    without = tuple(
        replace(duty, stops=tuple(stop for stop in duty.stops if stop.journey_id != journey_id)) for duty in moved
    )
    left = told.followed_by(in_force(moved, told), without)
    assert (left.count, left.moved) == (told.count - 1, {})
    waiting = told.followed_by(in_force(moved, told), without, [journey_id])
    assert (waiting.count, waiting.moved) == (told.count, told.moved)

"""Options of single journeys on a small day: what inserting and re-timing gives, for known journeys as for new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from pts_optimiser.dayof import DayState, Plan, fold, plan_of
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.domain.events import Box, Event, JourneyBooked, Locked, TravelChanged
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import Search, plan_day
from pts_optimiser.planning.replan.answer import Option
from pts_optimiser.planning.replan.options import Desk
from solver import Sequences
from solver.engine import timed
from tests.days import small_day


@cache
def rostered() -> Plan:
    day, policy = small_day(share=45), load_policy()
    day = replace(day, journeys=day.journeys[::2])  # so that there is room
    planned = plan_day(day.journeys, day.duties, policy, day.service_date, Search(iterations=2_000, workers=1))
    roster = Roster(
        service_date=day.service_date,
        inputs={},
        policy={},
        engine={},
        travel={"model": planned.travel.model},
        duties=planned.duties,
        unserved=planned.unserved,
    )
    return plan_of(roster, day.journeys, day.duties, policy, planned.travel)


def at(hour: float) -> datetime:
    return rostered().origin + timedelta(hours=hour)


def event(body: Any, hour: float) -> Event:
    return Event(f"e{hour}{body.type}", "desk", 1, at(hour), at(hour), body)


def state_of(events: Sequence[Event], hour: float) -> DayState:
    return fold(rostered(), events, at(hour))


def desk_of(events: Sequence[Event] = (), hour: float = 0) -> Desk:
    state = state_of(events, hour)
    return Desk(rostered(), state, standing_roster(rostered(), state), day_rules(rostered(), state))


def strangers(hour: float, count: int, moved: float = 0.004) -> list[Journey]:
    """Journeys like those of the day from some hour on, from places near theirs."""
    plan = rostered()
    late = [j for j in plan.journeys.values() if plan.seconds(j.appointment_at or j.ready_at) > hour * 3600]
    return [
        replace(
            journey,
            journey_id=f"N{number}",
            attendance_id="",
            pickup=replace(journey.pickup, lat=journey.pickup.lat + moved),
        )
        for number, journey in enumerate(late[:: max(1, len(late) // count)])
    ]


CLOSURE = event(TravelChanged(Box(52.9, -3.3, 53.6, -2.5), (), 1.6, at(6), at(18)), 9.5)


@pytest.mark.parametrize(("hour", "events"), [(0, ()), (10, (CLOSURE,))])
def test_a_new_journey_has_the_options_that_it_would_have_once_booked(hour: float, events: tuple[Event, ...]) -> None:
    desk = desk_of(events, hour)
    found = 0
    for journey in strangers(hour + 1.5, 6):
        answer = desk.of_new(journey, 4)
        booked = desk_of([*events, event(JourneyBooked(journey), hour)], hour).of(journey.journey_id, 4)
        assert answer.options == booked.options
        assert answer.exchanges == booked.exchanges
        assert [reason.code for reason in answer.reasons] == [reason.code for reason in booked.reasons]
        found += len(answer.options)
    assert found > 3


@pytest.mark.parametrize("hour", [0, 10])
def test_an_option_costs_what_the_whole_plan_costs_more_with_it(hour: float) -> None:
    asked = 0
    for journey in strangers(hour + 1.5, 5):
        desk = desk_of([event(JourneyBooked(journey), hour)], hour)
        board, r = desk.board, desk.number["N" + journey.journey_id[1:]]
        rows = [board.stops(v) for v in range(len(desk.left.duties))]
        before = timed(board.problem, Sequences(rows, board.relaxed([s for row in rows for s in row])), 0)
        for place, option in zip(board.ask(r, 3), desk.of(journey.journey_id, 3).options, strict=True):
            longer = [list(row) for row in rows]
            n, row = board.problem.n_requests, longer[place.vehicle]
            row[place.dropoff : place.dropoff] = [n + r]
            row[place.pickup : place.pickup] = [r]
            outside = frozenset(before.relaxed.tolist()) | ({r} if place.tier else frozenset())
            after = timed(board.problem, Sequences(longer, outside), 0)
            assert option.price_s == after.cost - before.cost + int(board.problem.unserved_cost[r])
            unused = 0 if rows[place.vehicle] else int(board.problem.vehicle_cost[place.vehicle])
            assert option.extra_drive_s == after.driving - before.driving + min(unused, 0)
            asked += 1
    assert asked > 3


def test_times_are_within_the_limits_and_others_are_moved_only_as_told() -> None:
    plan, desk = rostered(), desk_of()
    for journey in strangers(1, 8):
        for option in desk.of_new(journey, 5).options:
            standard = plan.policy.standard(journey)
            if journey.tied_to_appointment:
                late = plan.seconds(option.dropoff_at) - plan.seconds(journey.appointment_at)
                assert -standard.arrive_early.hard <= late <= standard.arrive_late.hard
                inside = -standard.arrive_early.target <= late <= standard.arrive_late.target
                assert ("arrive" in option.misses) == (not inside)
            else:
                wait = plan.seconds(option.pickup_at) - plan.seconds(journey.ready_at)
                assert 0 <= wait <= standard.collect.hard
                assert ("collect" in option.misses) == (wait > standard.collect.target)
            for moved in option.moved:
                assert plan.duty_of[moved.journey_id] == option.duty_id
                assert max(abs(moved.pickup_s or 0), abs(moved.dropoff_s)) >= 60


def test_a_journey_with_a_place_is_taken_out_and_put_back() -> None:
    desk = desk_of()
    plan = rostered()
    rows = [desk.board.stops(v) for v in range(len(desk.left.duties))]
    for journey_id in list(plan.duty_of)[::6]:
        answer = desk.of(journey_id, 50)
        standing = answer.standing
        assert standing is not None
        assert standing.duty_id == plan.duty_of[journey_id]
        assert (standing.pickup_at, standing.dropoff_at) == plan.promised[journey_id]
        own = [option for option in answer.options if option.duty_id == standing.duty_id]
        assert own
        assert own[0].price_s <= standing.price_s
        others = [option for option in answer.options if option.duty_id != standing.duty_id]
        assert all(_paid_for_moving(option) for option in others)
        assert [desk.board.stops(v) for v in range(len(rows))] == rows
        assert desk.of(journey_id, 50) == answer


def _paid_for_moving(option: Option) -> bool:
    return option.price_s >= option.extra_drive_s + rostered().policy.dayof.move_price


def test_where_nothing_fits_others_make_room_but_none_that_is_locked_or_aboard() -> None:
    plan = rostered()
    asked, crowded = desk_of(hour=9), None
    for journey in strangers(10, 200, moved=0.0):
        answer = asked.of_new(replace(journey, journey_id="N"), 3)
        if answer.exchanges and not answer.options:
            crowded = replace(journey, journey_id="N"), answer
            break
    assert crowded is not None, "a day with room for everybody tests nothing"
    journey, answer = crowded
    assert answer.reasons
    assert [e.price_s for e in answer.exchanges] == sorted(e.price_s for e in answer.exchanges)
    aboard = day_rules(plan, state_of((), 9)).aboard
    for exchange in answer.exchanges:
        assert exchange.journey_id not in aboard
        assert exchange.option.duty_id == plan.duty_of[exchange.journey_id]
    given = answer.exchanges[0]
    lock = event(Locked(given.journey_id, given.option.duty_id, "ann", "promised"), 9)
    locked = desk_of([lock], 9).of_new(journey, 3)
    assert given.journey_id not in {exchange.journey_id for exchange in locked.exchanges}


def test_who_is_aboard_or_unknown_has_no_options() -> None:
    desk = desk_of(hour=10)
    rider = desk.left.journeys[0].journey_id
    assert desk.left.riders > 0
    for journey_id in (rider, "nobody"):
        with pytest.raises(KeyError):
            desk.of(journey_id, 3)

"""What is true of every state, whatever was said."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from pts_optimiser.dayof import DayState, DutyState, JourneyPhase, Plan, StopPhase
from pts_optimiser.domain.roster import StopKind

MADE = {StopPhase.DONE, StopPhase.IN_VAIN}
FROZEN = MADE | {StopPhase.UNDER_WAY, StopPhase.COMMITTED}
TO_COME = {StopPhase.AHEAD, StopPhase.WAITING, StopPhase.COMMITTED}


def assert_sound(plan: Plan, state: DayState) -> None:
    assert list(state.duties) == list(plan.duties)
    assert set(plan.journeys) <= set(state.journeys)
    _nobody_is_in_two_vehicles(state)
    _journeys_are_where_their_state_says(state)
    for duty in state.duties.values():
        _stops_are_in_order(state, duty)
        _riders_follow_from_stops(duty)
        if duty.lost is not None:
            assert duty.free is None
            assert all(stop.phase in MADE for stop in duty.stops)
        else:
            assert duty.free is not None
            assert duty.free.at.timestamp() >= state.now.timestamp()
    assert list(state.anomalies) == sorted(set(state.anomalies), key=lambda it: (it.occurred_at.timestamp(), it))


def _nobody_is_in_two_vehicles(state: DayState) -> None:
    riders = Counter(rider.journey_id for duty in state.duties.values() for rider in duty.aboard)
    assert all(count == 1 for count in riders.values())
    assert set(riders) == {j for j, it in state.journeys.items() if it.phase is JourneyPhase.ABOARD}
    stops = Counter(
        (stop.kind, stop.journey_id)
        for duty in state.duties.values()
        for stop in duty.stops
        if stop.phase is not StopPhase.IN_VAIN and stop.journey_id is not None
    )
    assert all(count == 1 for count in stops.values())


def _journeys_are_where_their_state_says(state: DayState) -> None:
    for journey_id, it in state.journeys.items():
        here = [] if it.duty_id is None else state.duties[it.duty_id].stops
        if it.phase in {JourneyPhase.CANCELLED, JourneyPhase.ABORTED}:
            assert it.pickup is it.dropoff is it.duty_id is None
        if it.phase in {JourneyPhase.BOOKED, JourneyPhase.UNSERVED}:
            assert it.duty_id is None
        if it.phase is JourneyPhase.OPEN and it.duty_id is not None:
            unplaced = journey_id in state.duties[it.duty_id].unplaced
            assert (it.pickup is None) == (it.dropoff is None) == unplaced
        if it.phase is JourneyPhase.ABOARD:
            assert it.pickup is not None
            assert it.pickup.phase is StopPhase.DONE
            assert (it.dropoff is not None) or state.duties[it.duty_id or ""].lost
        for stop in (it.pickup, it.dropoff):
            assert stop is None or any(stop is other for other in here)


def _stops_are_in_order(state: DayState, duty: DutyState) -> None:
    assert all(stop.phase in FROZEN for stop in duty.stops[: duty.frozen])
    assert all(stop.phase in TO_COME for stop in duty.stops[duty.frozen :])
    for stop in duty.stops:
        arrive, begin, depart = (moment.timestamp() for moment in (stop.arrive_at, stop.begin_at, stop.depart_at))
        assert arrive <= begin <= depart
        if stop.phase in TO_COME:
            assert begin >= state.now.timestamp()
        if stop.phase in MADE and duty.lost is None:
            assert depart <= state.now.timestamp()
    ahead = [stop for stop in duty.stops if stop.phase in TO_COME]
    for one, next_one in pairwise(ahead):
        assert one.depart_at.timestamp() <= next_one.arrive_at.timestamp()
    kinds = [stop.kind for stop in duty.stops if stop.phase is not StopPhase.IN_VAIN]
    assert kinds.count(StopKind.END) <= 1
    assert StopKind.END not in kinds[:-1]
    for kind in (StopKind.START, StopKind.BREAK):
        assert kinds.count(kind) <= 1


def _riders_follow_from_stops(duty: DutyState) -> None:
    aboard: list[str] = []
    for stop in duty.stops:
        if stop.phase is StopPhase.IN_VAIN or stop.journey_id is None:
            assert not (stop.kind is StopKind.BREAK and stop.phase in TO_COME and aboard)
            continue
        if stop.kind is StopKind.PICKUP:
            aboard.append(stop.journey_id)
        else:
            assert stop.journey_id in aboard
            aboard.remove(stop.journey_id)
        if stop is (duty.done[-1] if duty.done else None):
            assert [rider.journey_id for rider in duty.aboard] == aboard
    assert aboard == [] or duty.lost is not None

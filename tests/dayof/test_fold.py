"""The state is a function of the set of events: properties over lists that contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pts_optimiser.dayof import DayLog, DayState, DutyPhase, JourneyPhase, StopPhase, day_state, fold, plan_of
from pts_optimiser.domain.events import Event
from pts_optimiser.domain.roster import StopKind
from tests.checking import town
from tests.checking.builder import Scenario, scenario
from tests.checking.test_clock_change import AUTUMN, SPRING, changing
from tests.dayof.feed import at, copies, plan, random_events
from tests.dayof.played import Truth, play
from tests.dayof.soundness import assert_sound

NOW = "13:00"
LISTS = 100_000


def in_batches(rng: Random, events: list[Event]) -> DayState:
    """The state by way of a log that takes the events in any order, some twice, while the clock goes on."""
    told = events + copies(rng, events)
    rng.shuffle(told)
    log = DayLog()
    clocks = sorted(at("05:00") + timedelta(minutes=rng.randint(0, 480)) for _ in range(rng.randint(0, 4)))
    for clock in [*clocks, at(NOW)]:
        size = rng.randint(0, len(told))
        log.take(told[:size], clock)
        told = told[size:]
    log.take(told, at(NOW))
    return day_state(plan(pairs=True), log)


def check_one_list(rng: Random) -> None:
    events = random_events(rng)
    state = fold(plan(pairs=True), events, at(NOW))
    assert_sound(plan(pairs=True), state)
    again = in_batches(rng, events)
    assert again == state
    assert list(again.journeys) == list(state.journeys)


@settings(max_examples=250, deadline=None)
@given(st.randoms(use_true_random=False))
def test_neither_order_nor_copies_nor_batches_change_the_state_and_it_is_sound(rng: Random) -> None:
    check_one_list(rng)


@pytest.mark.soak
def test_the_same_over_a_hundred_thousand_lists(record_property: Callable[[str, object], None]) -> None:
    for seed in range(LISTS):
        check_one_list(Random(seed))
    record_property("cases", LISTS)


@pytest.mark.parametrize("now", ["05:00", "07:05", "08:20", "09:00", "12:10", "14:00", "23:00"])
def test_a_day_of_which_nothing_is_said_goes_as_planned(now: str) -> None:
    state = fold(plan(), [], at(now))
    assert_sound(plan(), state)
    assert state.anomalies == ()
    for duty in state.duties.values():
        for stop in duty.stops:
            assert stop.planned is not None
            planned = (stop.planned.arrive_at, stop.planned.begin_at, stop.planned.depart_at, stop.planned.band)
            assert (stop.arrive_at, stop.begin_at, stop.depart_at, stop.band) == planned


@pytest.mark.parametrize("now", ["05:00", "08:20", "12:10"])
@pytest.mark.parametrize(
    "made",
    [scenario(policy=town.distanced()), changing(SPRING), changing(AUTUMN)],
    ids=["distanced", "spring", "autumn"],
)
def test_so_it_does_with_clean_down_and_when_the_clocks_change(made: Scenario, now: str) -> None:
    of = plan_of(made.roster, made.journeys, made.duties, made.policy, made.travel)
    state = fold(of, [], town.at(now, made.roster.service_date))
    assert_sound(of, state)
    stops = [stop for duty in state.duties.values() for stop in duty.stops]
    assert stops
    for stop in stops:
        assert stop.planned is not None
        assert (stop.arrive_at, stop.begin_at) == (stop.planned.arrive_at, stop.planned.begin_at)


def test_a_state_needs_a_clock() -> None:
    with pytest.raises(ValueError, match="time"):
        day_state(plan(), DayLog())


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(300, 1500))
def test_what_crews_report_is_what_the_state_says(rng: Random, minute: int) -> None:
    truth, events = play(plan(), rng)
    now = at("00:00") + timedelta(minutes=minute)
    state = fold(plan(), events, now)
    assert_sound(plan(), state)
    assert state.anomalies == ()
    seconds = now.timestamp() - 2  # every report has come in by two seconds later
    for it in truth:
        if it.journey_id is None or it.depart > seconds:
            continue
        phase = state.journeys[it.journey_id].phase
        if it.kind is StopKind.DROPOFF:
            assert phase is JourneyPhase.DONE
        else:
            assert phase in {JourneyPhase.ABOARD, JourneyPhase.DONE}
    assert_times_are_those(truth, state)


def assert_times_are_those(truth: list[Truth], state: DayState) -> None:
    real = {(it.duty_id, it.kind, it.journey_id): it for it in truth}
    for duty_id, duty in state.duties.items():
        for stop in duty.stops:
            if stop.phase is StopPhase.DONE and stop.kind not in {StopKind.START, StopKind.END}:
                it = real[duty_id, stop.kind, stop.journey_id]
                shown = (stop.arrive_at, stop.begin_at, stop.depart_at)
                assert tuple(moment.timestamp() for moment in shown) == (it.arrive, it.begin, it.depart)


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.floats(0, 0.9))
def test_what_crews_leave_out_is_filled_in_by_the_end_of_the_day(rng: Random, silent: float) -> None:
    _, events = play(plan(), rng, silent)
    state = fold(plan(), events, at("23:59") + timedelta(hours=8))
    assert_sound(plan(), state)
    served = set(plan().duty_of)
    assert {j for j, it in state.journeys.items() if it.phase is JourneyPhase.DONE} == served
    assert Counter(duty.phase for duty in state.duties.values()) == {DutyPhase.FINISHED: 4, DutyPhase.NOT_STARTED: 1}


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_as_the_day_goes_on_rides_only_get_shorter_and_what_is_done_stays_done(rng: Random) -> None:
    _, events = play(plan(), rng)
    log = DayLog()
    done: set[tuple[str, StopKind, str | None]] = set()
    left: dict[str, int] = {}
    frozen: Counter[str] = Counter()
    for minute in range(390, 800, 10):
        log.take(events, at("00:00") + timedelta(minutes=minute))
        state = day_state(plan(), log)
        now_done = {
            (duty_id, stop.kind, stop.journey_id) for duty_id, duty in state.duties.items() for stop in duty.done
        }
        assert done <= now_done
        done = now_done
        for duty_id, duty in state.duties.items():
            assert duty.frozen >= frozen[duty_id]
            frozen[duty_id] = duty.frozen
            for rider in duty.aboard:
                assert rider.ride_left_s <= left.get(rider.journey_id, rider.ride_left_s)
                left[rider.journey_id] = rider.ride_left_s

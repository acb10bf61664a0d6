import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import timedelta
from random import Random

import pytest

from pts_optimiser.dayof import DayLog, day_state, fold
from pts_optimiser.domain.events import CalledOff, Event, Ready
from tests.dayof.feed import Feed, at, plan, random_body


def test_an_event_counts_once_it_has_occurred_and_been_received() -> None:
    feed = Feed()
    feed("09:00", Ready("J3"), received="09:20")
    log = DayLog()
    log.take(feed.events, at("09:19"))
    assert log.waiting == 1
    assert not day_state(plan(), log).journeys["J3"].said_ready
    log.take([], at("09:20"))
    assert log.waiting == 0
    assert day_state(plan(), log).journeys["J3"].said_ready


def test_a_clock_ahead_of_ours_waits_for_its_time() -> None:
    feed = Feed()
    feed("11:00", CalledOff("J3", "own_way"), received="10:00")
    assert fold(plan(), feed.events, at("10:30")).journeys["J3"].phase == "open"
    assert fold(plan(), feed.events, at("11:00")).journeys["J3"].phase == "cancelled"


def test_the_clock_does_not_go_back() -> None:
    log = DayLog()
    log.take([], at("09:00"))
    log.take([], at("09:00"))
    with pytest.raises(ValueError, match="does not go back"):
        log.take([], at("08:59"))


MINUTES, EACH_MINUTE = 24 * 60, 500


def minutes_of(order: Iterable[int]) -> Iterator[list[Event]]:
    """What occurs in each minute, the same whenever it is asked for, and received up to half an hour later."""
    for minute in order:
        rng = Random(minute)
        start = at("00:00") + timedelta(minutes=minute)
        batch = []
        for number in range(minute * EACH_MINUTE, (minute + 1) * EACH_MINUTE):
            occurred = start + timedelta(seconds=rng.randrange(60))
            received = occurred + timedelta(seconds=rng.randrange(1800))
            body = random_body(rng, occurred)
            batch.append(Event(f"e{number}", f"source-{number % 7}", number, occurred, received, body))
        yield batch


@pytest.mark.soak
def test_a_day_at_five_hundred_events_a_minute_drifts_nowhere_and_takes_no_more_memory() -> None:
    log = DayLog()
    sizes = []
    tracemalloc.start()
    for minute, batch in enumerate(minutes_of(range(MINUTES))):
        log.take(batch, at("00:00") + timedelta(minutes=minute + 1))
        if minute in {4 * 60, MINUTES - 1}:
            sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert log.waiting < 31 * EACH_MINUTE
    assert sizes[1] < 1.2 * sizes[0]
    end = at("00:00") + timedelta(hours=25)
    log.take([], end)
    backwards = (event for batch in minutes_of(reversed(range(MINUTES))) for event in batch)
    assert day_state(plan(), log) == fold(plan(), backwards, end)


def test_a_copied_log_goes_its_own_way() -> None:
    feed, log = Feed(), DayLog()
    feed("09:00", Ready("J3"))
    feed.stop("D1", "pickup", "J1", departed="08:10")
    log.take(feed.events, at("09:10"))
    before = day_state(plan(), log)
    copy = log.copy()
    feed.stop("D1", "pickup", "J1", arrived="08:00")
    feed("09:15", CalledOff("J3", "own_way"))
    feed("10:00", Ready("J4"))
    copy.take(feed.events, at("09:20"))
    assert (log.waiting, copy.waiting) == (0, 1)
    assert day_state(plan(), log) == before
    assert day_state(plan(), copy) == fold(plan(), feed.events, at("09:20"))

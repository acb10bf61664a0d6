"""The day in memory: kept up with the store by position, rebuilt for what is published, safe for many at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import monotonic

import pytest

from pts_optimiser.dayof import JourneyPhase, fold
from pts_optimiser.intake.events import read_event_documents
from pts_optimiser.services.hosted import live as live_module
from pts_optimiser.services.hosted import live_day
from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.hearing import Hearing
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.options import options_of
from pts_optimiser.services.hosted.shelf import IDLE_S
from pts_optimiser.store import BusyError, NotFoundError, Store
from pts_optimiser.store.publishing import Publication, publish
from tests.services.hosted.town_day import CONTROLLER, DAY, at, event, open_after, planned, put_published


class Clock:
    def __init__(self, hour: float) -> None:
        self.now = at(hour)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock(9)


@pytest.fixture
def live(store: Store, clock: Clock) -> Iterator[LiveDays]:
    made = LiveDays(store, clock=clock)
    yield made
    made.close()


@pytest.mark.usefixtures("published")
def test_what_another_process_has_kept_is_seen_by_the_next_question(live: LiveDays, store: Store) -> None:
    journey_id, _ = open_after(12)[0]
    assert live.standing(DAY).state.journeys[journey_id].phase is JourneyPhase.OPEN
    other = LiveDays(store)
    report(other, CONTROLLER, DAY, [event("journey_cancelled", 8, journey_id=journey_id, reason="")], at=at(8))
    standing = live.standing(DAY)
    assert (standing.position, standing.state.journeys[journey_id].phase) == (1, JourneyPhase.CANCELLED)


@pytest.mark.usefixtures("published")
def test_the_state_is_that_of_the_clean_fold_however_the_events_came(live: LiveDays, clock: Clock) -> None:
    said = []
    for number, (journey_id, duty_id) in enumerate(open_after(9.5)[:12]):
        said.append(event("ready", 8.5 + number / 100, journey_id=journey_id))
        said.append(event("position", 8.8 + number / 100, duty_id=duty_id, lat=53.3 + number / 100, lon=-2.9))
        said.append(event("position", 8.7, duty_id=duty_id, lat=53.1, lon=-2.9))
    for one in said:
        report(live, CONTROLLER, DAY, [one], at=at(8.9))
        live.standing(DAY)
    clock.forward(minutes=1)
    clean = read_event_documents(said, planned().policy, service_date=DAY).items
    expected = fold(planned(), clean, clock.now)
    fresh = LiveDays(live.store, clock=clock)
    for days in (live, fresh):
        state = days.standing(DAY).state
        assert (state.journeys, state.duties) == (expected.journeys, expected.duties)


@pytest.mark.usefixtures("published")
def test_of_many_positions_only_those_that_count_are_read_again(store: Store, live: LiveDays) -> None:
    duty_id = open_after(9)[0][1]
    said = [event("position", 7 + n / 100, duty_id=duty_id, lat=53.1 + n / 1000, lon=-2.9) for n in range(50)]
    ahead = event("position", 10, duty_id=duty_id, lat=53.9, lon=-2.9)
    report(live, CONTROLLER, DAY, [*reversed(said), ahead], at=at(9))
    hearing = Hearing(DAY, planned().policy)
    with store.read() as session:
        hearing.catch_up(session, at(9))
    assert (hearing.position, hearing.log.facts.positions[duty_id].body.lat, hearing.log.waiting) == (51, 53.149, 1)
    with store.read() as session:
        hearing.catch_up(session, at(11))
    assert hearing.log.facts.positions[duty_id].body.lat == 53.9


def test_a_day_without_a_publication_is_not_there(live: LiveDays, store: Store) -> None:
    put_published(store, published=False)
    for ask in (live.standing, live.ready, live.told):
        with pytest.raises(NotFoundError, match="publish one first"):
            ask(DAY)


def test_what_is_ready_is_of_what_is_published(live: LiveDays, store: Store, published: Publication) -> None:
    first, _ = live.ready(DAY)
    with store.write() as session:
        again = publish(session, DAY, 1, expected_etag=published.etag, by="key:planner", at=at(9))
    second, _ = live.ready(DAY)
    assert second is not first
    assert second.standing.in_force.publication.etag == again.etag


@pytest.mark.usefixtures("published")
def test_what_is_ready_answers_until_it_is_old(live: LiveDays, clock: Clock) -> None:
    first = live.ready(DAY)[0].desk
    clock.forward(seconds=live_day.FRESH_S)
    assert live.ready(DAY)[0].desk is first
    clock.forward(seconds=1)
    assert live.ready(DAY)[0].standing.state.now == clock.now


@pytest.mark.usefixtures("published")
def test_what_was_said_of_the_journey_asked_about_is_in_the_answer(live: LiveDays) -> None:
    (asked, _), (other, _) = open_after(12)[:2]
    position = live.ready(DAY)[0].standing.position
    report(live, CONTROLLER, DAY, [event("ready", 8.9, journey_id=asked)], at=at(9))
    assert live.ready(DAY, journey_id=other)[0].standing.position in {position, 1}
    ready, news = live.ready(DAY, journey_id=asked)
    assert (ready.standing.position, news) == (1, [])
    assert ready.standing.state.journeys[asked].said_ready


@pytest.mark.usefixtures("published")
def test_a_clock_that_leapt_ahead_and_was_set_back_is_followed(live: LiveDays, clock: Clock) -> None:
    journey_id, _ = open_after(12)[0]
    report(live, CONTROLLER, DAY, [event("ready", 8.9, journey_id=journey_id)], at=at(9))
    right = clock.now
    clock.forward(hours=6)
    assert live.ready(DAY)[0].standing.state.now == clock.now
    clock.now = right
    for state in (live.ready(DAY)[0].standing.state, live.standing(DAY).state):
        assert state.now == right
        assert state.journeys[journey_id].said_ready


@pytest.mark.usefixtures("published")
def test_a_moment_may_be_asked_for_and_an_earlier_one_after_it(live: LiveDays) -> None:
    journey_id, _ = open_after(12)[0]
    report(live, CONTROLLER, DAY, [event("journey_cancelled", 8, journey_id=journey_id, reason="")], at=at(8))
    phases = [live.standing(DAY, at(hour)).state.journeys[journey_id].phase for hour in (7.9, 8.1, 7.9)]
    assert phases == [JourneyPhase.OPEN, JourneyPhase.CANCELLED, JourneyPhase.OPEN]
    assert live.standing(DAY).state.now == at(9)


@pytest.mark.usefixtures("published")
def test_many_who_ask_at_once_while_others_report_are_all_answered(live: LiveDays) -> None:
    journeys = [journey_id for journey_id, _ in open_after(10)]

    def ask(number: int) -> int:
        if number % 3:
            return len(options_of(live, CONTROLLER, DAY, journeys[number % len(journeys)], most=3).answer.options)
        said = event("position", 8.9, duty_id=planned().duty_of[journeys[0]], lat=53.2, lon=-2.9)
        return report(live, CONTROLLER, DAY, [said], at=at(9)).appended.last

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(60)))
    assert sorted(found[::3]) == list(range(1, 21))


@pytest.mark.usefixtures("published")
def test_the_days_asked_about_longest_ago_are_forgotten(store: Store, clock: Clock) -> None:
    live = LiveDays(store, most=1, clock=clock)
    live.told(DAY)
    with pytest.raises(NotFoundError):
        live.told(DAY.replace(day=25))
    assert len(live._days) == 1


@pytest.mark.usefixtures("published")
def test_who_waits_is_told_what_stood_in_the_way(live: LiveDays, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no desk today")

    with monkeypatch.context() as patched:
        patched.setattr(live_day, "Desk", broken)
        with pytest.raises(RuntimeError, match="no desk today"):
            live.ready(DAY)
    assert live.ready(DAY)[0].desk is not None


@pytest.mark.usefixtures("published")
def test_who_has_waited_long_is_told_to_try_again(live: LiveDays, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "WAIT_S", 0.0)
    with pytest.raises(BusyError):
        live.ready(DAY)


@pytest.mark.usefixtures("published")
def test_an_event_has_the_day_worked_out_anew_behind_the_scenes(live: LiveDays) -> None:
    first, _ = live.ready(DAY, risks=True)
    day = live._days[DAY, False]
    report(live, CONTROLLER, DAY, [event("ready", 8.9, journey_id=open_after(12)[0][0])], at=at(9))
    assert day.wait_beyond(first, 60)
    assert day.ready is not None
    assert day.ready.standing.position == 1


@pytest.mark.usefixtures("published")
def test_what_is_kept_of_a_day_is_not_looked_through_for_garbage(live: LiveDays) -> None:
    gc.unfreeze()
    live.ready(DAY)
    live.close()
    assert gc.get_freeze_count() > 0
    gc.unfreeze()


@pytest.mark.usefixtures("published")
def test_a_day_that_nobody_has_asked_about_in_an_hour_is_not_in_memory(
    live: LiveDays, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = live.told(DAY).in_force
    live.drop_idle()
    assert live.told(DAY).in_force is known
    began = monotonic()
    monkeypatch.setattr(live_module, "monotonic", lambda: began + IDLE_S + 1)
    live.drop_idle()
    assert live.told(DAY).in_force is not known

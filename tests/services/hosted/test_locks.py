"""Locks are words of the day: seen by every state, whoever said them and however."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.locks import held, lock, release
from pts_optimiser.store import ConflictError, NotFoundError, Store, audit, locks
from tests.services.hosted.town_day import CONTROLLER, DAY, at, event, open_after, planned

pytestmark = pytest.mark.usefixtures("published")
NOW = at(9)


def a_journey() -> tuple[str, str]:
    return open_after(12)[0]


def put(live: LiveDays, journey_id: str, duty_id: str | None = None) -> None:
    lock(live, CONTROLLER, DAY, journey_id, duty_id=duty_id, reason="asked for", at=NOW, now=NOW)


def test_a_lock_holds_a_journey_on_its_duty_until_it_is_released(live: LiveDays, store: Store) -> None:
    journey_id, duty_id = a_journey()
    put(live, journey_id, duty_id)
    assert live.standing(DAY, NOW).rules.locks[journey_id] == duty_id
    [one] = held(live, CONTROLLER, DAY, now=NOW)
    assert (one.journey_id, one.duty_id, one.reason, one.user) == (journey_id, duty_id, "asked for", CONTROLLER.name)
    release(live, CONTROLLER, DAY, journey_id, reason="", at=at(9.1), now=at(9.1))
    assert held(live, CONTROLLER, DAY, now=at(9.1)) == []
    assert journey_id not in live.standing(DAY, at(9.1)).rules.locks
    with store.read() as session:
        assert locks.locks(session, DAY) == []
        assert [one.what for one in audit.entries(session)][-2:] == ["journey.lock", "journey.unlock"]


def test_a_lock_that_came_as_an_event_is_held_and_released_alike(live: LiveDays) -> None:
    journey_id, _ = a_journey()
    report(live, CONTROLLER, DAY, [event("lock", 8.9, journey_id=journey_id, user="desk", reason="")], at=NOW)
    with pytest.raises(ConflictError, match="held already"):
        put(live, journey_id)
    release(live, CONTROLLER, DAY, journey_id, reason="", at=NOW, now=NOW)
    with pytest.raises(NotFoundError, match="not held"):
        release(live, CONTROLLER, DAY, journey_id, reason="", at=NOW, now=NOW)
    put(live, journey_id)


def test_a_lock_released_by_an_event_may_be_put_again(live: LiveDays) -> None:
    journey_id, _ = a_journey()
    put(live, journey_id)
    report(live, CONTROLLER, DAY, [event("unlock", 9.05, journey_id=journey_id, user="desk", reason="")], at=at(9.05))
    lock(live, CONTROLLER, DAY, journey_id, duty_id=None, reason="", at=at(9.1), now=at(9.1))
    assert len(held(live, CONTROLLER, DAY, now=at(9.1))) == 1


def test_of_what_is_said_by_hand_in_one_second_the_last_counts(live: LiveDays) -> None:
    journey_id, _ = a_journey()
    for _ in range(8):
        put(live, journey_id)
        assert [one.journey_id for one in held(live, CONTROLLER, DAY, now=NOW)] == [journey_id]
        release(live, CONTROLLER, DAY, journey_id, reason="", at=NOW, now=NOW)
        assert held(live, CONTROLLER, DAY, now=NOW) == []


def test_of_two_who_lock_at_once_one_is_refused(live: LiveDays) -> None:
    journey_id, _ = a_journey()

    def tried(_: int) -> bool:
        try:
            put(live, journey_id)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(tried, range(4))) == 1


def test_what_is_not_there_or_not_theirs_cannot_be_locked(live: LiveDays) -> None:
    journey_id, _ = a_journey()
    with pytest.raises(NotFoundError):
        put(live, "J-unknown")
    with pytest.raises(InputError):
        put(live, journey_id, "D-unknown")
    other = frozenset({"other than " + planned().journeys[journey_id].contract})
    limited = replace(CONTROLLER, contracts=other)
    with pytest.raises(NotFoundError):
        lock(live, limited, DAY, journey_id, duty_id=None, reason="", at=NOW, now=NOW)
    put(live, journey_id)
    assert held(live, limited, DAY, now=NOW) == []

from __future__ import annotations

from datetime import date

import pytest

from pts_optimiser.store import ConflictError, NotFoundError, Store
from pts_optimiser.store.audit import entries
from pts_optimiser.store.locks import Lock, lock, locks, release
from tests.store.examples import BY, DAY, at_once, later, put


@pytest.fixture
def day(store: Store) -> Store:
    with store.write() as session:
        put(session)
    return store


def hold(store: Store, journey_id: str = "J1", at: int = 0, day: date = DAY) -> Lock:
    with store.write() as session:
        return lock(session, day, journey_id, duty_id="D1", reason="promised", by=BY, at=later(at))


def test_a_lock_holds_until_it_is_released(day: Store) -> None:
    made = hold(day)
    with day.write() as session:
        assert locks(session, DAY) == [made]
        freed = release(session, DAY, "J1", by="person:42", at=later(60))
        assert locks(session, DAY) == []
        assert locks(session, DAY, released=True) == [freed]
    assert (freed.lock_id, freed.duty_id, freed.reason) == (made.lock_id, "D1", "promised")
    assert (freed.released_at, freed.released_by) == (later(60), "person:42")


def test_a_journey_is_locked_once_and_again_after_its_release(day: Store) -> None:
    hold(day)
    with pytest.raises(ConflictError):
        hold(day)
    with day.write() as session:
        release(session, DAY, "J1", by=BY, at=later(1))
    again = hold(day, at=2)
    hold(day, "J2", at=3)
    with day.read() as session:
        assert [one.journey_id for one in locks(session, DAY)] == ["J1", "J2"]
        assert locks(session, DAY)[0] == again


def test_of_locks_of_one_journey_at_once_one_holds(day: Store) -> None:
    told = at_once(4, lambda _who: hold(day))
    assert sorted(type(one).__name__ for one in told) == ["ConflictError"] * 3 + ["Lock"]


def test_what_is_not_there_is_not_found(day: Store) -> None:
    with pytest.raises(NotFoundError), day.write() as session:
        release(session, DAY, "J1", by=BY, at=later(1))
    with pytest.raises(NotFoundError):
        hold(day, day=date(2026, 1, 1))


def test_the_audit_names_the_lock_and_neither_journey_nor_reason(day: Store) -> None:
    made = hold(day)
    with day.write() as session:
        release(session, DAY, "J1", by=BY, at=later(1))
    with day.read() as session:
        found = entries(session)[1:]
    assert [one.what for one in found] == ["journey.lock", "journey.unlock"]
    assert {one.subject for one in found} == {f"days/2026-11-24/locks/{made.lock_id}"}
    assert "J1" not in str(found)
    assert "promised" not in str(found)

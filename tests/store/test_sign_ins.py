from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from pts_optimiser.store import Store
from pts_optimiser.store.audit import entries
from pts_optimiser.store.retention import sweep
from pts_optimiser.store.sign_ins import SignIn, begin, due, end, going_on, recognise, session_id, used
from pts_optimiser.store.words import Role
from tests.store.examples import BY, NOW, at_once, later

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
JANE, JOE = "person:jane", "person:joe|2"


def sign_in(store: Store, who: str = JANE, contracts: frozenset[str] | None = None, seconds: float = 0) -> str:
    at = later(seconds)
    with store.write() as session:
        roles = frozenset({Role.PLANNER, Role.ANALYST})
        return begin(session, who, "J.", roles, contracts, browser="Firefox", until=at + LONGEST, at=at)


def known(store: Store, token: str, seconds: float = 1) -> SignIn | None:
    with store.read() as session:
        return recognise(session, token, idle=IDLE, at=later(seconds))


def ids(store: Store, who: str | None = None, seconds: float = 1) -> list[str]:
    with store.read() as session:
        return [one.session_id for one in going_on(session, who, idle=IDLE, at=later(seconds))]


@pytest.mark.parametrize("contracts", [None, frozenset({"cheshire", "arden"}), frozenset[str]()])
def test_a_token_opens_its_session(store: Store, contracts: frozenset[str] | None) -> None:
    token = sign_in(store, contracts=contracts)
    roles = frozenset({Role.PLANNER, Role.ANALYST})
    assert known(store, token) == SignIn(
        session_id(token), JANE, "J.", roles, contracts, "Firefox", NOW, NOW, NOW + LONGEST
    )


def test_a_token_is_nowhere_kept_and_its_id_opens_nothing(store: Store) -> None:
    token = sign_in(store)
    assert token != sign_in(store)
    assert len(token) == 43
    with store.read() as session:
        kept = str(session.execute(text("SELECT * FROM sign_ins")).all()) + str(entries(session))
    assert token not in kept
    for presented in ("", session_id(token), token[:-1], token + "A", "é"):
        assert known(store, presented) is None, presented


def test_a_session_ends_at_its_time_however_busy(store: Store) -> None:
    token = sign_in(store)
    for hour in range(1, 12):
        found = known(store, token, hour * 3600)
        assert found is not None
        with store.write() as session:
            used(session, found, at=later(hour * 3600))
    assert known(store, token, LONGEST.total_seconds() - 1) is not None
    assert known(store, token, LONGEST.total_seconds()) is None


def test_a_session_that_nobody_uses_ends(store: Store) -> None:
    token = sign_in(store)
    assert known(store, token, IDLE.total_seconds() - 1) is not None
    assert known(store, token, IDLE.total_seconds()) is None
    assert ids(store, seconds=IDLE.total_seconds()) == []


def test_use_is_noted_once_a_minute(store: Store) -> None:
    token = sign_in(store)
    first = known(store, token)
    assert first is not None
    for seconds, noted in ((1, 0), (59, 0), (60, 60), (100, 60), (30, 60)):
        with store.write() as session:
            used(session, first, at=later(seconds))
        found = known(store, token)
        assert found is not None
        assert found.last_used_at == later(noted)
    assert [due(first, at=later(seconds)) for seconds in (59, 60)] == [False, True]


def test_an_ended_session_is_over_for_good(store: Store) -> None:
    token, other = sign_in(store), sign_in(store)
    with store.write() as session:
        assert end(session, JANE, by=JANE, at=later(5), only=session_id(token)) == [session_id(token)]
    assert known(store, token, 6) is None
    assert known(store, other, 6) is not None
    with store.write() as session:
        assert end(session, None, by=BY, at=later(7), only=session_id(token)) == []


def test_nobody_ends_sessions_of_others_as_their_own(store: Store) -> None:
    token = sign_in(store, JOE)
    with store.write() as session:
        assert end(session, JANE, by=JANE, at=later(5), only=session_id(token)) == []
    assert known(store, token, 6) is not None


def test_all_but_one_are_ended_of_a_person_or_of_all(store: Store) -> None:
    janes = [sign_in(store, seconds=n) for n in range(3)]
    joes = sign_in(store, JOE)
    assert ids(store, JANE, 9) == [session_id(token) for token in janes]
    with store.write() as session:
        ended = end(session, JANE, by=JANE, at=later(10), but=session_id(janes[1]))
    assert ended == sorted(session_id(janes[n]) for n in (0, 2))
    assert set(ids(store, None, 11)) == {session_id(janes[1]), session_id(joes)}
    with store.write() as session:
        end(session, None, by=BY, at=later(12), but=session_id(joes))
    assert ids(store, None, 13) == [session_id(joes)]


def test_a_session_ended_by_several_at_once_is_ended_once(store: Store) -> None:
    token = sign_in(store)

    def end_it(_who: int) -> list[str]:
        with store.write() as session:
            return end(session, None, by=BY, at=later(5), only=session_id(token))

    assert sorted(at_once(4, end_it)) == [[], [], [], [session_id(token)]]


def test_who_began_and_who_ended_is_in_the_audit(store: Store) -> None:
    token = sign_in(store, JOE)
    with store.write() as session:
        end(session, JOE, by=BY, at=later(5))
    with store.read() as session:
        told = [(one.who, one.what, one.subject) for one in entries(session)]
    subject = f"sessions/{session_id(token)}"
    assert told == [(JOE, "session.begin", subject), (BY, "session.end", subject)]


def test_what_is_past_its_end_is_removed(store: Store) -> None:
    sign_in(store), sign_in(store, seconds=1)
    sweep(store, at=NOW + LONGEST)
    with store.read() as session:
        assert len(session.execute(text("SELECT session_id FROM sign_ins")).all()) == 1

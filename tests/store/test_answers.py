from __future__ import annotations

import pytest

from pts_optimiser.store import ConflictError, KeyReusedError, StillRunningError, Store
from pts_optimiser.store.answers import KEPT, LEASE, Answer, abandon, answer, begin
from tests.store.examples import BY, at_once, later

GIVEN = Answer(202, {"Location": "/v1/plans/1"}, b'{"plan_id":"1"}\x00\xff')


def ask(store: Store, seconds: float = 0, *, owner: str = BY, key: str = "k1", body: str = "f1") -> Answer | None:
    with store.write() as session:
        return begin(session, owner, key, body, at=later(seconds))


def give(store: Store, given: Answer = GIVEN, body: str = "f1") -> None:
    with store.write() as session:
        answer(session, BY, "k1", body, given)


def test_the_same_request_gets_the_same_answer_for_a_day(store: Store) -> None:
    assert ask(store) is None
    give(store)
    assert ask(store, KEPT.total_seconds() - 1) == GIVEN
    assert ask(store, KEPT.total_seconds()) is None


def test_another_request_under_the_key_is_refused_while_running_and_after(store: Store) -> None:
    ask(store)
    with pytest.raises(KeyReusedError):
        ask(store, 1, body="f2")
    give(store)
    with pytest.raises(KeyReusedError):
        ask(store, 2, body="f2")
    assert ask(store, KEPT.total_seconds(), body="f2") is None


def test_a_request_that_is_running_is_not_run_again(store: Store) -> None:
    ask(store)
    with pytest.raises(StillRunningError):
        ask(store, LEASE.total_seconds() - 1)


def test_a_request_that_was_never_answered_may_be_tried_again(store: Store) -> None:
    ask(store)
    with pytest.raises(KeyReusedError):
        ask(store, LEASE.total_seconds(), body="f2")
    assert ask(store, LEASE.total_seconds()) is None


def test_a_request_that_died_before_the_clock_was_set_back_may_be_tried_again(store: Store) -> None:
    ask(store, 3600)
    assert ask(store) is None
    with pytest.raises(StillRunningError):
        ask(store, -LEASE.total_seconds())


def test_an_abandoned_request_may_be_tried_at_once(store: Store) -> None:
    ask(store)
    with store.write() as session:
        abandon(session, BY, "k1", "f1")
    assert ask(store, 1) is None


def test_an_answer_is_kept_as_first_given(store: Store) -> None:
    ask(store)
    give(store)
    with pytest.raises(ConflictError):
        give(store, Answer(500, {}, b""))
    with store.write() as session:
        abandon(session, BY, "k1", "f1")
    assert ask(store, 1) == GIVEN


def test_keys_of_others_are_other_keys(store: Store) -> None:
    assert [ask(store, owner=owner, key=key) for owner in ("a", "b") for key in ("k1", "k2")] == [None] * 4


def test_of_the_same_request_at_once_one_runs(store: Store) -> None:
    told = at_once(6, lambda _who: ask(store))
    assert [type(one).__name__ for one in told].count("StillRunningError") == 5, told
    assert told.count(None) == 1

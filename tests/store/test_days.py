from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from pts_optimiser.store import ConflictError, NotFoundError, Store
from pts_optimiser.store.audit import entries
from pts_optimiser.store.days import duties, journeys, policy_toml, put_day, service_day, service_days
from tests.days import CLOCKS_BACK, SATURDAY, small_day
from tests.store.backed_up import a_duty
from tests.store.examples import BY, DAY, NOW, POLICY, a_journey, at_once, later, put


def put_journeys(store: Store, *ids: str, expected: int | None = None, policy: str = POLICY) -> int:
    with store.write() as session:
        day = put_day(
            session, DAY, [a_journey(one) for one in ids], [], policy, {}, by=BY, at=NOW, expected_revision=expected
        )
    return day.revision


@pytest.mark.parametrize("service_date", [SATURDAY, CLOCKS_BACK])
def test_journeys_and_duties_come_back_equal_and_in_their_order(store: Store, service_date: date) -> None:
    day = small_day(service_date, share=300)
    with store.write() as session:
        put_day(session, service_date, day.journeys, day.duties, POLICY, {}, by=BY, at=NOW)
    with store.read() as session:
        assert journeys(session, service_date) == day.journeys
        assert duties(session, service_date) == day.duties
    assert any(duty.rest for duty in day.duties)


def test_everything_that_a_journey_may_have_comes_back(store: Store) -> None:
    full = a_journey(escorts=2, travel_alone=True, cohort="amber", skills=frozenset({"oxygen", "lift"}), booked_at=NOW)
    with store.write() as session:
        put_day(session, DAY, [full], [], POLICY, {}, by=BY, at=NOW)
    with store.read() as session:
        assert journeys(session, DAY) == (full,)


def test_contracts_limit_which_journeys_are_seen(store: Store) -> None:
    asked = [a_journey("J1", "cheshire"), a_journey("J2", "arden"), a_journey("J3", "")]
    with store.write() as session:
        put_day(session, DAY, asked, [], POLICY, {}, by=BY, at=NOW)
    with store.read() as session:
        seen = {
            limit: [one.journey_id for one in journeys(session, DAY, contracts=limit)]
            for limit in (None, frozenset({"arden"}), frozenset({"arden", "cheshire"}), frozenset[str]())
        }
    assert list(seen.values()) == [["J1", "J2", "J3"], ["J2"], ["J1", "J2"], []]


def test_contracts_limit_which_duties_are_seen(store: Store) -> None:
    named: dict[str, set[str]] = {"D1": {"cheshire"}, "D2": set(), "D3": {",", "arden"}, "D4": {'"', "Arden"}}
    asked = [replace(a_duty(), duty_id=name, contracts=frozenset(contracts)) for name, contracts in named.items()]
    with store.write() as session:
        put_day(session, DAY, [], asked, POLICY, {}, by=BY, at=NOW)
    with store.read() as session:
        seen = {
            limit: [one.duty_id for one in duties(session, DAY, contracts=limit)]
            for limit in (None, frozenset({"arden", "cheshire"}), frozenset({","}), frozenset({'"'}), frozenset[str]())
        }
    assert list(seen.values()) == [[*named], ["D1", "D2", "D3"], ["D2", "D3"], ["D2", "D4"], ["D2"]]


def test_an_upload_takes_the_place_of_the_one_before(store: Store) -> None:
    assert [put_journeys(store, "J1", "J2"), put_journeys(store, "J3", policy="other")] == [1, 2]
    with store.read() as session:
        assert [one.journey_id for one in journeys(session, DAY)] == ["J3"]
        day = service_day(session, DAY)
        assert policy_toml(session, day.policy_sha256) == "other"
        assert policy_toml(session, hashlib.sha256(POLICY.encode()).hexdigest()) == POLICY


@pytest.mark.parametrize("seen", [0, 2])
def test_an_upload_over_another_revision_than_seen_changes_nothing(store: Store, seen: int) -> None:
    put_journeys(store, "J1")
    with pytest.raises(ConflictError):
        put_journeys(store, "J2", expected=seen)
    with store.read() as session:
        assert [one.journey_id for one in journeys(session, DAY)] == ["J1"]


def test_an_upload_over_the_revision_seen_is_taken(store: Store) -> None:
    assert put_journeys(store, "J1", expected=0) == 1
    assert put_journeys(store, "J2", expected=1) == 2


def test_of_uploads_at_once_over_one_revision_one_is_taken(store: Store) -> None:
    put_journeys(store, "J1")
    told = at_once(3, lambda who: put_journeys(store, f"J{who}", expected=1))
    assert sorted(str(type(one).__name__) for one in told) == ["ChangedError", "ChangedError", "int"]


def test_a_day_that_was_never_uploaded_is_not_found(store: Store) -> None:
    with store.read() as session:
        assert journeys(session, DAY) == ()
        with pytest.raises(NotFoundError):
            service_day(session, DAY)
        with pytest.raises(NotFoundError):
            policy_toml(session, "ab" * 32)


def test_days_are_listed_latest_first_page_by_page(store: Store) -> None:
    dates = [date(2026, 11, day) for day in (20, 21, 22)]
    with store.write() as session:
        for one in dates:
            put(session, one)
    with store.read() as session:
        assert [day.service_date for day in service_days(session, limit=2)] == [dates[2], dates[1]]
        assert [day.service_date for day in service_days(session, before=dates[1])] == [dates[0]]


def test_an_upload_is_in_the_audit(store: Store) -> None:
    put_journeys(store, "J1", "J2")
    with store.write() as session:
        put_day(session, DAY, [], [], POLICY, {}, by="person:42", at=later(60))
    with store.read() as session:
        first, second = entries(session)
    assert (first.who, first.what, first.subject, first.before) == (BY, "day.put", "days/2026-11-24", None)
    assert first.after is not None
    assert first.after["journeys"] == 2
    assert (second.who, second.at, second.before) == ("person:42", later(60), {"revision": 1})

"""The list of days: what is counted for whom, and which roster a day shows."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from pts_optimiser.store import Store
from pts_optimiser.store.day_list import DayRoster, listed_days
from pts_optimiser.store.days import put_day
from pts_optimiser.store.publishing import publish
from tests.store.backed_up import a_duty
from tests.store.examples import BY, DAY, NOW, POLICY, a_journey, add, put

DATES = [date(2026, 11, day) for day in (20, 21, 22)]


@pytest.fixture
def kept(store: Store) -> Store:
    """Three days, the second with two versions."""
    with store.write() as session:
        for one in DATES:
            put(session, one)
    for seed in (1, 2):
        add(store, DATES[1], seed)
    return store


def rosters(store: Store, contracts: frozenset[str] | None = None) -> list[DayRoster | None]:
    with store.read() as session:
        return [day.roster for day in listed_days(session, contracts=contracts)]


def test_a_day_shows_its_latest_version_until_one_is_published(kept: Store) -> None:
    assert rosters(kept) == [None, DayRoster(2, False, 1, 1), None]
    tag = None
    for version in (2, 1):
        with kept.write() as session:
            tag = publish(session, DATES[1], version, expected_etag=tag, by=BY, at=NOW).etag
        assert rosters(kept) == [None, DayRoster(version, True, 1, 1), None]


def test_who_is_limited_to_contracts_is_told_no_total(kept: Store) -> None:
    assert rosters(kept, frozenset({"cheshire"})) == [None, DayRoster(2, False, None, None), None]


def test_journeys_and_duties_are_counted_that_are_seen(store: Store) -> None:
    with store.write() as session:
        put_day(session, DAY, [a_journey("J1"), a_journey("J2", "arden")], [a_duty()], POLICY, {}, by=BY, at=NOW)
    with store.read() as session:
        for contracts, seen in ((None, 2), (frozenset({"arden"}), 1), (frozenset({"nobody's"}), 0)):
            [day] = listed_days(session, contracts=contracts)
            assert (day.journeys, day.duties) == (seen, 1)


def test_days_come_latest_first_page_by_page_each_page_by_one_statement(kept: Store) -> None:
    asked: list[str] = []
    event.listen(kept._engine, "before_cursor_execute", lambda _, __, statement, *___: asked.append(statement))
    pages = []
    for before, limit in ((None, 2), (DATES[1], 2)):
        with kept.read() as session:
            pages.append([day.service_date for day in listed_days(session, before=before, limit=limit)])
    assert pages == [[DATES[2], DATES[1]], [DATES[0]]]
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 2

"""An operator's promise of how long whole days are kept, and what it must never cost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.hosted import forgetting
from pts_optimiser.services.hosted.forgetting import LULL, Forgotten, due, forget
from pts_optimiser.store import Store
from pts_optimiser.store.audit import entries, verify
from pts_optimiser.store.days import service_days
from pts_optimiser.store.publishing import publish, published
from pts_optimiser.store.rosters import read_file
from tests.store.examples import DAY, TRAVEL, a_roster, add, put
from tests.store.test_retention import BY, NOW, OLD, fill
from tests.store.test_studies import KEPT, ROWS, files_in, put_study

TODAY = NOW.date()


def days_of(store: Store) -> list[date]:
    with store.read() as session:
        return [day.service_date for day in service_days(session)]


def test_days_go_with_their_studies_rows_and_the_audit_says_who_had_it_done(store: Store) -> None:
    fill(store, OLD, TRAVEL)
    fill(store, DAY, TRAVEL)
    old, new = put_study(store, "old", OLD), put_study(store, "new", DAY)
    gone = forget(store, 29, by="cli:jane", at=NOW)
    assert gone == Forgotten(TODAY - timedelta(days=29), (OLD,), ("old",))
    assert days_of(store) == [DAY]
    assert (files_in(old), files_in(new)) == (KEPT, KEPT | ROWS)
    with store.read() as session:
        *_, day, whole = entries(session)
        assert verify(session).broken_at is None
    assert [(one.who, one.what) for one in (day, whole)] == [("cli:jane", "day.forget"), ("cli:jane", "store.forget")]
    assert whole.after == {"before": "2026-10-25", "days": 1, "studies": 1}


def test_what_is_published_today_stays_however_little_is_kept(store: Store) -> None:
    for day in (TODAY - timedelta(days=2), TODAY, DAY):
        with store.write() as session:
            put(session, day)
        add(store, day)
        with store.write() as session:
            publish(session, day, 1, expected_etag=None, by=BY, at=NOW)
    assert forget(store, 1, by=BY, at=NOW).days == (TODAY - timedelta(days=2),)
    with store.read() as session:
        found = published(session, TODAY)
        assert found is not None
        assert found.roster == a_roster(TODAY)
        assert read_file(session, TODAY, 1, "travel.npz").read_bytes() == TRAVEL
    assert days_of(store) == [DAY, TODAY]


def test_today_is_that_of_london(store: Store) -> None:
    with store.write() as session:
        put(session, date(2026, 6, 30))
        put(session, date(2026, 7, 2))
    just_after_midnight = datetime.fromisoformat("2026-07-01T23:30:00+00:00")
    assert due(store, 1, at=just_after_midnight).days == (date(2026, 6, 30),)


def test_a_clock_that_has_leapt_ahead_costs_nothing(store: Store) -> None:
    fill(store, DAY, TRAVEL)
    leapt = NOW.replace(year=2030)
    with pytest.raises(InputError) as refused:
        forget(store, 365, by=BY, at=leapt)
    assert [issue.code for issue in refused.value.issues] == ["no_recent_day"]
    assert days_of(store) == [DAY]
    assert forget(store, 365, by=BY, at=leapt, retired=True).days == (DAY,)


def test_a_fortnight_without_a_day_is_a_holiday_and_an_empty_store_none(store: Store) -> None:
    assert forget(store, 1, by=BY, at=NOW).days == ()
    with store.write() as session:
        put(session, TODAY - LULL)
    assert forget(store, 1, by=BY, at=NOW).days == (TODAY - LULL,)


def test_looking_changes_nothing(store: Store) -> None:
    fill(store, OLD, TRAVEL)
    fill(store, DAY, TRAVEL)
    with store.read() as session:
        before = entries(session)
    assert due(store, 29, at=NOW).days == (OLD,)
    with store.read() as session:
        assert entries(session) == before
    assert days_of(store) == [DAY, OLD]


def test_a_file_that_cannot_be_removed_is_told_and_the_next_time_does_it(store: Store) -> None:
    fill(store, DAY, TRAVEL)
    study = put_study(store, "old", OLD)
    with patch.object(Path, "unlink", side_effect=PermissionError(13, "Permission denied")), pytest.raises(InputError):
        forgetting.forget(store, 29, by=BY, at=NOW)
    assert files_in(study) > KEPT
    assert forget(store, 29, by=BY, at=NOW).studies == ("old",)
    assert files_in(study) == KEPT

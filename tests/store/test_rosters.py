from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from pts_optimiser.store import DamagedError, NotFoundError, Store, UnstorableError
from pts_optimiser.store.models import DocumentRow, RosterRow
from pts_optimiser.store.plans import order_plan
from pts_optimiser.store.rosters import (
    add_roster,
    nearest_with,
    parts_of,
    read_file,
    read_roster,
    read_text,
    roster_of_plan,
    stored_roster,
    stored_rosters,
)
from pts_optimiser.store.words import PlanKind
from tests.store.examples import BY, DAY, NOW, TEXTS, TRAVEL, a_roster, add, at_once, later, put


@pytest.fixture
def planned(store: Store) -> Store:
    with store.write() as session:
        put(session)
    return store


def test_a_roster_comes_back_with_all_that_it_stands_on(planned: Store) -> None:
    stored = add(planned)
    with planned.read() as session:
        assert read_roster(session, DAY, 1) == a_roster()
        assert {name: read_text(session, DAY, 1, name) for name in TEXTS} == TEXTS
        assert read_file(session, DAY, 1, "travel.npz").read_bytes() == TRAVEL
        assert parts_of(session, DAY, 1) == ({"roster.json", *TEXTS}, {"travel.npz"})
        assert stored_roster(session, DAY, 1) == stored
    assert (stored.seed, stored.engine["name"], stored.inputs) == (1, "hybrid", a_roster().inputs)
    assert (stored.served, stored.unserved, stored.created_by, stored.created_at) == (1, 1, BY, NOW)
    assert stored.kpis == a_roster().kpis


def test_versions_of_a_day_count_up(planned: Store) -> None:
    assert [add(planned, seed=seed).version for seed in (5, 6)] == [1, 2]
    with planned.read() as session:
        assert [one.seed for one in stored_rosters(session, DAY)] == [6, 5]
        assert [one.seed for one in stored_rosters(session, DAY, limit=1)] == [6]
        assert [one.seed for one in stored_rosters(session, DAY, before=2, limit=9)] == [5]


def test_a_text_is_looked_for_in_what_a_version_is_based_on(planned: Store) -> None:
    with planned.write() as session:
        for number, (named, based_on) in enumerate([("map", None), ("", 1), ("", 2), ("", None), ("map", 3)], start=1):
            texts = TEXTS | ({named: "{}"} if named else {})
            add_roster(session, a_roster(seed=number), texts, by=BY, at=NOW, based_on=based_on)
        assert [nearest_with(session, DAY, version, "map") for version in range(1, 6)] == [1, 1, 1, None, 5]


def test_rosters_added_at_once_get_versions_of_their_own(planned: Store) -> None:
    told = at_once(4, lambda who: add(planned, seed=who).version)
    assert sorted(told, key=str) == [1, 2, 3, 4]


def test_a_plan_has_one_roster_however_often_it_is_added(planned: Store) -> None:
    with planned.write() as session:
        ordered, _ = order_plan(session, PlanKind.PLAN, DAY, {}, by=BY, at=NOW)
    told = at_once(3, lambda who: add(planned, seed=who, plan_id=ordered.plan_id).version)
    assert told == [1, 1, 1]
    assert add(planned).version == 2
    with planned.read() as session:
        found = roster_of_plan(session, ordered.plan_id)
    assert found is not None
    assert (found.version, found.plan_id) == (1, ordered.plan_id)


@pytest.mark.parametrize("table", ["rosters", "roster_texts", "roster_files"])
def test_a_stored_roster_cannot_be_changed(planned: Store, table: str) -> None:
    add(planned)
    with pytest.raises(IntegrityError, match="added to only"), planned.write() as session:
        session.execute(text(f"UPDATE {table} SET sha256 = sha256"))


def test_what_a_roster_holds_cannot_be_deleted(planned: Store) -> None:
    add(planned)
    with pytest.raises(IntegrityError), planned.write() as session:
        session.execute(delete(DocumentRow))


def test_equal_content_is_kept_once(planned: Store) -> None:
    add(planned, seed=1)
    add(planned, seed=2)
    assert len(list(planned.files.kept())) == 1
    with planned.read() as session:
        assert session.query(DocumentRow).count() == len(TEXTS) + 2


@pytest.mark.parametrize("packed", [b"", b"no zlib", zlib.compress(b"another text")])
def test_a_damaged_text_is_not_handed_out(planned: Store, packed: bytes) -> None:
    stored = add(planned)
    with planned.write() as session:
        session.execute(update(DocumentRow).where(DocumentRow.sha256 == stored.sha256).values(packed=packed))
    with planned.read() as session, pytest.raises(DamagedError):
        read_roster(session, DAY, 1)


@pytest.mark.parametrize("content", [None, b"", TRAVEL[:-1] + b"?"])
def test_a_damaged_or_missing_file_is_not_handed_out(planned: Store, content: bytes | None) -> None:
    add(planned)
    path = planned.files.place(next(planned.files.kept()))
    path.unlink() if content is None else path.write_bytes(content)
    with planned.read() as session, pytest.raises(DamagedError):
        read_file(session, DAY, 1, "travel.npz")


def test_adding_the_same_file_again_mends_a_damaged_one(planned: Store) -> None:
    add(planned, seed=1)
    planned.files.place(next(planned.files.kept())).write_bytes(b"damaged")
    add(planned, seed=2)
    with planned.read() as session:
        assert read_file(session, DAY, 1, "travel.npz").read_bytes() == TRAVEL


def test_what_is_not_there_is_not_found(planned: Store) -> None:
    add(planned)
    with planned.read() as session:
        for look in (
            lambda: read_roster(session, DAY, 2),
            lambda: read_roster(session, date(2026, 1, 1), 1),
            lambda: read_text(session, DAY, 1, "travel.npz"),
            lambda: read_file(session, DAY, 1, "../pts.db"),
        ):
            with pytest.raises(NotFoundError):
                look()
    with pytest.raises(NotFoundError):
        add(planned, date(2026, 1, 1))


def test_a_roster_that_is_refused_leaves_nothing(planned: Store) -> None:
    broken = replace(a_roster(), kpis={"served": float("nan")})
    with pytest.raises(UnstorableError), planned.write() as session:
        add_roster(session, broken, TEXTS, by=BY, at=later(1))
    with planned.read() as session:
        assert stored_rosters(session, DAY) == []
        assert session.query(RosterRow).count() == 0
    assert add(planned).version == 1

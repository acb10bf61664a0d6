from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import func, select

from pts_optimiser.store import Store, days, rosters
from pts_optimiser.store.answers import KEPT, begin
from pts_optimiser.store.audit import entries, verify
from pts_optimiser.store.days import policy_toml, put_day, service_day, service_days
from pts_optimiser.store.events import Event, append_events, events
from pts_optimiser.store.locks import lock
from pts_optimiser.store.models import AnswerRow, Base
from pts_optimiser.store.plans import advance, claim, order_plan, plans, save_best
from pts_optimiser.store.proposals import propose
from pts_optimiser.store.publishing import publish, published
from pts_optimiser.store.retention import STALE, Swept, forget_days, forget_positions, sweep
from pts_optimiser.store.rosters import read_file, read_text
from pts_optimiser.store.words import PlanKind, PlanStatus
from tests.store.examples import BY, DAY, NOW, POLICY, TEXTS, TRAVEL, a_journey, a_roster, add, at_once, later, put

OLD = DAY - timedelta(days=31)
POSTCODE = "ZZ99 9ZZ"


def fill(store: Store, day: date, travel: bytes) -> None:
    """One of everything on a day."""
    journey = a_journey(pickup=a_journey().pickup.__class__("home", 53.0, -2.0, a_journey().pickup.kind, POSTCODE))
    with store.write() as session:
        put_day(session, day, [journey], [], f"# {day}", {}, by=BY, at=NOW)
        ordered, _ = order_plan(session, PlanKind.REOPTIMISE, day, {}, by=BY, at=NOW)
        advance(session, ordered.plan_id, PlanStatus.VALIDATED, at=NOW)
        advance(session, ordered.plan_id, PlanStatus.QUEUED, at=NOW)
        claim(session, ordered.plan_id, at=NOW)
        save_best(session, ordered.plan_id, 1, {}, a_roster(day, seed=8), at=NOW)
        append_events(session, day, [Event("e1", "crews", 1, NOW, NOW, "ready", {"journey_id": "J1"})])
        lock(session, day, "J1", duty_id=None, reason="asked", by=BY, at=NOW)
    add(store, day, travel=travel)
    add(store, day, seed=2, travel=travel, plan_id=ordered.plan_id)
    with store.write() as session:
        first = publish(session, day, 1, expected_etag=None, by=BY, at=NOW)
        propose(session, day, 2, base_etag=first.etag, diff={}, at=NOW)


def rows(store: Store) -> dict[str, int]:
    with store.read() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_an_old_day_goes_with_all_that_belongs_to_it_and_the_others_stay(store: Store) -> None:
    fill(store, DAY, TRAVEL)
    expected, kept = rows(store), set(store.files.kept())
    fill(store, OLD, TRAVEL + b"old")
    assert rows(store)["rosters"] == 4
    assert forget_days(store, DAY, 30, by=BY, at=NOW) == [OLD]
    found = rows(store)
    assert found.pop("audit") > expected.pop("audit")
    assert found == expected
    assert set(store.files.kept()) == kept
    with store.read() as session:
        current = published(session, DAY)
        assert current is not None
        assert current.roster == a_roster()
        assert read_file(session, DAY, 1, "travel.npz").read_bytes() == TRAVEL


def test_the_day_that_is_just_old_enough_to_be_kept_is_kept(store: Store) -> None:
    with store.write() as session:
        for back in (29, 30, 31):
            put(session, DAY - timedelta(days=back))
    assert forget_days(store, DAY, 30, by=BY, at=NOW) == [DAY - timedelta(days=31)]
    assert forget_days(store, DAY, 30, by=BY, at=NOW) == []
    with store.read() as session:
        assert len(service_days(session)) == 2


def test_what_a_forgotten_day_shares_with_another_stays(store: Store) -> None:
    for day in (OLD, DAY):
        with store.write() as session:
            put(session, day)
        add(store, day)
    forget_days(store, DAY, 30, by=BY, at=NOW)
    with store.read() as session:
        assert read_file(session, DAY, 1, "travel.npz").read_bytes() == TRAVEL
        assert rows(store)["documents"] == len(TEXTS) + 1


def test_forgetting_is_in_the_audit_which_stays_whole(store: Store) -> None:
    fill(store, OLD, TRAVEL)
    before = rows(store)["audit"]
    forget_days(store, DAY, 30, by="person:42", at=NOW)
    with store.read() as session:
        last = entries(session)[-1]
        verdict = verify(session)
    assert (last.who, last.what, last.subject) == ("person:42", "day.forget", f"days/{OLD}")
    assert (verdict.entries, verdict.broken_at) == (before + 1, None)


def test_old_positions_go_before_their_day_does(store: Store) -> None:
    for day in (OLD, DAY):
        with store.write() as session:
            put(session, day)
            told = [Event(f"e{n}", "van", n, NOW, NOW, "ready" if n == 1 else "position", {}) for n in range(4)]
            append_events(session, day, told)
    assert forget_positions(store, DAY, 30) == 3
    with store.write() as session:
        assert [event.type for _, event in events(session, OLD)] == ["ready"]
        assert len(events(session, DAY)) == 4
        again = append_events(session, OLD, [Event("e9", "van", 9, NOW, NOW, "ready", {})])
    assert (again.new, again.last) == (("e9",), 5)


def test_old_plans_of_no_day_go_too(store: Store) -> None:
    with store.write() as session:
        order_plan(session, PlanKind.STUDY, None, {}, by=BY, at=NOW - timedelta(days=31))
        recent, _ = order_plan(session, PlanKind.STUDY, None, {}, by=BY, at=NOW - timedelta(days=29))
    forget_days(store, DAY, 30, by=BY, at=NOW)
    with store.read() as session:
        assert plans(session) == [recent]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # PostgreSQL overwrites when it vacuums
def test_no_byte_of_a_forgotten_day_is_left_in_the_files_of_sqlite(store: Store, tmp_path: Path) -> None:
    fill(store, OLD, TRAVEL)

    def seen() -> bool:
        return any(POSTCODE.encode() in path.read_bytes() for path in tmp_path.glob("pts.db*") if path.is_file())

    assert seen()
    forget_days(store, DAY, 30, by=BY, at=NOW)
    assert not seen()


def test_sweeping_a_clean_store_removes_nothing(store: Store) -> None:
    fill(store, DAY, TRAVEL)
    before = rows(store)
    assert sweep(store, at=NOW) == Swept(documents=0, files=0, strays=0)
    assert rows(store) == before


def test_best_rosters_that_were_bettered_are_swept(store: Store) -> None:
    fill(store, DAY, TRAVEL)
    with store.write() as session:
        save_best(session, plans(session)[0].plan_id, 1, {}, a_roster(seed=9), at=NOW)
    assert sweep(store, at=NOW).documents == 1


def test_files_that_the_database_does_not_know_are_swept(store: Store) -> None:
    with store.write() as session:
        put(session)
    add(store)
    with store.files.staged(b"left behind") as staged:
        store.files.keep(staged)
    assert sweep(store, at=NOW).strays == 1
    assert len(list(store.files.kept())) == 1


def test_staged_files_are_swept_when_nobody_can_be_writing_them_any_more(store: Store) -> None:
    with store.files.staged(b"being written") as staged:
        os.utime(staged.path, (NOW.timestamp(), NOW.timestamp()))
        assert sweep(store, at=NOW + STALE).strays == 0
        assert staged.path.exists()
        assert sweep(store, at=NOW + STALE + timedelta(seconds=1)).strays == 1
        assert not staged.path.exists()


def test_answers_past_their_time_are_swept(store: Store) -> None:
    with store.write() as session:
        begin(session, BY, "k1", "f", at=NOW)
        begin(session, BY, "k2", "f", at=later(1))
    sweep(store, at=NOW + KEPT)
    with store.read() as session:
        assert list(session.scalars(select(AnswerRow.key))) == ["k2"]


def test_sweeping_beside_writers_loses_nothing(store: Store, url: str) -> None:
    with store.write() as session:
        put(session)
    with Store(url) as other:

        def write() -> None:
            for seed in range(6):
                add(store, seed=seed, travel=TRAVEL + bytes([seed]))

        def clean() -> None:
            for _ in range(6):
                sweep(other, at=datetime.now(UTC))  # what is staged now is not stale

        work: list[Callable[[], None]] = [write, clean]
        assert at_once(2, lambda who: work[who]()) == [None, None]
    with store.read() as session:
        for version in range(1, 7):
            assert read_file(session, DAY, version, "travel.npz").read_bytes()[:-1] == TRAVEL


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)  # writers of SQLite are alone from their start
@pytest.mark.parametrize(("room", "step"), [(rosters, "keep_texts"), (rosters, "keep_files"), (days, "_keep_policy")])
def test_a_sweeper_passes_over_what_nobody_held_and_somebody_is_just_taking_up(
    store: Store, url: str, room: ModuleType, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.write() as session:
        put(session)
        put_day(session, DAY, [], [], "another policy", {}, by=BY, at=NOW)
    add(store)
    with store.write() as session:
        for table in ("roster_files", "roster_texts", "rosters"):
            session.execute(Base.metadata.tables[table].delete())
    with Store(url) as other:
        take = getattr(room, step)

        def taken_while_swept(*arguments: object) -> object:
            held = take(*arguments)
            sweep(other, at=datetime.now(UTC))
            return held

        monkeypatch.setattr(room, step, taken_while_swept)
        with store.write() as session:
            put(session)
        version = add(store).version
    with store.read() as session:
        assert policy_toml(session, service_day(session, DAY).policy_sha256) == POLICY
        assert read_file(session, DAY, version, "travel.npz").read_bytes() == TRAVEL
        assert {name: read_text(session, DAY, version, name) for name in TEXTS} == TEXTS

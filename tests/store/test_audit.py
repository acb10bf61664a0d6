from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pts_optimiser.store import Store, UnstorableError
from pts_optimiser.store.audit import Value, entries, note, verify
from tests.store.examples import BY, at_once, later

OFF = {
    "sqlite": ("DROP TRIGGER audit_unchanged", "DROP TRIGGER audit_kept", "DROP TRIGGER audit_head_rises"),
    "postgresql": ("SET LOCAL session_replication_role = replica",),
}
"""What somebody with the whole database in their hands would do first."""


def write(store: Store, *whats: str, **after: Value) -> None:
    with store.write() as session:
        for number, what in enumerate(whats):
            note(session, at=later(number), who=BY, what=what, subject="days/2026-11-24", after=after or None)


def tamper(store: Store, backend: str, *statements: str) -> None:
    with store.write() as session:
        for statement in (*OFF[backend], *statements):
            session.execute(text(statement))


def broken_at(store: Store) -> int | None:
    with store.read() as session:
        return verify(session).broken_at


def test_entries_tell_who_did_what_when_and_what_changed(store: Store) -> None:
    with store.write() as session:
        note(
            session,
            at=later(1.25),
            who="person:a|42",
            what="w",
            subject="s",
            before={"n": 1},
            after={"z": None, "a": True},
        )
    with store.read() as session:
        (found,) = entries(session)
    assert (found.seq, found.at, found.who, found.what, found.subject) == (1, later(1.25), "person:a|42", "w", "s")
    assert (found.before, found.after) == ({"n": 1}, {"z": None, "a": True})


def test_an_untouched_chain_is_whole(store: Store) -> None:
    assert broken_at(store) is None
    for _ in range(3):
        write(store, "a", "b", "c", version=2)
    with store.read() as session:
        verdict = verify(session)
        assert (verdict.entries, verdict.broken_at) == (9, None)
        assert verdict.head == entries(session)[-1].hash
        assert [one.seq for one in entries(session, after=2, limit=3)] == [3, 4, 5]


CHANGES = {
    "UPDATE audit SET who = 'another' WHERE seq = 2": 2,
    "UPDATE audit SET what = 'z' WHERE seq = 5": 5,
    "UPDATE audit SET subject = 'days/2026-11-25' WHERE seq = 1": 1,
    "UPDATE audit SET at = (SELECT a.at FROM audit a WHERE a.seq = 1) WHERE seq = 3": 3,
    "UPDATE audit SET after = '{}' WHERE seq = 4": 4,
    "UPDATE audit SET before = '{}' WHERE seq = 4": 4,
    "DELETE FROM audit WHERE seq = 3": 3,
    "DELETE FROM audit WHERE seq = 5": 5,
    "DELETE FROM audit": 1,
    "UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)": 6,
}
"""Statements, and the entry at which each shows."""


def test_every_later_change_shows(store: Store, backend: str) -> None:
    write(store, "a", "b", "c", "d", "e", version=2)
    seen = {}
    for change in CHANGES:
        with store.write() as session:
            for statement in (*OFF[backend], change):
                session.execute(text(statement))
            seen[change] = verify(session).broken_at
            session.rollback()
    assert seen == CHANGES
    assert broken_at(store) is None


def test_entries_that_changed_places_show(store: Store, backend: str) -> None:
    write(store, "a", "b", "c")
    tamper(
        store,
        backend,
        "UPDATE audit SET seq = 9 WHERE seq = 1",
        "UPDATE audit SET seq = 1 WHERE seq = 2",
        "UPDATE audit SET seq = 2 WHERE seq = 9",
    )
    assert broken_at(store) == 1


def test_the_database_itself_refuses_to_change_the_audit(store: Store) -> None:
    write(store, "a")
    for statement in (
        "UPDATE audit SET who = who",
        "DELETE FROM audit",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET seq = 0",
        "UPDATE audit_head SET hash = ''",
        "INSERT INTO audit_head (id, seq, hash) VALUES (2, 0, '')",
    ):
        with pytest.raises(IntegrityError), store.write() as session:
            session.execute(text(statement))


def test_writers_at_once_make_one_chain(store: Store) -> None:
    told = at_once(5, lambda who: [write(store, f"{who}.{n}", f"{who}.{n}-") for n in range(4)])
    assert told == [[None] * 4] * 5
    with store.read() as session:
        verdict = verify(session)
        order = [one.what for one in entries(session)]
    assert (verdict.entries, verdict.broken_at) == (40, None)
    assert all(order[at] + "-" == order[at + 1] for at in range(0, 40, 2))


def test_what_is_rolled_back_is_not_in_the_audit(store: Store) -> None:
    def fail() -> None:
        with store.write() as session:
            note(session, at=later(0), who=BY, what="a", subject="s")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.read() as session:
        assert entries(session) == []


def test_no_commit_leaves_the_audit_behind(store: Store) -> None:
    with store.write() as session:
        note(session, at=later(0), who=BY, what="a", subject="s")
        session.commit()
    with store.read() as session:
        assert [one.what for one in entries(session)] == ["a"]


@pytest.mark.parametrize(
    "told",
    [
        {"after": {"name": "Jane Doe"}},
        {"after": {"ref": "943 476 5919"}},
        {"after": {"ref": "9434765919"}},
        {"after": {"ref": "943-476-5919"}},
        {"after": {"ref": 9434765919}},
        {"after": {"ref": "x/9434765919/y"}},
        {"before": {"place": "CH11AA"}},
        {"before": {"place": "b15/B152TG"}},
        {"after": {"lat": 53.19}},
        {"after": {"list": ["a"]}},
        {"after": {"Jane Doe": 1}},
        {"after": {"mail": "jane@example.org"}},
        {"subject": "patients/Jane Doe"},
        {"subject": "days/9434765919"},
        {"what": "moved J1 because she called"},
        {"who": "Jane Doe"},
        {"who": ""},
    ],
)
def test_what_may_tell_of_a_patient_is_refused(told: dict[str, object]) -> None:
    usual: dict[str, object] = {"at": later(0), "who": BY, "what": "w", "subject": "s"}
    note(Session(), **usual)  # type: ignore[arg-type]
    with pytest.raises(UnstorableError):
        note(Session(), **usual | told)  # type: ignore[arg-type]


def test_a_time_without_offset_is_refused() -> None:
    with pytest.raises(UnstorableError):
        note(Session(), at=datetime(2026, 11, 24), who=BY, what="w", subject="s")  # noqa: DTZ001

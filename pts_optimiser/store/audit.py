"""Who did what and when, in a chain that shows every later change.

Every function of the store that a person or a machine can be the author of notes itself here; the entries are written
last in the transaction, so that the head of the chain is held for as short as can be.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pts_optimiser.store.errors import UnstorableError
from pts_optimiser.store.models import AuditHeadRow, AuditRow
from pts_optimiser.store.types import json_text

Value = str | int | bool | None
State = Mapping[str, Value]

_NAME = re.compile(r"[!-~]{1,200}")  # of a key, or as a provider of identities names a person
_WORD = re.compile(r"[A-Za-z0-9_.:;+/=-]{0,200}")
_TELLING = re.compile(
    r"(?<![0-9A-Za-z])([A-Za-z]{1,2}[0-9][0-9A-Za-z]?[0-9][A-Za-z]{2}|[0-9]{3}-?[0-9]{3}-?[0-9]{4})(?![0-9A-Za-z])"
)
"""A postcode or a number of ten digits, as NHS numbers have."""
_NOTED = "audit"


@dataclass(frozen=True, slots=True)
class Entry:
    """``before`` and ``after`` hold counts, versions, hashes and words; ``hash`` covers the entry and all before it."""

    seq: int
    at: datetime
    who: str
    what: str
    subject: str
    before: State | None
    after: State | None
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``broken_at`` is the first entry that is missing or not as it was written, None where all are."""

    entries: int
    head: str
    broken_at: int | None


def note(
    session: Session,
    *,
    at: datetime,
    who: str,
    what: str,
    subject: str,
    before: State | None = None,
    after: State | None = None,
) -> None:
    """Have an entry written when the transaction is committed.

    Raises
    ------
    UnstorableError
        A text that is more than a word, or might be a postcode or an NHS number, a fraction (as coordinates are), or
        a time without offset: an audit is read by many and holds nothing of patients.
    """
    if not _NAME.fullmatch(who):
        raise UnstorableError("who did it is named by 1 to 200 characters without blanks")
    for word in (
        what,
        subject,
        *(part for state in (before, after) if state for pair in state.items() for part in pair),
    ):
        _refuse_telling(word)
    if at.tzinfo is None:
        raise UnstorableError("a time without offset cannot be stored; say which zone it is in")
    session.info.setdefault(_NOTED, []).append((at.astimezone(UTC), who, what, subject, before, after))


def write_noted(session: Session) -> None:
    """Append what was noted; from here to the end of the transaction other writers of the audit wait."""
    noted = session.info.pop(_NOTED, ())
    if not noted:
        return
    session.flush()
    head = session.scalars(select(AuditHeadRow).with_for_update()).one()
    for at, who, what, subject, before, after in noted:
        entry = (head.seq + 1, at, who, what, subject, before, after)
        head.seq, head.hash = head.seq + 1, _hash(head.hash, *entry)
        session.add(AuditRow(**dict(zip(_COLUMNS, entry, strict=True)), hash=head.hash))
        session.flush()


def entries(session: Session, *, after: int = 0, limit: int = 100) -> list[Entry]:
    """Entries in the order written, those after a number."""
    rows = session.scalars(select(AuditRow).where(AuditRow.seq > after).order_by(AuditRow.seq).limit(limit))
    return [_entry(row) for row in rows]


def verify(session: Session) -> Verdict:
    """Work the whole chain out again."""
    expected, last = 1, ""
    in_order = select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=1000)
    with closing(session.scalars(in_order)) as rows:
        for entry in map(_entry, rows):
            last = _hash(last, entry.seq, entry.at, entry.who, entry.what, entry.subject, entry.before, entry.after)
            if entry.seq != expected or entry.hash != last:
                return Verdict(expected - 1, last, expected)
            expected += 1
    head = session.scalars(select(AuditHeadRow)).one()
    whole = (head.seq, head.hash) == (expected - 1, last)
    return Verdict(expected - 1, last, None if whole else expected)


_COLUMNS = ("seq", "at", "who", "what", "subject", "before", "after")


def _hash(last: str, seq: int, at: datetime, *rest: object) -> str:
    return hashlib.sha256(json_text([last, seq, at.isoformat(), *map(_sorted, rest)]).encode()).hexdigest()


def _sorted(value: object) -> object:
    return sorted(value.items()) if isinstance(value, Mapping) else value


def _entry(row: AuditRow) -> Entry:
    return Entry(row.seq, row.at, row.who, row.what, row.subject, row.before, row.after, row.hash)


def _refuse_telling(value: object) -> None:
    if value is None or isinstance(value, bool):
        return
    if not isinstance(value, str | int):
        raise UnstorableError("an audit entry holds words and whole numbers only")
    text = str(value)
    if not _WORD.fullmatch(text) or _TELLING.search(text):
        raise UnstorableError("an audit entry holds words, counts and hashes only, nothing that may tell of a patient")

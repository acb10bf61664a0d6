"""The audit."""

from __future__ import annotations

from api.models.base import Moment, Shown

State = dict[str, str | int | bool | None]


class EntryOut(Shown):
    """One entry; `hash` covers it and all before it."""

    seq: int
    at: Moment
    who: str
    what: str
    subject: str
    before: State | None
    after: State | None
    hash: str


class EntriesOut(Shown):
    """A page of entries in the order written."""

    items: list[EntryOut]
    next: str | None


class VerdictOut(Shown):
    """`broken_at` is the first entry that is missing or not as written, null where all are; keep `head` elsewhere."""

    entries: int
    head: str
    broken_at: int | None

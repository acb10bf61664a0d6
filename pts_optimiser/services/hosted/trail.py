"""The audit: who did what and when, and whether the chain is whole. For who sees all contracts."""

from __future__ import annotations

from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store import Store, audit
from pts_optimiser.store.audit import Entry, Verdict


def audit_entries(store: Store, caller: Caller, *, after: int, limit: int) -> list[Entry]:
    """Entries in the order written; raises NotAllowedError."""
    caller.must_see_all()
    with store.read() as session:
        return audit.entries(session, after=after, limit=limit)


def audit_verdict(store: Store, caller: Caller) -> Verdict:
    """Work the whole chain out again; raises NotAllowedError."""
    caller.must_see_all()
    with store.read() as session:
        return audit.verify(session)

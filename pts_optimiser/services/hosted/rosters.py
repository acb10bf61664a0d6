"""The versions of a day's roster, without their stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pts_optimiser.domain.roster import made_by
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store import Store
from pts_optimiser.store.rosters import StoredRoster, roster_sha256, stored_rosters


@dataclass(frozen=True, slots=True)
class RosterKey:
    """One version of a day's roster; ``sha256`` of its ``roster.json`` tells it from one made after a deletion."""

    service_date: date
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RosterSummary:
    """``served`` and ``unserved`` count the journeys of all contracts: None for who is limited to some."""

    service_date: date
    version: int
    plan_id: str | None
    based_on: int | None
    inputs: Mapping[str, str]
    engine: Mapping[str, Any]
    served: int | None
    unserved: int | None
    created_at: datetime
    created_by: str


def summary_for(caller: Caller, stored: StoredRoster) -> RosterSummary:
    """A version as the caller may see it."""
    sees_all = caller.contracts is None
    return RosterSummary(
        service_date=stored.service_date,
        version=stored.version,
        plan_id=stored.plan_id,
        based_on=stored.based_on,
        inputs=stored.inputs,
        engine=made_by(stored.engine),
        served=stored.served if sees_all else None,
        unserved=stored.unserved if sees_all else None,
        created_at=stored.created_at,
        created_by=stored.created_by,
    )


def roster_key(store: Store, service_date: date, version: int) -> RosterKey:
    """A version that is there; raises NotFoundError where it is not."""
    with store.read() as session:
        return RosterKey(service_date, version, roster_sha256(session, service_date, version))


def list_rosters(
    store: Store, caller: Caller, service_date: date, *, before: int | None, limit: int
) -> list[RosterSummary]:
    """The versions of a day, latest first, those before one where it is given."""
    with store.read() as session:
        found = stored_rosters(session, service_date, before=before, limit=limit)
    return [summary_for(caller, stored) for stored in found]

"""Re-optimised rosters with what they would change, until somebody accepts or rejects them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from pts_optimiser.store import audit
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.errors import ConflictError, NotFoundError
from pts_optimiser.store.models import ProposalRow
from pts_optimiser.store.publishing import Publication, publish
from pts_optimiser.store.rosters import stored_roster
from pts_optimiser.store.words import ProposalStatus


@dataclass(frozen=True, slots=True)
class Proposal:
    """``version`` offered in place of what was published under ``base_etag``; ``diff`` says what changes."""

    proposal_id: str
    service_date: date
    version: int
    base_etag: str
    diff: Mapping[str, Any]
    status: ProposalStatus
    created_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None


def propose(
    session: Session, service_date: date, version: int, *, base_etag: str, diff: Mapping[str, Any], at: datetime
) -> Proposal:
    """Offer a stored roster; raises NotFoundError where there is none of this version."""
    stored_roster(session, service_date, version)
    made = Proposal(uuid4().hex, service_date, version, base_etag, diff, ProposalStatus.OPEN, at)
    row = {
        "proposal_id": made.proposal_id,
        "service_date": service_date,
        "version": version,
        "base_etag": base_etag,
        "diff": dict(diff),
        "status": made.status,
        "created_at": at,
    }
    session.execute(insert(ProposalRow), row)
    return made


def proposal(session: Session, proposal_id: str) -> Proposal:
    """The proposal; raises NotFoundError where there is none."""
    wanted = select(ProposalRow).where(ProposalRow.proposal_id == proposal_id)
    row = session.scalar(wanted.execution_options(populate_existing=True))
    if row is None:
        raise NotFoundError("no such proposal")
    return _proposal(row)


def proposals(session: Session, service_date: date) -> list[Proposal]:
    """All proposals of a day, latest first."""
    wanted = select(ProposalRow).where(ProposalRow.service_date == service_date)
    return [_proposal(row) for row in session.scalars(wanted.order_by(ProposalRow.version.desc()))]


def open_proposal(session: Session, service_date: date) -> str | None:
    """The id of a day's latest proposal, where nobody has decided on it."""
    wanted = select(ProposalRow.proposal_id, ProposalRow.status).where(ProposalRow.service_date == service_date)
    latest = session.execute(wanted.order_by(ProposalRow.version.desc()).limit(1)).first()
    return latest.proposal_id if latest and latest.status == ProposalStatus.OPEN else None


def accept(session: Session, proposal_id: str, *, by: str, at: datetime, version: int | None = None) -> Publication:
    """Publish what is proposed, or the ``version`` that was made of a part of it.

    Raises
    ------
    ConflictError
        It is decided already, or what it was to replace is not what is published any more.
    """
    decided = _decide(session, proposal_id, ProposalStatus.ACCEPTED, by, at)
    published = decided.version if version is None else version
    return publish(session, decided.service_date, published, expected_etag=decided.base_etag, by=by, at=at)


def reject(session: Session, proposal_id: str, *, by: str, at: datetime) -> Proposal:
    """Turn a proposal down; raises ConflictError where it is decided already."""
    return _decide(session, proposal_id, ProposalStatus.REJECTED, by, at)


def _decide(session: Session, proposal_id: str, status: ProposalStatus, by: str, at: datetime) -> Proposal:
    still_open = (ProposalRow.proposal_id == proposal_id) & (ProposalRow.status == ProposalStatus.OPEN)
    decided = update(ProposalRow).where(still_open).values(status=status, decided_at=at, decided_by=by)
    decided = decided.execution_options(synchronize_session=False)
    if session.scalar(decided.returning(ProposalRow.version)) is None:
        raise ConflictError(f"the proposal is {proposal(session, proposal_id).status} already")
    crash_point("proposals.decided")
    made = proposal(session, proposal_id)
    audit.note(
        session,
        at=at,
        who=by,
        what="proposal.accept" if status is ProposalStatus.ACCEPTED else "proposal.reject",
        subject=f"days/{made.service_date}/proposals/{proposal_id}",
        before={"status": ProposalStatus.OPEN.value},
        after={"status": status.value, "version": made.version},
    )
    return made


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        row.proposal_id,
        row.service_date,
        row.version,
        row.base_etag,
        row.diff,
        ProposalStatus(row.status),
        row.created_at,
        row.decided_at,
        row.decided_by,
    )

"""The tables. Nothing here leaves the room: repositories hand out frozen objects."""

from pts_optimiser.store.models.base import Base
from pts_optimiser.store.models.bookings import DutyRow, JourneyRow, PolicyRow, ServiceDayRow
from pts_optimiser.store.models.contents import DocumentRow, FileRow
from pts_optimiser.store.models.happening import EventRow, LockRow, ProposalRow
from pts_optimiser.store.models.plans import PlanRow
from pts_optimiser.store.models.rosters import PublicationRow, RosterFileRow, RosterRow, RosterTextRow
from pts_optimiser.store.models.trust import AnswerRow, ApiKeyRow, AuditHeadRow, AuditRow, SignInRow

__all__ = [
    "AnswerRow",
    "ApiKeyRow",
    "AuditHeadRow",
    "AuditRow",
    "Base",
    "DocumentRow",
    "DutyRow",
    "EventRow",
    "FileRow",
    "JourneyRow",
    "LockRow",
    "PlanRow",
    "PolicyRow",
    "ProposalRow",
    "PublicationRow",
    "RosterFileRow",
    "RosterRow",
    "RosterTextRow",
    "ServiceDayRow",
    "SignInRow",
]

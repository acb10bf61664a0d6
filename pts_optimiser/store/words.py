"""The words that columns may hold: kinds and states of plans, proposals, roles."""

from __future__ import annotations

from enum import StrEnum


class PlanKind(StrEnum):
    PLAN = "plan"
    REOPTIMISE = "reoptimise"
    STUDY = "study"
    EXPORT = "export"


class PlanStatus(StrEnum):
    ACCEPTED = "accepted"
    VALIDATED = "validated"
    INVALID = "invalid"
    QUEUED = "queued"
    SOLVING = "solving"
    COMPLETE = "complete"
    STOPPED = "stopped"
    FAILED = "failed"


class ProposalStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Role(StrEnum):
    VIEWER = "viewer"
    PLANNER = "planner"
    CONTROLLER = "controller"
    ANALYST = "analyst"
    ADMIN = "admin"

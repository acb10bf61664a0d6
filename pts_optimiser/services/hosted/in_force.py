"""A stored roster as the plan that a day follows, from the store alone."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from pts_optimiser.dayof import Plan
from pts_optimiser.services.hosted.stored import TEXTS
from pts_optimiser.services.replanned import plan_from
from pts_optimiser.store.rosters import read_file, read_roster, read_text


def plan_in_force(session: Session, service_date: date, version: int) -> Plan:
    """One version of a day's roster with its inputs and travel times.

    Raises
    ------
    NotFoundError, DamagedError
        There is no such version, or it is not what was stored.
    """
    roster = read_roster(session, service_date, version)
    journeys, duties, policy = (read_text(session, service_date, version, name).encode() for name in TEXTS)
    return plan_from(roster, journeys, duties, policy, read_file(session, service_date, version, "travel.npz"))

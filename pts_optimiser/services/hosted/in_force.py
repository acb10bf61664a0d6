"""A stored roster as the plan that a day follows, from the store alone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from pts_optimiser.checking import read_travel
from pts_optimiser.dayof import Plan, plan_of
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.store.rosters import read_file, read_roster, read_text


def plan_in_force(session: Session, service_date: date, version: int) -> Plan:
    """One version of a day's roster with its inputs and travel times.

    Raises
    ------
    NotFoundError, DamagedError
        There is no such version, or it is not what was stored.
    """
    roster = read_roster(session, service_date, version)
    journeys, duties, policy_toml = (
        read_text(session, service_date, version, name).encode()
        for name in ("journeys.csv", "duties.csv", "policy.toml")
    )
    policy = load_policy(
        policy_toml, distancing=roster.policy.get("distancing"), standards=roster.policy.get("standards")
    )
    day = read_day(journeys, duties, policy, service_date=service_date, as_it_went=True)
    travel = read_travel(read_file(session, service_date, version, "travel.npz"))
    planned_at = roster.engine.get("reoptimised_at")
    taken_in = datetime.fromisoformat(planned_at) if planned_at else None
    return plan_of(roster, day.journeys, day.duties, policy, travel, taken_in)

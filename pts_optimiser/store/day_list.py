"""The list of days: what each has to plan, and what its roster has come to. One statement a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from pts_optimiser.store.days import ServiceDay, may_serve
from pts_optimiser.store.models import DutyRow, JourneyRow, PublicationRow, RosterRow, ServiceDayRow

Dated = type[JourneyRow] | type[DutyRow] | type[RosterRow] | type[PublicationRow]


@dataclass(frozen=True, slots=True)
class DayRoster:
    """The version that is published, else the latest. ``served`` and ``unserved`` count the journeys of all contracts:
    None for who is limited to some."""

    version: int
    published: bool
    served: int | None
    unserved: int | None


@dataclass(frozen=True, slots=True)
class ListedDay(ServiceDay):
    """A day with how many of its journeys and duties are seen; ``roster`` None where it has none yet."""

    journeys: int
    duties: int
    roster: DayRoster | None


def listed_days(
    session: Session, *, contracts: frozenset[str] | None = None, before: date | None = None, limit: int = 100
) -> list[ListedDay]:
    """Days, latest first, those before a date where one is given; seen by who sees all contracts (None) or some."""
    journeys, duties = select(func.count()).select_from(JourneyRow), select(func.count()).select_from(DutyRow)
    if contracts is not None:
        journeys = journeys.where(JourneyRow.contract.in_(contracts))
        duties = duties.where(may_serve(session, contracts))
    latest = select(PublicationRow.version).order_by(PublicationRow.number.desc()).limit(1)
    published = _of_day(latest, PublicationRow)
    # Proposals stand on what is published: where nothing is, the latest version is a plan.
    shown = func.coalesce(published, _of_day(select(func.max(RosterRow.version)), RosterRow))
    wanted = (
        select(
            ServiceDayRow,
            _of_day(journeys, JourneyRow),
            _of_day(duties, DutyRow),
            published,
            RosterRow.version,
            RosterRow.served,
            RosterRow.unserved,
        )
        .outerjoin(RosterRow, (RosterRow.service_date == ServiceDayRow.service_date) & (RosterRow.version == shown))
        .order_by(ServiceDayRow.service_date.desc())
        .limit(limit)
    )
    if before is not None:
        wanted = wanted.where(ServiceDayRow.service_date < before)

    def roster(published: int | None, version: int | None, served: int, unserved: int) -> DayRoster | None:
        if version is None:
            return None
        counts = (served, unserved) if contracts is None else (None, None)
        return DayRoster(version, published is not None, *counts)

    return [
        ListedDay(
            service_date=day.service_date,
            revision=day.revision,
            policy_sha256=day.policy_sha256,
            inputs=day.inputs,
            created_at=day.created_at,
            updated_at=day.updated_at,
            journeys=of_journeys,
            duties=of_duties,
            roster=roster(*of_roster),
        )
        for day, of_journeys, of_duties, *of_roster in session.execute(wanted)
    ]


def _of_day(wanted: Select[int], table: Dated) -> ScalarSelect[int]:
    """What is asked of a table, asked of the day in the list."""
    return wanted.where(table.service_date == ServiceDayRow.service_date).correlate(ServiceDayRow).scalar_subquery()

"""Rosters with versions: immutable, each with all that it stands on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from pts_optimiser.domain.roster import Roster
from pts_optimiser.domain.roster_json import roster_document, roster_from_document
from pts_optimiser.store.contents import files_of, keep_files, keep_texts, text_of
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.days import last_held
from pts_optimiser.store.errors import NotFoundError
from pts_optimiser.store.files import Staged
from pts_optimiser.store.models import RosterFileRow, RosterRow, RosterTextRow, ServiceDayRow
from pts_optimiser.store.types import json_text

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StoredRoster:
    """A roster without its stops. ``inputs`` maps files to SHA-256; ``sha256`` is of the stored ``roster.json``."""

    service_date: date
    version: int
    sha256: str
    plan_id: str | None
    based_on: int | None
    inputs: Mapping[str, str]
    engine: Mapping[str, Any]
    seed: int | None
    served: int
    unserved: int
    kpis: Mapping[str, Any]
    created_at: datetime
    created_by: str


def add_roster(
    session: Session,
    roster: Roster,
    texts: Mapping[str, str],
    files: Mapping[str, Staged] = NOTHING,
    *,
    by: str,
    at: datetime,
    plan_id: str | None = None,
    based_on: int | None = None,
) -> StoredRoster:
    """Add a roster that the referee has passed as the next version of its day.

    ``texts`` and ``files`` are what else belongs in its folder, by name: ``journeys.csv``, ``duties.csv``,
    ``policy.toml``; ``travel.npz``. A plan has one roster: adding it again returns the one that is there.

    Raises
    ------
    NotFoundError
        The day was never uploaded.
    """
    day = roster.service_date
    last = last_held(session, day, ServiceDayRow.last_version)
    if plan_id is not None and (known := roster_of_plan(session, plan_id)):
        return known
    version = last + 1
    session.execute(update(ServiceDayRow).where(ServiceDayRow.service_date == day).values(last_version=version))
    crash_point("rosters.counted")
    named = {"roster.json": roster_text(roster), **texts}
    kept = dict(zip(named, keep_texts(session, named.values()), strict=True))
    keep_files(session, files.values(), at)
    row = {
        "service_date": day,
        "version": version,
        "sha256": kept.pop("roster.json"),
        "plan_id": plan_id,
        "based_on": based_on,
        "inputs": dict(roster.inputs),
        "engine": dict(roster.engine),
        "engine_name": str(roster.engine["name"]),
        "seed": roster.engine.get("seed"),
        "served": len({stop.journey_id for duty in roster.duties for stop in duty.stops if stop.journey_id}),
        "unserved": len(roster.unserved),
        "kpis": dict(roster.kpis),
        "created_at": at,
        "created_by": by,
    }
    session.execute(insert(RosterRow), row)
    crash_point("rosters.inserted")
    key = {"service_date": day, "version": version}
    for table, parts in ((RosterTextRow, kept), (RosterFileRow, {name: one.sha256 for name, one in files.items()})):
        if parts:
            session.execute(insert(table), [key | {"name": name, "sha256": sha} for name, sha in parts.items()])
    return stored_roster(session, day, version)


def roster_text(roster: Roster) -> str:
    """``roster.json`` as it is stored."""
    return json_text(roster_document(roster))


def roster_from_text(text: str) -> Roster:
    return roster_from_document(json.loads(text))


def stored_roster(session: Session, service_date: date, version: int) -> StoredRoster:
    """One version; raises NotFoundError where there is none."""
    found = _rosters(session, (RosterRow.service_date == service_date) & (RosterRow.version == version))
    if not found:
        raise NotFoundError(f"no roster {version} of {service_date}")
    return found[0]


def roster_sha256(session: Session, service_date: date, version: int) -> str:
    """Of the ``roster.json`` of a version; raises NotFoundError where there is none. The cheapest question to ask."""
    wanted = select(RosterRow.sha256).where(RosterRow.service_date == service_date, RosterRow.version == version)
    sha256 = session.scalar(wanted)
    if sha256 is None:
        raise NotFoundError(f"no roster {version} of {service_date}")
    return sha256


def stored_rosters(
    session: Session, service_date: date, *, before: int | None = None, limit: int | None = None
) -> list[StoredRoster]:
    """The versions of a day, latest first: all, or at most ``limit`` of those before one."""
    which = RosterRow.service_date == service_date
    if before is not None:
        which &= RosterRow.version < before
    return _rosters(session, which, limit)


def roster_of_plan(session: Session, plan_id: str) -> StoredRoster | None:
    """What a plan has come to."""
    return next(iter(_rosters(session, RosterRow.plan_id == plan_id)), None)


def read_roster(session: Session, service_date: date, version: int) -> Roster:
    """A version with its stops.

    Raises
    ------
    NotFoundError, DamagedError
    """
    return roster_from_text(text_of(session, roster_sha256(session, service_date, version)))


def read_text(session: Session, service_date: date, version: int, name: str) -> str:
    """A text of a version's folder, as ``roster.json`` or ``journeys.csv``.

    Raises
    ------
    NotFoundError, DamagedError
    """
    if name == "roster.json":
        return text_of(session, roster_sha256(session, service_date, version))
    return text_of(session, _part(session, RosterTextRow, service_date, version, name))


def read_file(session: Session, service_date: date, version: int, name: str) -> Path:
    """Path of a file of a version's folder, as ``travel.npz``, its content just checked; not to be written to.

    Raises
    ------
    NotFoundError, DamagedError
    """
    return files_of(session).checked(_part(session, RosterFileRow, service_date, version, name))


def parts_of(session: Session, service_date: date, version: int) -> tuple[frozenset[str], frozenset[str]]:
    """Names of the texts and of the files that a version holds."""
    texts, files = (
        frozenset(
            session.scalars(select(table.name).where(table.service_date == service_date, table.version == version))
        )
        for table in (RosterTextRow, RosterFileRow)
    )
    return texts | {"roster.json"}, files


def nearest_with(session: Session, service_date: date, version: int, name: str) -> int | None:
    """The version itself, or the nearest of those that it is based on, one upon the other, that holds a text."""
    of_day = RosterRow.service_date == service_date
    based_on = {
        row.version: row.based_on
        for row in session.execute(select(RosterRow.version, RosterRow.based_on).where(of_day))
    }
    wanted = RosterTextRow.service_date == service_date, RosterTextRow.name == name
    having = set(session.scalars(select(RosterTextRow.version).where(*wanted)))
    nearest: int | None = version
    while nearest is not None and nearest not in having:
        nearest = based_on.get(nearest)
    return nearest


def _part(
    session: Session, table: type[RosterTextRow] | type[RosterFileRow], service_date: date, version: int, name: str
) -> str:
    wanted = select(table.sha256).where(
        table.service_date == service_date, table.version == version, table.name == name
    )
    sha256 = session.scalar(wanted)
    if sha256 is None:
        raise NotFoundError(f"roster {version} of {service_date} has no such part")
    return sha256


def _rosters(session: Session, which: ColumnElement[bool], limit: int | None = None) -> list[StoredRoster]:
    rows = session.scalars(select(RosterRow).where(which).order_by(RosterRow.version.desc()).limit(limit))
    return [
        StoredRoster(
            service_date=row.service_date,
            version=row.version,
            sha256=row.sha256,
            plan_id=row.plan_id,
            based_on=row.based_on,
            inputs=row.inputs,
            engine=row.engine,
            seed=row.seed,
            served=row.served,
            unserved=row.unserved,
            kpis=row.kpis,
            created_at=row.created_at,
            created_by=row.created_by,
        )
        for row in rows
    ]

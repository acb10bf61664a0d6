"""Which roster crews drive: publishing one, reading it, and what was published before. From the store alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.rosters import RosterKey, RosterSummary, summary_for
from pts_optimiser.store import Store, publishing
from pts_optimiser.store.publishing import Publication
from pts_optimiser.store.rosters import stored_roster


@dataclass(frozen=True, slots=True)
class PublishedView:
    """What is published, and the roster that it is, without its stops."""

    publication: Publication
    roster: RosterSummary


def publish(
    store: Store, caller: Caller, service_date: date, version: int, *, expected_etag: str | None, at: datetime
) -> PublishedView:
    """Publish a version in place of the publication that the caller has seen (None: of none).

    Raises
    ------
    NotFoundError
        No such version.
    ChangedError
        Something else is published by now.
    NotAllowedError
        The caller is limited to some contracts: crews drive for all.
    """
    caller.must_see_all()
    with store.write() as session:
        made = publishing.publish(session, service_date, version, expected_etag=expected_etag, by=caller.name, at=at)
        return PublishedView(made, summary_for(caller, stored_roster(session, service_date, version)))


def published(store: Store, caller: Caller, service_date: date) -> PublishedView:
    """What crews drive; raises NotFoundError where nothing is published."""
    with store.read() as session:
        publication = publishing.in_force(session, service_date)
        stored = stored_roster(session, service_date, publication.version)
        return PublishedView(publication, summary_for(caller, stored))


def published_key(store: Store, service_date: date) -> RosterKey:
    """Which version is published; raises NotFoundError where none is."""
    with store.read() as session:
        found = publishing.published_version(session, service_date)
    if found is None:
        raise publishing.none_published(service_date)
    return RosterKey(service_date, *found)


def list_publications(store: Store, service_date: date, *, before: int | None, limit: int) -> list[Publication]:
    """What was published for a day, latest first, those before a number."""
    with store.read() as session:
        return publishing.publications(session, service_date, before=before, limit=limit)

"""Proposals of re-optimised rosters: read, accepted whole or in part, rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pts_optimiser.dayof.diff import ChangeKind
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.journey import Journey
from pts_optimiser.intake.journeys import read_journeys
from pts_optimiser.reporting.diff import diff_document
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.contradictions import Contradiction, contradictions
from pts_optimiser.services.hosted.events import day_policy
from pts_optimiser.services.hosted.hearing import concerns, news_held
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.moves import TRIES
from pts_optimiser.services.hosted.placing import place
from pts_optimiser.services.hosted.sight import changes_seen
from pts_optimiser.services.hosted.standing import Standing
from pts_optimiser.services.hosted.versions import version_of
from pts_optimiser.store import ConflictError, NotFoundError, Store
from pts_optimiser.store import proposals as stored
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.proposals import Proposal
from pts_optimiser.store.publishing import Publication
from pts_optimiser.store.rosters import read_roster, read_text
from pts_optimiser.store.words import ProposalStatus

CHOOSABLE = frozenset({ChangeKind.PLACED.value, ChangeKind.MOVED.value})
ANEW = "re-optimise the day anew, then decide"


class ContradictedError(ConflictError):
    """What has happened since speaks against a proposal; ``issues`` say what."""

    def __init__(self, found: Sequence[Contradiction]) -> None:
        super().__init__(f"{found[0].detail} since this was proposed; {ANEW}")
        self.issues = tuple(Issue("proposal", None, None, "contradicted", one.detail, ANEW) for one in found)


@dataclass(frozen=True, slots=True, eq=False)
class Accepted:
    """What is published now, and what changed with it, in the form of ``diff.json``."""

    publication: Publication
    diff: Mapping[str, Any]


def listed(store: Store, caller: Caller, service_date: date) -> list[Proposal]:
    """The day's proposals, latest first, with the changes that the caller sees."""
    with store.read() as session:
        return [_seen(session, caller, one) for one in stored.proposals(session, service_date)]


def read(store: Store, caller: Caller, service_date: date, proposal_id: str) -> Proposal:
    """One proposal, with the changes that the caller sees; raises NotFoundError where the day has none such."""
    with store.read() as session:
        return _seen(session, caller, _of_day(session, service_date, proposal_id))


def accept(
    live: LiveDays,
    caller: Caller,
    service_date: date,
    proposal_id: str,
    *,
    at: datetime,
    journeys: Sequence[str] | None = None,
    now: datetime | None = None,
) -> Accepted:
    """Publish a proposal whole, or only its changes of some ``journeys``, the rest staying as it stands.

    Raises
    ------
    NotFoundError
        The day has no such proposal.
    NotAllowedError
        The caller is limited to some contracts.
    ConflictError
        It is decided already, or something else is published by now.
    ContradictedError
        What has happened since speaks against it.
    InputError
        Some of ``journeys`` have no change in it that can be made by itself, or it breaks rules without the others.
    """
    caller.must_see_all()
    with live.store.read() as session:
        proposal = _of_day(session, service_date, proposal_id)
        if proposal.status is not ProposalStatus.OPEN:
            raise ConflictError(f"the proposal is {proposal.status} already")
        proposed = read_roster(session, service_date, proposal.version)
        known = _journeys(session, proposal)
    diff = proposal.diff if journeys is None else _chosen(proposal, journeys)
    for _ in range(TRIES):
        standing = live.standing(service_date, now)
        standing.must_be_published_as(proposal.base_etag)
        found = contradictions(standing, proposed, known, diff)
        if found:
            raise ContradictedError(found)
        crash_point("hosted.looked_at")
        done = (
            _whole(live.store, caller, standing, proposal, at)
            if journeys is None
            else _part(live.store, caller, standing, proposal, diff, at)
        )
        if done is not None:
            live.heard(service_date)
            return done
    raise ConflictError(f"much is being said of the duties that would change; {ANEW}")


def reject(store: Store, caller: Caller, service_date: date, proposal_id: str, *, at: datetime) -> Proposal:
    """Turn a proposal down.

    Raises
    ------
    NotFoundError, ConflictError
        The day has none such; it is decided already.
    NotAllowedError
        The caller is limited to some contracts.
    """
    caller.must_see_all()
    with store.write() as session:
        _of_day(session, service_date, proposal_id)
        return stored.reject(session, proposal_id, by=caller.name, at=at)


def _whole(store: Store, caller: Caller, standing: Standing, proposal: Proposal, at: datetime) -> Accepted | None:
    """None where something was said meanwhile that has to be looked at first."""
    with store.write() as session:
        news = news_held(session, proposal.service_date, standing.position)
        journeys = {change["journey_id"] for change in proposal.diff["changes"]}
        if concerns(news, standing.state, set(proposal.diff["told"]), journeys):
            return None
        done = stored.accept(session, proposal.proposal_id, by=caller.name, at=at)
    return Accepted(done, proposal.diff)


def _part(
    store: Store, caller: Caller, standing: Standing, proposal: Proposal, diff: Mapping[str, Any], at: datetime
) -> Accepted | None:
    """The same, of the changes in ``diff`` alone."""
    moves = {change["journey_id"]: change["to_duty"] for change in diff["changes"]}
    placed = place(standing, moves, caller.name)
    placed.must_hold()
    with version_of(store, placed) as version, store.write() as session:
        news = news_held(session, proposal.service_date, standing.position)
        if concerns(news, standing.state, set(placed.diff.told), set(moves)):
            return None
        made = version.add(session, by=caller.name, at=at)
        done = stored.accept(session, proposal.proposal_id, by=caller.name, at=at, version=made.version)
    return Accepted(done, diff_document(placed.diff))


def _chosen(proposal: Proposal, journeys: Sequence[str]) -> dict[str, Any]:
    """The diff with the changes of some journeys only: those that a duty gives up or takes on."""
    changes = {change["journey_id"]: change for change in proposal.diff["changes"] if change["kind"] in CHOOSABLE}
    issues = [
        Issue("proposal", None, "journeys", "no_change_of_its_own", f"{journey_id} changes no duty here", _CHOOSE)
        for journey_id in journeys
        if journey_id not in changes
    ]
    if issues:
        raise InputError("some of these journeys cannot be accepted by themselves; nothing was changed", issues)
    chosen = [changes[journey_id] for journey_id in dict.fromkeys(journeys)]
    duties = {duty_id for change in chosen for duty_id in (change["from_duty"], change["to_duty"])}
    return {**proposal.diff, "changes": chosen, "told": [one for one in proposal.diff["told"] if one in duties]}


_CHOOSE = "choose journeys that the proposal places or moves"


def _of_day(session: Session, service_date: date, proposal_id: str) -> Proposal:
    proposal = stored.proposal(session, proposal_id)
    if proposal.service_date != service_date:
        raise NotFoundError("no such proposal")
    return proposal


def _seen(session: Session, caller: Caller, proposal: Proposal) -> Proposal:
    if caller.contracts is None:
        return proposal
    return replace(proposal, diff=changes_seen(caller, proposal.diff, _journeys(session, proposal)))


def _journeys(session: Session, proposal: Proposal) -> dict[str, Journey]:
    """The journeys as the proposal knew them."""
    text = read_text(session, proposal.service_date, proposal.version, "journeys.csv")
    policy = day_policy(session, proposal.service_date)
    found = read_journeys(text.encode(), policy, paired=False)
    return {journey.journey_id: journey for journey in found.items}

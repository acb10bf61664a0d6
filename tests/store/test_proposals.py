from __future__ import annotations

import pytest

from pts_optimiser.store import ConflictError, NotFoundError, Store
from pts_optimiser.store.audit import entries
from pts_optimiser.store.proposals import Proposal, accept, proposal, proposals, propose, reject
from pts_optimiser.store.publishing import Publication, current, publish
from pts_optimiser.store.words import ProposalStatus
from tests.store.examples import BY, DAY, NOW, add, at_once, later, put

DIFF = {"moved": [{"journey_id": "J1", "minutes": -5}], "served": 1}


@pytest.fixture
def offered(store: Store) -> tuple[Store, Publication, Proposal]:
    """Version 1 published, version 2 offered in its place, version 3 stored."""
    with store.write() as session:
        put(session)
    for seed in (1, 2, 3):
        add(store, seed=seed)
    with store.write() as session:
        first = publish(session, DAY, 1, expected_etag=None, by=BY, at=NOW)
        made = propose(session, DAY, 2, base_etag=first.etag, diff=DIFF, at=NOW)
    return store, first, made


def decide(store: Store, proposal_id: str, *, accepted: bool) -> Publication | Proposal:
    with store.write() as session:
        return (accept if accepted else reject)(session, proposal_id, by="person:42", at=later(60))


def test_a_proposal_is_open_until_somebody_decides(offered: tuple[Store, Publication, Proposal]) -> None:
    store, _, made = offered
    with store.read() as session:
        assert proposal(session, made.proposal_id) == made
        assert proposals(session, DAY) == [made]
    assert (made.status, made.diff, made.version) == (ProposalStatus.OPEN, DIFF, 2)


def test_accepting_publishes_what_was_proposed(offered: tuple[Store, Publication, Proposal]) -> None:
    store, _, made = offered
    published = decide(store, made.proposal_id, accepted=True)
    with store.read() as session:
        assert current(session, DAY) == published
        found = proposal(session, made.proposal_id)
    assert published.version == 2
    assert (found.status, found.decided_by, found.decided_at) == (ProposalStatus.ACCEPTED, "person:42", later(60))


def test_accepting_a_part_publishes_the_version_made_of_it(offered: tuple[Store, Publication, Proposal]) -> None:
    store, _, made = offered
    with store.write() as session:
        assert accept(session, made.proposal_id, by="person:42", at=later(60), version=3).version == 3
    with store.read() as session:
        assert proposal(session, made.proposal_id).status is ProposalStatus.ACCEPTED


def test_rejecting_publishes_nothing(offered: tuple[Store, Publication, Proposal]) -> None:
    store, first, made = offered
    decide(store, made.proposal_id, accepted=False)
    with store.read() as session:
        assert current(session, DAY) == first
        assert proposal(session, made.proposal_id).status is ProposalStatus.REJECTED


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("accepted", [True, False])
def test_what_is_decided_stays_decided(
    offered: tuple[Store, Publication, Proposal], accepted: bool, again: bool
) -> None:
    store, _, made = offered
    decide(store, made.proposal_id, accepted=accepted)
    with pytest.raises(ConflictError):
        decide(store, made.proposal_id, accepted=again)


def test_a_proposal_over_another_roster_than_published_stays_open(
    offered: tuple[Store, Publication, Proposal],
) -> None:
    store, first, made = offered
    with store.write() as session:
        second = publish(session, DAY, 3, expected_etag=first.etag, by=BY, at=NOW)
    with pytest.raises(ConflictError):
        decide(store, made.proposal_id, accepted=True)
    with store.read() as session:
        assert current(session, DAY) == second
        assert proposal(session, made.proposal_id).status is ProposalStatus.OPEN


def test_of_two_who_decide_at_once_one_wins(offered: tuple[Store, Publication, Proposal]) -> None:
    store, _, made = offered
    told = at_once(4, lambda who: decide(store, made.proposal_id, accepted=who % 2 == 0))
    assert [type(one) for one in told].count(ConflictError) == 3, told


def test_only_stored_rosters_are_proposed(offered: tuple[Store, Publication, Proposal]) -> None:
    store, first, _ = offered
    with pytest.raises(NotFoundError), store.write() as session:
        propose(session, DAY, 9, base_etag=first.etag, diff={}, at=NOW)
    with pytest.raises(NotFoundError), store.read() as session:
        proposal(session, "none")


def test_a_decision_is_in_the_audit_with_what_it_published(offered: tuple[Store, Publication, Proposal]) -> None:
    store, _, made = offered
    decide(store, made.proposal_id, accepted=True)
    with store.read() as session:
        found = entries(session)[-2:]
    assert [(one.who, one.what) for one in found] == [
        ("person:42", "proposal.accept"),
        ("person:42", "roster.publish"),
    ]
    assert (found[0].before, found[0].after) == ({"status": "open"}, {"status": "accepted", "version": 2})

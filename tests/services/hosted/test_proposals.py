"""Proposals accepted whole or in part, rejected, and refused where the day has gone on otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.hosted.caller import NotAllowedError
from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.proposals import ContradictedError, accept, listed, read, reject
from pts_optimiser.store import ConflictError, NotFoundError, Store
from pts_optimiser.store.proposals import Proposal
from pts_optimiser.store.publishing import Publication, publish
from pts_optimiser.store.words import ProposalStatus
from tests.services.hosted.town_day import CONTROLLER, DAY, at, columns, event, planned, put_proposal, stranger

NOW = at(9.2)
pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def proposal(live: LiveDays) -> Proposal:
    """Two journeys booked on the day, placed."""
    booked = [stranger("N1", 12), stranger("N2", 14)]
    report(live, CONTROLLER, DAY, [event("journey_booked", 8.9, journey=columns(one)) for one in booked], at=at(9))
    made = put_proposal(live, 9)
    assert {change["journey_id"] for change in made.diff["changes"] if change["kind"] == "placed"} == {"N1", "N2"}
    return made


def duty_of(proposal: Proposal, journey_id: str) -> str:
    return next(str(change["to_duty"]) for change in proposal.diff["changes"] if change["journey_id"] == journey_id)


def test_a_whole_proposal_is_published_as_it_is(live: LiveDays, store: Store, proposal: Proposal) -> None:
    done = accept(live, CONTROLLER, DAY, proposal.proposal_id, at=NOW, now=NOW)
    assert (done.publication.number, done.publication.version, done.diff) == (2, proposal.version, proposal.diff)
    state = live.standing(DAY, NOW).state
    assert {state.journeys[one].duty_id for one in ("N1", "N2")} == {duty_of(proposal, one) for one in ("N1", "N2")}
    assert read(store, CONTROLLER, DAY, proposal.proposal_id).status is ProposalStatus.ACCEPTED


def test_of_a_part_only_the_chosen_journeys_change_duty(live: LiveDays, store: Store, proposal: Proposal) -> None:
    before = {j: it.duty_id for j, it in live.standing(DAY, NOW).state.journeys.items()}
    done = accept(live, CONTROLLER, DAY, proposal.proposal_id, at=NOW, journeys=["N2"], now=NOW)
    after = {j: it.duty_id for j, it in live.standing(DAY, NOW).state.journeys.items()}
    assert {j for j in after if after[j] != before[j]} == {"N2"}
    assert after["N2"] == duty_of(proposal, "N2")
    assert (done.publication.number, done.publication.version) == (2, proposal.version + 1)
    assert [change["journey_id"] for change in done.diff["changes"] if change["kind"] == "placed"] == ["N2"]
    assert live.standing(DAY, NOW).state.journeys["N2"].lock is None
    assert read(store, CONTROLLER, DAY, proposal.proposal_id).status is ProposalStatus.ACCEPTED


def test_journeys_without_a_change_of_their_own_cannot_be_chosen(live: LiveDays, proposal: Proposal) -> None:
    with pytest.raises(InputError) as refused:
        accept(live, CONTROLLER, DAY, proposal.proposal_id, at=NOW, journeys=["N1", "J-other"], now=NOW)
    assert [issue.code for issue in refused.value.issues] == ["no_change_of_its_own"]


Said = Callable[[Proposal], dict[str, Any]]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (lambda _: event("journey_cancelled", 9.1, journey_id="N1", reason=""), "N1 was called off"),
        (lambda p: event("duty_lost", 9.1, duty_id=duty_of(p, "N1"), reason="breakdown"), "was lost (breakdown)"),
        (lambda p: event("lock", 9.1, journey_id="N1", duty_id=another(p), user="u", reason=""), "N1 is held on"),
        (
            lambda _: event("not_ready", 9.1, journey_id="N1", ready_at=at(22).isoformat()),
            "N1 is not ready before 22:00",
        ),
        (
            lambda _: event("journey_booked", 9.1, journey=columns(stranger("N1", 12, escorts=2))),
            "N1 was booked again",
        ),
        (
            lambda p: event("stop_begun", 9.1, duty_id=duty_of(p, "N1"), journey_id="N2", kind="pickup"),
            "has gone on to the pickup of N2",
        ),
        (
            lambda p: event("duty_extended", 9.1, duty_id=duty_of(p, "N1"), end_at=at(9.5).isoformat()),
            "ends at 09:30 now",
        ),
    ],
)
def test_what_has_happened_since_and_speaks_against_it_refuses_a_proposal(
    live: LiveDays, store: Store, proposal: Proposal, said: Said, why: str
) -> None:
    report(live, CONTROLLER, DAY, [said(proposal)], at=at(9.1))
    with pytest.raises(ContradictedError) as refused:
        accept(live, CONTROLLER, DAY, proposal.proposal_id, at=NOW, now=NOW)
    assert any(why in issue.message for issue in refused.value.issues), refused.value.issues
    assert "re-optimise the day anew" in str(refused.value)
    assert read(store, CONTROLLER, DAY, proposal.proposal_id).status is ProposalStatus.OPEN


def test_what_has_happened_elsewhere_does_not_matter(live: LiveDays, proposal: Proposal) -> None:
    elsewhere = [
        (journey_id, duty_id)
        for journey_id, duty_id in planned().duty_of.items()
        if duty_id not in proposal.diff["told"] and planned().promised[journey_id][0] > at(10)
    ]
    said = [event("journey_cancelled", 9.1, journey_id=elsewhere[0][0], reason="", keep_return=True)]
    said += [event("duty_lost", 9.1, duty_id=elsewhere[0][1], reason="breakdown")]
    said += [event("journey_booked", 9.1, journey=columns(stranger("N3", 13)))]
    report(live, CONTROLLER, DAY, said, at=at(9.1))
    accept(live, CONTROLLER, DAY, proposal.proposal_id, at=NOW, now=NOW)
    state = live.standing(DAY, NOW).state
    assert elsewhere[0][1] in {duty_id for duty_id, duty in state.duties.items() if duty.lost}
    assert "N3" in state.to_place()


def test_a_proposal_over_another_publication_is_refused(
    live: LiveDays, store: Store, published: Publication, proposal: Proposal
) -> None:
    with store.write() as session:
        publish(session, DAY, 1, expected_etag=published.etag, by="key:planner", at=NOW)
    with pytest.raises(ConflictError, match="another roster is published"):
        accept(live, CONTROLLER, DAY, proposal.proposal_id, at=NOW, now=NOW)


def test_what_is_decided_stays_decided(live: LiveDays, store: Store, proposal: Proposal) -> None:
    assert reject(store, CONTROLLER, DAY, proposal.proposal_id, at=NOW).status is ProposalStatus.REJECTED
    with pytest.raises(ConflictError, match="rejected already"):
        accept(live, CONTROLLER, DAY, proposal.proposal_id, at=NOW, now=NOW)


def test_a_proposal_is_of_its_day_and_decided_by_who_sees_all(live: LiveDays, store: Store, proposal: Proposal) -> None:
    with pytest.raises(NotFoundError):
        read(store, CONTROLLER, DAY.replace(day=25), proposal.proposal_id)
    limited = replace(CONTROLLER, contracts=frozenset())
    with pytest.raises(NotAllowedError):
        accept(live, limited, DAY, proposal.proposal_id, at=NOW, now=NOW)
    with pytest.raises(NotAllowedError):
        reject(store, limited, DAY, proposal.proposal_id, at=NOW)
    [seen] = listed(store, limited, DAY)
    assert seen.diff["changes"] == []
    [mine] = listed(store, replace(CONTROLLER, contracts=frozenset({stranger("N1", 12).contract})), DAY)
    assert "N1" in {change["journey_id"] for change in mine.diff["changes"]}


def another(proposal: Proposal) -> str:
    return next(duty_id for duty_id in planned().duties if duty_id != duty_of(proposal, "N1"))

"""Several processes over one database, SQLite or PostgreSQL: of two who change the same, one wins."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.moves import MoveOrder, move
from pts_optimiser.services.hosted.options import options_of
from pts_optimiser.services.hosted.proposals import accept, reject
from pts_optimiser.store import ConflictError, Store
from pts_optimiser.store.proposals import proposals
from pts_optimiser.store.publishing import Publication, publications
from tests.services.hosted.town_day import (
    CONTROLLER,
    DAY,
    at,
    columns,
    event,
    movable,
    open_after,
    put_proposal,
    stranger,
)
from tests.store.conftest import backend, postgres, store, upgraded, upgraded_file, url

__all__ = ["backend", "postgres", "store", "upgraded", "upgraded_file", "url"]
NOW = at(9)


@pytest.fixture
def processes(store: Store, url: str) -> Iterator[list[LiveDays]]:
    """Two that share nothing but the database."""
    with Store(url) as other:
        made = [LiveDays(store), LiveDays(other)]
        yield made
        for live in made:
            live.close()


def test_of_two_moves_at_once_one_is_in_force(processes: list[LiveDays], published: Publication) -> None:
    journey_id, to = next(
        (journey_id, option.duty_id)
        for journey_id, duty_id in movable(processes[0])
        for option in options_of(processes[0], CONTROLLER, DAY, journey_id, most=8, now=NOW).answer.options
        if option.duty_id != duty_id
    )

    def tried(live: LiveDays) -> bool:
        try:
            move(live, CONTROLLER, DAY, MoveOrder(journey_id, to, now=NOW), etag=published.etag, at=NOW)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(tried, processes)) == [False, True]
    for live in processes:
        standing = live.standing(DAY, NOW)
        assert standing.in_force.publication.number == 2
        assert standing.state.journeys[journey_id].duty_id == to
        assert standing.position == 1


@pytest.mark.usefixtures("published")
def test_a_proposal_is_either_accepted_or_rejected(processes: list[LiveDays]) -> None:
    report(processes[0], CONTROLLER, DAY, [event("journey_booked", 8.9, journey=columns(stranger()))], at=NOW)
    made = put_proposal(processes[0], 9)

    def accepted(live: LiveDays) -> bool:
        try:
            accept(live, CONTROLLER, DAY, made.proposal_id, at=NOW, now=NOW)
        except ConflictError:
            return False
        return True

    def rejected(live: LiveDays) -> bool:
        try:
            reject(live.store, CONTROLLER, DAY, made.proposal_id, at=NOW)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.submit(accepted, processes[0]), threads.submit(rejected, processes[1])
        assert one.result() is not other.result()
    with processes[0].store.read() as session:
        assert proposals(session, DAY)[0].status == ("accepted" if one.result() else "rejected")
        assert len(publications(session, DAY)) == 1 + one.result()


@pytest.mark.usefixtures("published")
def test_events_that_many_report_to_several_processes_are_all_in_every_state(processes: list[LiveDays]) -> None:
    said = [event("ready", 8 + number / 100, journey_id=j) for number, (j, _) in enumerate(open_after(9.5))]

    def sent(number: int) -> None:
        report(processes[number % 2], CONTROLLER, DAY, [said[number]], at=NOW)
        processes[number % 2].told(DAY, NOW)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(sent, range(len(said))))
    for live in processes:
        standing = live.standing(DAY, NOW)
        assert standing.position == len(said)
        assert all(standing.state.journeys[one["journey_id"]].said_ready for one in said)

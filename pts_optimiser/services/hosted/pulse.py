"""The pulse of a day: what a control room must hear of at once, for many listeners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from pts_optimiser.services.hosted.listening import Listener, Listening
from pts_optimiser.store import Store, days, events, plans, proposals, publishing
from pts_optimiser.store.publishing import Publication


@dataclass(frozen=True, slots=True)
class Pulse:
    """Where a day is: its upload, its last event, what is published, what is proposed, which re-plan is under way."""

    uploaded: int
    position: int
    publication: Publication | None
    proposal_id: str | None
    replan_id: str | None

    @property
    def revision(self) -> str:
        number = self.publication.number if self.publication else 0
        return f"{self.uploaded}-{self.position}-{number}-{self.proposal_id or ''}-{self.replan_id or ''}"

    @property
    def final(self) -> bool:
        return False


class Pulses(Listening[date, Pulse]):
    """What the store says of the days that somebody listens to."""

    def __init__(self, store: Store, **how: Any) -> None:
        super().__init__(store, _read, **how)

    def listen(self, service_date: date, seen: str | None = None) -> Listener[date, Pulse]:
        """Listen to a day, from what comes after revision ``seen`` (None: from the present one).

        Raises
        ------
        NotFoundError
            The day was never uploaded.
        BusyError
            Too many listen already.
        """
        with self.store.read() as session:
            pulse = _pulse(session, service_date)
        return self.join(service_date, pulse, seen)


def _read(session: Session, service_dates: Sequence[date]) -> Iterator[tuple[date, Pulse]]:
    return ((service_date, _pulse(session, service_date)) for service_date in service_dates)


def _pulse(session: Session, service_date: date) -> Pulse:
    return Pulse(
        days.service_day(session, service_date).revision,
        events.last_position(session, service_date),
        publishing.current(session, service_date),
        proposals.open_proposal(session, service_date),
        plans.reoptimising(session, service_date),
    )

"""Journeys that somebody holds on a duty are served by it or by none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.roster import Roster


def check_held(roster: Roster, held: Mapping[str, str]) -> Iterator[Violation]:
    """A violation for every journey of ``held`` that another duty has than its own."""
    for entry in roster.duties:
        for index, stop in enumerate(entry.stops):
            duty_id = held.get(stop.journey_id or "", entry.duty_id)
            if duty_id != entry.duty_id:
                text = f"is locked to duty {duty_id}"
                yield Violation(Code.LOCK, text, duty_id=entry.duty_id, journey_id=stop.journey_id, stop=index)

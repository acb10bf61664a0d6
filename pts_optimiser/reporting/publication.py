"""Everything that goes into one output folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.legs import Leg, Way
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.reporting.travel import Travel


@dataclass(frozen=True, slots=True)
class Publication:
    """A checked roster, its ``kpis`` filled in, with what it was made from.

    ``journeys_csv`` and ``duties_csv`` are the inputs as read and ``policy_toml`` the policy as resolved: written
    byte for byte. ``travel_npz`` is the file's bytes, or a function that writes it to the path given.
    ``progress`` holds the lines of ``plan.log.jsonl``; ``rejected`` maps a file name to the rows refused on reading.
    ``lines`` has the ways of legs; those that it lacks are drawn straight. ``attribution`` is what must be said
    wherever they are shown.
    """

    roster: Roster
    journeys: Sequence[Journey]
    duties: Sequence[Duty]
    policy: Policy
    travel: Travel
    journeys_csv: str | bytes
    duties_csv: str | bytes
    policy_toml: str | bytes
    travel_npz: bytes | Callable[[Path], object]
    progress: Sequence[Mapping[str, Any]] = ()
    issues: Sequence[Issue] = ()
    rejected: Mapping[str, str | bytes] = field(default_factory=dict)
    lines: Mapping[Leg, Way] = field(default_factory=dict)
    attribution: str = ""

    @property
    def journey_of(self) -> dict[str, Journey]:
        return {journey.journey_id: journey for journey in self.journeys}

    @property
    def duty_of(self) -> dict[str, Duty]:
        return {duty.duty_id: duty for duty in self.duties}

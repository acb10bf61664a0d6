"""What reasons are worked out from: a day in the planner's words beside the same day as a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pts_optimiser.domain.clock import moment_at
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from solver import Problem


@dataclass(frozen=True, slots=True)
class Case:
    """Request i is ``journeys[i]``, vehicle v is ``duties[v]``; moments are seconds after ``origin``."""

    problem: Problem
    journeys: Sequence[Journey]
    duties: Sequence[Duty]
    policy: Policy
    origin: datetime

    def moment(self, seconds: int) -> datetime:
        """The local time of a moment of the problem."""
        return moment_at(self.origin, seconds)

    def clock(self, seconds: int) -> str:
        """``07:05``, or ``00:20 (+1)`` where the local day is not the service day."""
        moment = self.moment(seconds)
        days = (moment.date() - self.origin.date()).days
        return f"{moment:%H:%M}" + (f" ({days:+d})" if days else "")

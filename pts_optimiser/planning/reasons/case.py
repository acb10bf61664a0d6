"""What reasons are worked out from: a day in the planner's words beside the same day as a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pts_optimiser.domain.clock import LONDON, moment_at
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from solver import Problem


@dataclass(frozen=True, slots=True)
class Case:
    """Request i is ``journeys[i]``, vehicle v is ``duties[v]``."""

    problem: Problem
    journeys: Sequence[Journey]
    duties: Sequence[Duty]
    policy: Policy

    def moment(self, seconds: int) -> datetime:
        """The local time of a moment of the problem (which has a duty, or there is nothing to time)."""
        return moment_at(self.duties[0].start_at, seconds - int(self.problem.shift[0, 0])).astimezone(LONDON)

    def clock(self, seconds: int) -> str:
        """``07:05``, or ``00:20 (+1)`` where the local day is not the service day."""
        moment = self.moment(seconds)
        days = (moment.date() - self._service_date).days
        return f"{moment:%H:%M}" + (f" ({days:+d})" if days else "")

    @property
    def _service_date(self) -> date:
        return self.moment(0).date()

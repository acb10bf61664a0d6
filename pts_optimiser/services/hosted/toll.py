"""What a change of some duties costs: standards broken and mended, hours paid, pounds by the policy's prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.reporting import effort
from pts_optimiser.reporting.rides import rides
from pts_optimiser.reporting.standards import Measure, Outcome, measures, outcome
from pts_optimiser.reporting.travel import Travel


@dataclass(frozen=True, slots=True)
class Changed:
    """The target of a journey's standard is kept after the change and was not before, or the other way round."""

    journey_id: str
    standard: Measure
    kept: bool


@dataclass(frozen=True, slots=True)
class Toll:
    """More than before: ``paid_s`` seconds of crews' pay, and ``pounds`` of pay, vehicle hours and kilometres."""

    standards: tuple[Changed, ...]
    paid_s: int
    pounds: float


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """Some duties at one moment, in their travel times."""

    roster: Roster
    journeys: Sequence[Journey]
    duties: Sequence[Duty]
    travel: Travel


def toll(before: Stand, after: Stand, policy: Policy) -> Toll:
    """What it takes to come from ``before`` to ``after``, as the figures of a roster count it.

    A journey that is newly served misses what it misses; one that is served no more neither breaks nor mends.
    """
    was, will = _missed(before, policy), _missed(after, policy)
    served = {stop.journey_id for duty in after.roster.duties for stop in duty.stops}
    standards = [Changed(*key, kept=False) for key in sorted(will - was)]
    standards += [Changed(*key, kept=True) for key in sorted(was - will) if key[0] in served]
    (old_paid, old_pounds), (new_paid, new_pounds) = _spent(before, policy), _spent(after, policy)
    return Toll(tuple(standards), round(3600 * (new_paid - old_paid)), round(new_pounds - old_pounds, 2))


def _missed(stand: Stand, policy: Policy) -> set[tuple[str, Measure]]:
    return {
        (ride.journey.journey_id, measure)
        for ride in rides(stand.roster, stand.journeys, stand.travel)
        for measure in measures(ride.journey)
        if outcome(ride, measure, policy.standard(ride.journey)) is Outcome.MISSED
    }


def _spent(stand: Stand, policy: Policy) -> tuple[float, float]:
    """Paid hours and pounds."""
    worked = effort.worked_duties(stand.roster.duties, stand.duties, policy)
    return sum(one.paid for one in worked), effort.cost(worked, 0, policy)["total"]

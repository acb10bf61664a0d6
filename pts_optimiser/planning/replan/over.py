"""Journeys for which it is too late."""

from __future__ import annotations

from pts_optimiser.dayof import DayState, JourneyPhase, Plan
from pts_optimiser.domain.journey import Journey


def times_passed(plan: Plan, state: DayState) -> frozenset[str]:
    """Journeys left out before, with a reason, that cannot be made in time any more however near a vehicle is."""
    now = plan.seconds(state.now)

    def passed(journey: Journey) -> bool:
        rule = plan.policy.standard(journey)
        if journey.tied_to_appointment:
            moment, limit = journey.appointment_at, rule.arrive_late.hard
        else:
            moment, limit = journey.ready_at, rule.collect.hard
        return moment is not None and plan.seconds(moment) + limit < now

    return frozenset(
        journey_id
        for journey_id, it in state.journeys.items()
        if journey_id in plan.unserved and it.phase is JourneyPhase.UNSERVED and passed(it.journey)
    )

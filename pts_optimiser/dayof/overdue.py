"""Who may still be served after the hard limit of the journey: whom nobody could place inside it."""

from __future__ import annotations

from datetime import datetime

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy


def may_be_late(journey: Journey, policy: Policy) -> bool:
    """Whether a late ride is better than none: a collection always, an arrival where no standard measures it."""
    return not journey.tied_to_appointment or "arrive" not in policy.standard(journey).target_percent


def past_limit(journey: Journey, at: datetime, policy: Policy) -> int:
    """Seconds from the hard limit of a journey to its collection (its arrival, where that counts) ``at`` a moment.

    Below 0 before the limit.
    """
    rule = policy.standard(journey)
    due, limit = (
        (journey.appointment_at, rule.arrive_late.hard)
        if journey.tied_to_appointment
        else (journey.ready_at, rule.collect.hard)
    )
    if due is None:
        raise ValueError(f"journey {journey.journey_id} has neither an appointment nor a ready time")
    return seconds_after(due, at) - limit

"""What patients feel: time aboard, wait after ready, earliness and lateness, same-day response."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.reporting.numbers import mean, percent, percentile
from pts_optimiser.reporting.rides import Ride

PER_MINUTE = 1 / 60


def time_aboard(rides: Sequence[Ride]) -> dict[str, Any]:
    """Minutes aboard and detour ratio (time aboard ÷ direct drive; rides without a drive have none)."""
    aboard = [ride.aboard_s for ride in rides]
    detours = [ride.aboard_s / ride.direct_s for ride in rides if ride.direct_s > 0]
    return {
        "journeys": len(aboard),
        "mean_min": mean(aboard, PER_MINUTE),
        "p90_min": percentile(aboard, 90, PER_MINUTE),
        "detour_ratio_mean": mean(detours),
        "detour_ratio_p90": percentile(detours, 90),
    }


def wait_after_ready(rides: Sequence[Ride]) -> dict[str, Any]:
    """Minutes from ready to collected, and the share within 30, 60 and 90 minutes."""
    waits = [ride.wait_s for ride in rides if ride.wait_s is not None]
    return {
        "journeys": len(waits),
        "p50_min": percentile(waits, 50, PER_MINUTE),
        "p90_min": percentile(waits, 90, PER_MINUTE),
        **{f"within_{m}_percent": percent(sum(w <= 60 * m for w in waits), len(waits)) for m in (30, 60, 90)},
    }


def arrivals(rides: Sequence[Ride]) -> dict[str, Any]:
    """Earliness over arrivals up to the appointment, lateness over those after it, in minutes."""
    margins = [ride.early_s for ride in rides if ride.early_s is not None]
    early = [margin for margin in margins if margin >= 0]
    late = [-margin for margin in margins if margin < 0]
    return {
        "journeys": len(margins),
        "early_mean_min": mean(early, PER_MINUTE),
        "early_p90_min": percentile(early, 90, PER_MINUTE),
        "late_journeys": len(late),
        "late_mean_min": mean(late, PER_MINUTE),
        "late_p90_min": percentile(late, 90, PER_MINUTE),
    }


def same_day_response(rides: Sequence[Ride]) -> dict[str, Any]:
    """Minutes from booking to the vehicle's arrival, of journeys booked on the day they are driven."""
    responses = [
        seconds_after(ride.journey.booked_at, ride.pickup.begin_at)
        for ride in rides
        if ride.journey.booked_at is not None and ride.journey.booked_at.date() == ride.pickup.begin_at.date()
    ]
    return {
        "journeys": len(responses),
        **{f"within_{m}_percent": percent(sum(r <= 60 * m for r in responses), len(responses)) for m in (60, 120, 240)},
    }

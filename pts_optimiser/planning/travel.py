"""Travel times of a day by the formula, in the policy's traffic bands."""

from __future__ import annotations

from datetime import date

from geodata import TravelTimes
from geodata.formula import travel_times
from pts_optimiser.domain.clock import wall_seconds
from pts_optimiser.domain.policy import Policy
from pts_optimiser.planning.places import Places

FITTED_AT = 12 * 3600
"""Wall-clock moment whose traffic known drives are of."""


def formula_travel(places: Places, policy: Policy, service_date: date) -> TravelTimes:
    """One matrix a band; bands begin when the clock on the wall says so, also on a clock-change day."""
    starts = [wall_seconds(service_date, start) for start in policy.traffic.band_starts]
    return travel_times(places.lat, places.lon, starts, policy.traffic.speed_factors, midday_band(policy))


def midday_band(policy: Policy) -> int:
    """The band between the rush hours, in whose traffic known drives are measured."""
    return max(b for b, start in enumerate(policy.traffic.band_starts) if start <= FITTED_AT)

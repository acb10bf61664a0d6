"""The plan of somebody who knew the day in advance: all journeys that come to be, and only vehicles that last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from geodata import TravelTimes
from pts_optimiser.dayof import Plan, plan_of
from pts_optimiser.domain.duty import Duty
from pts_optimiser.planning.day import Search, plan_day
from pts_optimiser.planning.places import places_of
from pts_optimiser.simulation.happenings import Happenings

LEAST_SHIFT_S = 2 * 3600
"""Of a vehicle that is lost or late; a shorter one is not planned with."""


def hindsight(plan: Plan, day: Happenings, search: Search) -> tuple[Plan, Happenings]:
    """A whole-day plan with everything known but how long drives and stops take, and the day for it.

    Starts from the published plan. Vehicles that will be lost are home by then, late ones start late.
    """
    journeys = tuple(day.journeys.values())
    duties = tuple(
        duty
        for duty in (_as_it_lasts(plan, duty, day) for duty in plan.duties.values())
        if (duty.end_at.timestamp() - duty.start_at.timestamp()) >= LEAST_SHIFT_S
    )
    places = places_of(journeys, duties)
    at = [plan.locations[round(lat, 6), round(lon, 6)] for lat, lon in zip(places.lat, places.lon, strict=True)]
    every_band = range(len(plan.travel.band_start_s))
    travel = TravelTimes(
        lat=places.lat,
        lon=places.lon,
        seconds=np.asarray(plan.travel.seconds[np.ix_(every_band, at, at)], np.uint16),
        metres=np.asarray(plan.travel.metres[np.ix_(at, at)], np.int32),
        band_start_s=np.asarray(plan.travel.band_start_s, np.int32),
        model=str(plan.roster.travel.get("model", "")),
    )
    found = plan_day(journeys, duties, plan.policy, plan.roster.service_date, search, warm=plan.roster, travel=travel)
    rostered = tuple(
        replace(entry, stops=tuple(replace(stop, location=at[stop.location]) for stop in entry.stops))
        for entry in found.duties
    )
    roster = replace(plan.roster, duties=rostered, unserved=found.unserved)
    known = plan_of(roster, journeys, duties, plan.policy, plan.travel)
    return known, replace(day, losses={}, delays={}, messages=())


def _as_it_lasts(plan: Plan, duty: Duty, day: Happenings) -> Duty:
    """The shift without what its vehicle is late or lost for; a break that has no room in it any more is not taken."""
    start = duty.start_at + timedelta(seconds=day.delays.get(duty.duty_id, 0))
    end = duty.end_at
    if duty.duty_id in day.losses:
        end = min(end, plan.moment(day.losses[duty.duty_id]))
    rest = duty.rest
    if rest is not None and (rest.earliest < start or end < rest.latest + rest.length):
        rest = None
    return replace(duty, start_at=start, end_at=end, rest=rest)

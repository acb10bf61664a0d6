"""A few duties of a day by themselves, as if there were no others: what concerns two need not be asked of 300."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from pts_optimiser.checking import Travel
from pts_optimiser.dayof import Plan, plan_of
from pts_optimiser.dayof.as_roster import CALLED_OFF
from pts_optimiser.domain.roster import RosteredDuty
from pts_optimiser.services.hosted.standing import Standing, standing_of


def excerpt(standing: Standing, duties: Iterable[str], journeys: Set[str]) -> Standing:
    """The day of some duties with their journeys and some more, at the same moment, in travel times of their own.

    A duty on which one of their journeys is by what was reported is among them too.
    """
    state, plan = standing.state, standing.plan
    kept, some = set(duties), set(journeys)
    while True:
        some |= {stop.journey_id for duty_id in kept for stop in state.duties[duty_id].stops if stop.journey_id}
        some |= {one.stop.journey_id for duty_id in kept for one in plan.stops.get(duty_id, ()) if one.stop.journey_id}
        further = {state.journeys[journey_id].duty_id for journey_id in some} - kept - {None}
        if not further:
            break
        kept |= {duty_id for duty_id in further if duty_id is not None}
    attendances = {state.journeys[journey_id].journey.attendance_id for journey_id in some} - {""}
    called_off = {
        journey_id
        for journey_id, it in state.journeys.items()
        if it.phase in CALLED_OFF and it.journey.attendance_id in attendances
    }
    some |= called_off  # the other way of an attendance may go with it
    in_force = replace(standing.in_force, plan=_part(plan, kept, some))
    return standing_of(in_force, standing.position, standing.log.only(some, kept))


def _part(plan: Plan, duties: Set[str], journeys: Set[str]) -> Plan:
    own = [journey for journey_id, journey in plan.journeys.items() if journey_id in journeys]
    entries = [entry for entry in plan.roster.duties if entry.duty_id in duties]
    places = {stop.location for entry in entries for stop in entry.stops}
    ends = {(place.lat, place.lon) for journey in own for place in (journey.pickup, journey.dropoff)}
    ends |= {(duty.base_lat, duty.base_lon) for duty_id, duty in plan.duties.items() if duty_id in duties}
    known = (plan.point_at(lat, lon).location for lat, lon in ends)
    index = np.array(sorted(places | {place for place in known if place is not None}), np.int64)
    number = {place: n for n, place in enumerate(index.tolist())}
    roster = replace(
        plan.roster,
        duties=tuple(_numbered(entry, number) for entry in entries),
        unserved=tuple(left for left in plan.roster.unserved if left.journey_id in journeys),
    )
    travel = _between(plan.travel, index, str(plan.roster.travel.get("model", "")))
    working = [duty for duty_id, duty in plan.duties.items() if duty_id in duties]
    part = plan_of(roster, own, working, plan.policy, travel, plan.planned_at)
    return replace(part, promised={j: told for j, told in plan.promised.items() if j in journeys})


def _numbered(entry: RosteredDuty, number: dict[int, int]) -> RosteredDuty:
    return replace(entry, stops=tuple(replace(stop, location=number[stop.location]) for stop in entry.stops))


def _between(travel: Travel, index: NDArray[np.int64], model: str) -> TravelTimes:
    """The travel times between some places, in their order."""
    rows = index[:, None]
    return TravelTimes(
        lat=np.asarray(travel.lat[index], np.float64),
        lon=np.asarray(travel.lon[index], np.float64),
        seconds=travel.seconds[:, rows, index],
        metres=np.asarray(travel.metres[rows, index], np.int32),
        band_start_s=np.asarray(travel.band_start_s, np.int32),
        model=model,
    )

"""A re-planned roster in a table of its own: the next re-plan starts from the bands and places of the first plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geodata import TravelTimes
from pts_optimiser.checking import Travel
from pts_optimiser.domain.roster import Roster
from pts_optimiser.planning.replan.travel import times_of


def with_own_places(roster: Roster, known: Travel, travel: TravelTimes) -> tuple[Roster, TravelTimes]:
    """The roster in a table of the ``known`` places and those of ``travel`` where it stops, in the known bands."""
    n, before = len(known.lat), times_of(known, travel.model)
    starts = before.band_start_s
    used = np.array(sorted({s.location for duty in roster.duties for s in duty.stops if s.location >= n}), np.intp)
    if not used.size and len(travel.band_start_s) == len(starts):
        return roster, before
    rows = np.concatenate([np.arange(n), used])
    of_band = np.searchsorted(travel.band_start_s, starts, side="right") - 1
    seconds = np.empty((len(starts), len(rows), len(rows)), np.uint16)
    seconds[:, :n, :n] = before.seconds
    seconds[:, n:] = travel.seconds[np.ix_(of_band, used, rows)]
    seconds[:, :n, n:] = travel.seconds[np.ix_(of_band, rows[:n], used)]
    table = TravelTimes(
        lat=travel.lat[rows],
        lon=travel.lon[rows],
        seconds=seconds,
        metres=travel.metres[np.ix_(rows, rows)],
        band_start_s=starts,
        model=travel.model,
    )
    place = {location: number for number, location in enumerate(used.tolist(), start=n)}
    duties = tuple(
        replace(
            duty,
            stops=tuple(
                replace(
                    stop,
                    location=place.get(stop.location, stop.location),
                    band=int(np.searchsorted(starts, travel.band_start_s[stop.band], side="right")) - 1,
                )
                for stop in duty.stops
            ),
        )
        for duty in roster.duties
    )
    return replace(roster, duties=duties), table

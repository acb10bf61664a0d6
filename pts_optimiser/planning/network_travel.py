"""Travel times of a day by road, and the ways that the legs of a roster take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np

from geodata import TravelTimes
from geodata.errors import RoadsError
from geodata.roads import Located, Roads, located, open_roads
from geodata.shapes import Lines
from geodata.snapping import LIMIT_M, beyond, snap
from pts_optimiser.domain.clock import wall_seconds
from pts_optimiser.domain.errors import TravelTimesError
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.legs import Leg, Way, leg_of
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import RosteredDuty, Stop
from pts_optimiser.planning.places import Places

OUTSIDE_M = 5_000.0
"""A place farther than this from every road of the network is not in its area."""

NAMED = 5
"""How many places a message names."""

LINE_TOLERANCE_M = 10.0
"""Metres by which the line of a leg may be off the road."""


@dataclass(frozen=True, slots=True, eq=False)
class NetworkTravel:
    """Travel times of a day by road; the network stays at hand for the lines of legs."""

    times: TravelTimes
    attribution: str
    on_roads: Located

    def lines(self, duties: Sequence[RosteredDuty]) -> Mapping[Leg, Way]:
        """The way of every leg driven."""
        legs = sorted(
            {
                leg_of(before, stop)
                for duty in duties
                for before, stop in pairwise(duty.stops)
                if before.location != stop.location
            }
        )
        band, origin, destination = np.array(legs, np.int64).reshape(-1, 3).T
        return dict(zip(legs, _ways(self.on_roads.lines(band, origin, destination, LINE_TOLERANCE_M)), strict=True))


def usable_roads(folder: Path) -> Roads:
    """The roads of a network's folder; raises TravelTimesError where it holds none that can be used."""
    try:
        return open_roads(folder)
    except RoadsError as error:
        raise TravelTimesError(str(error)) from error


def network_travel(folder: Path, places: Places, policy: Policy, service_date: date) -> NetworkTravel:
    """One matrix a band between all places, by the roads of ``folder``.

    Raises
    ------
    TravelTimesError
        No network there, one that is damaged, or places outside its area.
    """
    roads = usable_roads(folder)
    bands = policy.traffic.band_starts
    on_roads = located(roads, places.lat, places.lon, policy.traffic.speed_factors, len(bands))
    outside = beyond(on_roads.snapped, OUTSIDE_M)
    if len(outside):
        raise TravelTimesError(
            f"{folder}: {len(outside):,} of the day's {len(places.names):,} places lie more than"
            f" {OUTSIDE_M / 1000:g} km from every road of the network: {_named(outside, on_roads, places)}."
            " Use an extract of the whole area with 30 km round it, correct these places, or plan without a network."
        )
    times = on_roads.travel_times([wall_seconds(service_date, start) for start in bands])
    return NetworkTravel(times, roads.network.attribution, on_roads)


def ways_by_road(roads: Roads, policy: Policy, legs: Sequence[tuple[Stop, Stop]]) -> list[Way]:
    """The way of each leg between two stops, in the traffic of the first; empty where there is none.

    The bands of the stops are those of the policy.
    """
    before, after = (
        snap(roads.network, *np.array([(leg[end].lat, leg[end].lon) for leg in legs], np.float64).reshape(-1, 2).T)
        for end in (0, 1)
    )
    band = np.array([leg[0].band for leg in legs], np.int64)
    return _ways(roads.lines(policy.traffic.speed_factors, band, before, after, LINE_TOLERANCE_M))


def _ways(lines: Lines) -> list[Way]:
    points = np.round(np.stack([lines.lon, lines.lat], axis=1), 5).tolist()
    return [points[begin:end] for begin, end in pairwise(lines.first.tolist())]


def off_road_issues(travel: NetworkTravel, places: Places, source: str) -> Iterator[Issue]:
    """A warning where places lie farther from their road than ``LIMIT_M``."""
    far = beyond(travel.on_roads.snapped)
    if len(far):
        yield Issue(
            source,
            None,
            None,
            "far_from_road",
            f"{len(far):,} places lie more than {LIMIT_M:g} m from the nearest road:"
            f" {_named(far, travel.on_roads, places)}.",
            "Look at their coordinates and postcodes. The plan goes by the nearest road and adds the way there.",
            Severity.WARNING,
        )


def _named(which: np.ndarray, on_roads: Located, places: Places) -> str:
    away = on_roads.snapped.off_road_m
    farthest = which[np.argsort(-away[which], kind="stable")][:NAMED].tolist()
    named = "; ".join(f"{places.names[place]} ({away[place] / 1000:,.1f} km)" for place in farthest)
    return named + (f"; and {len(which) - NAMED:,} more" if len(which) > NAMED else "")

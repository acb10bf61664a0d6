"""The travel times of a re-plan: the roster's, for more places, and cut where traffic changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from geodata.formula import extended
from geodata.network import TRAFFIC_CLASSES
from geodata.travel_times import UNREACHABLE
from pts_optimiser.checking import Travel
from pts_optimiser.dayof import Point
from pts_optimiser.domain.policy import Policy
from pts_optimiser.planning.places import Places
from pts_optimiser.planning.travel import midday_band


@dataclass(frozen=True, slots=True)
class Slowdown:
    """In [begin, end), elapsed seconds, drives take ``factor`` times as long by the share of them inside a box."""

    south: float
    west: float
    north: float
    east: float
    factor: float
    begin: int
    end: int


def replan_travel(
    known: Travel,
    model: str,
    wanted: Sequence[tuple[float, float]],
    points: Sequence[Point],
    slowdowns: Sequence[Slowdown],
    policy: Policy,
) -> tuple[TravelTimes, Places]:
    """The roster's times with more places behind its own: those ``wanted`` that it lacks, then the ``points``.

    A point between two locations is as far from everywhere as its share of the way says; other new places go by the
    formula. The names of places are not used here.
    """
    index: dict[tuple[float, float], int] = {}
    for number, place in enumerate(zip(known.lat.tolist(), known.lon.tolist(), strict=True)):
        index.setdefault(place, number)
    n = len(known.lat)
    new = [place for place in dict.fromkeys(wanted) if place not in index]
    index |= {place: number for number, place in enumerate(new, start=n)}
    at = np.array([*new, *((point.lat, point.lon) for point in points)], np.float64).reshape(-1, 2)
    travel = TravelTimes(
        lat=np.asarray(known.lat, np.float64),
        lon=np.asarray(known.lon, np.float64),
        seconds=np.minimum(known.seconds, UNREACHABLE).astype(np.uint16),
        metres=known.metres.astype(np.int32),
        band_start_s=known.band_start_s.astype(np.int32),
        model=model,
    )
    if len(at):
        travel = extended(travel, at[:, 0], at[:, 1], *_traffic(travel, policy))
    if slowdowns:
        travel = _slowed(travel, slowdowns)
    for number, point in enumerate(points, start=n + len(new)):
        _place_between(travel, number, point)
    return travel, Places(index, ("",) * len(travel.lat), travel.lat, travel.lon)


def _traffic(travel: TravelTimes, policy: Policy) -> tuple[dict[str, list[float]], int]:
    """The policy's speed factors for the bands of a table, and which of these is between the rush hours."""
    starts = np.array(policy.traffic.band_starts)
    bands = np.maximum(np.searchsorted(starts, travel.band_start_s, side="right") - 1, 0).tolist()
    known = policy.traffic.speed_factors
    factors = {name: [known[name][b] if name in known else 1.0 for b in bands] for name in TRAFFIC_CLASSES}
    return factors, bands.index(midday_band(policy)) if midday_band(policy) in bands else 0


def _place_between(travel: TravelTimes, number: int, point: Point) -> None:
    """Give the row of a point on the way between two locations; nothing is driven to it."""
    if point.location is None or point.towards is None:
        return
    behind, ahead = 1 - point.share, point.share
    for table in (*travel.seconds, travel.metres):
        left = behind * int(table[point.location, point.towards])
        row = behind * table[point.location] + ahead * table[point.towards]
        table[number] = np.minimum(np.rint(row), UNREACHABLE if table.dtype == np.uint16 else row.max())
        table[number, point.towards], table[number, number] = round(left), 0


def _slowed(travel: TravelTimes, slowdowns: Sequence[Slowdown]) -> TravelTimes:
    """Bands that begin and end with every slowdown."""
    starts = travel.band_start_s
    cuts = np.unique(np.concatenate([starts, *([s.begin, s.end] for s in slowdowns)]).astype(np.int64))
    cuts = cuts[cuts >= starts[0]]
    band = np.searchsorted(starts, cuts, side="right") - 1
    tables = []
    for cut, b in zip(cuts.tolist(), band.tolist(), strict=True):
        slower = np.ones(travel.metres.shape, np.float32)
        for slowdown in slowdowns:
            if slowdown.begin <= cut < slowdown.end:
                slower += np.float32(slowdown.factor - 1) * _share_inside(slowdown, travel)
        times = np.rint(travel.seconds[b] * np.maximum(slower, 0.1))
        tables.append(np.where(travel.seconds[b] == UNREACHABLE, UNREACHABLE, np.minimum(times, UNREACHABLE - 1)))
    return replace(travel, seconds=np.stack(tables).astype(np.uint16), band_start_s=cuts.astype(np.int32))


def _share_inside(box: Slowdown, places: TravelTimes) -> NDArray[np.float32]:
    """How much of the straight line between any two places lies inside a box (Liang and Barsky's clipping)."""
    n = len(places.lat)
    enter, leave = np.zeros((n, n), np.float32), np.ones((n, n), np.float32)
    for at, low, high in ((places.lat, box.south, box.north), (places.lon, box.west, box.east)):
        step = (at[None, :] - at[:, None]).astype(np.float32)
        origin = at[:, None].astype(np.float32)
        with np.errstate(divide="ignore", invalid="ignore"):
            one, other = (low - origin) / step, (high - origin) / step
        still = step == 0
        inside = (low <= origin) & (origin <= high)
        near = np.where(still, np.where(inside, 0, 1), np.minimum(one, other))
        far = np.where(still, np.where(inside, 1, 0), np.maximum(one, other))
        enter, leave = np.maximum(enter, near), np.minimum(leave, far)
    share: NDArray[np.float32] = np.maximum(leave - enter, 0)
    return share

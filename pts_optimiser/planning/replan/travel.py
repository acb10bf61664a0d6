"""The travel times of a re-plan: the roster's, for more places, and cut where traffic changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from geodata.formula import Formula
from geodata.network import TRAFFIC_CLASSES
from geodata.travel_times import UNREACHABLE
from pts_optimiser.checking import Travel
from pts_optimiser.dayof import DayState, Plan, Point, plan_of
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


def slowdowns_of(plan: Plan, state: DayState) -> list[Slowdown]:
    """The changes of travel in an area that are in force or to come."""
    return [
        Slowdown(
            box.south, box.west, box.north, box.east,
            change.factor, plan.seconds(change.begin), plan.seconds(change.end),
        )
        for change in state.travel_changes if (box := change.area) is not None
    ]  # fmt: skip


class NewPlaces:
    """Drives to places that a day's table does not hold, by the formula; what they have in common is kept."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._formula: tuple[tuple[int, ...], Formula] | None = None

    def beyond(
        self, known: TravelTimes, lat: Sequence[float], lon: Sequence[float]
    ) -> tuple[NDArray[np.uint16], NDArray[np.int32]]:
        """Drives between k new places and all n + k, either way: seconds [b, k, n + k] and metres [k, n + k]."""
        bands = tuple(known.band_start_s.tolist())
        if self._formula is None or self._formula[0] != bands:
            self._formula = bands, Formula(*_traffic(known, self._policy))
        return self._formula[1].beyond(known, np.array(lat, np.float64), np.array(lon, np.float64))

    def beyond_slowed(
        self, known: TravelTimes, lat: Sequence[float], lon: Sequence[float], slowdowns: Sequence[Slowdown]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The same where traffic has changed. The bands of ``known`` begin and end with every slowdown already."""
        seconds, metres = self.beyond(known, lat, lon)
        here = np.array(lat, np.float64), np.array(lon, np.float64)
        everywhere = np.concatenate([known.lat, here[0]]), np.concatenate([known.lon, here[1]])
        times = seconds.astype(np.int32)
        for b, begin in enumerate(known.band_start_s.tolist() if slowdowns else ()):
            times[b] = _slower(seconds[b], [s for s in slowdowns if s.begin <= begin < s.end], here, everywhere)
        return times, metres


def replan_travel(
    known: Travel,
    model: str,
    wanted: Sequence[tuple[float, float]],
    points: Sequence[Point],
    slowdowns: Sequence[Slowdown],
    new_places: NewPlaces,
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
    off_road = [k for k, point in enumerate(points) if point.location is None or point.towards is None]
    rows = [*range(n, n + len(new)), *(n + len(new) + k for k in off_road)]
    places = [*new, *((points[k].lat, points[k].lon) for k in off_road)]
    travel = _roomy(known, model, [*new, *((point.lat, point.lon) for point in points)])
    if rows:
        _fill(travel, n, rows, new_places.beyond(times_of(known, model), *zip(*places, strict=True)))
    if slowdowns:
        travel = _slowed(travel, slowdowns)
    for number, point in enumerate(points, start=n + len(new)):
        _place_between(travel, number, point)
    return travel, Places(index, ("",) * len(travel.lat), travel.lat, travel.lon)


def with_places(plan: Plan, more: Sequence[tuple[float, float]]) -> Plan:
    """The plan in travel times that know more places, by coordinates."""
    model = str(plan.roster.travel.get("model", ""))
    travel, _ = replan_travel(plan.travel, model, more, (), (), NewPlaces(plan.policy))
    journeys, duties = tuple(plan.journeys.values()), tuple(plan.duties.values())
    known = plan_of(plan.roster, journeys, duties, plan.policy, travel, plan.planned_at)
    return replace(known, promised=plan.promised)


def _roomy(known: Travel, model: str, more: Sequence[tuple[float, float]]) -> TravelTimes:
    """A table with the known times and room for those of more places, as the solver takes it."""
    n, size = len(known.lat), len(known.lat) + len(more)
    lat, lon = np.array(more, np.float64).reshape(-1, 2).T
    seconds = np.zeros((len(known.band_start_s), size, size), np.int32)
    metres = np.zeros((size, size), np.int32)
    seconds[:, :n, :n] = _short(known.seconds)
    metres[:n, :n] = known.metres
    return TravelTimes(
        lat=np.concatenate([known.lat, lat]),
        lon=np.concatenate([known.lon, lon]),
        seconds=seconds,
        metres=metres,
        band_start_s=known.band_start_s.astype(np.int32),
        model=model,
    )


def _fill(
    travel: TravelTimes, n: int, rows: Sequence[int], drives: tuple[NDArray[np.uint16], NDArray[np.int32]]
) -> None:
    """Give some rows and columns behind the first n the drives between their places and all these."""
    here, everywhere = np.array(rows), np.array([*range(n), *rows])
    for table, found in zip((*travel.seconds, travel.metres), (*drives[0], drives[1]), strict=True):
        table[np.ix_(here, everywhere)] = found
        table[np.ix_(everywhere, here)] = found.T


def times_of(known: Travel, model: str) -> TravelTimes:
    """A roster's travel times as ``geodata`` has them; not copied where they are so already."""
    return TravelTimes(
        lat=np.asarray(known.lat, np.float64),
        lon=np.asarray(known.lon, np.float64),
        seconds=_short(known.seconds),
        metres=known.metres.astype(np.int32, copy=False),
        band_start_s=known.band_start_s.astype(np.int32, copy=False),
        model=model,
    )


def _short(seconds: NDArray[np.integer[Any]]) -> NDArray[np.uint16]:
    fits = seconds.dtype == np.uint16
    return (seconds if fits else np.minimum(seconds, UNREACHABLE)).astype(np.uint16, copy=False)


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
        table[number] = table[:, number] = np.rint(row)
        table[number, point.towards], table[number, number] = round(left), 0


def _slowed(travel: TravelTimes, slowdowns: Sequence[Slowdown]) -> TravelTimes:
    """Bands that begin and end with every slowdown."""
    starts = travel.band_start_s
    cuts = np.unique(np.concatenate([starts, *([s.begin, s.end] for s in slowdowns)]).astype(np.int64))
    cuts = cuts[cuts >= starts[0]]
    band = np.searchsorted(starts, cuts, side="right") - 1
    places = travel.lat, travel.lon
    tables = [
        _slower(travel.seconds[b], [s for s in slowdowns if s.begin <= cut < s.end], places, places)
        for cut, b in zip(cuts.tolist(), band.tolist(), strict=True)
    ]
    return replace(travel, seconds=np.stack(tables), band_start_s=cuts.astype(np.int32))


At = tuple[NDArray[np.float64], NDArray[np.float64]]


def _slower(
    seconds: NDArray[np.integer[Any]], slowdowns: Sequence[Slowdown], origins: At, ends: At
) -> NDArray[np.integer[Any]]:
    """Drives [origins, ends] while some slowdowns are in force."""
    slower = np.ones(seconds.shape, np.float32)
    for slowdown in slowdowns:
        slower += np.float32(slowdown.factor - 1) * _share_inside(slowdown, origins, ends)
    times = np.minimum(np.rint(seconds * np.maximum(slower, 0.1)), UNREACHABLE - 1)
    return np.where(seconds == UNREACHABLE, UNREACHABLE, times).astype(np.int32)


def _share_inside(box: Slowdown, origins: At, ends: At) -> NDArray[np.float32]:
    """How much of the straight line between any two places lies inside a box (Liang and Barsky's clipping)."""
    shape = len(origins[0]), len(ends[0])
    enter, leave = np.zeros(shape, np.float32), np.ones(shape, np.float32)
    for here, there, low, high in zip(origins, ends, (box.south, box.west), (box.north, box.east), strict=True):
        step = (there[None, :] - here[:, None]).astype(np.float32)
        origin = here[:, None].astype(np.float32)
        with np.errstate(divide="ignore", invalid="ignore"):
            one, other = (low - origin) / step, (high - origin) / step
        still = step == 0
        inside = (low <= origin) & (origin <= high)
        near = np.where(still, np.where(inside, 0, 1), np.minimum(one, other))
        far = np.where(still, np.where(inside, 1, 0), np.maximum(one, other))
        enter, leave = np.maximum(enter, near), np.minimum(leave, far)
    share: NDArray[np.float32] = np.maximum(leave - enter, 0)
    return share

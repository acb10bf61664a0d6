"""Lines of legs on the map: the arcs of each way from place to place, cut where it begins and ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.network import RoadNetwork
from geodata.shapes import Lines, arc_lines
from geodata.simplify import simplified


def leg_lines(
    network: RoadNetwork,
    first: NDArray[np.integer],
    arcs: NDArray[np.integer],
    begin: NDArray[np.float64],
    end: NDArray[np.float64],
    tolerance_m: float = 0.0,
) -> Lines:
    """The way of each of l legs as a line from place to place.

    Parameters
    ----------
    first : where the arcs of each leg begin in ``arcs`` [l + 1]; a leg without arcs has no points
    arcs : in the order of travel
    begin : how far along its first arc a leg begins, 0..1 [l]
    end : how far along its last arc it ends, 0..1; on a single arc not before ``begin`` [l]
    tolerance_m : metres by which a line may be off to have fewer points
    """
    whole = arc_lines(network, arcs)
    leg = np.flatnonzero(np.diff(first))
    head_arc, tail_arc = first[leg].astype(np.int64), first[leg + 1].astype(np.int64) - 1
    low, high = np.full(len(arcs), -1.0), np.full(len(arcs), 2.0)
    low[head_arc], high[tail_arc] = begin[leg], end[leg]
    part = _parts(whole, np.union1d(head_arc, tail_arc))
    count = np.diff(whole.first)
    kept = (part > np.repeat(low, count)) & (part < np.repeat(high, count))
    kept[whole.first[:-1]] = False  # a junction is drawn as the head of the arc before
    start, stop = _at(whole, part, head_arc, begin[leg]), _at(whole, part, tail_arc, end[leg])
    inside = np.add.reduceat(np.concatenate([kept, [False]]), whole.first[:-1])[: len(arcs)] if len(arcs) else count
    points = np.zeros(len(first) - 1, np.int64)
    points[leg] = np.add.reduceat(inside, head_arc) + 2 if len(leg) else 0
    line_first = np.concatenate([[0], np.cumsum(points)])
    middle = np.ones(line_first[-1], np.bool_)
    middle[line_first[leg]] = middle[line_first[leg + 1] - 1] = False

    def filled(
        inner: NDArray[np.float64], ends: tuple[NDArray[np.float64], NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        line = np.empty(line_first[-1])
        line[line_first[leg]], line[middle], line[line_first[leg + 1] - 1] = ends[0], inner[kept], ends[1]
        return line

    lines = Lines(line_first, filled(whole.lat, (start[0], stop[0])), filled(whole.lon, (start[1], stop[1])))
    return simplified(lines, tolerance_m) if tolerance_m > 0 else lines


def _parts(whole: Lines, of: NDArray[np.int64]) -> NDArray[np.float64]:
    """How far along its arc every point lies, 0..1, worked out for some arcs; elsewhere a half."""
    part = np.full(len(whole.lat), 0.5)
    count = np.diff(whole.first)[of]
    within = np.concatenate([[0], np.cumsum(count)])
    point = np.repeat(whole.first[of] - within[:-1], count) + np.arange(within[-1])
    ends = Lines(within, whole.lat[point], whole.lon[point])
    total = np.cumsum(ends.metres())
    total -= np.repeat(total[within[:-1]], count)
    length = total[within[1:] - 1]
    part[point] = total / np.maximum(np.repeat(length, count), 1e-3)
    part[whole.first[of]], part[whole.first[of + 1] - 1] = 0, 1
    return part


def _at(
    whole: Lines, part: NDArray[np.float64], arc: NDArray[np.int64], fraction: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitude and longitude of the points at fractions of arcs."""
    step = 2.0  # more than the parts of an arc span: the parts of all arcs become one rising row
    count = np.diff(whole.first)[arc]
    within = np.concatenate([[0], np.cumsum(count)])
    point = np.repeat(whole.first[arc] - within[:-1], count) + np.arange(within[-1])
    row = part[point] + step * np.repeat(np.arange(len(arc)), count)
    after = np.searchsorted(row, fraction + step * np.arange(len(arc)), side="left")
    b = point[np.clip(after, within[:-1] + 1, within[1:] - 1)]
    a = b - 1
    share = np.clip((fraction - part[a]) / np.maximum(part[b] - part[a], 1e-12), 0, 1)
    lat = whole.lat[a] + share * (whole.lat[b] - whole.lat[a])
    lon = whole.lon[a] + share * (whole.lon[b] - whole.lon[a])
    return lat, lon

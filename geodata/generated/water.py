"""Water that roads do not cross but at its bridges and tunnels: the Mersey, the Dee, the Severn and the sea.

Shores and crossings are drawn by hand to some hundred metres: enough that a drive from Liverpool to the Wirral goes by
a tunnel, or round by Runcorn, as it must.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from geodata.generated.plane import Flags, Floats, Ints, to_plane

SEA = (
    (53.90, -3.80), (53.90, -3.02), (53.655, -3.015), (53.553, -3.107), (53.520, -3.075), (53.485, -3.045),
    (53.463, -3.028), (53.430, -3.003), (53.404, -2.998), (53.376, -2.957), (53.345, -2.905), (53.327, -2.850),
    (53.321, -2.797), (53.345, -2.765), (53.3495, -2.7395), (53.3455, -2.7380), (53.327, -2.766), (53.307, -2.765),
    (53.297, -2.830), (53.285, -2.890), (53.322, -2.955), (53.347, -2.972), (53.372, -2.990), (53.394, -3.007),
    (53.410, -3.013), (53.443, -3.043), (53.423, -3.130), (53.395, -3.195), (53.372, -3.190), (53.322, -3.115),
    (53.295, -3.083), (53.258, -3.035), (53.212, -3.020), (53.208, -3.026), (53.232, -3.075), (53.252, -3.130),
    (53.292, -3.200), (53.320, -3.270), (53.355, -3.320), (53.345, -3.410), (53.325, -3.500), (53.300, -3.800),
)  # fmt: skip
"""Liverpool Bay with the estuaries of the Mersey, to the Runcorn gap, and of the Dee, to Queensferry: (lat, lon)."""

RIVERS = (
    # the Mersey and the Ship Canal from the Runcorn gap to Barton
    ((53.346, -2.741), (53.352, -2.715), (53.362, -2.685), (53.374, -2.640), (53.382, -2.600), (53.3865, -2.590),
     (53.385, -2.540), (53.391, -2.505), (53.401, -2.440), (53.425, -2.420), (53.445, -2.410), (53.474, -2.355)),
    # the Dee from Queensferry to Bangor-on-Dee
    ((53.211, -3.024), (53.194, -2.930), (53.184, -2.892), (53.165, -2.870), (53.120, -2.880), (53.083, -2.877),
     (53.050, -2.890), (53.003, -2.912)),
    # the Severn from Welshpool to Tewkesbury
    ((52.665, -3.110), (52.720, -3.010), (52.735, -2.840), (52.7095, -2.757), (52.706, -2.746), (52.695, -2.690),
     (52.6795, -2.680), (52.636, -2.600), (52.635, -2.528), (52.623, -2.465), (52.615, -2.440), (52.5345, -2.4155),
     (52.475, -2.375), (52.417, -2.347), (52.3765, -2.3145), (52.3375, -2.281), (52.2665, -2.2555), (52.1915, -2.225),
     (52.166, -2.2235), (52.0645, -2.2185), (51.990, -2.170)),
)  # fmt: skip

CROSSINGS = (
    # from, to: (lat, lon) of the ends, each on its bank
    ((53.4075, -2.9850), (53.3900, -3.0250)),  # Queensway tunnel, Liverpool to Birkenhead
    ((53.4190, -2.9850), (53.4130, -3.0350)),  # Kingsway tunnel, Liverpool to Wallasey
    ((53.3520, -2.7375), (53.3410, -2.7345)),  # Silver Jubilee Bridge, Widnes to Runcorn
    ((53.3590, -2.7130), (53.3450, -2.7050)),  # Mersey Gateway
    ((53.3890, -2.5950), (53.3830, -2.5900)),  # Warrington
    ((53.3880, -2.5600), (53.3830, -2.5580)),  # Latchford
    ((53.3940, -2.5080), (53.3860, -2.5030)),  # Thelwall
    ((53.4060, -2.4570), (53.3970, -2.4530)),  # Warburton
    ((53.4750, -2.3590), (53.4690, -2.3580)),  # Barton
    ((53.2360, -3.0220), (53.2150, -3.0560)),  # Flintshire Bridge
    ((53.2130, -3.0120), (53.2050, -3.0180)),  # Queensferry
    ((53.1900, -2.8900), (53.1820, -2.8970)),  # Chester, Grosvenor Bridge
    ((53.1870, -2.8850), (53.1730, -2.8870)),  # Chester, Old Dee Bridge
    ((53.1600, -2.8620), (53.1560, -2.8800)),  # Chester southerly by-pass
    ((53.0860, -2.8720), (53.0830, -2.8840)),  # Farndon
    ((53.0080, -2.9040), (53.0070, -2.9180)),  # Bangor-on-Dee
    ((52.6870, -3.0940), (52.6730, -3.0820)),  # Buttington
    ((52.7330, -2.8460), (52.7390, -2.8420)),  # Montford Bridge
    ((52.7090, -2.7600), (52.7110, -2.7540)),  # Shrewsbury, Welsh Bridge
    ((52.7080, -2.7440), (52.7030, -2.7470)),  # Shrewsbury, English Bridge
    ((52.7030, -2.7130), (52.6980, -2.7200)),  # Shrewsbury by-pass
    ((52.6870, -2.6790), (52.6860, -2.6910)),  # Atcham
    ((52.6400, -2.6030), (52.6340, -2.6060)),  # Cressage
    ((52.6380, -2.5300), (52.6320, -2.5300)),  # Buildwas
    ((52.6270, -2.4670), (52.6200, -2.4680)),  # Jackfield
    ((52.5370, -2.4100), (52.5350, -2.4230)),  # Bridgnorth
    ((52.5230, -2.4030), (52.5210, -2.4150)),  # Bridgnorth by-pass
    ((52.4160, -2.3410), (52.4160, -2.3530)),  # Arley
    ((52.3790, -2.3110), (52.3770, -2.3200)),  # Bewdley
    ((52.3660, -2.3000), (52.3640, -2.3110)),  # Bewdley by-pass
    ((52.3380, -2.2770), (52.3360, -2.2850)),  # Stourport
    ((52.2680, -2.2500), (52.2670, -2.2610)),  # Holt Fleet
    ((52.1920, -2.2200), (52.1920, -2.2310)),  # Worcester
    ((52.1660, -2.2180), (52.1660, -2.2290)),  # Carrington Bridge
    ((52.0650, -2.2130), (52.0640, -2.2240)),  # Upton
    ((52.0370, -2.1990), (52.0360, -2.2120)),  # Queenhill
)
TOLLED = 4
"""The first so many crossings cost a toll: both tunnels and both bridges of Runcorn."""

BANK_KM = 0.08
"""No road closer to the middle of a river."""


def banks() -> Floats:
    """Ends of the crossings [2c, 2] in km: both of the first, both of the second …"""
    return _plane([end for crossing in CROSSINGS for end in crossing])


def on_land(xy: Floats) -> Flags:
    """Which points are neither at sea nor in a river."""
    dry = ~_inside(xy, _plane(SEA))
    for river in RIVERS:
        line = _plane(river)
        for start, end in pairwise(line):
            near = np.flatnonzero(_meet(xy, xy, np.minimum(start, end) - BANK_KM, np.maximum(start, end) + BANK_KM))
            along, away = end - start, xy[near] - start
            part = np.clip(away @ along / (along @ along), 0, 1)
            dry[near[np.hypot(*(away - part[:, None] * along).T) < BANK_KM]] = False
    return dry


def wet(xy: Floats, tail: Ints, head: Ints) -> Flags:
    """Which straight lines between points cross a shore or a river."""
    crossing = np.zeros(len(tail), np.bool_)
    low, high = np.minimum(xy[tail], xy[head]), np.maximum(xy[tail], xy[head])
    for line in [_plane([*SEA, SEA[0]]), *(_plane(river) for river in RIVERS)]:
        close = np.flatnonzero(_meet(low, high, line.min(axis=0), line.max(axis=0)))
        close_low, close_high = low[close], high[close]
        for start, end in pairwise(line):
            near = close[_meet(close_low, close_high, np.minimum(start, end), np.maximum(start, end))]
            a, b = xy[tail[near]], xy[head[near]]
            parted = (_side(start, end, a) > 0) != (_side(start, end, b) > 0)
            crossing[near[parted & ((_side(a, b, start) > 0) != (_side(a, b, end) > 0))]] = True
    return crossing


def _inside(xy: Floats, polygon: Floats) -> Flags:
    """Whether a ray from each point to the east crosses the outline an odd number of times."""
    odd = np.zeros(len(xy), np.bool_)
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if y0 != y1:
            odd ^= ((y0 > xy[:, 1]) != (y1 > xy[:, 1])) & (xy[:, 0] < x0 + (xy[:, 1] - y0) * (x1 - x0) / (y1 - y0))
    return odd


def _meet(low: Floats, high: Floats, from_: Floats, to: Floats) -> Flags:
    """Whether boxes [n, 2] meet one box."""
    meet: Flags = (high[:, 0] >= from_[0]) & (low[:, 0] <= to[0]) & (high[:, 1] >= from_[1]) & (low[:, 1] <= to[1])
    return meet


def _side(a: Floats, b: Floats, c: Floats) -> Floats:
    """Positive where c is left of the line from a to b."""
    return (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])


def _plane(places: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> Floats:
    lat, lon = np.asarray(places, np.float64).T
    return to_plane(lat, lon)

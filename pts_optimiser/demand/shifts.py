"""Shift shapes and how many of each a day has.

Shapes, mixes and the break rule are assumptions [A]. The mixes are set so that on a weekday supply exceeds demand in
every half hour (tested); demand peaks when the morning's dialysis comes in, when it goes home and the afternoon's
comes in, and when that goes home and the twilight shift comes in.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta

from pts_optimiser.demand.wall import DayKind, at
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Break

_Mix = tuple[float, float, float]
# start and end in minutes from the service date's midnight; shares of the duties on weekdays, Saturdays and Sundays:
# of vehicles for seats and chairs, of those for stretchers, and of bariatric and HDU vehicles
_PLAN: tuple[tuple[tuple[int, int], _Mix, _Mix, _Mix], ...] = (
    ((330, 810), (0.07, 0.14, 0.00), (0.00, 0.00, 0.00), (0.00, 0.00, 0.00)),  # 05:30–13:30
    ((330, 1050), (0.12, 0.10, 0.00), (0.00, 0.04, 0.00), (0.00, 0.00, 0.00)),  # 05:30–17:30
    ((360, 840), (0.05, 0.00, 0.00), (0.00, 0.00, 0.00), (0.00, 0.00, 0.00)),  # 06:00–14:00
    ((360, 1080), (0.20, 0.42, 0.00), (0.10, 0.16, 0.00), (0.00, 0.00, 0.00)),  # 06:00–18:00
    ((390, 1110), (0.08, 0.00, 0.05), (0.00, 0.00, 0.05), (0.00, 0.00, 0.00)),  # 06:30–18:30
    ((420, 1140), (0.10, 0.00, 0.10), (0.32, 0.16, 0.10), (0.45, 0.45, 0.40)),  # 07:00–19:00
    ((480, 1080), (0.03, 0.00, 0.20), (0.14, 0.06, 0.15), (0.00, 0.00, 0.00)),  # 08:00–18:00
    ((600, 1200), (0.08, 0.02, 0.25), (0.20, 0.24, 0.25), (0.25, 0.25, 0.25)),  # 10:00–20:00
    ((720, 1320), (0.07, 0.00, 0.25), (0.06, 0.12, 0.25), (0.00, 0.00, 0.00)),  # 12:00–22:00
    ((840, 1470), (0.17, 0.28, 0.08), (0.12, 0.14, 0.10), (0.30, 0.30, 0.35)),  # 14:00–00:30
    ((1320, 1800), (0.03, 0.04, 0.07), (0.06, 0.08, 0.10), (0.00, 0.00, 0.00)),  # 22:00–06:00
)
SHIFTS = tuple(shift for shift, *_ in _PLAN)
SEATED = {kind: tuple(seated[i] for _, seated, _, _ in _PLAN) for i, kind in enumerate(DayKind)}
STRETCHER = {kind: tuple(stretcher[i] for _, _, stretcher, _ in _PLAN) for i, kind in enumerate(DayKind)}
RARE = {kind: tuple(rare[i] for _, _, _, rare in _PLAN) for i, kind in enumerate(DayKind)}

BREAK_LENGTH = timedelta(minutes=30)
BREAK_AFTER, BREAK_BEFORE = timedelta(hours=3), timedelta(hours=6)
BREAK_FREE = timedelta(hours=6)  # shifts up to this long need none


def rest_of(service_date: date, shift: tuple[int, int]) -> Break | None:
    """The break of a shift: 30 minutes that begin between its third and sixth hour as lived."""
    start, end = (at(service_date, minute).astimezone(UTC) for minute in shift)
    if end - start <= BREAK_FREE:
        return None
    return Break(BREAK_LENGTH, (start + BREAK_AFTER).astimezone(LONDON), (start + BREAK_BEFORE).astimezone(LONDON))

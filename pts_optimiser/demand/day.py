"""One synthetic day: what is known the evening before, and what happens then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from pts_optimiser.demand.events import day_events
from pts_optimiser.demand.fates import Outcome
from pts_optimiser.demand.fleet import duties_of
from pts_optimiser.demand.legs import Leg, legs_of
from pts_optimiser.demand.streams import stream
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Category, Journey

Known = Literal["day-before", "all"]


@dataclass(frozen=True, slots=True)
class GeneratedDay:
    """A day's input. ``events`` are the objects of ``events.jsonl`` in the order received.

    ``summary`` counts journeys by what becomes of them, whatever part of them the day's files know.
    """

    service_date: date
    journeys: tuple[Journey, ...]
    duties: tuple[Duty, ...]
    events: tuple[dict[str, Any], ...]
    summary: Mapping[str, int]


def generate_day(service_date: date, seed: int, *, scale: float = 1.0, known: Known = "day-before") -> GeneratedDay:
    """Generate one service day.

    Parameters
    ----------
    seed
        Not negative. The dialysis population depends on it alone, everything else on it and the date.
    scale
        Multiplies the journeys. Duties stay as usual up to 1.05 and then grow with it as far as the fleet goes.
    known
        ``day-before``: ``journeys`` is what was booked by 18:00 the evening before and not cancelled by then, and
        ``events`` the rest. ``all``: ``journeys`` is every journey that is completed, and ``events`` is empty.

    Raises
    ------
    ValueError
        For a negative seed, a scale that is not positive or an unknown ``known``.
    """
    if seed < 0 or scale <= 0 or known not in {"day-before", "all"}:
        raise ValueError(f"seed {seed} must not be negative, scale {scale} positive, known {known!r} day-before or all")
    legs = legs_of(service_date, seed, scale)
    duties = duties_of(service_date, seed, scale)
    if known == "all":
        journeys, events = [leg.journey for leg in legs if leg.completed], []
    else:
        journeys = [leg.journey for leg in legs if leg.in_plan]
        events = day_events(stream(seed, "events", service_date), service_date, legs, duties)
    return GeneratedDay(
        service_date=service_date,
        journeys=tuple(sorted(_paired(journeys), key=_order)),
        duties=tuple(duties),
        events=tuple(events),
        summary=_summary(legs, duties),
    )


def _paired(journeys: Sequence[Journey]) -> Iterable[Journey]:
    """An attendance of which one journey is left is one way: it loses its ``attendance_id``."""
    held = Counter(journey.attendance_id for journey in journeys)
    return (journey if held[journey.attendance_id] == 2 else replace(journey, attendance_id="") for journey in journeys)


def _order(journey: Journey) -> tuple[str, str]:
    moment = journey.appointment_at or journey.ready_at
    return ("" if moment is None else moment.isoformat(), journey.journey_id)


def _summary(legs: Sequence[Leg], duties: Sequence[Duty]) -> dict[str, int]:
    outcomes = Counter(leg.fate.outcome for leg in legs)
    completed = Counter(leg.journey.category for leg in legs if leg.completed)
    return {
        "booked": len(legs),
        **{outcome.value: outcomes[outcome] for outcome in Outcome},
        "same_day": sum(leg.attendance.same_day for leg in legs),
        "same_day_completed": sum(leg.attendance.same_day and leg.completed for leg in legs),
        "duties": len(duties),
        **{f"completed_{category.value}": completed[category] for category in Category},
    }

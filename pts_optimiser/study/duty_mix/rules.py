"""What a mix of duties must keep to, and what it is made of. Tags: [M] practice, [A] assumed, [D] derived."""

from __future__ import annotations

from dataclasses import dataclass

SLOT_MIN = 30
SLOTS = 60
"""Half hours from the service date's midnight to 06:00 of the next day."""

BREAK_MIN, BREAK_FROM_MIN, BREAK_TO_MIN = 30, 180, 360
"""30 minutes, unpaid, that begin between the third and the sixth hour [M]; not in shifts of up to six hours."""

TURNAROUND_MIN = 30
"""Between two duties of one vehicle: checks, fuel, cleaning, 10–15 minutes at either end [A]."""

REST_MIN = 11 * 60
"""Rest between two shifts of one person: 11 hours (Working Time Regulations) [M]."""

WEEK_HOURS = 37.5
"""Paid hours of one person a week (Agenda for Change) [M]."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Parameters of the choice; keys of a plan's table ``[duty_mix]``.

    Parameters
    ----------
    lengths_h, starts
        Shifts to choose from: lengths in hours [M], starts in minutes of the day.
    occupancy
        Share of the vehicles' time that can be work, breaks apart: nearly all, as journeys are moved to when there is
        room [A]; tried on planned days.
    quantile
        Of the days of one kind, the one whose need is met, half hour by half hour [A].
    near
        Least share of the need round a base that its own duties meet; the rest comes from bases of the same contract.
    pace
        Vehicle-hours of work for each hour that the journeys would take one by one [D, from a planned weekday].
    sharing
        Exponent: work in a half hour grows as the ``sharing``-th power of the journeys in it, as fuller hours are
        shared better [D, as ``pace``].
    vehicles, people
        Factors on what today's duties need of either: the most that the chosen may need.
    effort
        CP-SAT's deterministic time for each contract: the same mix on any machine.
    """

    lengths_h: tuple[float, ...] = (8, 10, 12)
    starts: tuple[int, ...] = (330, 360, 390, 420, 450, 480, 540, 600, 660, 720, 780, 840, 900, 960, 1080, 1320)
    occupancy: float = 0.97
    quantile: float = 0.5
    near: float = 0.6
    pace: float = 1.11
    sharing: float = 0.8
    vehicles: float = 1.0
    people: float = 1.0
    effort: float = 30.0


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """Start and end in minutes from the service date's midnight."""

    start: int
    end: int

    @property
    def rests(self) -> bool:
        return self.end - self.start > BREAK_TO_MIN

    @property
    def paid_min(self) -> int:
        """The break is not paid."""
        return self.end - self.start - BREAK_MIN * self.rests

    def available(self, slot: int) -> int:
        """Percent of a half hour that the vehicle can work, its break spread evenly over when that may be."""
        begins = slot * SLOT_MIN
        there = _overlap(begins, self.start, self.end)
        if self.rests:
            window = BREAK_TO_MIN + BREAK_MIN - BREAK_FROM_MIN
            within = _overlap(begins, self.start + BREAK_FROM_MIN, self.start + BREAK_TO_MIN + BREAK_MIN)
            there -= within * BREAK_MIN / window
        return round(100 * there / SLOT_MIN)


def _overlap(begins: int, start: int, end: int) -> float:
    return max(0, min(begins + SLOT_MIN, end) - max(begins, start))


def shifts(rules: Rules) -> tuple[Shift, ...]:
    """Every start with every length that ends by 06:00."""
    return tuple(
        Shift(start, end)
        for start in rules.starts
        for end in (start + round(60 * hours) for hours in rules.lengths_h)
        if end <= SLOTS * SLOT_MIN
    )

"""A mix of duties: how many of each candidate on each kind of day, and the hours, people and vehicles for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from pts_optimiser.demand.wall import DayKind
from pts_optimiser.domain.policy import Policy
from pts_optimiser.study.duty_mix.need import Base, Kind
from pts_optimiser.study.duty_mix.rules import REST_MIN, TURNAROUND_MIN, WEEK_HOURS, Shift

DAY_MIN = 1440
DAYS_A_WEEK: Mapping[DayKind, int] = {DayKind.WEEKDAY: 5, DayKind.SATURDAY: 1, DayKind.SUNDAY: 1}


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A duty that can be run any number of times a day."""

    base: Base
    kind: Kind
    shift: Shift

    @property
    def paid_hours(self) -> float:
        """Of the whole crew."""
        return self.kind.crew * self.shift.paid_min / 60

    def pounds(self, policy: Policy) -> float:
        """Crew, and the vehicle by the hour of the shift; kilometres are the journeys', not the mix's."""
        hours = (self.shift.end - self.shift.start) / 60
        vehicle = policy.vehicle_types[self.kind.vehicle_type].cost_per_hour
        return self.paid_hours * policy.crew_cost_per_hour + hours * vehicle


Mix = Mapping[DayKind, Mapping[Candidate, int]]


def nights(kinds: Sequence[DayKind]) -> list[tuple[DayKind, DayKind]]:
    """Kinds of days that follow each other in a week, of those that there are."""
    week = [DayKind.WEEKDAY] * 5 + [DayKind.SATURDAY, DayKind.SUNDAY]
    there = [kind for kind in week if kind in kinds]
    return sorted({(day, there[(place + 1) % len(there)]) for place, day in enumerate(there)})


def week_hours(mix: Mix) -> float:
    """Paid hours a week of the kinds of days that the mix has."""
    return sum(DAYS_A_WEEK[day] * n * c.paid_hours for day, counts in mix.items() for c, n in counts.items())


def week_pounds(mix: Mix, policy: Policy) -> float:
    return sum(DAYS_A_WEEK[day] * n * c.pounds(policy) for day, counts in mix.items() for c, n in counts.items())


def vehicles(mix: Mix) -> dict[tuple[Base, str], int]:
    """Vehicles of each type that a base needs: the most that are out, or being turned round, at once."""
    found: Counter[tuple[Base, str]] = Counter()
    for counts in mix.values():
        for moment in {candidate.shift.start for candidate in counts}:
            out: Counter[tuple[Base, str]] = Counter()
            for candidate, number in counts.items():
                if busy(candidate, moment):
                    out[candidate.base, candidate.kind.vehicle_type] += number
            found |= out
    return dict(found)


def busy(candidate: Candidate, moment: int) -> bool:
    """Whether the duty's vehicle cannot go out on another duty at a minute."""
    return candidate.shift.start <= moment < candidate.shift.end + TURNAROUND_MIN


def people(mix: Mix) -> dict[Base, int]:
    """People that a base needs: for the paid hours of a week, and to rest between a day's shifts and the next day's.

    Two shifts on days that follow each other are two people's where less than 11 hours are between them. As that is
    so for all shifts that end late enough and all that begin early enough, as many people are enough as the fullest
    of these pairs of sets has (Hall's theorem).
    """
    found: dict[Base, int] = {}
    for base in sorted({candidate.base for counts in mix.values() for candidate in counts}):
        own = {day: {c: n for c, n in counts.items() if c.base == base} for day, counts in mix.items()}
        rested = [
            sum(n * c.kind.crew for c, n in own[day].items() if c.shift.end >= late)
            + sum(n * c.kind.crew for c, n in own[after].items() if too_soon(late, c.shift))
            for day, after in nights(list(own))
            for late in {candidate.shift.end for candidate in own[day]} | {0}
        ]
        found[base] = max(ceil(week_hours(own) / WEEK_HOURS), *rested)
    return found


def too_soon(end: int, shift: Shift) -> bool:
    """Whether a shift of the next day begins before one has rested whose shift ended at ``end``."""
    return shift.start + DAY_MIN < end + REST_MIN

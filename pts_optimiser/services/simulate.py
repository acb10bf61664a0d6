"""``simulate``: a planned day played out against what a control room may do on it, over seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from pts_optimiser.dayof import Plan
from pts_optimiser.dayof.noise import DayNoise, Noise
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.events import Event, JourneyBooked
from pts_optimiser.domain.issue import Issue
from pts_optimiser.planning.day import Search
from pts_optimiser.planning.replan import Replanning
from pts_optimiser.planning.replan.travel import with_places
from pts_optimiser.reporting.intervals import Interval, Values, paired, t_interval
from pts_optimiser.services.reoptimise import read_happenings, read_plan
from pts_optimiser.services.sources import Source
from pts_optimiser.simulation.control_room import DayPolicy
from pts_optimiser.simulation.happenings import happenings
from pts_optimiser.simulation.hindsight import hindsight
from pts_optimiser.simulation.outcome import DayOutcome, outcome
from pts_optimiser.simulation.play import play

FIGURES = (
    "served",
    "within_limits",
    "standards_met",
    "arrive_percent",
    "collect_percent",
    "aboard_percent",
    "driven_hours",
    "overtime_hours",
    "duties_used",
    "changed_duty_percent",
    "changes_per_crew",
    "patients_told",
    "wait_p50_min",
    "wait_p90_min",
)
"""What is compared over seeds."""

OnDay = Callable[[DayOutcome], None]


@dataclass(frozen=True, slots=True)
class DaysToPlay:
    """Which plan and events, by which policies, on the days of which seeds; ``search`` is that of hindsight."""

    roster: Path
    events: Source
    policies: tuple[DayPolicy, ...] = tuple(DayPolicy)
    seeds: tuple[int, ...] = (1, 2, 3)
    every_s: int = 15 * 60
    how: Replanning = field(default_factory=Replanning)
    search: Search = field(default_factory=lambda: Search(budget_s=60.0))
    noise: Noise = field(default_factory=Noise)
    skip_bad: bool = False


@dataclass(frozen=True, slots=True)
class Simulated:
    """Every day played, policy by policy in the order asked for, each with its seeds in theirs."""

    days: tuple[DayOutcome, ...]
    issues: tuple[Issue, ...]

    def of(self, policy: DayPolicy, figure: str) -> Values:
        """One figure of all days of a policy."""
        return np.array([float(getattr(day, figure) or 0.0) for day in self.days if day.policy is policy])

    def mean(self, policy: DayPolicy, figure: str) -> Interval:
        return t_interval(self.of(policy, figure))

    def difference(self, policy: DayPolicy, other: DayPolicy, figure: str) -> Interval:
        """``policy`` less ``other`` on the same days."""
        return paired(self.of(policy, figure), self.of(other, figure))


def simulate(order: DaysToPlay, on_day: OnDay = lambda _day: None) -> Simulated:
    """Play every seed's day under every policy.

    Raises
    ------
    InputError
        A roster, input or event that cannot be read, or no seed or policy.
    TravelTimesError
        The plan's travel times are missing or cannot be read.
    """
    if not order.seeds or not order.policies or order.every_s <= 0:
        raise InputError("simulate needs a policy, a seed and more than 0 minutes between rounds")
    plan = read_plan(order.roster)
    read = read_happenings(order.events, plan, skip_bad=order.skip_bad)
    plan = _with_places(plan, read.items)
    days: list[DayOutcome] = []
    for policy in dict.fromkeys(order.policies):
        for seed in dict.fromkeys(order.seeds):
            days.append(_played(plan, read.items, policy, seed, order))
            on_day(days[-1])
    return Simulated(tuple(days), read.issues)


def _played(plan: Plan, events: Sequence[Event], policy: DayPolicy, seed: int, order: DaysToPlay) -> DayOutcome:
    day, in_force = happenings(plan, events, DayNoise(order.noise, seed)), plan
    if policy is DayPolicy.HINDSIGHT:
        in_force, day = hindsight(plan, day, order.search)
    world, room = play(in_force, day, policy, order.how, order.every_s)
    return outcome(plan, world, room, policy, seed)


def _with_places(plan: Plan, events: Sequence[Event]) -> Plan:
    """The plan with travel times to the places of all bookings of the day."""
    booked = [event.body.journey for event in events if isinstance(event.body, JourneyBooked)]
    return with_places(plan, [(p.lat, p.lon) for journey in booked for p in (journey.pickup, journey.dropoff)])

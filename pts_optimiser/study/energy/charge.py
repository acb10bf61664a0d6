"""State of charge along planned duties: full in the morning, charged at base in breaks and between runs and duties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.roster import Aboard, RosteredDuty, Stop, StopKind
from pts_optimiser.reporting.travel import Travel
from pts_optimiser.study.energy.consumption import Electric, electric_of

PLUG_S = 300
"""To plug in and out [A]."""

SHORTEST_CHARGE_S = 600
"""A shorter stand at base is not used to charge [A]."""


@dataclass(frozen=True, slots=True)
class Level:
    """Energy in the battery at a moment; below 0 it is what was missing."""

    at: datetime
    kwh: float


@dataclass(frozen=True, slots=True)
class Charged:
    """One duty on electricity.

    ``levels`` are those at each stop, as it begins, and after each charge. ``detour_m`` is driven to the base and back
    between runs to charge, beyond the plan; ``charged_kwh`` is taken during the duty.
    """

    duty_id: str
    vehicle_type: str
    levels: tuple[Level, ...]
    used_kwh: float
    charged_kwh: float
    detour_m: int

    @property
    def lowest_kwh(self) -> float:
        return min(level.kwh for level in self.levels)

    @property
    def shortfall_kwh(self) -> float:
        """How much more it would have had to carry."""
        return max(0.0, -self.lowest_kwh)


def charge_day(duties: Iterable[RosteredDuty], travel: Travel) -> list[Charged]:
    """The duties with stops as if all were electric, by vehicle and hour.

    A vehicle starts its first duty full, and its next ones with what it had left and could take at base in between.
    """
    of_vehicle: dict[str, list[RosteredDuty]] = defaultdict(list)
    for duty in duties:
        if duty.stops:
            of_vehicle[duty.vehicle_id].append(duty)
    found = []
    for own in of_vehicle.values():
        electric = electric_of(own[0].vehicle_type)
        level, free_at = electric.battery_kwh, None
        for duty in sorted(own, key=lambda d: d.stops[0].depart_at):
            if free_at is not None:
                level += charge(electric, level, seconds_after(free_at, duty.stops[0].depart_at))
            found.append(charge_duty(duty, travel, electric, level))
            level, free_at = max(0.0, found[-1].levels[-1].kwh), duty.stops[-1].arrive_at
    return found


def charge_duty(duty: RosteredDuty, travel: Travel, electric: Electric, start_kwh: float) -> Charged:
    """Charge along one duty. Only one that would run short goes to its base between runs, whenever that gains."""
    as_planned = _drive(duty, travel, electric, start_kwh, detours=False)
    return as_planned if not as_planned.shortfall_kwh else _drive(duty, travel, electric, start_kwh, detours=True)


def _drive(duty: RosteredDuty, travel: Travel, electric: Electric, start_kwh: float, *, detours: bool) -> Charged:
    base = duty.stops[0]
    levels = [Level(base.depart_at, start_kwh)]
    used = charged = 0.0
    detour_m = 0
    for before, after in pairwise(duty.stops):
        month, kwh = before.depart_at.month, levels[-1].kwh
        leg = electric.drive_kwh(after.travel_m, month, before.aboard)
        visit = _visit(before, after, base, travel) if detours else None
        if visit is not None:
            there, back = (electric.drive_kwh(metres, month, Aboard()) for metres in (visit.there_m, visit.back_m))
            taken = charge(electric, kwh - there, visit.stands_s)
            if taken > there + back - leg:
                levels.append(Level(visit.leaves_at, kwh - there + taken))
                charged, leg, kwh = charged + taken, there + back, kwh + taken
                detour_m += visit.there_m + visit.back_m - after.travel_m
        used += leg
        levels.append(Level(after.begin_at, kwh - leg))
        if after.kind is StopKind.BREAK and after.location == base.location:
            taken = charge(electric, levels[-1].kwh, seconds_after(after.arrive_at, after.depart_at))
            charged += taken
            levels.append(Level(after.depart_at, levels[-1].kwh + taken))
    return Charged(duty.duty_id, duty.vehicle_type, tuple(levels), used, charged, detour_m)


def charge(electric: Electric, kwh: float, stands_s: int) -> float:
    """kWh taken by a vehicle that holds ``kwh`` and stands at its base: charger × time plugged in, until it is full."""
    if stands_s < SHORTEST_CHARGE_S:
        return 0.0
    return min(electric.battery_kwh - kwh, electric.charger_kw * (stands_s - PLUG_S) / 3600)


@dataclass(frozen=True, slots=True)
class _Visit:
    """A way by the base from one run to the next, as long as the vehicle would else have waited."""

    there_m: int
    back_m: int
    stands_s: int
    leaves_at: datetime


def _visit(before: Stop, after: Stop, base: Stop, travel: Travel) -> _Visit | None:
    """The way by the base that an empty vehicle has time for before its next boarding, in the traffic of that leg."""
    if before.aboard.parties or after.kind is not StopKind.PICKUP or before.location == base.location:
        return None
    times = travel.seconds[after.band]
    back_s = int(times[base.location, after.location])
    spare_s = seconds_after(before.depart_at, after.begin_at) - int(times[before.location, base.location]) - back_s
    if spare_s < SHORTEST_CHARGE_S:
        return None
    return _Visit(
        int(travel.metres[before.location, base.location]),
        int(travel.metres[base.location, after.location]),
        spare_s,
        after.begin_at - timedelta(seconds=back_s),
    )

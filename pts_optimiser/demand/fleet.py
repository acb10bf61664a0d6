"""The duties of a day: which vehicles, from which bases, at what hours, with whom aboard."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from pts_optimiser.demand.homes import duty_shares
from pts_optimiser.demand.quota import Quota
from pts_optimiser.demand.shifts import RARE, SEATED, SHIFTS, STRETCHER, rest_of
from pts_optimiser.demand.sites import DATA
from pts_optimiser.demand.streams import stream
from pts_optimiser.demand.wall import DayKind, at, day_kind
from pts_optimiser.domain.duty import Duty

FLEET = 350  # [S]
# 290, 150 and 45 [D]/[A]; but Saturday's dialysis comes in peaks that 150 duties cannot carry, and Sunday's 45 hold too
# few of the rare vehicles.
ROSTERED = {DayKind.WEEKDAY: 290, DayKind.SATURDAY: 180, DayKind.SUNDAY: 50}
STRETCH_FROM = 1.05  # demand that the usual weekday's duties still meet
VEHICLE_TYPES = ("car", "small_pts", "standard_pts", "stretcher_pts", "bariatric", "hdu")
# .20, .30, .34, .11, .02, .03 [A], moved a little to what stretcher, bariatric and HDU journeys need.
FLEET_MIX = (0.19, 0.285, 0.315, 0.14, 0.03, 0.04)
# At weekends seated work falls most, so more of what is out carries stretchers [A].
MIX = {
    DayKind.WEEKDAY: FLEET_MIX,
    DayKind.SATURDAY: (0.17, 0.27, 0.29, 0.17, 0.035, 0.065),
    DayKind.SUNDAY: (0.08, 0.14, 0.16, 0.36, 0.08, 0.18),
}
SHIFT_MIX = {"stretcher_pts": STRETCHER, "bariatric": RARE, "hdu": RARE}
ALWAYS_DOUBLE = frozenset(SHIFT_MIX)
DOUBLE = 0.35  # of small and standard vehicles, which makes .42 of all duties [A]
OXYGEN_SINGLE = 0.5  # of the single-crewed [A]
ELECTRIC = 0.2  # of cars and small vehicles, which makes .10 of the fleet [S] scenario
RANGE_KM = 170.0  # 105 miles [R]


@dataclass(frozen=True, slots=True)
class Base:
    name: str
    share: float
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A duty before it has a date: type of vehicle, base, index of the shift, crew."""

    vehicle_type: str
    contract: str
    base: Base
    shift: int
    crew: int
    oxygen: bool


def duties_of(service_date: date, seed: int, scale: float = 1.0) -> list[Duty]:
    """The duties rostered on a date, in order of start.

    Dialysis runs on a bank holiday, so that has a Saturday's duties. Vehicles rotate through the day's duties by seed.
    """
    kind = roster_kind(service_date)
    rng = stream(seed, "vehicles", service_date)
    pools = {key: list(rng.permutation(size)) for key, size in _pools().items()}
    slots = sorted(_slots(kind, duty_count(kind, scale)), key=lambda slot: SHIFTS[slot.shift])
    duties = []
    for number, slot in enumerate(slots, start=1):
        index = int(pools[slot.vehicle_type, slot.contract].pop())
        shift = SHIFTS[slot.shift]
        electric = slot.vehicle_type in {"car", "small_pts"} and index % round(1 / ELECTRIC) == 2
        duties.append(
            Duty(
                duty_id=f"D{service_date:%y%m%d}-{number:03d}",
                vehicle_id=f"{slot.vehicle_type}-{slot.contract}-{index + 1:02d}",
                vehicle_type=slot.vehicle_type,
                base=slot.base.name,
                base_lat=slot.base.lat,
                base_lon=slot.base.lon,
                start_at=at(service_date, shift[0]),
                end_at=at(service_date, shift[1]),
                crew=slot.crew,
                skills=_skills(slot),
                rest=rest_of(service_date, shift),
                energy="electric" if electric else "diesel",
                range_km=RANGE_KM if electric else None,
            )
        )
    return duties


def roster_kind(service_date: date) -> DayKind:
    """The kind of day for the roster: a bank holiday from Monday to Saturday is staffed as a Saturday."""
    kind = day_kind(service_date)
    return DayKind.SATURDAY if kind is DayKind.SUNDAY and service_date.weekday() < 6 else kind


def duty_count(kind: DayKind, scale: float) -> int:
    """Duties on a day of demand ``scale``: the usual number, and more only beyond what it can meet."""
    usual = ROSTERED[kind]
    most = round(FLEET * usual / ROSTERED[DayKind.WEEKDAY])
    return usual if scale <= STRETCH_FROM else min(round(usual * scale), most)


def _skills(slot: Slot) -> frozenset[str]:
    own = {slot.vehicle_type} & {"bariatric", "hdu"}
    return frozenset(own | ({"oxygen"} if slot.oxygen else set()))


@cache
def _slots(kind: DayKind, count: int) -> tuple[Slot, ...]:
    return tuple(_deal(kind, count))


def _deal(kind: DayKind, count: int) -> Iterator[Slot]:
    deal = Quota()
    contracts, shares = list(duty_shares()), list(duty_shares().values())
    for _ in range(count):
        vehicle_type = VEHICLE_TYPES[deal.take(MIX[kind], "type")]
        special = vehicle_type in ALWAYS_DOUBLE
        contract = contracts[deal.take(shares, ("contract", vehicle_type))]
        bases = _bases()[contract]
        base = bases[deal.take([base.share for base in bases], ("base", contract, special), ("base", contract))]
        mix = SHIFT_MIX.get(vehicle_type, SEATED)[kind]
        shift = deal.take(
            mix,
            ("shift", special),
            ("shift", special, contract),
            ("shift", vehicle_type),
            ("shift", special, base.name),
        )
        double = special or _is_double(deal, vehicle_type, shift, contract)
        oxygen = double or deal.take((OXYGEN_SINGLE, 1 - OXYGEN_SINGLE), ("oxygen", shift), ("oxygen", contract)) == 0
        yield Slot(vehicle_type, contract, base, shift, 2 if double else 1, oxygen)


def _is_double(deal: Quota, vehicle_type: str, shift: int, contract: str) -> bool:
    """Whether a small or standard vehicle gets a second crew member; a car never does."""
    if vehicle_type == "car":
        return False
    return deal.take((DOUBLE, 1 - DOUBLE), ("crew", shift), ("crew", contract), ("crew", shift, contract)) == 0


@cache
def _pools() -> dict[tuple[str, str], int]:
    """Vehicles in the fleet by type and contract."""
    deal = Quota()
    pools: dict[tuple[str, str], int] = defaultdict(int)
    contracts, shares = list(duty_shares()), list(duty_shares().values())
    for _ in range(FLEET):
        vehicle_type = VEHICLE_TYPES[deal.take(FLEET_MIX, "type")]
        pools[vehicle_type, contracts[deal.take(shares, vehicle_type)]] += 1
    return dict(pools)


@cache
def contract_of_base() -> dict[str, str]:
    """The contract that each base is in, by its name."""
    return {base.name: contract for contract, bases in _bases().items() for base in bases}


@cache
def _bases() -> dict[str, list[Base]]:
    with (DATA / "bases.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    bases: dict[str, list[Base]] = defaultdict(list)
    for row in rows:
        bases[row["contract"]].append(Base(row["base"], float(row["share"]), float(row["lat"]), float(row["lon"])))
    return dict(bases)

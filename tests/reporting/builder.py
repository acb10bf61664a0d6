"""A seeded synthetic day for the pages: plausible runs in and out of hospital sites, any number of duties."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.clock import midnight, moment_at, seconds_after
from pts_optimiser.domain.duty import Break, Duty
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.domain.policy import Distancing, Policy, VehicleType
from pts_optimiser.domain.roster import Aboard, Reason, Roster, RosteredDuty, Stop, StopKind, Unserved
from pts_optimiser.reporting.kpis import with_kpis
from pts_optimiser.reporting.publication import Publication

from .rules import policy

DAY = date(2026, 7, 14)
SITES = [
    ("Queen Elizabeth Hospital", 52.451, -1.939), ("Heartlands Hospital", 52.4802, -1.83),
    ("Good Hope Hospital", 52.5674, -1.812), ("Solihull Hospital", 52.4171, -1.7744),
    ("City Hospital", 52.4886, -1.9325), ("Sandwell General", 52.5281, -1.9889),
    ("New Cross Hospital", 52.5997, -2.0955), ("Manor Hospital", 52.5823, -1.9989),
    ("Russells Hall Hospital", 52.5029, -2.1185), ("University Hospital Coventry", 52.4212, -1.4384),
    ("St Cross Hospital", 52.3653, -1.259), ("Warwick Hospital", 52.29, -1.5832),
    ("George Eliot Hospital", 52.5118, -1.4751), ("Countess of Chester", 53.2115, -2.9023),
    ("Arrowe Park Hospital", 53.3696, -3.0968), ("Warrington Hospital", 53.394, -2.6107),
    ("Leighton Hospital", 53.1177, -2.4758), ("Macclesfield Hospital", 53.2623, -2.1411),
]  # fmt: skip
BASES = [
    ("Oldbury", 52.505, -2.016), ("Erdington", 52.524, -1.838), ("Coventry", 52.42, -1.51), ("Warwick", 52.28, -1.58),
    ("Dudley", 52.51, -2.08), ("Ellesmere Port", 53.28, -2.9), ("Warrington", 53.39, -2.59), ("Crewe", 53.1, -2.44),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """Straight-line travel at a given speed: the arrays that reporting reads."""

    lat: NDArray[Any]
    lon: NDArray[Any]
    seconds: NDArray[Any]
    metres: NDArray[Any]
    band_start_s: NDArray[Any]


def straight_line(points: list[tuple[float, float]], kmh: float = 38.0) -> Grid:
    lat, lon = np.array(points).T
    north = (lat[:, None] - lat[None, :]) * 111_320
    east = (lon[:, None] - lon[None, :]) * 111_320 * math.cos(math.radians(52.5))
    metres = (1.3 * np.hypot(north, east)).astype(np.int32)
    return Grid(lat, lon, (metres / kmh * 3.6).astype(np.int32)[None], metres, np.array([0]))


@dataclass
class _Day:
    """The day under construction: everything that the duties leave behind."""

    rng: random.Random
    travel: Grid
    homes: list[Place]
    sites: list[Place]
    journeys: list[Journey] = field(default_factory=list)
    zero: datetime = field(default_factory=lambda: midnight(DAY))

    def number(self, place: Place) -> int:
        return self.sites.index(place) if place in self.sites else len(self.sites) + self.homes.index(place)


def build(duties: int, seed: int = 1, unserved: int | None = None, distancing: Distancing | None = None) -> Publication:
    """A day with that many duties, checked by nobody but consistent with itself."""
    rng = random.Random(seed)
    sites = [Place(name, lat, lon, PlaceKind.ACUTE) for name, lat, lon in SITES]
    homes = []
    for number in range(600):
        near = rng.choice(sites)
        lat, lon = near.lat + rng.gauss(0, 0.06), near.lon + rng.gauss(0, 0.09)
        homes.append(Place(f"Home {number:03d}", round(lat, 5), round(lon, 5), PlaceKind.HOME, "B15 2GW"))
    travel = straight_line([(p.lat, p.lon) for p in [*sites, *homes]] + [(lat, lon) for _, lat, lon in BASES])
    day = _Day(rng, travel, homes, sites)
    rules = policy(distancing)
    planned = [_duty(day, number, rules) for number in range(duties)]
    left = _unserved(day, len(day.journeys) // 60 if unserved is None else unserved)
    roster = Roster(
        service_date=DAY,
        inputs={"journeys.csv": "0" * 64, "duties.csv": "1" * 64},
        policy={"distancing": distancing.name if distancing else "off", "standards": "nw_2016"},
        engine={"name": "hybrid", "seed": seed, "budget_s": 60, "workers": 2, "version": "0.1.0"},
        travel={"model": "straight line", "file": "travel.npz"},
        duties=tuple(rostered for _, rostered in planned),
        unserved=left,
    )
    shifts = [duty for duty, _ in planned]
    return Publication(
        roster=with_kpis(roster, day.journeys, shifts, rules, travel),
        journeys=day.journeys,
        duties=shifts,
        policy=rules,
        travel=travel,
        journeys_csv="journey_id\r\n",
        duties_csv=b"duty_id\n",
        policy_toml='[use]\nstandards = "nw_2016"\n',
        travel_npz=lambda path: np.savez(path, lat=travel.lat),
        progress=({"seconds": 0.5, "iterations": 10, "cost": 99.5, "served": len(day.journeys)},),
        issues=(Issue("journeys.csv", 7, "escorts", "E104", "not a number", "Use 0.", Severity.WARNING),),
    )


def _unserved(day: _Day, count: int) -> tuple[Unserved, ...]:
    told = [
        Reason("no_time", "No duty can reach it in time", "Move the appointment by 20 minutes or add a duty"),
        Reason("no_place", "No wheelchair place is free", "Add a vehicle with a wheelchair layout"),
        Reason("no_skill", "Nobody with skill 'hdu' is on shift", "Put an HDU crew on the rota"),
    ]
    left = []
    for _ in range(count):
        _journey(day, day.rng.random() < 0.5, day.rng.choice(day.sites), 10 * 3600)
        left.append(Unserved(day.journeys[-1].journey_id, (day.rng.choice(told),)))
    return tuple(left)


def _journey(day: _Day, inward: bool, site: Place, at_s: int, mobility: str = "car") -> Journey:
    rng = day.rng
    home = min(rng.sample(day.homes, 60), key=lambda h: math.hypot(h.lat - site.lat, h.lon - site.lon))
    shown = moment_at(day.zero, at_s)
    journey = Journey(
        journey_id=f"J{len(day.journeys) + 1:05d}",
        attendance_id=f"A{len(day.journeys) + 1:05d}",
        patient_ref=f"secret-{len(day.journeys)}",
        contract=rng.choice(["cheshire", "birmingham"]),
        category=rng.choice(
            [Category.RENAL] * 2 + [Category.ONCOLOGY] + [Category.OUTPATIENT] * 4 + [Category.DISCHARGE]
        )
        if not inward
        else rng.choice([Category.RENAL, Category.ONCOLOGY, Category.OUTPATIENT]),
        direction=Direction.INWARD if inward else Direction.OUTWARD,
        pickup=home if inward else site,
        dropoff=site if inward else home,
        appointment_at=shown if inward else None,
        ready_at=None if inward else shown,
        mobility=mobility,
        escorts=int(rng.random() < 0.2),
        cohort="",
    )
    day.journeys.append(journey)
    return journey


def _duty(day: _Day, number: int, rules: Policy) -> tuple[Duty, RosteredDuty]:
    rng = day.rng
    base_number = number % len(BASES)
    label, lat, lon = BASES[base_number]
    base = len(day.sites) + len(day.homes) + base_number
    kind = rng.choice(["standard_pts"] * 5 + ["electric_pts"] * 2 + ["car"] * 3 + ["stretcher_pts"])
    start_s = rng.choice([6, 7, 7.5, 8, 8, 10, 12, 14]) * 3600
    length_h = rng.choice([8, 8, 10])
    rest = Break(
        timedelta(minutes=30),
        moment_at(day.zero, int(start_s + 3 * 3600)),
        moment_at(day.zero, int(start_s + 6 * 3600)),
    )
    duty = Duty(
        f"D{number + 1:03d}", f"V{number + 1:03d}", kind, label, lat, lon, moment_at(day.zero, int(start_s)),
        moment_at(day.zero, int(start_s + length_h * 3600)), 1 if kind == "car" else 2, rest=rest,
        energy=rules.vehicle_types[kind].energy,
    )  # fmt: skip
    stops = _Stops(day, base, lat, lon, int(start_s) + 600)
    near = sorted(day.sites, key=lambda s: math.hypot(s.lat - lat, s.lon - lon))[:5]
    rested = False
    while stops.clock_s < start_s + (length_h - 1.6) * 3600:
        if not rested and stops.clock_s > start_s + 3.2 * 3600:
            stops.rest(1800)
            rested = True
        stops.run(rng.choice(near), rng.random() < 0.55, rules.vehicle_types[kind])
    stops.end()
    return duty, RosteredDuty(
        duty.duty_id, duty.vehicle_id, kind, 1, tuple(stops.stops),
        sum(s.travel_s for s in stops.stops), sum(s.travel_m for s in stops.stops),
    )  # fmt: skip


class _Stops:
    """Drives a duty from stop to stop."""

    def __init__(self, day: _Day, base: int, lat: float, lon: float, clock_s: int) -> None:
        self.day, self.base, self.base_at, self.clock_s, self.here = day, base, (lat, lon), clock_s, base
        at = moment_at(day.zero, clock_s)
        self.stops = [Stop(StopKind.START, None, base, lat, lon, at, at, at, 0, 0, 0, Aboard())]

    def add(
        self,
        kind: StopKind,
        journey: str | None,
        to: int,
        aboard: Aboard,
        wait_s: int,
        dwell_s: int,
        layout: int | None,
    ) -> Stop:
        travel = self.day.travel
        travel_s, travel_m = int(travel.seconds[0, self.here, to]), int(travel.metres[self.here, to])
        begin_s = self.clock_s + travel_s + wait_s
        zero = self.day.zero
        self.stops.append(Stop(
            kind, journey, to, float(travel.lat[to]), float(travel.lon[to]), moment_at(zero, self.clock_s + travel_s),
            moment_at(zero, begin_s), moment_at(zero, begin_s + dwell_s), 0, travel_s, travel_m, aboard, layout,
        ))  # fmt: skip
        self.clock_s, self.here = begin_s + dwell_s, to
        return self.stops[-1]

    def rest(self, length_s: int) -> None:
        self.add(StopKind.BREAK, None, self.here, Aboard(), 0, length_s, None)

    def end(self) -> None:
        self.add(StopKind.END, None, self.base, Aboard(), 0, 0, None)

    def run(self, site: Place, inward: bool, vehicle: VehicleType) -> None:
        day, rng = self.day, self.day.rng
        layout = rng.randrange(len(vehicle.layouts))
        shape = vehicle.layouts[layout]
        free = {"car": shape.seats, "wheelchair": shape.wheelchairs, "stretcher": shape.stretchers}
        party: list[Journey] = []
        for _ in range(rng.choice([1, 1, 2, 2, 3, 4])):
            mobility = rng.choice([m for m, count in free.items() if count > 0] or [""])
            if not mobility:
                break
            free[mobility] -= 1
            journey = _journey(day, inward, site, self.clock_s, mobility)
            if journey.escorts and free["car"] == 0:
                journey = day.journeys[-1] = _changed(journey, escorts=0)
            free["car"] -= journey.escorts
            party.append(journey)
        aboard = Aboard()
        for journey in party:
            aboard = _plus(aboard, journey, 1)
            wait_s = rng.choice([0, 0, 0, 240, 900])
            stop = self.add(
                StopKind.PICKUP, journey.journey_id, day.number(journey.pickup), aboard, wait_s, 300, layout
            )
            if not inward:
                ready_s = seconds_after(day.zero, stop.begin_at) - rng.randrange(0, 75) * 60
                self.replace(journey, ready_at=moment_at(day.zero, ready_s))
        for journey in party:
            aboard = _plus(aboard, journey, -1)
            stop = self.add(StopKind.DROPOFF, journey.journey_id, day.number(journey.dropoff), aboard, 0, 240, layout)
            if inward:
                due_s = seconds_after(day.zero, stop.begin_at) + rng.randrange(-2, 45) * 60
                self.replace(journey, appointment_at=moment_at(day.zero, due_s))

    def replace(self, journey: Journey, **changes: datetime) -> None:
        index = int(journey.journey_id[1:]) - 1
        self.day.journeys[index] = _changed(journey, **changes)


def _changed(journey: Journey, **changes: Any) -> Journey:
    from dataclasses import replace

    return replace(journey, **changes)


def _plus(aboard: Aboard, journey: Journey, sign: int) -> Aboard:
    place = journey.mobility
    return Aboard(
        aboard.parties + sign,
        aboard.seats + sign * (journey.escorts + (place == "car")),
        aboard.wheelchairs + sign * (place == "wheelchair"),
        aboard.stretchers + sign * (place == "stretcher"),
    )

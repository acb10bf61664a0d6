"""Sums of what vehicles and patients do, by contract, hour and vehicle type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import StopKind
from pts_optimiser.reporting.breakdown.hours import Hours
from pts_optimiser.reporting.breakdown.shares import NOBODY, SEATS, Shares, shared_legs, shared_runs
from pts_optimiser.reporting.effort import Worked, worked_duties
from pts_optimiser.reporting.legs import Leg, Run
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.rides import Ride
from pts_optimiser.reporting.utilisation import WHEELCHAIR_SEATS, SeatCount, boarded_seats


class Cell(NamedTuple):
    """``vehicle_type`` is empty for a journey that no vehicle serves."""

    contract: str
    hour: int
    vehicle_type: str


Sums = defaultdict[str, float]
Cells = defaultdict[Cell, Sums]
"""Sums by name."""


def _none_yet() -> Cells:
    return defaultdict(lambda: defaultdict(float))


def vehicle_cells(publication: Publication) -> Cells:
    """What vehicles do: seats, runs, hours, kilometres, pounds, CO₂e.

    Drives and time in service count in the hours that they last, runs in the hour in which they begin, boardings in
    that of the pick-up. Crews are paid for the whole shift, shared like the duty's time in service.
    """
    cells = _none_yet()
    counter = _Counter(publication, cells)
    for worked in worked_duties(publication.roster.duties, publication.duties, publication.policy):
        counter.add(worked)
    for cell, sums in cells.items():
        kind = publication.policy.vehicle_types[cell.vehicle_type]
        crew, hours, km = sums["paid_s"] / 3600, sums["service_s"] / 3600, sums["drive_m"] / 1000
        sums["cost"] = crew * publication.policy.crew_cost_per_hour + hours * kind.cost_per_hour + km * kind.cost_per_km
        sums["co2e_kg"] = km * kind.co2e_kg_per_km
    return cells


def patient_cells(
    journeys: Mapping[str, Journey], rides: Mapping[str, Ride], types: Mapping[str, str], hours: Hours
) -> Cells:
    """What patients get: each journey in the hour in which it is due. ``types`` maps duties to vehicle types."""
    cells = _none_yet()
    for journey_id, journey in journeys.items():
        ride = rides.get(journey_id)
        sums = cells[cell_of(journey, ride, types, hours)]
        sums["journeys"] += 1
        if ride is None:
            continue
        sums["served"] += 1
        sums["aboard_s"] += ride.aboard_s
        sums["direct_s"] += ride.direct_s
        if ride.wait_s is not None:
            sums["collected"] += 1
            sums["wait_s"] += ride.wait_s
    return cells


def cell_of(journey: Journey, ride: Ride | None, types: Mapping[str, str], hours: Hours) -> Cell:
    """Where a journey counts: in the hour of its appointment, or of when it is ready."""
    due = journey.appointment_at if journey.tied_to_appointment else journey.ready_at or journey.appointment_at
    return Cell(journey.contract, hours.of(due) if due else 0, types[ride.duty_id] if ride else "")


class _Counter:
    """Adds up duty by duty."""

    def __init__(self, publication: Publication, cells: Cells) -> None:
        self._cells = cells
        self._hours = Hours(publication.roster.service_date)
        self._journey_of = publication.journey_of
        self._permitted = SeatCount.permitted(WHEELCHAIR_SEATS, publication.policy)

    def add(self, worked: Worked) -> None:
        kind = worked.duty.vehicle_type
        in_service: Sums = defaultdict(float)
        for leg, shares in shared_legs(worked.rostered, worked.vehicle_type, self._journey_of):
            self._add_drive(leg, shares, kind)
            seconds = _in_service_s(leg)
            for contract, share in shares.items():
                in_service[contract] += share * seconds
            for hour, lasting in self._hours.cut(leg.before.depart_at, seconds):
                self._add(shares, hour, kind, service_s=lasting, crew_service_s=worked.duty.crew * lasting)
            if leg.after.kind is StopKind.PICKUP and leg.after.journey_id is not None:
                own = {self._journey_of[leg.after.journey_id].contract: 1.0}
                self._add(own, self._hours.of(leg.after.begin_at), kind, boardings=1)
        for run, shares in shared_runs(worked.rostered, worked.vehicle_type, self._journey_of):
            self._add_run(run, shares, kind)
        whole = sum(in_service.values())
        self._add_pay(worked, {contract: part / whole for contract, part in in_service.items()} if whole else NOBODY)

    def _add_drive(self, leg: Leg, shares: Shares, kind: str) -> None:
        """Amounts of each second or metre of the drive, times how much of it lies in each hour."""
        drive_s, metres, loaded = leg.after.travel_s, leg.after.travel_m, leg.loaded
        offered = SEATS.offered(leg.layout, leg.load, kind)
        permitted = self._permitted.offered(leg.layout, leg.load, kind)
        taken, patients = (SEATS.taken(leg.load), SEATS.by_patients(leg.load)) if loaded else (0, 0)
        for hour, seconds in self._hours.cut(leg.before.depart_at, drive_s):
            m = metres * (seconds / drive_s if drive_s else 1)
            sums = {
                "drive_s": seconds,
                "drive_m": m,
                "offered_s": offered * seconds,
                "permitted_s": permitted * seconds,
            }
            if loaded:
                sums |= {
                    "taken_s": taken * seconds, "patients_s": patients * seconds, "taken_m": taken * m,
                    "offered_loaded_s": offered * seconds, "permitted_loaded_s": permitted * seconds,
                    "offered_loaded_m": offered * m, "permitted_loaded_m": permitted * m,
                }  # fmt: skip
            else:
                sums |= {"empty_s": seconds, "empty_m": m}
            self._add(shares, hour, kind, **sums)

    def _add_run(self, run: Run, shares: Shares, kind: str) -> None:
        peak = max((stop.aboard for stop in run.stops), key=SEATS.taken)
        offered, permitted = SEATS.offered(run.layout, peak, kind), self._permitted.offered(run.layout, peak, kind)
        self._add(
            shares, self._hours.of(run.stops[0].begin_at), kind,
            runs=1, run_patients=run.patients, boarded_seats=boarded_seats(run, SEATS),
            peaks=SEATS.taken(peak) / offered, peaks_permitted=SEATS.taken(peak) / permitted,
            run_offered=offered, run_permitted=permitted,
        )  # fmt: skip

    def _add_pay(self, worked: Worked, shares: Shares) -> None:
        """The shift without its break, hour by hour, for each member of the crew."""
        duty, kind = worked.duty, worked.duty.vehicle_type
        spans = [(duty.start_at, seconds_after(duty.start_at, duty.end_at), duty.crew)]
        spans += [
            (stop.begin_at, seconds_after(stop.begin_at, stop.depart_at), -duty.crew)
            for stop in worked.rostered.stops
            if stop.kind is StopKind.BREAK
        ]
        for begin, seconds, crew in spans:
            for hour, lasting in self._hours.cut(begin, seconds):
                self._add(shares, hour, kind, paid_s=crew * lasting)

    def _add(self, shares: Shares, hour: int, kind: str, **amounts: float) -> None:
        for contract, share in shares.items():
            sums = self._cells[Cell(contract, hour, kind)]
            for name, amount in amounts.items():
                sums[name] += share * amount


def _in_service_s(leg: Leg) -> int:
    """From leaving a stop to leaving the next, without a break; home at base, until arriving there."""
    until = {StopKind.BREAK: leg.after.begin_at, StopKind.END: leg.after.arrive_at}
    return seconds_after(leg.before.depart_at, until.get(leg.after.kind, leg.after.depart_at))

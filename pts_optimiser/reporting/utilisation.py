"""Seat utilisation U1 to U6 on nominal and on permitted seats.

A wheelchair position counts as ``w`` seats, whether offered or taken; a stretcher as one. With w = 1 every place
counts once: the raw figures. Seats permitted under distancing are those taken plus one for each further party
(person, where households count singly) that the cap still lets aboard, and never more than the layout holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pts_optimiser.domain.policy import Distancing, Layout, Policy
from pts_optimiser.domain.roster import Aboard, RosteredDuty, StopKind
from pts_optimiser.domain.seating import Box, boxes_of, needed, within
from pts_optimiser.reporting.legs import Leg, Run, legs, runs
from pts_optimiser.reporting.numbers import mean, ratio

WHEELCHAIR_SEATS = 2


@dataclass(frozen=True, slots=True)
class SeatCount:
    """How places are counted in seats: ``w`` for a wheelchair position; ``distancing`` None for nominal seats."""

    w: int
    distancing: Distancing | None = None
    apart: Mapping[tuple[str, Layout], tuple[Box, ...]] = field(default_factory=dict)

    @classmethod
    def permitted(cls, w: int, policy: Policy) -> SeatCount:
        """C*: the seats that the distancing in force lets be taken."""
        if not policy.seat_graph:
            return cls(w, policy.distancing)
        kinds = policy.vehicle_types.items()
        found = {(name, lay): boxes_of(policy, name, k) for name, kind in kinds for k, lay in enumerate(kind.layouts)}
        return cls(w, policy.distancing, found)

    def taken(self, load: Aboard) -> int:
        """q + e: seats taken by patients and escorts."""
        return load.seats + self.w * load.wheelchairs + load.stretchers

    def by_patients(self, load: Aboard) -> int:
        """q: seats taken by patients alone."""
        return load.parties + (self.w - 1) * load.wheelchairs

    def offered(self, layout: Layout, load: Aboard, vehicle_type: str) -> int:
        """C of the layout, or C* where distancing limits who may be aboard with ``load``."""
        nominal = layout.seats + self.w * layout.wheelchairs + layout.stretchers
        if self.distancing is None:
            return nominal
        if self.apart:
            return min(nominal, self.taken(load) + self._more(self.apart[vehicle_type, layout], load, nominal))
        aboard = load.parties if self.distancing.household_exempt else load.seats + load.wheelchairs + load.stretchers
        return min(nominal, self.taken(load) + max(0, self.distancing.cap(vehicle_type) - aboard))

    def _more(self, found: tuple[Box, ...], load: Aboard, otherwise: int) -> int:
        """How many parties more find places apart; ``otherwise`` where the load is more than that: it is exempt."""
        own = needed(load)
        room = [min(box[3] - own[3], sum(box[:3]) - sum(own[:3])) for box in found if within(own, box)]
        return max(room, default=otherwise)


def seat_utilisation(duties: Iterable[RosteredDuty], policy: Policy) -> dict[str, Any]:
    """The family of figures; each is a share (1 = full), U5 a number of patients, None where nothing was driven."""
    all_legs = [(d.vehicle_type, leg) for d in duties for leg in legs(d, policy.vehicle_types[d.vehicle_type])]
    all_runs = [(d.vehicle_type, run) for d in duties for run in runs(d, policy.vehicle_types[d.vehicle_type])]
    loaded = [leg for _, leg in all_legs if leg.loaded]
    return {
        "wheelchair_position_seats": WHEELCHAIR_SEATS,
        "nominal": _family(all_legs, all_runs, SeatCount(WHEELCHAIR_SEATS)),
        "permitted": _family(all_legs, all_runs, SeatCount.permitted(WHEELCHAIR_SEATS, policy)),
        "nominal_raw_places": _family(all_legs, all_runs, SeatCount(1)),
        "permitted_raw_places": _family(all_legs, all_runs, SeatCount.permitted(1, policy)),
        "wheelchair_positions_U1": ratio(
            sum(leg.load.wheelchairs * leg.after.travel_s for leg in loaded),
            sum(leg.layout.wheelchairs * leg.after.travel_s for leg in loaded),
        ),
    }


def _family(
    all_legs: list[tuple[str, Leg]], all_runs: list[tuple[str, Run]], count: SeatCount
) -> dict[str, float | None]:
    taken_s = patients_s = taken_m = offered_loaded_s = offered_all_s = offered_loaded_m = 0
    for vehicle_type, leg in all_legs:
        offered = count.offered(leg.layout, leg.load, vehicle_type)
        offered_all_s += offered * leg.after.travel_s
        if leg.loaded:
            offered_loaded_s += offered * leg.after.travel_s
            offered_loaded_m += offered * leg.after.travel_m
            taken_s += count.taken(leg.load) * leg.after.travel_s
            taken_m += count.taken(leg.load) * leg.after.travel_m
            patients_s += count.by_patients(leg.load) * leg.after.travel_s
    peaks: list[float] = []
    boarded = offered_runs = 0
    for vehicle_type, run in all_runs:
        peak = max((stop.aboard for stop in run.stops), key=count.taken)
        offered = count.offered(run.layout, peak, vehicle_type)
        peaks.append(count.taken(peak) / offered)
        offered_runs += offered
        boarded += boarded_seats(run, count)
    return {
        "U1": ratio(taken_s, offered_loaded_s),
        "U1p": ratio(patients_s, offered_loaded_s),
        "U2": ratio(taken_s, offered_all_s),
        "U3": ratio(taken_m, offered_loaded_m),
        "U4": mean(peaks),
        "U5": ratio(sum(run.patients for _, run in all_runs), len(all_runs)),
        "U6": ratio(boarded, offered_runs),
    }


def boarded_seats(run: Run, count: SeatCount) -> int:
    """Seats taken by all patients who boarded during a run, whoever left before."""
    before, total = Aboard(), 0
    for stop in run.stops:
        if stop.kind is StopKind.PICKUP:
            total += count.by_patients(stop.aboard) - count.by_patients(before)
        before = stop.aboard
    return total

"""What is left of the day as a ``solver.Problem``: vehicles where they are free, patients aboard, journeys to be made.

Who is aboard is a request whose pick-up is the place and moment at which its vehicle is free, that no other may serve.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from pts_optimiser.dayof import DayState, DutyPhase, DutyState, Plan, Point
from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.dayof.state import TO_PICK_UP
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster, StopKind
from pts_optimiser.planning.build import DUTY_S, build
from pts_optimiser.planning.places import Places
from pts_optimiser.planning.replan.anchors import anchor_of, keep_anchors
from pts_optimiser.planning.replan.overdue import anchors_of_overdue, serve_overdue
from pts_optimiser.planning.replan.prices import ABOARD_S, RESCUE_S
from pts_optimiser.planning.replan.promises import keep_promises
from pts_optimiser.planning.replan.published import Published
from pts_optimiser.planning.replan.travel import NewPlaces, replan_travel, slowdowns_of
from pts_optimiser.planning.standards import HOUR
from solver import NEVER, Problem, Sequences
from solver.problem import Stay

RESCUE_RIDE_S = 3 * HOUR
"""A patient of a lost vehicle is not left there, however long the ride has become."""


@dataclass(frozen=True, slots=True, eq=False)
class Remainder:
    """Request i is ``journeys[i]``, vehicle v is ``duties[v]``; the first ``riders`` requests are aboard already.

    ``current`` is the plan in force. ``anchored`` holds stops whose band is that of another moment than usual.
    """

    problem: Problem
    journeys: tuple[Journey, ...]
    duties: tuple[Duty, ...]
    riders: int
    anchored: Mapping[tuple[str, StopKind], datetime]
    current: Sequences
    times: tuple[Mapping[int, int], ...]  # of ``current``: when each stop begins, the break as 2n, the end as 2n + 1
    travel: TravelTimes
    promised: NDArray[np.int32]  # [n] begin of the pick-up that was told, -1 where none was


def remainder(
    plan: Plan,
    state: DayState,
    before: Roster,
    rules: DayRules,
    new_places: NewPlaces,
    held: frozenset[str] = frozenset(),
    over: frozenset[str] = frozenset(),
) -> Remainder:
    """What is still to be done at ``state.now``, and the plan in force for it: ``before`` beyond its frozen stops.

    The duties ``held``, and the journeys that they have, are left as they are; so are the journeys that are ``over``.
    """
    return _Builder(plan, state, before, rules, new_places, held, over).remainder()


class _Builder:
    def __init__(
        self,
        plan: Plan,
        state: DayState,
        before: Roster,
        rules: DayRules,
        new_places: NewPlaces,
        held: frozenset[str],
        over: frozenset[str],
    ) -> None:
        self.plan, self.state, self.rules, self.prices = plan, state, rules, plan.policy.dayof
        self.new_places = new_places
        self.now = plan.seconds(state.now)
        self.stops = {duty.duty_id: duty.stops for duty in before.duties}
        self.working = [
            duty
            for duty_id, duty in state.duties.items()
            if duty_id in rules.free and duty.phase is not DutyPhase.FINISHED and duty_id not in held
        ]
        self.vehicle = {duty.duty.duty_id: v for v, duty in enumerate(self.working)}
        aboard = (
            (journey_id, self.vehicle[duty_id])
            for journey_id, duty_id in rules.aboard.items()
            if duty_id in self.vehicle
        )
        self.riders = sorted(aboard, key=lambda rider: rider[1])
        having = {stop.journey_id for duty_id in held for stop in self.stops[duty_id]}
        self.journey = {journey.journey_id: journey for journey in day_journeys(state)}
        lost = [duty for duty in state.duties.values() if duty.lost is not None]
        self.stranded = {rider.journey_id for duty in lost for rider in duty.aboard}
        open_ones = [
            journey
            for journey_id, journey in state.journeys.items()
            if journey_id not in rules.aboard
            and journey_id not in having
            and (journey.phase in TO_PICK_UP or journey_id in self.stranded)
            and journey_id not in over
        ]
        self.states = [*(state.journeys[journey_id] for journey_id, _ in self.riders), *open_ones]
        self.number = {each.journey.journey_id: r for r, each in enumerate(self.states)}

    def remainder(self) -> Remainder:
        journeys = tuple(self.journey[each.journey.journey_id] for each in self.states)
        duties = tuple(duty.duty for duty in self.working)
        travel, places, start = self._travel(journeys, duties)
        problem = build(journeys, duties, self.plan.policy, travel, places, self.state.service_date)
        arrays: dict[str, Any] = {
            name: value.copy()
            for name in problem.__dataclass_fields__
            if name not in {"seconds", "metres"} and isinstance(value := getattr(problem, name), np.ndarray)
        }
        stops = chain.from_iterable(self.stops.values())
        late = anchors_of_overdue(self.plan, self.rules, journeys, self.now)
        anchored = keep_anchors(arrays, stops, late, self.number, journeys, self.plan, travel)
        self._vehicles(arrays, problem, start, travel)
        self._aboard(arrays, start)
        self._keep_layouts(arrays)
        self._stranded(arrays)
        promised = keep_promises(arrays, self.plan, self.rules, self.states, self.now, self._fetched())
        serve_overdue(arrays, self.rules, self.number)
        self._locks(arrays)
        stay, current = self._stay(), self._current()
        return Remainder(
            problem=replace(problem, **arrays, stay=stay),
            journeys=journeys,
            duties=duties,
            riders=len(self.riders),
            anchored=anchored,
            current=Sequences([[s for s in row if s < 2 * len(journeys)] for row in current], frozenset()),
            times=tuple(current),
            travel=travel,
            promised=promised,
        )

    def _travel(
        self, journeys: Sequence[Journey], duties: Sequence[Duty]
    ) -> tuple[TravelTimes, Places, NDArray[np.int32]]:
        """Times between all places, and the location at which each vehicle is free."""
        wanted = [(place.lat, place.lon) for journey in journeys for place in (journey.pickup, journey.dropoff)]
        wanted += [(duty.base_lat, duty.base_lon) for duty in duties]
        free = [self._free(duty) for duty in self.working]
        loose = [point for point in free if point.location is None or point.towards is not None]
        slowdowns = slowdowns_of(self.plan, self.state)
        model = str(self.plan.roster.travel.get("model", ""))
        travel, places = replan_travel(self.plan.travel, model, wanted, loose, slowdowns, self.new_places)
        first = len(places.lat) - len(loose)
        self.location = {id(point): first + k for k, point in enumerate(loose)}
        return travel, places, _ints([self._at(point) for point in free])

    def _free(self, duty: DutyState) -> Point:
        at = self.rules.free[duty.duty.duty_id]
        if duty.free is not None and (at.location is None or at.towards is not None):
            return duty.free.point
        return Point(0.0, 0.0, at.location)

    def _at(self, point: Point) -> int:
        if id(point) in self.location:
            return self.location[id(point)]
        if point.location is None:
            raise AssertionError("a point without location was given none")
        return point.location

    def _vehicles(
        self, arrays: dict[str, Any], problem: Problem, start: NDArray[np.int32], travel: TravelTimes
    ) -> None:
        arrays["start_location"] = start
        for v, duty in enumerate(self.working):
            duty_id = duty.duty.duty_id
            at = self.plan.seconds(self.rules.free[duty_id].at)
            owed = self._owed(duty_id)
            arrays["shift"][v, 0] = at + owed
            arrays["shift"][v, 1] = max(int(arrays["shift"][v, 1]), at + owed)
            out = self.rules.frozen[duty_id] > 0
            done, ahead = self.stops[duty_id][: self.rules.frozen[duty_id]], self.stops[duty_id]
            band = travel.band_at(anchor_of(done, duty.duty, self.state, self.plan))
            arrays["vehicle_band"][v] = band
            home = int(problem.seconds[band, start[v], problem.end_location[v]])
            # A vehicle that is out drives home in any case: that much of a route costs nothing more.
            arrays["vehicle_cost"][v] = (
                -home if out else DUTY_S + (0 if self.stops[duty.duty.duty_id] else self.prices.told_price)
            )
            if any(stop.kind is StopKind.BREAK for stop in done):
                arrays["break_length"][v] = 0
            elif arrays["break_length"][v]:
                begins = (self.plan.seconds(stop.begin_at) for stop in ahead if stop.kind is StopKind.BREAK)
                self._rest(arrays, v, at, next(begins, None))
                arrays["break_length"][v] += owed  # it may come before the next run, and cleans nothing
            if arrays["max_distance"][v] < NEVER:
                driven = sum(stop.travel_m for stop in done)
                arrays["max_distance"][v] = max(0, int(arrays["max_distance"][v]) - driven)

    def _owed(self, duty_id: str) -> int:
        """Seconds to clean down before the next run, where one was made and nobody is aboard."""
        done = self.stops[duty_id][: self.rules.frozen[duty_id]]
        ran = any(stop.kind is StopKind.PICKUP for stop in done)
        distancing = self.plan.policy.distancing
        return distancing.clean_down if distancing and ran and duty_id not in self.rules.aboard.values() else 0

    def _rest(self, arrays: dict[str, Any], v: int, at: int, planned: int | None) -> None:
        """A break still to be taken; a duty without work whose break can't be taken any more is given none."""
        first, last = arrays["break_window"][v].tolist()
        if last < at and planned is None:
            arrays["compatible"][:, v] = False
            last = at
        arrays["break_window"][v] = max(first, at), max(last, planned or 0)

    def _aboard(self, arrays: dict[str, Any], start: NDArray[np.int32]) -> None:
        for r, (journey_id, v) in enumerate(self.riders):
            duty_id = self.working[v].duty.duty_id
            at = self.plan.seconds(self.rules.free[duty_id].at)
            boarded = next(
                stop.depart_at
                for stop in self.stops[duty_id]
                if stop.kind is StopKind.PICKUP and stop.journey_id == journey_id
            )
            ridden = at - self.plan.seconds(boarded)
            arrays["pickup_location"][r] = start[v]
            arrays["pickup_band"][r] = arrays["vehicle_band"][v]
            arrays["pickup_service"][r] = arrays["pickup_overhead"][r] = 0
            arrays["pickup_window"][:, r] = at
            arrays["ride_limit"][:, r] = np.maximum(arrays["ride_limit"][:, r] - ridden, 0)
            arrays["unserved_cost"][r] = ABOARD_S
            arrays["compatible"][r] = np.arange(len(self.working)) == v

    def _keep_layouts(self, arrays: dict[str, Any]) -> None:
        """A run under way keeps its layout: for each layout a resource that only it has, taken by who is aboard."""
        demand, layouts = arrays["demand"], arrays["layouts"]
        k, n = layouts.shape[1], len(self.states)
        own = np.where(layouts[:, :, :1] < 0, -1, np.eye(k, dtype=np.int32))
        taken = np.zeros((n, k), np.int32)
        for rider, (journey_id, v) in enumerate(self.riders):
            stops = self.stops[self.working[v].duty.duty_id]
            layout = next(stop.layout for stop in stops if stop.journey_id == journey_id)
            if layout is not None and (rider == 0 or self.riders[rider - 1][1] != v):
                taken[rider, layout] = 1
        arrays["demand"] = np.concatenate([demand, taken], axis=1)
        arrays["layouts"] = np.concatenate([layouts, own], axis=2).astype(np.int32)
        arrays["substitutes"] = np.pad(arrays["substitutes"], (0, k))

    def _fetched(self) -> frozenset[int]:
        """Who waits for no pick-up that was told: those aboard, or in a lost vehicle."""
        return frozenset([*range(len(self.riders)), *(self.number[journey_id] for journey_id in self.stranded)])

    def _stranded(self, arrays: dict[str, Any]) -> None:
        for journey_id in self.stranded:
            r = self.number[journey_id]
            arrays["pickup_window"][:, r] = self.now, self.now + RESCUE_RIDE_S
            arrays["dropoff_window"][1, r] = self.now, self.now + 2 * RESCUE_RIDE_S
            arrays["ride_limit"][1, r] = RESCUE_RIDE_S
            arrays["unserved_cost"][r] = RESCUE_S

    def _locks(self, arrays: dict[str, Any]) -> None:
        for r, each in enumerate(self.states[len(self.riders) :], start=len(self.riders)):
            held = self.rules.locks.get(each.journey.journey_id)
            if held is not None:
                arrays["compatible"][r] &= np.arange(len(self.working)) == self.vehicle.get(held, -1)

    def _stay(self) -> Stay:
        """Only the first change of a published journey is dear: who has another duty already, or was booked since, may
        move on."""
        duty = [self.vehicle.get(each.duty_id or "", -1) for each in self.states]
        published = Published.of(self.plan)
        dear = [published.keeps(each.journey.journey_id) for each in self.states]
        return Stay(_ints(duty), np.where(dear, self.prices.move_price, 0).astype(np.int32))

    def _current(self) -> list[dict[int, int]]:
        """The stops of each vehicle as the plan stands, in their order, and when each begins."""
        n = len(self.states)
        rows: list[dict[int, int]] = [{} for _ in self.working]
        for rider, (_, v) in enumerate(self.riders):
            rows[v][rider] = self.plan.seconds(self.rules.free[self.working[v].duty.duty_id].at)
        for row, duty in zip(rows, self.working, strict=True):
            for stop in self.stops[duty.duty.duty_id][self.rules.frozen[duty.duty.duty_id] :]:
                r = self.number.get(stop.journey_id or "")
                number = {StopKind.BREAK: 2 * n, StopKind.END: 2 * n + 1}.get(stop.kind)
                if r is not None and number is None:
                    number = r if stop.kind is StopKind.PICKUP else n + r
                if number is not None:
                    row[number] = self.plan.seconds(stop.begin_at)
        return rows


def _ints(values: object) -> NDArray[np.int32]:
    return np.asarray(values, dtype=np.int32)

"""What is left of the day as a ``solver.Problem``: vehicles where they are free, patients aboard, journeys to be made.

Who is aboard is a request whose pick-up is the place and moment at which its vehicle is free, that no other may serve.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from pts_optimiser.dayof import DayState, DutyState, Plan, Point
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster, StopKind
from pts_optimiser.planning.build import build
from pts_optimiser.planning.places import Places
from pts_optimiser.planning.replan.aboard import fetch_stranded, keep_aboard, keep_layouts
from pts_optimiser.planning.replan.anchors import keep_anchors
from pts_optimiser.planning.replan.overdue import anchors_of_overdue, serve_overdue
from pts_optimiser.planning.replan.promises import keep_promises
from pts_optimiser.planning.replan.published import Published
from pts_optimiser.planning.replan.still_to_do import StillToDo
from pts_optimiser.planning.replan.travel import NewPlaces, replan_travel, slowdowns_of
from pts_optimiser.planning.replan.vehicles import start_where_free
from solver import Problem, Sequences
from solver.problem import Stay


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
    still = StillToDo(plan, state, before, rules, held, over)
    journeys, n = still.journeys, len(still.journeys)
    travel, places, start = _travel(still, new_places)
    problem = build(journeys, still.duties, plan.policy, travel, places, state.service_date)
    arrays: dict[str, Any] = {
        name: value.copy()
        for name in problem.__dataclass_fields__
        if name not in {"seconds", "metres"} and isinstance(value := getattr(problem, name), np.ndarray)
    }
    anchored = keep_anchors(arrays, anchors_of_overdue(still), travel, still)
    start_where_free(arrays, problem, start, travel, still)
    keep_aboard(arrays, start, still)
    keep_layouts(arrays, still)
    fetch_stranded(arrays, still)
    promised = keep_promises(arrays, still)
    serve_overdue(arrays, still)
    _keep_locks(arrays, still)
    current = _current(still)
    return Remainder(
        problem=replace(problem, **arrays, stay=_stay(still)),
        journeys=journeys,
        duties=still.duties,
        riders=len(still.riders),
        anchored=anchored,
        current=Sequences([[s for s in row if s < 2 * n] for row in current], frozenset()),
        times=tuple(current),
        travel=travel,
        promised=promised,
    )


def _travel(still: StillToDo, new_places: NewPlaces) -> tuple[TravelTimes, Places, NDArray[np.int32]]:
    """Times between all places, and the location at which each vehicle is free."""
    plan = still.plan
    wanted = [(place.lat, place.lon) for journey in still.journeys for place in (journey.pickup, journey.dropoff)]
    wanted += [(duty.base_lat, duty.base_lon) for duty in still.duties]
    free = [_free(still, duty) for duty in still.working]
    loose = [point for point in free if point.location is None or point.towards is not None]
    model = str(plan.roster.travel.get("model", ""))
    slowdowns = slowdowns_of(plan, still.state)
    travel, places = replan_travel(plan.travel, model, wanted, loose, slowdowns, new_places)
    first = len(places.lat) - len(loose)
    added = {id(point): first + k for k, point in enumerate(loose)}
    return travel, places, _ints([added.get(id(point), point.location) for point in free])


def _free(still: StillToDo, duty: DutyState) -> Point:
    at = still.rules.free[duty.duty.duty_id]
    if duty.free is not None and (at.location is None or at.towards is not None):
        return duty.free.point
    return Point(0.0, 0.0, at.location)


def _keep_locks(arrays: dict[str, Any], still: StillToDo) -> None:
    for r, each in enumerate(still.states[len(still.riders) :], start=len(still.riders)):
        duty_id = still.rules.locks.get(each.journey.journey_id)
        if duty_id is not None:
            arrays["compatible"][r] &= np.arange(len(still.working)) == still.vehicle.get(duty_id, -1)


def _stay(still: StillToDo) -> Stay:
    """Only the first change of a published journey is dear: who has another duty already, or was booked since, may
    move on."""
    duty = [still.vehicle.get(each.duty_id or "", -1) for each in still.states]
    published = Published.of(still.plan)
    dear = [published.keeps(each.journey.journey_id) for each in still.states]
    return Stay(_ints(duty), np.where(dear, still.plan.policy.dayof.move_price, 0).astype(np.int32))


def _current(still: StillToDo) -> list[dict[int, int]]:
    """The stops of each vehicle as the plan stands, in their order, and when each begins."""
    n = len(still.states)
    rows: list[dict[int, int]] = [{} for _ in still.working]
    for rider, (_, v) in enumerate(still.riders):
        rows[v][rider] = still.free_at(still.duties[v].duty_id)
    for row, duty in zip(rows, still.duties, strict=True):
        for stop in still.stops[duty.duty_id][still.rules.frozen[duty.duty_id] :]:
            r = still.number.get(stop.journey_id or "")
            number = {StopKind.BREAK: 2 * n, StopKind.END: 2 * n + 1}.get(stop.kind)
            if r is not None and number is None:
                number = r if stop.kind is StopKind.PICKUP else n + r
            if number is not None:
                row[number] = still.plan.seconds(stop.begin_at)
    return rows


def _ints(values: object) -> NDArray[np.int32]:
    return np.asarray(values, dtype=np.int32)

"""A roster as the start of a search: the stop order of each duty, as far as the day still knows its journeys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pts_optimiser.domain.clock import midnight, seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster, RosteredDuty, StopKind
from solver import Problem, Sequences


def warm_start(
    roster: Roster, problem: Problem, journeys: Sequence[Journey], duties: Sequence[Duty], service_date: date
) -> Sequences:
    """What misses a target is marked so. Left out are stops of journeys and duties that the day no longer has, and of
    journeys that the duty may not have by now."""
    request = {journey.journey_id: r for r, journey in enumerate(journeys)}
    rostered = {duty.duty_id: duty for duty in roster.duties}
    stops: list[list[int]] = []
    relaxed: set[int] = set()
    taken: set[int] = set()
    for v, duty in enumerate(duties):
        known = rostered.get(duty.duty_id)
        sequence, missed = _stops(known, v, request, problem, service_date) if known else ([], set())
        if taken.isdisjoint(sequence):
            taken.update(sequence)
            stops.append(sequence)
            relaxed |= missed
        else:
            stops.append([])
    return Sequences(stops, frozenset(relaxed))


def _stops(
    duty: RosteredDuty, vehicle: int, request: dict[str, int], problem: Problem, service_date: date
) -> tuple[list[int], set[int]]:
    n = problem.n_requests
    origin = midnight(service_date)
    sequence: list[int] = []
    missed: set[int] = set()
    boarded: dict[int, int] = {}
    for stop in duty.stops:
        r = request.get(stop.journey_id or "")
        if r is None or not problem.compatible[r, vehicle]:
            continue
        begin = seconds_after(origin, stop.begin_at)
        pickup = stop.kind is StopKind.PICKUP
        sequence.append(r if pickup else n + r)
        low, high = (problem.pickup_window if pickup else problem.dropoff_window)[0, r].tolist()
        if not low <= begin <= high:
            missed.add(r)
        if pickup:
            boarded[r] = seconds_after(origin, stop.depart_at)
        elif begin - boarded.get(r, begin) > problem.ride_limit[0, r]:
            missed.add(r)
    return sequence, missed

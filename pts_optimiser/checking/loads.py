"""What is aboard after every stop, and whether the layout of the run holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Layout, VehicleType
from pts_optimiser.domain.roster import Aboard, StopKind


def check_loads(case: Case) -> Iterator[Violation]:
    for course in case.courses:
        vehicle = case.vehicle(course)
        run_layouts: dict[int, int | None] = {}
        for visit in course.visits:
            load = _load(case, visit.aboard)
            if visit.stop.aboard != load:
                yield course.finding(Code.ABOARD, f"aboard is {visit.stop.aboard}, must be {load}", visit)
            if visit.run is not None and visit.journey is not None:
                expected = run_layouts.setdefault(visit.run, visit.stop.layout)
                if visit.stop.layout != expected:
                    text = f"layout {visit.stop.layout} in a run with layout {expected}"
                    yield course.finding(Code.LAYOUT_SWITCHED, text, visit)
            yield from _layout(case, course, visit, vehicle, load)
        runs = list(run_layouts.values())
        changes = sum(before != after for before, after in pairwise(runs))
        if course.entry.layout_changes != changes:
            text = f"layout_changes is {course.entry.layout_changes}, the runs change it {changes} time(s)"
            yield course.finding(Code.LAYOUT_CHANGES, text)


def _load(case: Case, aboard: Iterable[Journey]) -> Aboard:
    parties = seats = wheelchairs = stretchers = 0
    for journey in aboard:
        mobility = case.mobility(journey)
        place = "seat" if mobility is None else mobility.place
        parties += 1
        wheelchairs += place == "wheelchair"
        stretchers += place == "stretcher"
        seats += journey.escorts + (place not in {"wheelchair", "stretcher"})
    return Aboard(parties, seats, wheelchairs, stretchers)


def _layout(case: Case, course: Course, visit: Visit, vehicle: VehicleType | None, load: Aboard) -> Iterator[Violation]:
    index = visit.stop.layout
    if visit.stop.kind not in {StopKind.PICKUP, StopKind.DROPOFF}:
        if index is not None:
            yield course.finding(Code.LAYOUT, f"a {visit.stop.kind} has no layout", visit)
        return
    if vehicle is None:
        return
    if index is None or not 0 <= index < len(vehicle.layouts):
        text = f"layout {index} is none of the {len(vehicle.layouts)} of {vehicle.name}"
        yield course.finding(Code.LAYOUT, text, visit)
        return
    yield from _fit(case, course, visit, vehicle.layouts[index], load)


def _fit(case: Case, course: Course, visit: Visit, layout: Layout, load: Aboard) -> Iterator[Violation]:
    """Wheelchair users and stretchers need their own places; seat users overflow only where the policy lets them."""
    free_wheelchairs = layout.wheelchairs - load.wheelchairs
    free_stretchers = layout.stretchers - load.stretchers
    if free_wheelchairs < 0:
        text = f"{load.wheelchairs} wheelchair users on {layout.wheelchairs} places"
        yield course.finding(Code.OVER_WHEELCHAIRS, text, visit, excess=-free_wheelchairs)
    if free_stretchers < 0:
        text = f"{load.stretchers} stretchers on {layout.stretchers} places"
        yield course.finding(Code.OVER_STRETCHERS, text, visit, excess=-free_stretchers)
    seats = layout.seats
    if "wheelchair" in case.policy.substitutes:
        seats += max(0, free_wheelchairs)
    if "stretcher" in case.policy.substitutes:
        seats += max(0, free_stretchers)
    if load.seats > seats:
        text = f"{load.seats} seat users and escorts on {seats} places"
        yield course.finding(Code.OVER_SEATS, text, visit, excess=load.seats - seats)

"""Where the stops are, and the time and distance of every leg between them."""

from __future__ import annotations

from collections.abc import Iterator

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain import clock
from pts_optimiser.domain.roster import StopKind

TOLERANCE = 1e-6  # degrees, about a tenth of a metre
ROUNDING = 1e-6  # metres
ANCHOR_S = 3600  # design §4: a stop that moves farther from its anchor has another


def check_travel(case: Case) -> Iterator[Violation]:
    expected = tuple(clock.wall_seconds(case.service_date, start) for start in case.policy.traffic.band_starts)
    if case.measure.band_starts != expected:
        text = f"bands begin at {list(case.measure.band_starts)} s, by the policy at {list(expected)} s"
        yield Violation(Code.TRAFFIC_BANDS, text)
    for course in case.courses:
        for visit in course.visits:
            yield from _position(case, course, visit)
            yield from _leg(course, visit)
            yield from _anchor(case, course, visit)
        yield from _totals(course)


def _position(case: Case, course: Course, visit: Visit) -> Iterator[Violation]:
    location = visit.stop.location
    if not case.measure.knows(location):
        yield course.finding(Code.LOCATION, f"the travel times hold no location {location}", visit)
        return
    here = case.measure.positions[location]
    if not _same(here, (visit.stop.lat, visit.stop.lon)):
        yield course.finding(Code.COORDINATES, f"lat and lon are not those of location {location}", visit)
    if visit.stop.kind is StopKind.BREAK:
        if visit.before is not None and visit.before.location != location:
            yield course.finding(Code.PLACE, "a break is where the vehicle stood before", visit)
        return
    place = _place(course, visit)
    if place is not None and not _same(here, place):
        text = "the journey's place" if visit.journey is not None else "the duty's base"
        yield course.finding(Code.PLACE, f"location {location} is not {text}", visit)


def _place(course: Course, visit: Visit) -> tuple[float, float] | None:
    """Where the inputs want the stop to be, None where they do not say."""
    if visit.journey is not None:
        place = visit.journey.pickup if visit.stop.kind is StopKind.PICKUP else visit.journey.dropoff
        return place.lat, place.lon
    if course.duty is not None and visit.stop.kind in {StopKind.START, StopKind.END}:
        return course.duty.base_lat, course.duty.base_lon
    return None


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) <= TOLERANCE and abs(one[1] - other[1]) <= TOLERANCE


def _leg(course: Course, visit: Visit) -> Iterator[Violation]:
    stop = visit.stop
    if stop.band != visit.band:
        yield course.finding(Code.BAND, f"band is {stop.band}, by its anchor {visit.band}", visit)
    if stop.travel_s != visit.leg_s:
        yield course.finding(Code.TRAVEL_TIME, f"travel_s is {stop.travel_s}, must be {visit.leg_s}", visit)
    if stop.travel_m != visit.leg_m:
        yield course.finding(Code.TRAVEL_DISTANCE, f"travel_m is {stop.travel_m}, must be {visit.leg_m}", visit)


def _anchor(case: Case, course: Course, visit: Visit) -> Iterator[Violation]:
    anchor_at = visit.stop.anchor_at
    if anchor_at is None:
        return
    apart = abs(case.measure.elapsed(anchor_at) - visit.begin)
    if visit.stop.kind is StopKind.BREAK:
        yield course.finding(Code.ANCHOR, "a break has no anchor of its own", visit)
    elif apart > ANCHOR_S:
        yield course.finding(Code.ANCHOR, f"anchor_at is {apart} s from the stop's begin", visit)


def _totals(course: Course) -> Iterator[Violation]:
    drive_s = sum(visit.leg_s for visit in course.visits)
    drive_m = sum(visit.leg_m for visit in course.visits)
    if course.entry.drive_s != drive_s:
        yield course.finding(Code.DRIVE_TIME, f"drive_s is {course.entry.drive_s}, the legs add up to {drive_s}")
    if course.entry.drive_m != drive_m:
        yield course.finding(Code.DRIVE_DISTANCE, f"drive_m is {course.entry.drive_m}, the legs add up to {drive_m}")
    range_km = None if course.duty is None else course.duty.range_km
    if range_km is not None and drive_m > range_km * 1000 + ROUNDING:
        text = f"drives {drive_m} m, its range is {range_km} km"
        yield course.finding(Code.RANGE, text, excess=round(drive_m - range_km * 1000))

"""What must have happened since a duty's last report, and when its next stops will be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf

from pts_optimiser.dayof.course import Course
from pts_optimiser.dayof.roads import Point, between, metres
from pts_optimiser.dayof.standing import Standing
from pts_optimiser.dayof.state import StopPhase
from pts_optimiser.dayof.visits import ENDS, Visit
from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.events import Stage
from pts_optimiser.domain.roster import StopKind

SILENCE_S = 30 * 60
"""A stop that is overdue by this, with no word from its crew, is taken as made as it follows from the last word."""
HOLD_S = 15 * 60
"""An empty vehicle with longer than this to wait at its next pick-up is free for something else."""
GONE_M = 500.0
"""A vehicle seen this far from the stop where it last reported has left it."""
ON_WAY_M = 1_000.0
"""A vehicle seen this near the way to a stop is still on it, however long that takes."""
STRAY_M = 50_000.0
"""A position this far off the way is not believed."""

SEEN_AWAY = "departure not reported; its vehicle was seen elsewhere"
SILENT_DAY = "no crew reports; taken as planned"
OVERDUE = "not reported for 30 minutes after it was due; taken as made"


def depart_last(course: Course) -> None:
    """Whether the vehicle has left the stop of its last report, though nobody said so."""
    last, seen = course.under_way, course.seen
    if last is None:
        return
    if not last.belongs:  # there is nothing to wait for
        off = last.standing.off if last.standing is not None else None
        called_off = 0 if off is None else round(off.at - course.plan.origin.timestamp())
        last.depart = max(*last.told.values(), called_off)
    elif seen is not None and seen.at >= last.begin and GONE_M < metres(seen.point, last.point) < STRAY_M:
        last.depart = min(last.depart, seen.at)
        last.notes.append(SEEN_AWAY)
    elif last.depart + course.grace <= course.clock:
        last.notes.append(OVERDUE)
    else:
        return
    last.begin = min(last.begin, last.depart)
    last.arrive = min(last.arrive, last.begin)
    course.finish(last)


def presume(course: Course) -> None:
    """Take stops as made that must have been by now, as nobody says otherwise."""
    note, straying = (OVERDUE, ON_WAY_M) if course.grace else (SILENT_DAY, -inf)
    ends = seconds_after(course.plan.origin, course.duty.end_at)
    while course.left and course.under_way is None:
        visit = course.left[0]
        if visit.kind is StopKind.END and course.grace and course.clock < ends:
            return  # home or not: until its crew signs off or the shift is over it can be sent out again
        course.walker.settle(visit, course.arrival(visit, straying))
        over = visit.depart + course.grace <= course.clock
        there = visit.kind is not StopKind.START and (
            (visit.begin if visit.kind is StopKind.BREAK else visit.arrive) + course.grace <= course.clock
        )
        if not (over or there):
            return
        visit.notes.append(note)
        course.left.pop(0)
        if over:
            course.finish(visit)
        else:
            visit.phase = StopPhase.UNDER_WAY
            course.made.append(visit)


def wait(course: Course) -> None:
    """A vehicle that stands empty at a pick-up long before it can begin is free meanwhile."""
    last, walker = course.under_way, course.walker
    if last is None or last.kind is not StopKind.PICKUP or walker.aboard or Stage.BEGUN in last.told:
        return
    if last.begin - course.clock <= HOLD_S:
        return
    course.made.remove(last)
    walker.leave(last, carries=False)
    walker.time = last.arrive
    last.phase, last.told = StopPhase.WAITING, {}
    course.left = sorted([last, *course.left], key=_in_plan)


def _in_plan(visit: Visit) -> tuple[bool, int]:
    return visit.kind is StopKind.END, visit.index


def turn(course: Course, standings: Mapping[str, Standing]) -> None:
    """Stop a vehicle half-way where what it drove to was called off or moved meanwhile."""
    walker = course.walker
    if not course.made or course.under_way is not None or course.finished or course.waiting:
        return
    origin = course.plan.origin.timestamp()
    for planned in course.plan.stops.get(course.duty.duty_id, ())[course.made[-1].index + 1 :]:
        journey_id = planned.stop.journey_id
        if journey_id is None or any(visit.planned is planned for visit in course.left):
            return
        standing = standings.get(journey_id)
        word = None if standing is None else standing.off or standing.moved
        if word is not None and word.at - origin > walker.time:
            target = Point(planned.stop.lat, planned.stop.lon, planned.stop.location)
            at = round(word.at - origin)
            drive = walker.roads.drive(walker.point, target, walker.band, walker.time)
            walker.point = between(walker.point, target, min(1.0, (at - walker.time) / drive if drive else 1.0))
            walker.time, course.turned = at, True
            return


def project(course: Course, now: int) -> None:
    """Give the stops to come their times; nothing that was not reported is in the past."""
    last = course.under_way
    ahead = replace(course.walker, aboard=set(course.walker.aboard))
    if last is not None:
        last.depart = max(last.depart, now)
        ahead.leave(last, last.belongs)
    for at, visit in enumerate(course.left):
        first = at == 0 and last is None
        if first:
            arrival = course.arrival(visit)
            there = visit.kind is StopKind.BREAK or visit.phase is StopPhase.WAITING
            ahead.settle(visit, arrival if there else max(arrival, now))
            late = max(0, now - visit.begin)
            visit.begin, visit.depart = visit.begin + late, visit.depart + late
            free = course.turned or course.waiting or not course.made
            if visit.kind in ENDS and not free and (ahead.aboard or visit.begin - visit.arrive <= HOLD_S):
                visit.phase = StopPhase.COMMITTED
        else:
            ahead.settle(visit)
        ahead.leave(visit, visit.belongs)

"""Follows one duty through the day: what its crew reported, in order, and what that says of the rest."""

from __future__ import annotations

from collections.abc import Mapping

from pts_optimiser.dayof.anomaly import Anomalies, Oddity
from pts_optimiser.dayof.course import Course
from pts_optimiser.dayof.facts import Facts
from pts_optimiser.dayof.onward import SILENCE_S, STRAY_M, depart_last, presume, project, turn, wait
from pts_optimiser.dayof.plan import Plan
from pts_optimiser.dayof.roads import Point, Roads
from pts_optimiser.dayof.standing import Standing
from pts_optimiser.dayof.state import StopPhase
from pts_optimiser.dayof.visits import ENDS, Visit, split, visits_of
from pts_optimiser.dayof.walker import Delay, Fix, Walker
from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.events import Stage
from pts_optimiser.domain.roster import StopKind

NO_REPORT = "not reported; a later stop was"
NOT_SEEN_OFF = "departure not reported; a later stop was"
BROKEN_OFF = "under way when the duty was lost"


def follow(
    plan: Plan,
    facts: Facts,
    standings: Mapping[str, Standing],
    roads: Roads,
    duty: Duty,
    now: int,
    anomalies: Anomalies,
) -> Course:
    """Follow a duty up to ``now``: what was reported, what must have been, and what is to come."""
    origin = plan.origin.timestamp()
    loss = facts.losses.get(duty.duty_id)
    clock = now if loss is None else min(now, round(loss.at - origin))
    made, left = split(visits_of(plan, duty, standings, facts.reports.get(duty.duty_id, {})))
    course = Course(
        plan,
        duty,
        clock,
        loss is not None,
        Walker(
            plan, roads, duty, seconds_after(plan.origin, duty.start_at), plan.point_at(duty.base_lat, duty.base_lon)
        ),
        SILENCE_S if facts.crews_report else 0,
    )
    heard = max((max(visit.told.values()) for visit in made if visit.told), default=None)
    _delay(course, facts, made, left, heard)
    displaced = _walk_made(course, made)
    course.left = [] if course.finished else _break_behind_riders([*displaced, *left], course)
    if not course.made and not any(visit.kind in ENDS for visit in course.left):
        course.left = []
    position = facts.positions.get(duty.duty_id)
    if position is not None and (heard is None or position.at - origin > heard):
        course.seen = Fix(round(position.at - origin), Point(position.body.lat, position.body.lon, None))
    depart_last(course)
    presume(course)
    wait(course)
    if position is not None and _astray(course):
        detail = "far from where the vehicle left and from where it goes; not used"
        anomalies.note(Oddity.POSITION_OFF_ROUTE, position, detail, duty_id=duty.duty_id)
        course.seen = None
    if course.lost:
        last = course.under_way
        if last is not None:
            last.phase = StopPhase.IN_VAIN
            last.notes.append(BROKEN_OFF)
    else:
        turn(course, standings)
        project(course, now)
    return course


def _delay(course: Course, facts: Facts, made: list[Visit], left: list[Visit], heard: int | None) -> None:
    word = facts.delays.get(course.duty.duty_id)
    if word is None:
        return
    delay = Delay(round(word.at - course.plan.origin.timestamp()), word.body.minutes * 60)
    start = next((visit.planned for visit in left if visit.kind is StopKind.START), None)
    leaves = start.depart if start is not None else course.walker.starts
    if not made and (facts.crews_report or delay.at <= leaves):
        course.walker.starts += delay.seconds
    elif heard is None or delay.at >= heard:
        course.walker.delay = delay


def _walk_made(course: Course, made: list[Visit]) -> list[Visit]:
    """Time the stops made; returns a break that there was no time for, which is still to come."""
    walker, displaced = course.walker, []
    for at, visit in enumerate(made):
        before = min((other.since for other in made[at + 1 :] if other.told), default=None)
        if visit.kind is StopKind.BREAK and not visit.told and before is not None:
            ahead = next(other for other in made[at + 1 :] if other.told)
            walker.settle(visit)
            if visit.depart + walker.roads.drive(walker.point, ahead.point, walker.band, visit.depart) > before:
                displaced.append(visit)
                continue
        walker.settle(visit, before=before)
        if before is None and visit.kind is not StopKind.END and Stage.DEPARTED not in visit.told:
            visit.phase = StopPhase.UNDER_WAY
            course.made.append(visit)
            break
        if not visit.told:
            visit.notes.append(NO_REPORT)
        elif Stage.DEPARTED not in visit.told and visit.kind is not StopKind.END:
            visit.notes.append(NOT_SEEN_OFF)
        course.finish(visit)
    return displaced


def _break_behind_riders(left: list[Visit], course: Course) -> list[Visit]:
    """The stops to come, the break put off where somebody is aboard until nobody is."""
    aboard, last = set(course.walker.aboard), course.under_way
    if last is not None and last.belongs and last.journey_id is not None:
        (aboard.add if last.kind is StopKind.PICKUP else aboard.discard)(last.journey_id)
    rest = next((visit for visit in left if visit.kind is StopKind.BREAK), None)
    if rest is None or not aboard:
        return left
    place = left.index(rest)
    ordered = [visit for visit in left if visit is not rest]
    for at, visit in enumerate(ordered):
        if (at >= place and not aboard) or visit.kind is StopKind.END:
            return [*ordered[:at], rest, *ordered[at:]]
        if visit.journey_id is not None:
            (aboard.add if visit.kind is StopKind.PICKUP else aboard.discard)(visit.journey_id)
    return [*ordered, rest]


def _astray(course: Course) -> bool:
    """Whether the position cannot be on the way to the next stop."""
    ahead = next((visit for visit in course.left if visit.kind is not StopKind.BREAK), None)
    return course.fix is not None and ahead is not None and course.off_way(ahead, course.fix) > STRAY_M

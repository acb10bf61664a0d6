"""A duty followed up to now → its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pts_optimiser.dayof.course import Course
from pts_optimiser.dayof.facts import Facts
from pts_optimiser.dayof.plan import Plan
from pts_optimiser.dayof.roads import between
from pts_optimiser.dayof.standing import Standing
from pts_optimiser.dayof.state import (
    DayStop,
    DutyPhase,
    DutyState,
    Free,
    Loss,
    Rest,
    RestPhase,
    Rider,
    StopPhase,
    Where,
)
from pts_optimiser.dayof.visits import ENDS, Visit
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.events import Stage
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import StopKind


def duty_state(
    course: Course, facts: Facts, standings: Mapping[str, Standing], unplaced: tuple[str, ...], now: int
) -> DutyState:
    """The state of a duty; its stops made, then those to come."""
    plan, duty = course.plan, course.duty
    loss, delay = facts.losses.get(duty.duty_id), facts.delays.get(duty.duty_id)
    visits = [*course.made, *(() if course.lost else course.left)]
    frozen = len(course.made) + sum(visit.phase is StopPhase.COMMITTED for visit in course.left)
    here = _here(course)
    return DutyState(
        duty=duty,
        phase=_phase(course),
        stops=tuple(_stop(plan, visit) for visit in visits),
        frozen=frozen,
        here=here,
        free=None if course.lost else _free(course, visits[frozen - 1] if frozen else None, here, standings, now),
        aboard=_riders(course, course.boarded, standings, now),
        rest=_rest(course),
        unplaced=unplaced,
        delay_s=0 if delay is None else delay.body.minutes * 60,
        extended=duty != plan.duties[duty.duty_id],
        lost=None if loss is None else Loss(loss.event.occurred_at.astimezone(LONDON), loss.body.reason),
        why="; ".join(_why(course)),
    )


def _phase(course: Course) -> DutyPhase:
    if course.lost:
        return DutyPhase.LOST
    if course.finished:
        return DutyPhase.FINISHED
    return DutyPhase.OUT if course.made else DutyPhase.NOT_STARTED


def _stop(plan: Plan, visit: Visit) -> DayStop:
    return DayStop(
        kind=visit.kind,
        journey_id=visit.journey_id,
        point=visit.point,
        phase=visit.phase,
        arrive_at=plan.moment(visit.arrive),
        begin_at=plan.moment(visit.begin),
        depart_at=plan.moment(visit.depart),
        band=visit.band,
        planned=visit.planned.stop if visit.planned else None,
        reported=tuple(stage for stage in Stage if stage in visit.words),
        why="; ".join(visit.notes),
    )


def _here(course: Course) -> Where:
    """Where the vehicle is at the course's clock."""
    plan, walker, last = course.plan, course.walker, course.under_way
    clock = plan.moment(course.clock)
    if not course.made:
        return Where(plan.point_at(course.duty.base_lat, course.duty.base_lon), clock, "at its base")
    if last is not None:
        return Where(last.point, clock, "at a stop")
    if course.waiting:
        return Where(walker.point, clock, "waiting at a stop that is long to go")
    if course.turned and course.fix is None:
        return Where(walker.point, plan.moment(walker.time), "on the way to a stop that was called off or moved")
    ahead = next(iter(course.left), None)
    if ahead is None or ahead.kind is StopKind.BREAK or ahead.point == walker.point:
        return Where(walker.point, clock, "where it made its last stop")
    if course.fix is not None:
        way = between(walker.point, ahead.point, walker.share(ahead, course.fix))
        seen = course.fix.point
        return Where(replace(way, lat=seen.lat, lon=seen.lon), plan.moment(course.fix.at), "position reported")
    drive = walker.roads.drive(walker.point, ahead.point, walker.band, walker.time)
    share = max(0.0, min(1.0, (course.clock - walker.time) / drive)) if drive else 1.0
    return Where(between(walker.point, ahead.point, share), clock, "estimated on the way to its next stop")


def _free(course: Course, last: Visit | None, here: Where, standings: Mapping[str, Standing], now: int) -> Free:
    """The end of the frozen prefix."""
    aboard, at, point = dict(course.boarded), max(now, course.walker.time), here.point
    if last is not None and last.phase in {StopPhase.UNDER_WAY, StopPhase.COMMITTED}:
        at, point = last.depart, last.point
        if last.belongs and last.journey_id is not None:
            if last.kind is StopKind.PICKUP:
                aboard[last.journey_id] = course.since_boarding(last)
            else:
                aboard.pop(last.journey_id, None)
    elif not course.made:
        at = max(now, course.walker.starts)
    return Free(course.plan.moment(at), point, _riders(course, aboard, standings, at))


def _riders(
    course: Course, boarded: Mapping[str, int], standings: Mapping[str, Standing], at: int
) -> tuple[Rider, ...]:
    """Who is aboard at a moment, with the seconds that are left of the longest ride that their standard allows."""
    last = course.under_way
    riders = []
    for journey_id, since in boarded.items():
        pickup = next(
            (v for v in course.made if v.kind is StopKind.PICKUP and v.journey_id == journey_id), None
        ) or next(v for v in course.left if v.journey_id == journey_id)
        ridden = at - since
        if last is not None and last.journey_id == journey_id and last.kind is StopKind.DROPOFF:
            ridden = min(ridden, last.begin - since)
        limit = _ride_limit(course, pickup, standings[journey_id].journey)
        riders.append(Rider(journey_id, course.plan.moment(since), limit - ridden))
    return tuple(riders)


def _ride_limit(course: Course, pickup: Visit, journey: Journey) -> int:
    """The hard limit of the journey's standard, by the direct drive of the plan's travel times."""
    plan, roads = course.plan, course.walker.roads
    band = pickup.planned.stop.band if pickup.planned else roads.band(pickup.begin)
    direct = roads.undisturbed(pickup.point, plan.point_of(journey.dropoff), band)
    return int(plan.policy.standard(journey).aboard.hard_for(direct))


def _rest(course: Course) -> Rest:
    visit = next((v for v in [*course.made, *course.left] if v.kind is StopKind.BREAK), None)
    if visit is None:
        needed = course.duty.rest is not None and any(v.kind in ENDS for v in [*course.made, *course.left])
        return Rest(RestPhase.DUE if needed else RestPhase.NONE)
    phases = {StopPhase.DONE: RestPhase.TAKEN, StopPhase.UNDER_WAY: RestPhase.UNDER_WAY}
    return Rest(phases.get(visit.phase, RestPhase.DUE), course.plan.moment(visit.begin))


def _why(course: Course) -> Iterable[str]:
    """What was inferred of the duty, each once."""
    return dict.fromkeys(note for visit in course.made for note in visit.notes)

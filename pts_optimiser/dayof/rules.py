"""What the state of the day lets no re-plan change, and the journeys as they are now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pts_optimiser.dayof.as_roster import CALLED_OFF, is_stranded, stands
from pts_optimiser.dayof.overdue import may_be_late
from pts_optimiser.dayof.plan import Plan
from pts_optimiser.dayof.state import TO_PICK_UP, DayState, DutyPhase, JourneyState
from pts_optimiser.domain.day_rules import DayRules, FreeFrom, Promise
from pts_optimiser.domain.journey import Journey, Place, PlaceKind
from pts_optimiser.domain.roster import StopKind


def day_journeys(state: DayState) -> tuple[Journey, ...]:
    """The journeys that are not called off; a patient who sits in a lost vehicle is picked up where that is."""
    return tuple(_journey(state, it) for it in state.journeys.values() if it.phase not in CALLED_OFF)


def _journey(state: DayState, it: JourneyState) -> Journey:
    if it.duty_id is None or not is_stranded(state, it):
        return it.journey
    here = state.duties[it.duty_id].here.point
    return replace(it.journey, pickup=Place(f"where {it.duty_id} was lost", here.lat, here.lon, PlaceKind.HOME))


def day_rules(plan: Plan, state: DayState) -> DayRules:
    """The rules of the day for a re-plan of this state; stops are counted as in ``standing_roster``."""
    frozen: dict[str, int] = {}
    free: dict[str, FreeFrom] = {}
    aboard: dict[str, str] = {}
    lost = frozenset(duty_id for duty_id, duty in state.duties.items() if duty.lost is not None)
    working = {d for d, duty in state.duties.items() if duty.phase not in {DutyPhase.LOST, DutyPhase.FINISHED}}
    until = state.now + timedelta(seconds=plan.policy.dayof.freeze)
    for duty_id, duty in state.duties.items():
        kept = [stop for stop in duty.stops if stands(state, stop)]
        made = sum(stands(state, stop) for stop in duty.stops[: duty.frozen])
        count = made + sum(stop.begin_at < until and stop.kind is not StopKind.END for stop in kept[made:])
        frozen[duty_id] = count
        if duty.free is None:
            continue
        held = kept[count - 1] if count > made else None  # frozen only because it begins soon
        at, point = (duty.free.at, duty.free.point) if held is None else (held.depart_at, held.point)
        free[duty_id] = FreeFrom(at, point.location, point.towards, point.share)
        for stop in kept[:count]:
            if stop.journey_id is not None and stop.kind is StopKind.PICKUP:
                aboard[stop.journey_id] = duty_id
            elif stop.journey_id is not None:
                aboard.pop(stop.journey_id, None)
    return DayRules(
        now=state.now,
        frozen=frozen,
        free=free,
        ends={duty_id: duty.duty.end_at for duty_id, duty in state.duties.items() if duty.extended},
        locks={
            journey_id: it.lock.duty_id
            for journey_id, it in state.journeys.items()
            if it.phase in TO_PICK_UP and it.lock is not None and it.lock.duty_id in working
        },
        aboard=aboard,
        promises={
            journey_id: promise
            for journey_id, it in state.journeys.items()
            if it.phase in TO_PICK_UP and (promise := _promise(plan.journeys.get(journey_id), it)) is not None
        },
        rescues=frozenset(journey_id for journey_id, it in state.journeys.items() if is_stranded(state, it)),
        overdue=_overdue(plan, state),
        lost=lost,
    )


def _overdue(plan: Plan, state: DayState) -> dict[str, int]:
    """Who had no place in the plan in force and may be served late; whom no plan knows yet is first tried in time."""
    most = plan.policy.dayof.overdue_at_most
    return {
        journey_id: most
        for journey_id, it in state.journeys.items()
        if most
        and journey_id in plan.unserved
        and it.phase in TO_PICK_UP
        and it.pickup is None
        and may_be_late(it.journey, plan.policy)
    }


def _promise(published: Journey | None, it: JourneyState) -> Promise | None:
    """What was promised and still binds: nothing after a new booking; later for a patient who is ready later."""
    if it.promised is None or published is None:
        return None
    pickup_at, dropoff_at = it.promised
    ready_at = it.journey.ready_at
    if replace(published, ready_at=None, booked_at=None) != replace(it.journey, ready_at=None, booked_at=None):
        return None
    if ready_at is not None and ready_at.timestamp() > pickup_at.timestamp():
        pickup_at = ready_at
    return Promise(pickup_at, dropoff_at)

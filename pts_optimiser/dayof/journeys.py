"""Every journey's state, from its own standing and the duty that carries it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pts_optimiser.dayof.facts import Facts
from pts_optimiser.dayof.plan import Plan
from pts_optimiser.dayof.standing import Standing
from pts_optimiser.dayof.state import DayStop, DutyState, JourneyPhase, JourneyState, StopPhase
from pts_optimiser.domain.roster import StopKind

Stops = Mapping[str, Mapping[tuple[StopKind, str], DayStop]]


def journey_states(
    plan: Plan, facts: Facts, found: Mapping[str, Standing], duties: Mapping[str, DutyState]
) -> dict[str, JourneyState]:
    """The states in the order of ``found``."""
    stops = {duty_id: _stops(state) for duty_id, state in duties.items()}
    return {
        journey_id: _state(journey_id, standing, plan, facts, duties, stops) for journey_id, standing in found.items()
    }


def _stops(state: DutyState) -> dict[tuple[StopKind, str], DayStop]:
    """The stops of the journeys that a duty has or will have."""
    return {
        (stop.kind, stop.journey_id): stop
        for stop in state.stops
        if stop.journey_id is not None and stop.phase is not StopPhase.IN_VAIN
    }


def _state(
    journey_id: str,
    standing: Standing,
    plan: Plan,
    facts: Facts,
    duties: Mapping[str, DutyState],
    stops: Stops,
) -> JourneyState:
    duty_id = standing.duty_id
    own = stops.get(duty_id, {}) if duty_id is not None else {}
    pickup, dropoff = own.get((StopKind.PICKUP, journey_id)), own.get((StopKind.DROPOFF, journey_id))
    phase, reason, why = _phase(journey_id, standing, plan, facts, pickup, dropoff)
    if phase is JourneyPhase.OPEN and duty_id is not None and duties[duty_id].lost is not None:
        why, duty_id = f"{duty_id} was lost", None
    return JourneyState(
        journey=standing.journey,
        phase=phase,
        duty_id=duty_id,
        said_ready=standing.said_ready,
        wait_from=_wait_from(standing),
        lock=standing.lock,
        promised=plan.promised.get(journey_id),
        pickup=pickup,
        dropoff=dropoff,
        reason=reason,
        why=why,
    )


def _phase(
    journey_id: str,
    standing: Standing,
    plan: Plan,
    facts: Facts,
    pickup: DayStop | None,
    dropoff: DayStop | None,
) -> tuple[JourneyPhase, str, str]:
    """The phase, the reason given for it and what was inferred."""
    if standing.off is not None:
        aborted = standing.off.body.aborted and not standing.follows
        why = "its inward journey was called off" if standing.follows else ""
        return (JourneyPhase.ABORTED if aborted else JourneyPhase.CANCELLED), standing.off.body.reason, why
    if dropoff is not None and dropoff.phase is StopPhase.DONE:
        return JourneyPhase.DONE, "", dropoff.why
    if pickup is not None and pickup.phase is StopPhase.DONE:
        return JourneyPhase.ABOARD, "", pickup.why
    if standing.duty_id is not None:
        return JourneyPhase.OPEN, "", "moved by hand; it has no place among the stops yet" if standing.unplaced else ""
    if journey_id in facts.booked and journey_id not in plan.unserved:
        return JourneyPhase.BOOKED, "", ""
    left = plan.unserved.get(journey_id)
    return JourneyPhase.UNSERVED, left.reasons[0].code if left and left.reasons else "", ""


def _wait_from(standing: Standing) -> datetime | None:
    ready, booked = standing.journey.ready_at, standing.booked.ready_at
    if standing.journey.tied_to_appointment or ready is None:
        return None
    return ready if booked is None or ready.timestamp() >= booked.timestamp() else booked

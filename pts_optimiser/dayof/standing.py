"""Each journey by itself: its details now, whether it was called off, which duty it belongs to, and its lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pts_optimiser.dayof.anomaly import Anomalies, Oddity
from pts_optimiser.dayof.claims import Carriage, Claim, carriage, claims_of
from pts_optimiser.dayof.facts import Facts
from pts_optimiser.dayof.plan import Plan
from pts_optimiser.dayof.said import Said, later
from pts_optimiser.dayof.state import Lock
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.events import CalledOff, Locked, Moved, NotReady, Ready, Stage, Unlocked
from pts_optimiser.domain.journey import Direction, Journey


@dataclass(slots=True)
class Standing:
    """``off`` is the word that called the journey off, ``follows`` where that was said of its inward journey.

    ``duty_id``: whose it is to carry, None where nobody's; ``unplaced`` where a move put it there.
    """

    journey: Journey
    booked: Journey
    said_ready: bool
    claims: Mapping[str, Claim]
    carried: Carriage | None
    off: Said[CalledOff] | None = None
    follows: bool = False
    duty_id: str | None = None
    unplaced: bool = False
    moved: Said[Locked | Moved] | None = None
    lock: Lock | None = None

    @property
    def boarded(self) -> bool:
        return self.carried is not None and self.carried.boarded


def standings(plan: Plan, facts: Facts, anomalies: Anomalies) -> dict[str, Standing]:
    """Every journey of the plan, then those booked on the day in the order of their bookings."""
    claims = claims_of(facts, plan.duties, anomalies)
    booked = sorted(facts.booked.values(), key=lambda word: (word.rank, word.body.journey.journey_id))
    journeys = dict(plan.journeys)
    for word in booked:
        journey = word.body.journey
        before = plan.journeys.get(journey.journey_id)
        if before is not None and replace(before, booked_at=None) != replace(journey, booked_at=None):
            detail = "booked again with other details; its planned stops were made for the old ones"
            anomalies.note(Oddity.BOOKED_AGAIN, word, detail, journey_id=journey.journey_id)
        journeys[journey.journey_id] = journey
    found = {
        journey_id: _alone(journey, facts, claims.get(journey_id, []), anomalies)
        for journey_id, journey in journeys.items()
    }
    _unknown(facts, found, anomalies)
    for standing in found.values():
        _call_off(standing, facts)
    _take_outward_along(found, facts)
    for standing in found.values():
        _contradictions(standing, facts, anomalies)
        _assign(standing, plan, facts, anomalies)
    return found


def _alone(journey: Journey, facts: Facts, claims: list[Claim], anomalies: Anomalies) -> Standing:
    word = facts.readiness.get(journey.journey_id)
    now = journey
    match word:
        case Said(body=NotReady(ready_at=ready_at)):
            now = replace(journey, ready_at=ready_at)
        case Said(body=Ready()) if not journey.tied_to_appointment:
            now = replace(journey, ready_at=word.event.occurred_at.astimezone(LONDON))
    said_ready = word is not None and isinstance(word.body, Ready)
    by_duty = {claim.duty_id: claim for claim in claims}
    return Standing(now, journey, said_ready, by_duty, carriage(journey.journey_id, claims, anomalies))


def _unknown(facts: Facts, found: Mapping[str, Standing], anomalies: Anomalies) -> None:
    detail = "no such journey, nor a booking of it"
    for words in (facts.called_off, facts.readiness, facts.binding):
        for journey_id, word in words.items():
            if journey_id not in found:
                anomalies.note(Oddity.UNKNOWN_JOURNEY, word, detail, journey_id=journey_id)
    for duty_id, stops in facts.reports.items():
        for (_, named), stages in stops.items():
            if named is not None and named not in found:
                for told in stages.values():
                    note = Oddity.UNKNOWN_JOURNEY
                    anomalies.note(note, told.first, detail, duty_id=duty_id, journey_id=named)


def _call_off(standing: Standing, facts: Facts) -> None:
    """A journey is off until it is booked again, and not once its patient has boarded."""
    journey_id = standing.booked.journey_id
    off, booked = facts.called_off.get(journey_id), facts.booked.get(journey_id)
    if off is not None and not (booked is not None and booked.rank > off.rank) and not standing.boarded:
        standing.off = off


def _take_outward_along(found: Mapping[str, Standing], facts: Facts) -> None:
    off: dict[str, Said[CalledOff]] = {}
    for standing in found.values():
        journey = standing.booked
        if standing.off is None or standing.off.body.keep_return or journey.direction is not Direction.INWARD:
            continue
        if journey.attendance_id:
            off[journey.attendance_id] = later(standing.off, off.get(journey.attendance_id))
    for standing in found.values():
        journey = standing.booked
        word = off.get(journey.attendance_id)
        if word is None or journey.direction is not Direction.OUTWARD or standing.boarded or standing.off:
            continue
        booked = facts.booked.get(journey.journey_id)
        if booked is None or booked.rank < word.rank:
            standing.off, standing.follows = word, True


def _contradictions(standing: Standing, facts: Facts, anomalies: Anomalies) -> None:
    journey_id = standing.booked.journey_id
    off, ready = facts.called_off.get(journey_id), facts.readiness.get(journey_id)
    if off is not None and standing.boarded:
        detail = "called off, but its patient was picked up; what the crew reports stands"
        anomalies.note(Oddity.CALLED_OFF_ABOARD, off, detail, journey_id=journey_id)
    if ready is None or not standing.said_ready:
        return
    if standing.off is not None and ready.rank > standing.off.rank:
        detail = "said to be ready after it was called off; it stays called off until it is booked again"
        anomalies.note(Oddity.READY_BUT_CALLED_OFF, ready, detail, journey_id=journey_id)
    picked_up = standing.carried.claim.pickup.get(Stage.DEPARTED) if standing.carried else None
    if picked_up is not None and ready.rank > picked_up.rank:
        anomalies.note(Oddity.READY_AFTER_PICKUP, ready, "said to be ready after its pick-up", journey_id=journey_id)


def _assign(standing: Standing, plan: Plan, facts: Facts, anomalies: Anomalies) -> None:
    journey_id = standing.booked.journey_id
    rostered = plan.duty_of.get(journey_id)
    placed = facts.placed.get(journey_id)
    if placed is not None and placed.body.duty_id not in plan.duties:
        detail = f"no such duty: {placed.body.duty_id}"
        anomalies.note(Oddity.UNKNOWN_DUTY, placed, detail, duty_id=placed.body.duty_id or "", journey_id=journey_id)
        placed = None
    if placed is not None and plan.planned_at is not None and placed.at < plan.planned_at.timestamp():
        placed = None
    if standing.carried is not None and standing.off is None:
        standing.duty_id = standing.carried.claim.duty_id
        if placed is not None and placed.body.duty_id != standing.duty_id:
            detail = f"put on {placed.body.duty_id}, but {standing.duty_id} has the patient"
            anomalies.note(Oddity.MOVED_TOO_LATE, placed, detail, duty_id=standing.duty_id, journey_id=journey_id)
    elif standing.off is None:
        standing.duty_id = rostered
        if placed is not None and placed.body.duty_id != rostered:
            standing.duty_id, standing.unplaced, standing.moved = placed.body.duty_id, True, placed
    _lock(standing, facts, anomalies)


def _lock(standing: Standing, facts: Facts, anomalies: Anomalies) -> None:
    journey_id = standing.booked.journey_id
    word = facts.binding.get(journey_id)
    if word is None or isinstance(word.body, Unlocked):
        return
    duty_id = standing.duty_id if word.body.duty_id is None else word.body.duty_id
    moment = word.event.occurred_at.astimezone(LONDON)
    standing.lock = Lock(duty_id, word.body.user, word.body.reason, moment)
    if standing.off is None and duty_id != standing.duty_id and not standing.boarded:
        detail = f"locked to {duty_id}, but it is {'on ' + standing.duty_id if standing.duty_id else 'on no duty'}"
        anomalies.note(Oddity.LOCKED_ELSEWHERE, word, detail, duty_id=duty_id or "", journey_id=journey_id)

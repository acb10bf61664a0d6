"""The plan as it stands, as a roster: what was made as it was made, the rest as it will go on unless it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from pts_optimiser.checking.measure import Measure, measure
from pts_optimiser.dayof.plan import Plan
from pts_optimiser.dayof.riding import choose_layouts, loads
from pts_optimiser.dayof.roads import Point
from pts_optimiser.dayof.state import DayState, DayStop, DutyState, JourneyPhase, JourneyState, StopPhase
from pts_optimiser.domain.collecting import without_collecting
from pts_optimiser.domain.errors import TravelTimesError
from pts_optimiser.domain.roster import Reason, Roster, RosteredDuty, Stop, StopKind, Unserved

MOVED_S = 3600
"""A stop that begins farther than this from when it was planned has its new time as anchor (design §4)."""

CALLED_OFF = frozenset({JourneyPhase.CANCELLED, JourneyPhase.ABORTED})


@without_collecting()
def standing_roster(plan: Plan, state: DayState) -> Roster:
    """The roster of the day as it stands at the state's ``now``.

    Frozen stops have their actual times, the others those projected; ``travel_s`` is the time since the departure
    before, whatever it was spent on. Stops made in vain are left out, as are those of patients who sit in a lost
    vehicle. Every journey that is not called off is on a duty or in ``unserved``, with the code ``not_placed_yet`` or
    ``vehicle_lost`` where the plan's own reason is not the reason any more.

    Raises
    ------
    TravelTimesError
        The travel times of the plan do not hold the place of a stop: they are to be extended first.
    """
    yardstick = measure(plan.roster.service_date, plan.travel)
    return replace(
        plan.roster,
        duties=tuple(_duty(plan, state, duty, yardstick) for duty in state.duties.values()),
        unserved=tuple(
            Unserved(journey_id, _reasons(plan, state, journey_id, it))
            for journey_id, it in state.journeys.items()
            if it.phase not in CALLED_OFF and (it.pickup is None or is_stranded(state, it))
        ),
        kpis={},
    )


def is_stranded(state: DayState, journey: JourneyState) -> bool:
    """Whether the patient sits in a lost vehicle."""
    duty = state.duties.get(journey.duty_id or "")
    return journey.phase is JourneyPhase.ABOARD and duty is not None and duty.lost is not None


def stands(state: DayState, stop: DayStop) -> bool:
    """Whether a stop is one of the roster: made for its journey or still to be made."""
    if stop.phase is StopPhase.IN_VAIN:
        return False
    return stop.journey_id is None or not is_stranded(state, state.journeys[stop.journey_id])


def _reasons(plan: Plan, state: DayState, journey_id: str, it: JourneyState) -> tuple[Reason, ...]:
    left = plan.unserved.get(journey_id)
    if it.phase is JourneyPhase.UNSERVED and left is not None:
        return left.reasons
    if is_stranded(state, it):
        return (Reason("vehicle_lost", f"is aboard {it.duty_id}, which was lost", "fetch the patient first"),)
    if it.phase is JourneyPhase.OPEN and it.duty_id is None:
        return (Reason("vehicle_lost", it.why, "re-plan the day"),)
    detail = it.why or "booked on the day; not planned yet"
    return (Reason("not_placed_yet", detail, "re-plan the day"),)


def _duty(plan: Plan, state: DayState, duty: DutyState, yardstick: Measure) -> RosteredDuty:
    aboard: dict[str, None] = {}
    parties: list[tuple[str, ...]] = []
    kept: list[DayStop] = []
    ways: list[list[Point]] = [[]]
    free = None if duty.free is None else duty.free.point
    for index, stop in enumerate(duty.stops):
        if index == duty.frozen and free is not None and free.towards not in {None, stop.point.location}:
            ways[-1].append(free)
        ways[-1].append(stop.point)
        if not stands(state, stop):
            continue
        if stop.journey_id is not None and stop.kind is StopKind.PICKUP:
            aboard[stop.journey_id] = None
        elif stop.journey_id is not None:
            aboard.pop(stop.journey_id, None)
        parties.append(tuple(aboard))
        kept.append(stop)
        ways.append([stop.point])
    figures = loads(plan.policy, state.journeys, parties)
    vehicle = plan.policy.vehicle_types[duty.duty.vehicle_type]
    layouts, changes = choose_layouts(vehicle, plan.policy.substitutes, kept, figures)
    stops: list[Stop] = []
    for stop, way, load, layout in zip(kept, ways, figures, layouts, strict=False):
        last = stops[-1] if stops else None
        band, anchor_at = _band(state, duty, stop, last, yardstick)
        location = _location(stop)
        stops.append(
            Stop(
                kind=stop.kind,
                journey_id=stop.journey_id,
                location=location,
                lat=float(plan.travel.lat[location]),
                lon=float(plan.travel.lon[location]),
                arrive_at=stop.arrive_at,
                begin_at=stop.begin_at,
                depart_at=stop.depart_at,
                band=band,
                travel_s=0 if last is None else plan.seconds(stop.arrive_at) - plan.seconds(last.depart_at),
                travel_m=0 if last is None else _metres(plan, way),
                aboard=load,
                layout=layout,
                anchor_at=anchor_at,
            )
        )
    return RosteredDuty(
        duty_id=duty.duty.duty_id,
        vehicle_id=duty.duty.vehicle_id,
        vehicle_type=duty.duty.vehicle_type,
        layout_changes=changes,
        stops=tuple(stops),
        drive_s=sum(stop.travel_s for stop in stops),
        drive_m=sum(stop.travel_m for stop in stops),
    )


def _location(stop: DayStop) -> int:
    if stop.point.location is None:
        name = f"the {stop.kind} of {stop.journey_id}" if stop.journey_id else f"a {stop.kind}"
        raise TravelTimesError(f"the travel times do not hold the place of {name}; extend them by its place first")
    return stop.point.location


def _metres(plan: Plan, way: Sequence[Point]) -> int:
    """Along the places passed; 0 for what the travel times do not hold."""
    metres = plan.travel.metres
    total = 0.0
    for one, other in pairwise(way):
        if one == other or one.location is None or other.location is None:
            continue
        leg = float(metres[one.location, other.location])
        if one.towards is not None:
            leg = (1 - one.share) * leg + one.share * float(metres[one.towards, other.location])
        if other.towards is not None:
            leg += other.share * float(metres[other.location, other.towards])
        total += leg
    return round(total)


def _band(
    state: DayState, duty: DutyState, stop: DayStop, last: Stop | None, yardstick: Measure
) -> tuple[int, datetime | None]:
    """The band of a stop, and its anchor where that is not the one that its kind and journey give it."""
    if stop.kind is StopKind.BREAK:
        return (0 if last is None else last.band), None
    begin, planned = yardstick.elapsed(stop.begin_at), stop.planned
    if stop.journey_id is None:
        own: int | None = yardstick.elapsed(duty.duty.start_at)
    else:
        own = yardstick.anchor(stop.kind, state.journeys[stop.journey_id].journey)
    if stop.kind is StopKind.END:
        return yardstick.band(own or 0), None
    if planned is not None and abs(begin - yardstick.elapsed(planned.begin_at)) <= MOVED_S:
        kept = planned.anchor_at
        if kept is None and own is not None:
            return yardstick.band(own), None
        if kept is not None and abs(begin - yardstick.elapsed(kept)) <= MOVED_S:
            return yardstick.band(yardstick.elapsed(kept)), kept
    return yardstick.band(begin), stop.begin_at

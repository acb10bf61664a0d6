"""One rostered duty followed stop by stop: what the referee finds where the roster only claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pts_optimiser.checking.measure import Measure
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import RosteredDuty, Stop, StopKind


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop beside its recomputed figures; times in elapsed seconds after midnight.

    ``due`` is when the vehicle really gets there; ``leg_s`` and ``leg_m`` are of the leg from the stop before, as
    claimed where the travel times do not hold it. ``aboard`` is who is aboard afterwards; ``run`` counts the duty's
    runs from 0 and is None outside them.
    """

    index: int
    stop: Stop
    before: Stop | None
    journey: Journey | None
    arrive: int
    begin: int
    depart: int
    due: int
    leg_s: int
    leg_m: int
    band: int
    aboard: tuple[Journey, ...]
    run: int | None
    opens_run: bool


@dataclass(frozen=True, slots=True)
class Course:
    """A rostered duty, the duty of the inputs that it is meant to be (None if unknown) and its visits."""

    entry: RosteredDuty
    duty: Duty | None
    visits: tuple[Visit, ...]

    @property
    def vehicle_type(self) -> str:
        return self.entry.vehicle_type if self.duty is None else self.duty.vehicle_type

    @property
    def has_journeys(self) -> bool:
        return any(visit.stop.kind in {StopKind.PICKUP, StopKind.DROPOFF} for visit in self.visits)

    def finding(
        self, code: Code, message: str, visit: Visit | None = None, journey_id: str | None = None, excess: int = 0
    ) -> Violation:
        if visit is None:
            return Violation(code, message, self.entry.duty_id, journey_id, excess=excess)
        return Violation(code, message, self.entry.duty_id, journey_id or visit.stop.journey_id, visit.index, excess)


Legs = Callable[[Stop, Visit], tuple[int, int] | None]
"""Seconds and metres of a leg to a stop from the visit before where they are given; None where the table holds them."""


def follow(
    entry: RosteredDuty,
    duty: Duty | None,
    journeys: Mapping[str, Journey],
    measure: Measure,
    given: Legs | None = None,
) -> Course:
    """Walk the stops in their order, whatever their order is; legs that are not ``given`` are the travel times'."""
    visits: list[Visit] = []
    aboard: dict[str, Journey] = {}
    runs = 0
    for index, stop in enumerate(entry.stops):
        before = visits[-1] if visits else None
        journey = _journey(stop, journeys)
        opens_run = journey is not None and stop.kind is StopKind.PICKUP and not aboard
        runs += opens_run
        run = runs - 1 if aboard or opens_run else None
        if journey is not None and stop.kind is StopKind.PICKUP:
            aboard[journey.journey_id] = journey
        elif journey is not None:
            aboard.pop(journey.journey_id, None)
        arrive = measure.elapsed(stop.arrive_at)
        leg_s, leg_m = (given(stop, before) if given and before else None) or _leg(stop, before, measure)
        visits.append(
            Visit(
                index=index,
                stop=stop,
                before=None if before is None else before.stop,
                journey=journey,
                arrive=arrive,
                begin=measure.elapsed(stop.begin_at),
                depart=measure.elapsed(stop.depart_at),
                due=arrive if before is None else before.depart + leg_s,
                leg_s=leg_s,
                leg_m=leg_m,
                band=_band(stop, before, journey, duty, measure),
                aboard=tuple(aboard.values()),
                run=run,
                opens_run=opens_run,
            )
        )
    return Course(entry, duty, tuple(visits))


def _journey(stop: Stop, journeys: Mapping[str, Journey]) -> Journey | None:
    if stop.journey_id is None or stop.kind not in {StopKind.PICKUP, StopKind.DROPOFF}:
        return None
    return journeys.get(stop.journey_id)


def _leg(stop: Stop, before: Visit | None, measure: Measure) -> tuple[int, int]:
    if before is None or stop.kind is StopKind.BREAK:
        return 0, 0
    return measure.leg(before.band, before.stop.location, stop.location) or (stop.travel_s, stop.travel_m)


def _band(stop: Stop, before: Visit | None, journey: Journey | None, duty: Duty | None, measure: Measure) -> int:
    """The band by the stop's anchor; the claimed one where nothing anchors it."""
    if stop.kind is StopKind.BREAK and before is not None:
        return before.band
    anchor = None
    if stop.anchor_at is not None:
        anchor = measure.elapsed(stop.anchor_at)
    elif journey is not None:
        anchor = measure.anchor(stop.kind, journey)
    elif duty is not None and stop.kind in {StopKind.START, StopKind.END}:
        anchor = measure.elapsed(duty.start_at)
    return stop.band if anchor is None else measure.band(anchor)

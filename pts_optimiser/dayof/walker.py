"""Follows one vehicle from stop to stop: when it gets there, begins and leaves, as reported or else as it must be."""

from __future__ import annotations

from dataclasses import dataclass, field

from pts_optimiser.checking.measure import anchor
from pts_optimiser.dayof.plan import Plan, PlannedStop
from pts_optimiser.dayof.roads import Point, Roads, metres
from pts_optimiser.dayof.visits import ENDS, Visit
from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.events import Stage
from pts_optimiser.domain.roster import StopKind

MOVED_S = 3600
"""Beyond this off its planned time a stop's traffic band is that of its new time (design, anchors)."""
NEAR_M = 250.0
"""A vehicle this near a stop is at it."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A position reported since the last stop."""

    at: int
    point: Point


@dataclass(frozen=True, slots=True)
class Delay:
    """Said ``at`` a moment: so many seconds behind the plan at the next stop."""

    at: int
    seconds: int


@dataclass(slots=True)
class Walker:
    """The vehicle when it has left its last stop. All times are elapsed seconds after midnight."""

    plan: Plan
    roads: Roads
    duty: Duty
    starts: int
    point: Point
    delay: Delay | None = None
    time: int = 0
    band: int = 0
    aboard: set[str] = field(default_factory=set)
    runs: int = 0

    def settle(self, visit: Visit, arrival: int | None = None, before: int | None = None) -> None:
        """Give a stop its times; what was not reported lies between what was, ``before`` the next report.

        ``arrival`` overrides the drive from the stop before.
        """
        told, starts = visit.told, visit.kind is StopKind.START
        if visit.kind is StopKind.BREAK:
            visit.point = self.point
        due = self.due(visit) if arrival is None else arrival
        begun, departed = told.get(Stage.BEGUN), told.get(Stage.DEPARTED)
        arrived = told.get(Stage.ARRIVED)
        if arrived is None or arrived < self.time <= max(told.values()):  # it went elsewhere in between
            arrived = _least(due, begun, departed, before)
        visit.arrive = arrived
        opening = max(visit.arrive + self._pause(visit), self._earliest(visit), due if starts else 0)
        visit.begin = max(visit.arrive, _least(opening, departed, before)) if begun is None else begun
        if departed is None:
            visit.depart = max(visit.begin, _least(visit.begin + self._dwell(visit), before))
        else:
            visit.depart = departed
        visit.begin = min(visit.begin, visit.depart)
        visit.arrive = min(visit.arrive, visit.begin)

    def due(self, visit: Visit) -> int:
        """When the vehicle gets to a stop that it goes to next."""
        planned = visit.planned
        if visit.kind is StopKind.START:
            return max(self.starts, planned.depart if planned else 0)
        drive = 0 if visit.kind is StopKind.BREAK else self.roads.drive(self.point, visit.point, self.band, self.time)
        due = self.time + drive
        if self.delay is not None and planned is not None and due > self.delay.at:
            due = max(due, planned.arrive + self.delay.seconds)
        return due

    def due_by(self, visit: Visit, fix: Fix) -> int:
        """When it gets there by where it was seen on the way."""
        ahead = metres(fix.point, visit.point)
        if ahead <= NEAR_M:
            return min(self.due(visit), fix.at)
        share = self.share(visit, fix)
        drive = self.roads.drive(self.point, visit.point, self.band, self.time)
        return fix.at + round((1 - share) * drive)

    def round_way(self, visit: Visit, fix: Fix) -> tuple[float, float]:
        """Metres to a stop by way of where the vehicle was seen, and straight."""
        behind, ahead = metres(self.point, fix.point), metres(fix.point, visit.point)
        return behind + ahead, metres(self.point, visit.point)

    def share(self, visit: Visit, fix: Fix) -> float:
        """How much of the drive to a stop is done by where the vehicle was seen."""
        behind, ahead = metres(self.point, fix.point), metres(fix.point, visit.point)
        return behind / (behind + ahead) if behind + ahead else 1.0

    def leave(self, visit: Visit, carries: bool) -> None:
        """Go on from a stop; ``carries``: its journey boards or alights."""
        if self.delay is not None and visit.arrive > self.delay.at:
            self.delay = None
        self.time = max(self.time, visit.depart)
        self.point = visit.point
        planned = visit.planned
        if planned is None or visit.kind is StopKind.BREAK:
            self.band = self.band if visit.kind is StopKind.BREAK else self.roads.band(visit.begin)
        elif abs(visit.begin - planned.begin) > MOVED_S:
            self.band = self.roads.band(visit.begin)
        else:
            self.band = self._planned_band(visit, planned)
        visit.band = self.band
        if not carries or visit.journey_id is None:
            return
        if visit.kind is StopKind.PICKUP:
            self.runs += not self.aboard
            self.aboard.add(visit.journey_id)
        else:
            self.aboard.discard(visit.journey_id)

    def _planned_band(self, visit: Visit, planned: PlannedStop) -> int:
        """The band of a stop near its planned time: by its anchor, which moves with the patient's readiness."""
        kept = planned.stop.anchor_at
        if kept is not None and abs(visit.begin - self.plan.seconds(kept)) > MOVED_S:
            return self.roads.band(visit.begin)
        if kept is None and visit.kind in ENDS and visit.standing is not None:
            own = anchor(visit.kind, visit.standing.journey)
            if own is not None:
                return self.roads.band(self.plan.seconds(own))
        return planned.stop.band

    def _pause(self, visit: Visit) -> int:
        """Site overhead, and the clean-down before another run."""
        if visit.kind not in ENDS or visit.standing is None:
            return 0
        place = visit.standing.journey.pickup if visit.kind is StopKind.PICKUP else visit.standing.journey.dropoff
        pause = self.plan.policy.overhead(place.kind) if visit.point != self.point else 0
        distancing = self.plan.policy.distancing
        if distancing and visit.kind is StopKind.PICKUP and self.runs and not self.aboard:
            pause += distancing.clean_down
        return pause

    def _earliest(self, visit: Visit) -> int:
        """Before this a stop does not begin: its promise, its patient's readiness, its window.

        A drop-off waits as long as its plan does for a target to begin, no longer.
        """
        planned = visit.planned.begin if visit.planned else 0
        if visit.kind is StopKind.BREAK:
            return planned or (seconds_after(self.plan.origin, self.duty.rest.earliest) if self.duty.rest else 0)
        if visit.standing is None or visit.kind not in ENDS:
            return 0
        journey = visit.standing.journey
        if visit.kind is StopKind.PICKUP:
            waits = not journey.tied_to_appointment or journey.ready_at != visit.standing.booked.ready_at
            ready = seconds_after(self.plan.origin, journey.ready_at) if waits and journey.ready_at else 0
            return max(planned, ready)
        if journey.tied_to_appointment and journey.appointment_at is not None:
            early = self.plan.policy.standard(journey).arrive_early
            appointment = seconds_after(self.plan.origin, journey.appointment_at)
            return max(appointment - early.hard, min(planned, appointment - early.target))
        return 0

    def _dwell(self, visit: Visit) -> int:
        if visit.kind is StopKind.BREAK:
            return round(self.duty.rest.length.total_seconds()) if self.duty.rest else 0
        if visit.kind not in ENDS or visit.standing is None:
            return visit.planned.depart - visit.planned.begin if visit.planned else 0
        journey = visit.standing.journey
        dwell = self.plan.policy.mobilities[journey.mobility].dwell
        if visit.kind is StopKind.PICKUP:
            return dwell.pickup(journey.pickup.kind)
        return dwell.dropoff(journey.dropoff.kind)


def _least(first: int, *others: int | None) -> int:
    return min([first, *(other for other in others if other is not None)])

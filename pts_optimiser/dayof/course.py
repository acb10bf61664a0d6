"""One duty on its way through the day: the stops that it has made, those that it has left, and where it is between."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from pts_optimiser.dayof.plan import Plan
from pts_optimiser.dayof.state import StopPhase
from pts_optimiser.dayof.visits import ENDS, Visit
from pts_optimiser.dayof.walker import Fix, Walker
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.roster import StopKind


@dataclass(slots=True)
class Course:
    """Where a duty stands at ``clock`` (elapsed seconds: now, or when the duty was lost).

    ``walker`` has left the last stop made. ``turned``: what it drove to was called off or moved while it drove.
    """

    plan: Plan
    duty: Duty
    clock: int
    lost: bool
    walker: Walker
    grace: int
    made: list[Visit] = field(default_factory=list)
    left: list[Visit] = field(default_factory=list)
    boarded: dict[str, int] = field(default_factory=dict)
    seen: Fix | None = None
    turned: bool = False

    @property
    def under_way(self) -> Visit | None:
        last = self.made[-1] if self.made else None
        return last if last is not None and last.phase is StopPhase.UNDER_WAY else None

    def arrival(self, visit: Visit, straying: float = inf) -> int:
        """When it gets to the next stop; by where it was seen if that is at most ``straying`` metres off the way."""
        fix = self.fix
        if fix is None or visit.kind not in ENDS | {StopKind.END} or self.off_way(visit, fix) > straying:
            return self.walker.due(visit)
        return self.walker.due_by(visit, fix)

    def off_way(self, visit: Visit, fix: Fix) -> float:
        """How many metres farther than once and a half straight it is to a stop by way of a position."""
        by_way, straight = self.walker.round_way(visit, fix)
        return by_way - 1.5 * straight

    @property
    def fix(self) -> Fix | None:
        """A position since the last stop."""
        if self.seen is None or not self.made or self.waiting or self.seen.at < self.walker.time:
            return None
        return self.seen

    @property
    def waiting(self) -> bool:
        return any(visit.phase is StopPhase.WAITING for visit in self.left)

    @property
    def finished(self) -> bool:
        return bool(self.made) and self.made[-1].kind is StopKind.END and self.made[-1].belongs

    def since_boarding(self, pickup: Visit) -> int:
        """From when the ride counts: the earliest report that the patient left with a vehicle, else this departure."""
        carried = pickup.standing.carried if pickup.standing is not None else None
        if carried is None or carried.boarded_at is None:
            return pickup.depart
        return min(pickup.depart, round(carried.boarded_at - self.plan.origin.timestamp()))

    def finish(self, visit: Visit) -> None:
        """Count a stop as made and go on from it."""
        visit.phase = StopPhase.DONE if visit.belongs else StopPhase.IN_VAIN
        if visit not in self.made:
            self.made.append(visit)
        self.walker.leave(visit, visit.belongs)
        if visit.belongs and visit.journey_id is not None and visit.standing is not None:
            if visit.kind is StopKind.DROPOFF:
                self.boarded.pop(visit.journey_id, None)
            else:
                self.boarded[visit.journey_id] = self.since_boarding(visit)

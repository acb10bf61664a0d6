"""One day as it happens: the published plan and what was said, kept up with the store; what is ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from threading import Condition, Lock, RLock
from time import monotonic

from pts_optimiser.dayof.late_risk import Risk, late_risk
from pts_optimiser.dayof.noise import Noise
from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.dayof.said import Said
from pts_optimiser.domain.events import Locked, Moved, Unlocked
from pts_optimiser.domain.journey import Journey
from pts_optimiser.planning.replan import Replanner
from pts_optimiser.planning.replan.options import Desk
from pts_optimiser.services.hosted.hearing import Hearing, News
from pts_optimiser.services.hosted.in_force import plan_in_force
from pts_optimiser.services.hosted.standing import InForce, Standing, standing_of
from pts_optimiser.store import Store, publishing

FRESH_S = 60
"""What was worked out longer ago is worked out anew before it answers."""
SET_BACK = timedelta(seconds=10)
"""A clock that is behind what it was by more was set back; by less, another thread was faster."""
ADVISED = 40
"""For so many of the riskiest it is tried what would help."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A standing with its desk (None: nobody is at work) and its risks (None: not yet worked out).

    A desk is asked one question at a time, under ``turn``.
    """

    standing: Standing
    desk: Desk | None
    risks: tuple[Risk, ...] | None = None
    turn: Lock = field(default_factory=Lock)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What is published, and by journey its last booking on the day and its last lock, move or release."""

    in_force: InForce
    position: int
    booked: Mapping[str, Journey]
    binding: Mapping[str, Said[Locked | Unlocked | Moved]]


class LiveDay:
    """Safe to be used by many threads. ``said``: its clock is what callers say, not that of the wall."""

    def __init__(self, store: Store, service_date: date, clock: Clock, *, said: bool) -> None:
        self.store, self.service_date, self.clock, self.said = store, service_date, clock, said
        self.changed = Condition()
        self.ready: Ready | None = None
        self.failure: Exception | None = None
        self.used_at = self.asked_at = self.prepared_at = monotonic()
        self.took_s = 0.0
        self.wanted = self.preparing = False
        self._lock = RLock()
        self._in_force: InForce | None = None
        self._hearing: Hearing | None = None

    def catch_up(self, now: datetime | None) -> tuple[InForce, Hearing]:
        """Take in what the store has by now.

        Raises
        ------
        NotFoundError
            Nothing is published for the day.
        """
        with self._lock, self.store.read() as session:
            publication = publishing.in_force(session, self.service_date)
            known = self._in_force
            if known is None or known.publication.number != publication.number:
                plan = plan_in_force(session, self.service_date, publication.version)
                replanner = known.replanner if known and known.plan.policy == plan.policy else None
                if replanner is None:
                    self._hearing, replanner = None, Replanner(plan.policy)
                self._in_force = known = InForce(publication, plan, replanner)
            hearing = self._hearing or Hearing(self.service_date, known.plan.policy)
            moment, before = now or self.clock(), hearing.log.now
            if before is not None and moment.timestamp() < before.timestamp():
                if self.said or before - moment > SET_BACK:
                    hearing, self.ready = Hearing(self.service_date, known.plan.policy), None
                else:  # another thread was faster
                    moment = before
            hearing.catch_up(session, moment)
            self._hearing = hearing
            return known, hearing

    def told(self, now: datetime | None) -> Told:
        """What needs no working out."""
        with self._lock:
            in_force, hearing = self.catch_up(now)
            facts = hearing.log.facts
            booked = {journey_id: word.body.journey for journey_id, word in facts.booked.items()}
            return Told(in_force, hearing.position, booked, dict(facts.binding))

    def standing(self, now: datetime | None) -> Standing:
        """The day as it stands now, worked out anew."""
        with self._lock:
            in_force, hearing = self.catch_up(now)
            position, log = hearing.position, hearing.log.copy()
        return standing_of(in_force, position, log)

    def ready_for(self, now: datetime | None, journey_id: str | None) -> tuple[Ready, list[News]] | None:
        """What is ready and good enough to answer, with what was said since; None where it must be worked out.

        It is good enough while it is of what is published, not old, and nothing was said of the journey asked about.
        """
        self.asked_at = monotonic()
        with self._lock:
            in_force, hearing = self.catch_up(now)
            ready = self.ready
            if ready is None or ready.standing.in_force is not in_force:
                return None
            news, age = hearing.since(ready.standing.position), ready.standing.age_s(hearing.log)
        if news is None or abs(age) > FRESH_S or any(one.journey_id == journey_id for one in news if journey_id):
            return None
        return ready, news

    def prepare(self) -> None:
        """Work out what answers, first the desk, then the risks, and tell those who wait for ``changed``."""
        began, self.preparing = monotonic(), True
        try:
            self._prepare()
        finally:
            self.preparing, self.prepared_at = False, monotonic()
            self.took_s = self.prepared_at - began

    def _prepare(self) -> None:
        with self._lock:
            now = self._hearing.log.now if self.said and self._hearing else None
        standing = self.standing(now)
        desk = None
        if standing.anybody_at_work:
            desk = Desk(standing.plan, standing.state, standing.before, standing.rules)
        ready = Ready(standing, desk)
        self._now_ready(ready)
        self._now_ready(replace(ready, risks=_risks(standing)))

    def wait_beyond(self, seen: Ready | None, timeout_s: float) -> bool:
        """Wait until something else is ready than was ``seen``; false where the time was not enough.

        Raises whatever stood in the way of working it out.
        """
        with self.changed:
            if not self.changed.wait_for(lambda: self.ready is not seen or self.failure is not None, timeout_s):
                return False
            failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        return True

    def fail(self, error: Exception) -> None:
        """Tell those who wait that nothing could be worked out."""
        with self.changed:
            self.failure = error
            self.changed.notify_all()

    def _now_ready(self, ready: Ready) -> None:
        with self.changed:
            self.ready, self.failure = ready, None
            self.changed.notify_all()


def _risks(standing: Standing) -> tuple[Risk, ...]:
    state, plan = standing.state, standing.plan
    duties = tuple(duty.duty for duty in state.duties.values())
    return late_risk(
        standing.before,
        day_journeys(state),
        duties,
        plan.policy,
        plan.travel,
        Noise(),
        now=state.now,
        state=state,
        advised=ADVISED,
    )

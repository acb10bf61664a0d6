"""The state of the day at one moment: what is done, what is frozen, who is aboard, what is still ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pts_optimiser.dayof.anomaly import Anomaly
from pts_optimiser.dayof.roads import Point
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.events import Stage, TravelChanged
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Stop, StopKind


class JourneyPhase(StrEnum):
    BOOKED = "booked"  # on the day, and no roster knows it yet
    UNSERVED = "unserved"  # the roster leaves it out
    OPEN = "open"  # to be picked up; without a duty where the duty was lost
    ABOARD = "aboard"
    DONE = "done"
    CANCELLED = "cancelled"
    ABORTED = "aborted"


TO_PICK_UP = frozenset({JourneyPhase.BOOKED, JourneyPhase.UNSERVED, JourneyPhase.OPEN})


class DutyPhase(StrEnum):
    NOT_STARTED = "not_started"
    OUT = "out"
    FINISHED = "finished"
    LOST = "lost"


class StopPhase(StrEnum):
    DONE = "done"
    IN_VAIN = "in_vain"  # the vehicle was there, but does not (or does no longer) have the journey
    UNDER_WAY = "under_way"  # there and not gone
    COMMITTED = "committed"  # the vehicle is driving to it, with nothing to spare for anything else
    WAITING = "waiting"  # there, but long before it can begin: free for something else meanwhile
    AHEAD = "ahead"


class RestPhase(StrEnum):
    NONE = "none"
    DUE = "due"
    UNDER_WAY = "under_way"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class DayStop:
    """A stop with its times as reported or, where they were not, as they follow from what is known.

    ``reported`` names the stages that a crew reported; ``planned`` is the roster's stop, None for one that the roster
    does not have on this duty; ``why`` says what was inferred and from what, empty where nothing was.
    """

    kind: StopKind
    journey_id: str | None
    point: Point
    phase: StopPhase
    arrive_at: datetime
    begin_at: datetime
    depart_at: datetime
    band: int
    planned: Stop | None
    reported: tuple[Stage, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rider:
    """A party aboard. ``ride_left_s``: seconds until it must begin to alight; below 0 where that has passed."""

    journey_id: str
    boarded_at: datetime
    ride_left_s: int


@dataclass(frozen=True, slots=True)
class Where:
    """Where a vehicle is, as known ``at`` a moment, and how that is known."""

    point: Point
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Free:
    """The end of the frozen prefix: from when and where the vehicle can be given something else, and with whom aboard.

    The riders' ``ride_left_s`` counts from ``at``.
    """

    at: datetime
    point: Point
    aboard: tuple[Rider, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """The crew's break; ``begin_at`` where it is taken or planned."""

    phase: RestPhase
    begin_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Lock:
    """The journey must stay on ``duty_id``; None where it had no duty when it was locked."""

    duty_id: str | None
    user: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class JourneyState:
    """A journey as it stands.

    ``journey`` is as booked last, its ``ready_at`` as said last; ``wait_from`` is from when its wait counts: the later
    of that and of the ready time booked. ``promised`` holds the roster's begin of pick-up and drop-off. ``pickup`` and
    ``dropoff`` are the stops of its duty, None where it has no place on one (yet).
    """

    journey: Journey
    phase: JourneyPhase
    duty_id: str | None = None
    said_ready: bool = False
    wait_from: datetime | None = None
    lock: Lock | None = None
    promised: tuple[datetime, datetime] | None = None
    pickup: DayStop | None = None
    dropoff: DayStop | None = None
    reason: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class DutyState:
    """A duty as it stands.

    ``duty`` ends when it does now (``extended``: not as planned). ``stops`` are those made, in their order, then those
    to come; the first ``frozen`` of them are made, under way or committed and no re-plan may touch them. ``aboard`` is
    who is aboard now; of a lost duty, who is to be rescued. ``unplaced`` are journeys moved here that have no place
    among the stops yet. ``free`` is None for a lost duty.
    """

    duty: Duty
    phase: DutyPhase
    stops: tuple[DayStop, ...]
    frozen: int
    here: Where
    free: Free | None
    aboard: tuple[Rider, ...]
    rest: Rest
    unplaced: tuple[str, ...] = ()
    delay_s: int = 0
    extended: bool = False
    lost: Loss | None = None
    why: str = ""

    @property
    def done(self) -> tuple[DayStop, ...]:
        """The stops that are behind it."""
        return tuple(stop for stop in self.stops if stop.phase in {StopPhase.DONE, StopPhase.IN_VAIN})

    @property
    def under_way(self) -> DayStop | None:
        return next((stop for stop in self.stops if stop.phase is StopPhase.UNDER_WAY), None)

    @property
    def committed(self) -> DayStop | None:
        return next((stop for stop in self.stops if stop.phase is StopPhase.COMMITTED), None)

    @property
    def ahead(self) -> tuple[DayStop, ...]:
        """The stops that a re-plan may change."""
        return self.stops[self.frozen :]


@dataclass(frozen=True, slots=True)
class DayState:
    """The day at ``now``: every journey, every duty, the changes of travel in force or to come, what does not fit."""

    service_date: date
    now: datetime
    journeys: Mapping[str, JourneyState]
    duties: Mapping[str, DutyState]
    travel_changes: tuple[TravelChanged, ...]
    anomalies: tuple[Anomaly, ...]

    def heading_for(self, journey_id: str) -> bool:
        """Whether a duty is bound to the journey: committed to a stop of it, there, or with the patient aboard."""
        duty = self.duties.get(self.journeys[journey_id].duty_id or "")
        return duty is not None and any(stop.journey_id == journey_id for stop in duty.stops[: duty.frozen])

    def settled(self, journey_id: str, freeze_s: int) -> str:
        """Why there is nothing left to place of a journey, in words; empty where it can still go elsewhere.

        ``freeze_s``: what begins within so many seconds stays as it is.
        """
        it = self.journeys[journey_id]
        if it.phase not in TO_PICK_UP:
            where = f" (duty {it.duty_id})" if it.duty_id else ""
            return f"{journey_id} is {it.phase}{where}: there is nothing left to place"
        if self.heading_for(journey_id):
            return f"{it.duty_id} is on its way to {journey_id}: there is nothing left to place"
        if it.pickup is not None and it.pickup.begin_at < self.now + timedelta(seconds=freeze_s):
            return f"{journey_id} is picked up within {freeze_s // 60} min, too soon to be given another place"
        return ""

    def to_rescue(self) -> tuple[str, ...]:
        """Who is aboard a lost vehicle."""
        return tuple(
            rider.journey_id for state in self.duties.values() if state.lost is not None for rider in state.aboard
        )

    def to_place(self) -> tuple[str, ...]:
        """Journeys to be made that have no place on any duty: booked on the day, left out, stranded or moved."""
        return tuple(
            journey_id
            for journey_id, state in self.journeys.items()
            if state.phase in TO_PICK_UP and state.pickup is None
        )

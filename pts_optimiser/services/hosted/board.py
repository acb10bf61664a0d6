"""The control room's board: who may still be saved from being late, who is ready and waits, who has no place."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pts_optimiser.dayof import Anomaly, JourneyState
from pts_optimiser.dayof.as_roster import CALLED_OFF
from pts_optimiser.dayof.late_risk import Risk
from pts_optimiser.dayof.state import TO_PICK_UP
from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.events import Stage
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.hearing import spoken_of
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.sight import sees_journey
from pts_optimiser.services.hosted.standing import Standing


@dataclass(frozen=True, slots=True)
class AtRisk:
    """``saved``: by how much the probability falls with what would help; 0 where nothing is known to.

    ``reason`` is empty for who may not see all that it speaks of.
    """

    risk: Risk
    saved: float
    reason: str


@dataclass(frozen=True, slots=True)
class ReadyPatient:
    """A patient who is said to be ready and has not been picked up.

    ``waited_s`` counts from when the wait counts, below 0 where that is to come. ``target_left_s`` and ``hard_left_s``:
    seconds until the limits of the standard, below 0 where they have passed. ``pickup_at`` is when the vehicle will
    begin, None without a place.
    """

    journey_id: str
    category: str
    pickup_place: str
    dropoff_place: str
    since: datetime
    waited_s: int
    target_left_s: int
    hard_left_s: int
    duty_id: str | None
    pickup_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A journey to be made that has no place on any duty; ``aboard_lost``: its patient sits in a lost vehicle."""

    journey_id: str
    category: str
    pickup_place: str
    dropoff_place: str
    due_at: datetime | None
    why: str
    aboard_lost: bool


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """``risks``: those first that can still be saved. ``spoken_of`` are duties about which more was said since.

    ``reported``: by journey, how far it is by what was said: ready, arrived, aboard, there, set_down, cancelled,
    aborted. ``lost`` are the duties that are.
    """

    standing: Standing
    risks: tuple[AtRisk, ...]
    risks_in_all: int
    ready: tuple[ReadyPatient, ...]
    unplaced: tuple[Unplaced, ...]
    anomalies: tuple[Anomaly, ...]
    spoken_of: frozenset[str]
    reported: Mapping[str, tuple[str, ...]]
    lost: frozenset[str]


def board(
    live: LiveDays,
    caller: Caller,
    service_date: date,
    *,
    least: float = 0.1,
    most: int = 100,
    now: datetime | None = None,
) -> Board:
    """The board at most a minute old, with risks of at least a probability, ``most`` of each list.

    Raises
    ------
    NotFoundError
        Nothing is published for the day.
    BusyError
        It could not be worked out in time.
    """
    ready, news = live.ready(service_date, now, risks=True)
    standing, state = ready.standing, ready.standing.state
    risks = [risk for risk in ready.risks or () if risk.worst >= least and caller.sees(risk.watch.journey.contract)]
    risks.sort(key=_hope)
    clock = now or max(live.clock(), state.now)
    waiting = [
        _ready(standing, it, it.wait_from, clock)
        for it in state.journeys.values()
        if it.said_ready and it.phase in TO_PICK_UP and it.wait_from is not None and caller.sees(it.journey.contract)
    ]
    waiting.sort(key=lambda patient: (patient.target_left_s, patient.journey_id))
    left = [_unplaced(state.journeys[one], lost=True) for one in state.to_rescue() if sees_journey(caller, state, one)]
    left += [_unplaced(state.journeys[one], lost=False) for one in state.to_place() if sees_journey(caller, state, one)]
    anomalies = state.anomalies if caller.contracts is None else ()
    return Board(
        standing=standing,
        risks=tuple(_at_risk(caller, risk) for risk in risks[:most]),
        risks_in_all=len(risks),
        ready=tuple(waiting[:most]),
        unplaced=tuple(left[:most]),
        anomalies=anomalies[-most:],
        spoken_of=spoken_of(news, state),
        reported={
            journey_id: words
            for journey_id, it in state.journeys.items()
            if caller.sees(it.journey.contract) and (words := tuple(_reported(it)))
        },
        lost=frozenset(duty_id for duty_id, duty in state.duties.items() if duty.lost is not None),
    )


def board_stamp(live: LiveDays, service_date: date) -> Hashable:
    """Of what the board would be made by the clock: while this is the same, so is the board but for its clocks.

    Raises
    ------
    NotFoundError, BusyError
        As ``board``.
    """
    ready, news = live.ready(service_date, risks=True)
    standing = ready.standing
    latest = news[-1].position if news else 0
    return service_date, standing.in_force.publication.number, standing.position, standing.state.now, latest


def _saved(risk: Risk) -> float:
    """By how much the best that is known to help brings the probability down."""
    advice = risk.advice
    return 0.0 if advice is None else max(0.0, risk.worst - min(advice.earlier_risk, advice.without_risk))


def _hope(risk: Risk) -> tuple[bool, float, float, str, str]:
    """What the plan itself misses comes last; before it what can be helped most, then what is likeliest."""
    return risk.planned, -_saved(risk), -risk.worst, risk.journey_id, risk.measure.value


def _at_risk(caller: Caller, risk: Risk) -> AtRisk:
    return AtRisk(risk, _saved(risk), risk.reason if caller.contracts is None else "")


def _ready(standing: Standing, it: JourneyState, since: datetime, clock: datetime) -> ReadyPatient:
    limit = standing.plan.policy.standard(it.journey).collect
    waited = seconds_after(since, clock)
    return ReadyPatient(
        journey_id=it.journey.journey_id,
        category=it.journey.category.value,
        pickup_place=it.journey.pickup.label,
        dropoff_place=it.journey.dropoff.label,
        since=since,
        waited_s=waited,
        target_left_s=seconds_after(clock, since + timedelta(seconds=limit.target)),
        hard_left_s=seconds_after(clock, since + timedelta(seconds=limit.hard)),
        duty_id=it.duty_id,
        pickup_at=None if it.pickup is None else it.pickup.begin_at,
    )


def _reported(it: JourneyState) -> Iterator[str]:
    """How far a journey is by what was said of it, in the order of a ride; what only follows from the plan is not."""
    if it.said_ready:
        yield "ready"
    for stop, words in ((it.pickup, ("arrived", "aboard")), (it.dropoff, ("there", "set_down"))):
        for stage, word in zip((Stage.ARRIVED, Stage.DEPARTED), words, strict=True):
            if stop is not None and stage in stop.reported:
                yield word
    if it.phase in CALLED_OFF:
        yield it.phase.value


def _unplaced(it: JourneyState, *, lost: bool) -> Unplaced:
    due = it.journey.appointment_at if it.journey.tied_to_appointment else it.journey.ready_at
    return Unplaced(
        it.journey.journey_id,
        it.journey.category.value,
        it.journey.pickup.label,
        it.journey.dropoff.label,
        due,
        it.why or it.reason,
        lost,
    )

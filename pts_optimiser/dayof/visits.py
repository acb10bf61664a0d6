"""The stops of one duty as the day has them: which have been made, in what order, and which are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from pts_optimiser.dayof.claims import Words, first_words
from pts_optimiser.dayof.facts import Stages, StopKey
from pts_optimiser.dayof.plan import Plan, PlannedStop
from pts_optimiser.dayof.roads import Point
from pts_optimiser.dayof.standing import Standing
from pts_optimiser.dayof.state import StopPhase
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.events import Stage
from pts_optimiser.domain.roster import StopKind

EARLY_S = 30 * 60
"""A silent stop is taken as made by a later report only if that is no more than this before its planned begin."""

ENDS = frozenset({StopKind.PICKUP, StopKind.DROPOFF})
Told = dict[Stage, int]


@dataclass(slots=True, eq=False)
class Visit:
    """A stop on its way to a ``DayStop``. ``index`` is its place in the roster, -1 where it has none.

    ``told`` are the reported times, elapsed seconds; ``belongs``: its journey is this duty's to carry.
    """

    kind: StopKind
    journey_id: str | None
    point: Point
    planned: PlannedStop | None
    index: int
    words: Words
    told: Told
    belongs: bool
    standing: Standing | None
    arrive: int = 0
    begin: int = 0
    depart: int = 0
    band: int = 0
    phase: StopPhase = StopPhase.AHEAD
    notes: list[str] = field(default_factory=list)

    @property
    def since(self) -> int:
        """When it was first heard of."""
        return min(self.told.values())


def visits_of(
    plan: Plan, duty: Duty, standings: Mapping[str, Standing], reports: Mapping[StopKey, Stages]
) -> list[Visit]:
    """The roster's stops that are still this duty's or that it reported, then what it did besides."""
    made = _Maker(plan, duty, standings, reports)
    found: dict[StopKey, Visit] = {}

    def add(key: StopKey, planned: PlannedStop | None = None, index: int = -1) -> None:
        if key not in found:
            visit = made.visit(key, planned, index)
            if visit.belongs or visit.words:
                found[key] = visit

    for index, planned in enumerate(plan.stops.get(duty.duty_id, ())):
        add((planned.stop.kind, planned.stop.journey_id), planned, index)
    for kind, journey_id in sorted(reports, key=lambda key: (key[1] or "", key[0].value)):
        if journey_id is None:
            add((kind, None))
        elif journey_id in standings:
            add((StopKind.PICKUP, journey_id))
            add((StopKind.DROPOFF, journey_id))
    if any(kind in ENDS for kind, _ in found):
        add((StopKind.START, None))
        add((StopKind.END, None))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Maker:
    plan: Plan
    duty: Duty
    standings: Mapping[str, Standing]
    reports: Mapping[StopKey, Stages]

    def visit(self, key: StopKey, planned: PlannedStop | None, index: int) -> Visit:
        kind, journey_id = key
        duty_id = self.duty.duty_id
        standing = self.standings.get(journey_id) if journey_id is not None else None
        words: Words = {}
        if journey_id is None:
            words = first_words(self.reports.get(key, {}))
        elif standing is not None and duty_id in standing.claims:
            claim = standing.claims[duty_id]
            words = claim.pickup if kind is StopKind.PICKUP else claim.dropoff
            if claim.left_without and standing.duty_id == duty_id:  # booked again, and still to be made
                words = {}
        belongs = journey_id is None or (standing is not None and standing.duty_id == duty_id and not standing.unplaced)
        told = _times(words, self.plan.origin.timestamp())
        return Visit(
            kind, journey_id, self._point(kind, planned, standing), planned, index, words, told, belongs, standing
        )

    def _point(self, kind: StopKind, planned: PlannedStop | None, standing: Standing | None) -> Point:
        if planned is not None:
            return Point(planned.stop.lat, planned.stop.lon, planned.stop.location)
        if standing is None:
            return self.plan.point_at(self.duty.base_lat, self.duty.base_lon)
        journey = standing.journey
        return self.plan.point_of(journey.pickup if kind is StopKind.PICKUP else journey.dropoff)


def _times(words: Words, origin: float) -> Told:
    """Elapsed seconds of each stage told; where they are out of order, the later stage stands."""
    told: Told = {}
    least: float = inf
    for stage in reversed(Stage):
        if stage in words:
            least = min(least, round(words[stage].at - origin))
            told[stage] = int(least)
    return told


def split(visits: Sequence[Visit]) -> tuple[list[Visit], list[Visit]]:
    """Stops made, in the order in which they were, and stops left, in the order to come.

    Made is what was reported, and what was not although a later stop of the plan was; a drop-off means that its
    pick-up was made. A report of the start alone leaves it ahead until the vehicle has gone.
    """
    reported = sorted(
        (
            visit
            for visit in visits
            if visit.told and (visit.kind is not StopKind.START or Stage.DEPARTED in visit.told)
        ),
        key=lambda visit: (max(visit.told.values()), visit.index),
    )
    reported = [visit for at, visit in enumerate(reported) if not _went_away_again(visit, reported[at + 1 :])]
    made = list(reported)
    silent = sorted((visit for visit in visits if visit not in reported), key=lambda visit: visit.index)
    for visit in silent:
        gone = reported[0].since if visit.kind is StopKind.START and reported else 0
        visit.told = {stage: when for stage, when in visit.told.items() if when <= gone}
        at = _place(visit, reported, made)
        if at is not None:
            made.insert(at, visit)
    left = [visit for visit in silent if visit not in made and visit.belongs]
    left.sort(key=lambda visit: visit.kind is StopKind.END)
    end = next((visit for visit in made if visit.kind is StopKind.END), None)
    if end is None:
        return made, left
    if end is made[-1] and not any(visit.kind in ENDS for visit in left):
        return made, []
    end.belongs = False  # back at its base, but not for good
    return made, [*left, replace(end, words={}, told={}, notes=[], belongs=True)]


def _went_away_again(visit: Visit, later: Sequence[Visit]) -> bool:
    """Whether the vehicle was there long before the stop could begin and then did something else."""
    if not later or visit.planned is None or visit.told.keys() != {Stage.ARRIVED}:
        return False
    if visit.kind not in {StopKind.PICKUP, StopKind.BREAK}:
        return False
    return min(other.since for other in later) < visit.planned.begin - EARLY_S


def _place(visit: Visit, reported: Sequence[Visit], made: Sequence[Visit]) -> int | None:
    """Where among the stops made a silent one goes; None where nothing says that it was made."""
    if visit.kind is StopKind.START:
        return 0 if reported else None
    if visit.kind is StopKind.END:
        return None
    own = {other.kind: at for at, other in enumerate(made) if other.journey_id == visit.journey_id and visit.journey_id}
    if visit.kind is StopKind.PICKUP and StopKind.DROPOFF in own:
        return own[StopKind.DROPOFF]
    if visit.kind is StopKind.DROPOFF and StopKind.PICKUP not in own:
        return None
    if visit.planned is None:
        return None
    earliest = visit.planned.begin - EARLY_S
    later = (other for other in reported if other.index > visit.index and other.since >= earliest)
    after_pickup = (at for other in later if (at := made.index(other)) > own.get(StopKind.PICKUP, -1))
    return min(after_pickup, default=None)

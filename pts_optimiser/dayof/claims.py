"""Which vehicle has a journey, by what crews report of it: one at most, whatever they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pts_optimiser.dayof.anomaly import Anomalies, Oddity
from pts_optimiser.dayof.facts import Facts, Stages
from pts_optimiser.dayof.said import Rank, Said
from pts_optimiser.domain.events import Stage, StopReported
from pts_optimiser.domain.roster import StopKind

Words = dict[Stage, Said[StopReported]]
"""The report of each stage that counts."""


@dataclass(slots=True)
class Claim:
    """What one duty reports of one journey. ``kept`` and ``begun`` rank its claim to have the patient.

    ``left_without``: its crew left the pick-up after they had aborted the journey.
    """

    duty_id: str
    pickup: Words = field(default_factory=dict)
    dropoff: Words = field(default_factory=dict)
    kept: Rank | None = None
    begun: Rank | None = None
    left_without: bool = False


@dataclass(frozen=True, slots=True)
class Carriage:
    """The duty that has (or had) the patient; ``boarded_at`` POSIX seconds of the earliest departure with them.

    ``boarded`` is false while the pick-up has only begun.
    """

    claim: Claim
    boarded: bool
    boarded_at: float | None


def claims_of(facts: Facts, known: Mapping[str, object], anomalies: Anomalies) -> dict[str, list[Claim]]:
    """Claims by journey, of the duties that are ``known``."""
    claims: dict[str, list[Claim]] = {}
    for duty_id, stops in sorted(facts.reports.items()):
        if duty_id not in known:
            continue
        own: dict[str, Claim] = {}
        raw: dict[str, dict[StopKind, Stages]] = {}
        for (kind, journey_id), stages in stops.items():
            if journey_id is not None:
                raw.setdefault(journey_id, {})[kind] = stages
        for journey_id, kinds in raw.items():
            own[journey_id] = _claim(duty_id, journey_id, kinds, facts, anomalies)
        for journey_id, claim in own.items():
            claims.setdefault(journey_id, []).append(claim)
    return claims


def carriage(journey_id: str, claims: list[Claim], anomalies: Anomalies) -> Carriage | None:
    """The claim that stands: the latest to have the patient; without any, the latest to have begun."""
    kept = [claim for claim in claims if claim.kept is not None]
    begun = [claim for claim in claims if claim.begun is not None]
    if kept:
        winner = max(kept, key=lambda claim: (claim.kept or (), claim.duty_id))
    elif begun:
        winner = max(begun, key=lambda claim: (claim.begun or (), claim.duty_id))
    else:
        return None
    for claim in claims:
        if claim is not winner:
            for word in (claim.pickup | claim.dropoff).values():
                detail = f"reported by {claim.duty_id}, but {winner.duty_id} has it by a later report"
                anomalies.note(Oddity.OTHER_VEHICLE, word, detail, duty_id=claim.duty_id, journey_id=journey_id)
    departures = [claim.pickup[Stage.DEPARTED].at for claim in kept if Stage.DEPARTED in claim.pickup]
    return Carriage(winner, bool(kept), min(departures, default=None))


def first_words(stages: Stages) -> Words:
    """A stage counts when it is first reported; an arrival, when it is last reported before boarding begins."""
    words = {stage: stages[stage].first for stage in Stage if stage in stages}
    if Stage.ARRIVED in stages:
        last = stages[Stage.ARRIVED].last
        if all(last.rank <= words[stage].rank for stage in (Stage.BEGUN, Stage.DEPARTED) if stage in words):
            words[Stage.ARRIVED] = last
    return words


def _claim(
    duty_id: str,
    journey_id: str,
    kinds: Mapping[StopKind, Stages],
    facts: Facts,
    anomalies: Anomalies,
) -> Claim:
    stages = kinds.get(StopKind.PICKUP, {})
    claim = Claim(duty_id, first_words(stages))
    left_without = False
    if Stage.DEPARTED in stages:
        told = stages[Stage.DEPARTED]
        with_patient = [word for word in (told.first, told.last) if not _left_without(word, journey_id, facts)]
        left_without = not with_patient
        claim.pickup[Stage.DEPARTED] = with_patient[0] if with_patient else told.first
    departed, begun = claim.pickup.get(Stage.DEPARTED), claim.pickup.get(Stage.BEGUN)
    since = departed or begun or claim.pickup.get(Stage.ARRIVED)
    for stage, told in kinds.get(StopKind.DROPOFF, {}).items():
        word = told.first if since is None or told.first.rank >= since.rank else told.last
        if since is not None and word.rank < since.rank:
            anomalies.note(
                Oddity.DROPPED_BEFORE_PICKUP,
                word,
                "reported before the pick-up, which stands",
                duty_id=duty_id,
                journey_id=journey_id,
            )
        else:
            claim.dropoff[stage] = word
    if begun is not None and not left_without and not _started_over(begun, journey_id, facts):
        claim.begun = begun.rank
    ranks = [word.rank for word in claim.dropoff.values()]
    claim.left_without = left_without and not ranks
    if departed is not None and not claim.left_without:
        ranks.append(departed.rank)
    claim.kept = max(ranks, default=None)
    return claim


def _started_over(begun: Said[StopReported], journey_id: str, facts: Facts) -> bool:
    """Whether the journey was called off after that and then booked again."""
    off, booked = facts.called_off.get(journey_id), facts.booked.get(journey_id)
    return off is not None and booked is not None and begun.rank < off.rank < booked.rank


def _left_without(departed: Said[StopReported], journey_id: str, facts: Facts) -> bool:
    """Whether the crew had aborted the journey by then, and nobody had booked it again."""
    off, booked = facts.called_off.get(journey_id), facts.booked.get(journey_id)
    if off is None or not off.body.aborted or off.rank > departed.rank:
        return False
    return booked is None or not off.rank < booked.rank <= departed.rank

"""What fits nothing: unknown duties, ids used twice, stages out of order, work after the duty was lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from pts_optimiser.dayof.anomaly import Anomalies, Oddity
from pts_optimiser.dayof.facts import Facts, Stages
from pts_optimiser.dayof.plan import Plan
from pts_optimiser.dayof.said import Said
from pts_optimiser.dayof.standing import Standing
from pts_optimiser.domain.events import Body, Stage

REPEATED_S = 5 * 60
"""Reports of one stage further apart than this are worth a look."""


def look_over(plan: Plan, facts: Facts, found: Mapping[str, Standing], anomalies: Anomalies) -> None:
    """Note what does not fit; what follows from it for the day is decided elsewhere."""
    for duty_id, word in _of_duties(facts):
        if duty_id not in plan.duties:
            anomalies.note(Oddity.UNKNOWN_DUTY, word, f"no such duty: {duty_id}", duty_id=duty_id)
    _reused_ids(facts, anomalies)
    for duty_id, stops in facts.reports.items():
        planned = {(stop.stop.kind, stop.stop.journey_id) for stop in plan.stops.get(duty_id, ())}
        loss = facts.losses.get(duty_id)
        for key, stages in stops.items():
            journey_id = key[1]
            _stages(duty_id, journey_id, stages, anomalies)
            first = min((told.first for told in stages.values()), key=lambda word: word.rank)
            if loss is not None and first.rank > loss.rank:
                detail = "reported after the duty was lost; it stays lost"
                note = Oddity.REPORT_AFTER_LOSS
                anomalies.note(note, first, detail, duty_id=duty_id, journey_id=journey_id or "")
            if duty_id in plan.duties and key not in planned and (journey_id is None or journey_id in found):
                detail = "the roster has no such stop on this duty"
                note = Oddity.UNPLANNED_STOP
                anomalies.note(note, first, detail, duty_id=duty_id, journey_id=journey_id or "")


def _stages(duty_id: str, journey_id: str | None, stages: Stages, anomalies: Anomalies) -> None:
    for stage, told in stages.items():
        if told.last.at - told.first.at > REPEATED_S:
            detail = f"{stage} was reported at {told.first.event.occurred_at:%H:%M:%S} already"
            note = Oddity.REPEATED_STAGE
            anomalies.note(note, told.last, detail, duty_id=duty_id, journey_id=journey_id or "")
    for before, after in pairwise([stage for stage in Stage if stage in stages]):
        if stages[before].first.at > stages[after].first.at:
            detail = f"{before} is reported later than {after}; {after} stands"
            note = Oddity.STAGES_REVERSED
            anomalies.note(note, stages[before].first, detail, duty_id=duty_id, journey_id=journey_id or "")


def _of_duties(facts: Facts) -> Iterator[tuple[str, Said[Body]]]:
    for words in (facts.positions, facts.delays, facts.extensions, facts.losses):
        yield from words.items()
    for duty_id, stops in facts.reports.items():
        for stages in stops.values():
            for told in stages.values():
                yield duty_id, told.first


def _reused_ids(facts: Facts, anomalies: Anomalies) -> None:
    """Events that share an id or a place in their source's sequence, but not what they say."""
    by_key: dict[object, Said[Body]] = {}
    reused = set()
    for word in facts.standing():
        for key in _keys(word):
            other = by_key.setdefault(key, word)
            if other is not word and (other.at != word.at or other.body != word.body):
                reused.add(key)
    found: dict[tuple[object, float, str], Said[Body]] = {}
    for word in facts.standing() if reused else ():
        for key in reused.intersection(_keys(word)):
            content = key, word.at, repr(word.body)
            found[content] = min(word, found.get(content, word), key=lambda word: word.rank)
    for word in found.values():
        anomalies.note(Oddity.ID_REUSED, word, "another event has its id or sequence; both count")


def _keys(word: Said[Body]) -> tuple[object, object]:
    return word.event.event_id, (word.event.source, word.event.sequence)

"""A risk in the words of a control room: what is at stake, where the delay comes from, what would help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from pts_optimiser.dayof.blame import Cause, Delay
from pts_optimiser.dayof.itinerary import Call, Itinerary, Readiness
from pts_optimiser.dayof.standards import Measure
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.journey import Place, PlaceKind
from pts_optimiser.domain.roster import StopKind

if TYPE_CHECKING:
    from pts_optimiser.dayof.late_risk import Risk

ALONE, NAMED = 0.4, 0.15
"""From the first share of a delay on one cause is named as its cause, from the second as the greatest of many."""
WORTH_A_CALL = 5 * 60


def reason(risk: Risk) -> str:
    """A few plain sentences."""
    return " ".join((_stake(risk), _spare(risk), *_why(risk), *_help(risk)))


def _stake(risk: Risk) -> str:
    watch, journey = risk.watch, risk.watch.journey
    if risk.measure is Measure.ARRIVE:
        due = _clock(risk.itinerary, watch.since or 0)
        what = f"to be {'late' if risk.planned_spare >= 0 else 'off'} for {due} at {_place(journey.dropoff)}"
    elif risk.measure is Measure.COLLECT:
        what = f"to wait more than {_minutes(watch.limit)} at {_place(journey.pickup)}"
    else:
        what = f"to be aboard for more than {_minutes(watch.limit)}"
    beyond = "" if risk.target is not None else ", its hard limit"
    if risk.target is not None and risk.hard >= 0.005:
        by = "by more" if risk.measure is Measure.ARRIVE else "more"
        beyond = f", {_percent(risk.hard)} {by} than {_minutes(watch.hard)}"
    return f"{journey.journey_id} ({journey.category.value}, {risk.duty_id}): {_percent(risk.worst)} {what}{beyond}."


def _spare(risk: Risk) -> str:
    if risk.planned:
        missed = f"{_minutes(-risk.planned_spare)} over" if risk.planned_spare < 0 else "too early"
        return f"The plan itself has it {missed}."
    return (
        f"The plan leaves {_minutes(risk.planned_spare)} spare; usually it is {_left(risk.likely_spare)}, "
        f"one day in ten {_left(risk.bad_spare)}."
    )


def _left(seconds: int) -> str:
    if abs(seconds) < 30:
        return "just in time"
    return f"{_minutes(abs(seconds))} {'to spare' if seconds > 0 else 'over'}"


def _why(risk: Risk) -> Iterator[str]:
    found = risk.blame
    if found is None or not found.delays or found.late < 60:
        return
    top, late = found.delays[0], _minutes(found.late)
    if top.seconds >= ALONE * found.late:
        if top.cause is Cause.BEHIND:
            yield f"{risk.duty_id} is {_minutes(top.seconds)} behind already."
        else:
            yield f"Mostly {_cause(risk, top)}: {_minutes(top.seconds)} of {late} on the days it goes wrong."
        return
    calls, at, start = risk.itinerary.calls, risk.watch.index, found.tight_from
    first = start + 1 if risk.measure is not Measure.ABOARD or risk.watch.boards is None else risk.watch.boards + 1
    since = (
        f"after {_call(risk, calls[first - 1])}"
        if first
        else ("from now on" if risk.itinerary.now else "from its base on")
    )
    count, spare = at - first + 1, sum(max(call.spare, 0) for call in calls[first : at + 1])
    stops = f"The {count} stops" if count > 1 else "The only stop"
    most = f"most of all ({_minutes(top.seconds)}) by {_cause(risk, top)}"
    yield (
        f"{stops} {since} {'have' if count > 1 else 'has'} {_minutes(spare)} spare in all and "
        f"{'lose' if count > 1 else 'loses'} {late} on the days it goes wrong, "
        f"{most if top.seconds >= NAMED * found.late else 'a little at each'}."
    )


def _cause(risk: Risk, delay: Delay) -> str:
    call = risk.itinerary.calls[delay.index]
    where = _call(risk, call)
    if delay.cause is Cause.READY and call.journey is not None:
        said = {Readiness.SAID: "said to be", Readiness.NOT_YET: "not yet; was due"}.get(call.readiness, "booked for")
        ready = _clock(risk.itinerary, call.ready or 0)
        who = f"{call.journey.category.value} at {_place(call.journey.pickup)}"
        return f"{call.journey_id} not ready ({who}, {said} {ready})"
    if delay.cause is Cause.DRIVE:
        return f"the drive of {_minutes(call.drive)} to {where}"
    return (
        f"the {'boarding' if call.kind is StopKind.PICKUP else 'alighting'}, planned {_minutes(call.dwell)}, at {where}"
    )


def _help(risk: Risk) -> Iterator[str]:
    advice = risk.advice
    if advice is None or risk.blame is None:
        return
    found = []
    if advice.earlier:
        call = risk.itinerary.calls[advice.earlier_from]
        what = f"{_minutes(advice.earlier)} earlier from {_call(risk, call)} on"
        found.append(f"{what} (risk then {_percent(advice.earlier_risk)})")
    if advice.without:
        found.append(f"{advice.without} on another duty (risk then {_percent(advice.without_risk)})")
    for delay in risk.blame.delays[:1]:
        call = risk.itinerary.calls[delay.index]
        worth = delay.cause is Cause.READY and delay.seconds >= WORTH_A_CALL
        if worth and call.readiness is not Readiness.SAID and call.journey is not None:
            found.append(f"a call to {_place(call.journey.pickup)} about {call.journey_id}")
    if found:
        yield f"Would help: {'; '.join(found)}."
    else:
        yield "Nothing on this duty helps much: look for another duty for it."


def _call(risk: Risk, call: Call) -> str:
    at = _clock(risk.itinerary, call.begins)
    if call.journey is None:
        return f"{'its break' if call.kind is StopKind.BREAK else 'its base'} at {at}"
    pickup = call.kind is StopKind.PICKUP
    place = call.journey.pickup if pickup else call.journey.dropoff
    whose = "its own" if call.journey_id == risk.journey_id else f"{call.journey_id}'s"
    return f"{whose} {'pick-up' if pickup else 'drop-off'} ({_place(place)}, {at})"


def _place(place: Place) -> str:
    """Sites by their label; a home is only called that."""
    return "home" if place.kind is PlaceKind.HOME else place.label


def _clock(itinerary: Itinerary, seconds: float) -> str:
    return f"{datetime.fromtimestamp(itinerary.origin + seconds, LONDON):%H:%M}"


def _minutes(seconds: float) -> str:
    return f"{round(seconds / 60)} min"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"

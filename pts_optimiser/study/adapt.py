"""A scenario laid over a day: other demand, duties, contracts and vehicles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from pts_optimiser.demand.fleet import roster_kind
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Duty
from pts_optimiser.planning.own_contract import for_own
from pts_optimiser.study.days import DaySource, StudyDay
from pts_optimiser.study.scenario import Scenario
from pts_optimiser.study.shares import share_of, thinned

RANGE_KM = 170.0
"""Of an electric vehicle: 105 miles, as of the electric ambulance on trial [R33]."""


def adapted(source: DaySource, scenario: Scenario) -> StudyDay:
    """The day as the scenario has it."""
    day = source.day(scenario.demand)
    journeys = thinned(day.journeys, scenario.demand) if scenario.demand < 1 else day.journeys
    duties = share_of(_duties(day, scenario), scenario.fleet)
    if scenario.pooling != "as_given":
        duties = for_own(duties, day.journeys) if scenario.pooling == "own" else _for_any(duties)
    if scenario.electric is not None:
        duties = _electric(duties, scenario.electric)
    return StudyDay(day.service_date, journeys, duties)


def _duties(day: StudyDay, scenario: Scenario) -> tuple[Duty, ...]:
    if scenario.chosen is not None:
        return moved(scenario.chosen[roster_kind(day.service_date)], day.service_date)
    return day.duties if scenario.duties is None else moved(scenario.duties, day.service_date)


def moved(duties: Sequence[Duty], to: date) -> tuple[Duty, ...]:
    """The duties of another date at the same hours by the clock on the wall."""
    own = Counter(duty.start_at.date() for duty in duties).most_common(1)[0][0]
    return tuple(_later(duty, to - own) for duty in duties)


def _later(duty: Duty, by: timedelta) -> Duty:
    def shown(moment: datetime) -> datetime:
        return (moment.astimezone(LONDON).replace(tzinfo=None) + by).replace(tzinfo=LONDON)

    rest = duty.rest and replace(duty.rest, earliest=shown(duty.rest.earliest), latest=shown(duty.rest.latest))
    return replace(duty, start_at=shown(duty.start_at), end_at=shown(duty.end_at), rest=rest)


def _electric(duties: Sequence[Duty], share: float) -> tuple[Duty, ...]:
    chosen = {duty.duty_id for duty in share_of(duties, share)}
    return tuple(
        replace(duty, energy="electric", range_km=duty.range_km or RANGE_KM)
        if duty.duty_id in chosen
        else replace(duty, energy="diesel", range_km=None)
        for duty in duties
    )


def _for_any(duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """The duties without a contract of their own: they serve all."""
    return tuple(replace(duty, contracts=frozenset()) for duty in duties)

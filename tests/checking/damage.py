"""Labelled damage to a good roster, and the small edits that make it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from pts_optimiser.checking import Code, Violation
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.roster import RosteredDuty, Stop

from . import town
from .builder import PLAN, Scenario, scenario


class Judged(Protocol):
    """A roster, or a re-plan, with all that the referee needs."""

    def violations(self) -> list[Violation]: ...

    def codes(self) -> set[str]: ...


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done, how, and the codes that the referee must then name: these and no others."""

    label: str
    make: Callable[[], Judged]
    codes: frozenset[Code]


def damage(label: str, make: Callable[[], Judged], *codes: Code) -> Damage:
    return Damage(label, make, frozenset(codes))


def each(damages: Sequence[Damage]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", damages, ids=[d.label for d in damages])


def each_sound(cases: Mapping[str, Callable[[], Judged]]) -> pytest.MarkDecorator:
    """One case a label, of which the referee must name nothing."""
    return pytest.mark.parametrize("make", cases.values(), ids=cases.keys())


def planned(**lines: str) -> Scenario:
    """The good roster, re-driven with other plans for some duties."""
    return scenario({**PLAN, **lines})


def with_journey(journey_id: str, /, **changes: object) -> Scenario:
    """The good plan, re-driven for a journey that is otherwise than it was."""
    return scenario(journeys=[replace(j, **changes) if j.journey_id == journey_id else j for j in town.journeys()])


def input_journey(case: Scenario, journey_id: str, /, **changes: object) -> Scenario:
    """The same roster beside inputs that say otherwise of a journey."""
    return replace(
        case, journeys=tuple(replace(j, **changes) if j.journey_id == journey_id else j for j in case.journeys)
    )


def input_duty(case: Scenario, duty_id: str, /, **changes: object) -> Scenario:
    return replace(case, duties=tuple(replace(d, **changes) if d.duty_id == duty_id else d for d in case.duties))


def in_roster(case: Scenario, **changes: object) -> Scenario:
    return replace(case, roster=replace(case.roster, **changes))


def entry(case: Scenario, duty_id: str) -> RosteredDuty:
    return next(duty for duty in case.roster.duties if duty.duty_id == duty_id)


def in_entry(case: Scenario, duty_id: str, /, **changes: object) -> Scenario:
    return in_roster(
        case, duties=tuple(replace(d, **changes) if d.duty_id == duty_id else d for d in case.roster.duties)
    )


def in_stop(case: Scenario, duty_id: str, index: int, /, **changes: object) -> Scenario:
    stops = list(entry(case, duty_id).stops)
    stops[index] = replace(stops[index], **changes)
    return in_entry(case, duty_id, stops=tuple(stops))


def shifted(case: Scenario, duty_id: str, index: int, seconds: int, *fields: str) -> Scenario:
    """Some times of one stop moved."""
    stop = entry(case, duty_id).stops[index]
    return in_stop(case, duty_id, index, **{name: _moved(stop, name, seconds) for name in fields})


def carried(case: Scenario, duty_id: str, index: int, seconds: int, until: int | None = None) -> Scenario:
    """Begin and departure of a stop moved, and with them all later times, to the arrival at stop ``until``."""
    case = shifted(case, duty_id, index, seconds, "begin_at", "depart_at")
    return followed(case, duty_id, index + 1, seconds, until)


def followed(case: Scenario, duty_id: str, index: int, seconds: int, until: int | None = None) -> Scenario:
    """All times from a stop on moved, to the arrival at stop ``until`` (which waits, so its begin stays)."""
    last = len(entry(case, duty_id).stops) if until is None else until
    for later in range(index, last):
        case = shifted(case, duty_id, later, seconds, "arrive_at", "begin_at", "depart_at")
    return case if until is None else shifted(case, duty_id, until, seconds, "arrive_at")


def _moved(stop: Stop, name: str, seconds: int) -> datetime:
    moment: datetime = getattr(stop, name)
    return (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(LONDON)

"""The referee on the day: what happened is taken as it is, what was there already is excused, the rest is judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from pts_optimiser.checking.case import Case, open_case
from pts_optimiser.checking.day_legs import day_legs, start_where_free
from pts_optimiser.checking.day_themes import check_rules
from pts_optimiser.checking.measure import measure
from pts_optimiser.checking.referee import THEMES
from pts_optimiser.checking.structure import check_structure
from pts_optimiser.checking.travel_times import Travel
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain import clock
from pts_optimiser.domain.collecting import without_collecting
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster, Stop, StopKind

WINDOWS = frozenset({Code.ARRIVE_EARLY, Code.ARRIVE_LATE, Code.COLLECT_EARLY, Code.COLLECT_LATE, Code.ABOARD_TIME})
"""Limits of a journey, whoever carries it."""
LATE = frozenset({Code.ARRIVE_LATE, Code.COLLECT_LATE})
OVERLOADS = frozenset({Code.OVER_SEATS, Code.OVER_WHEELCHAIRS, Code.OVER_STRETCHERS})
EXCUSABLE = (
    WINDOWS
    | OVERLOADS
    | {Code.DISTANCING_CAP, Code.TRAVEL_ALONE, Code.EXCLUSIVE, Code.COHORT}
    | {Code.CREW, Code.SKILLS, Code.CONTRACT, Code.PLACE, Code.RANGE, Code.INPUT_GAP}
    | {Code.EARLY_START, Code.LATE_END, Code.START_STOP, Code.END_STOP}
    | {Code.BREAK_MISSING, Code.BREAK_LOADED, Code.BREAK_LATE}
)
"""What events alone can break: excused where the roster before the re-plan breaks it as much already."""

FIGURES = frozenset({Code.LOCATION, Code.COORDINATES, Code.ABOARD, Code.LAYOUT, Code.LAYOUT_SWITCHED})
"""Figures that follow from what happened, and must be right of frozen stops too."""

Key = tuple[object, ...]
"""What must be the same for one violation to excuse another."""


@without_collecting()
def check_day(
    after: Roster,
    before: Roster,
    rules: DayRules,
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
    travel: Travel,
) -> list[Violation]:
    """Judge a re-planned roster beside the one that it was made from.

    Parameters
    ----------
    after, before
        The re-planned roster; the standing one, its frozen stops as they happened and the rest as it is projected.
    rules
        What no re-plan may change.
    journeys
        The day's journeys as they are now, without those called off; one to be rescued is picked up where its patient
        sits.
    duties, policy
        As for ``check``; the rules' ends of duties replace their own.
    travel
        The travel times of ``after``; their bands may be finer than the policy's.

    Returns
    -------
    list of Violation
        Empty when the re-plan keeps every rule. Frozen stops are not judged.
    """
    ended = [replace(duty, end_at=rules.ends[duty.duty_id]) if duty.duty_id in rules.ends else duty for duty in duties]
    legs = day_legs(before, rules, measure(before.service_date, travel))

    def judged(roster: Roster) -> list[tuple[Key, Violation]]:
        case = open_case(roster, journeys, ended, policy, travel, legs)
        courses = tuple(start_where_free(course, rules) for course in case.courses)
        return list(_judged(replace(case, courses=courses), before, rules))

    found = judged(after)
    excusable = [violation for _, violation in found if violation.code in EXCUSABLE]
    stood: dict[Key, int] = {}
    for key, violation in judged(_part(before, excusable)) if excusable else ():
        if violation.code in EXCUSABLE:
            stood[key] = max(violation.excess, stood.get(key, 0))
    return [violation for key, violation in found if key not in stood or violation.excess > stood[key]]


def _part(roster: Roster, violations: Sequence[Violation]) -> Roster:
    """The duties that the violations are about, and those that have their journeys."""
    named = {violation.duty_id for violation in violations} | {violation.journey_id for violation in violations}
    named.discard(None)
    kept = (
        entry
        for entry in roster.duties
        if entry.duty_id in named or any(stop.journey_id in named for stop in entry.stops)
    )
    return replace(roster, duties=tuple(kept))


def _judged(case: Case, before: Roster, rules: DayRules) -> Iterator[tuple[Key, Violation]]:
    """What is broken and is not a fact of the day."""
    stops = {course.entry.duty_id: course.entry.stops for course in case.courses}

    def stop_of(violation: Violation) -> Stop | None:
        own = stops.get(violation.duty_id or "", ())
        return own[violation.stop] if violation.stop is not None and violation.stop < len(own) else None

    for theme in THEMES:
        for violation in theme(case):
            stop, frozen = stop_of(violation), rules.frozen.get(violation.duty_id or "", 0)
            happened = violation.stop is not None and violation.stop < frozen
            if happened and theme is not check_structure and violation.code not in FIGURES:
                continue
            if violation.code is Code.IDLE_DUTY_STOPS and frozen:
                continue  # it went out, though it carries nobody
            if violation.code in OVERLOADS and stop is not None and stop.kind is StopKind.DROPOFF:
                continue  # who alights does not load
            if violation.code is Code.TRAFFIC_BANDS or (
                violation.code in WINDOWS and violation.journey_id in rules.rescues
            ):
                continue
            if violation.code in LATE and violation.excess <= rules.overdue.get(violation.journey_id or "", 0):
                continue  # better late than not at all
            yield _key(violation, stop), violation
    for violation in chain(_bands(case), check_rules(case, before, rules)):
        yield _key(violation, stop_of(violation)), violation


def _key(violation: Violation, stop: Stop | None) -> Key:
    if violation.code in WINDOWS:
        return violation.code, violation.journey_id
    kind = None if stop is None else stop.kind
    location = stop.location if stop is not None and violation.code is Code.PLACE else None
    return violation.code, violation.duty_id, violation.journey_id, kind, location


def _bands(case: Case) -> Iterator[Violation]:
    """Bands of the day may be finer than the policy's, where traffic has changed, but not others."""
    expected = (clock.wall_seconds(case.service_date, start) for start in case.policy.traffic.band_starts)
    missing = [start for start in expected if start not in case.measure.band_starts]
    if missing:
        yield Violation(Code.TRAFFIC_BANDS, f"no band begins at {missing} s, as the policy has it")

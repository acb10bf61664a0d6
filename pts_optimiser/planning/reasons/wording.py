"""Rules, and what may be done about them, in words: journeys, duties, times."""

from __future__ import annotations

from collections.abc import Sequence

from pts_optimiser.planning.reasons.case import Case
from pts_optimiser.planning.standards import HARD
from solver.explain import Clash, Kind, Relaxation, Rule

MINUTE = 60


def rule_text(case: Case, vehicle: int, r: int, rule: Rule) -> str:
    """One rule that stands in the way of journey ``r`` on a duty."""
    if rule.request is not None:
        name = "it" if rule.request == r else case.journeys[rule.request].journey_id
        return f"{name} {_limit_text(case, rule.kind, rule.request)}"
    start, end = case.problem.shift[vehicle].tolist()
    earliest, latest = case.problem.break_window[vehicle].tolist()
    return {
        Kind.START: f"the duty starts at {case.clock(start)}",
        Kind.END: f"the duty ends at {case.clock(end)}",
        Kind.DURATION: f"the duty lasts at most {int(case.problem.max_duration[vehicle]) // MINUTE} min",
        Kind.BREAK: f"its break begins between {case.clock(earliest)} and {case.clock(latest)}",
        Kind.ROOM: "no layout has room for it beside those aboard",
        Kind.SHARING: "it and those aboard may not share a run",
        Kind.DISTANCE: f"its range is {int(case.problem.max_distance[vehicle]) // 1000} km",
    }[rule.kind]


def _limit_text(case: Case, kind: Kind, r: int) -> str:
    """A limit of a journey itself: on arrival where it has an appointment, else on collection."""
    problem = case.problem
    arrives = case.journeys[r].tied_to_appointment
    earliest, latest = (problem.dropoff_window if arrives else problem.pickup_window)[HARD, r].tolist()
    return {
        Kind.TARGET: "keeps its targets",
        Kind.RIDE: f"may be aboard {int(problem.ride_limit[HARD, r]) // MINUTE} min at most",
        Kind.EARLIEST: f"may arrive from {case.clock(earliest)}" if arrives else f"is ready at {case.clock(earliest)}",
        Kind.LATEST: f"must {'arrive' if arrives else 'be collected'} by {case.clock(latest)}",
    }[kind]


def relaxation_text(case: Case, vehicle: int, r: int, relaxation: Relaxation) -> str:
    """What would have to be otherwise for the duty to take the journey."""
    problem, amount = case.problem, relaxation.amount
    start, end = problem.shift[vehicle].tolist()
    arrives = case.journeys[r].tied_to_appointment
    earliest, latest = (problem.dropoff_window if arrives else problem.pickup_window)[HARD, r].tolist()
    aboard = int(problem.ride_limit[HARD, r]) + amount
    change = {
        Kind.START: f"it started at {case.clock(start - amount)} instead of {case.clock(start)}",
        Kind.END: f"it ended at {case.clock(end + amount)} instead of {case.clock(end)}",
        Kind.BREAK: f"its break could begin {amount // MINUTE} min earlier or later",
        Kind.ROOM: "its vehicle had more places",
        Kind.RIDE: f"the patient could be aboard {aboard // MINUTE} min, {amount // MINUTE} more than allowed",
        Kind.EARLIEST: f"the patient could arrive from {case.clock(earliest - amount)},"
        f" {amount // MINUTE} min earlier than allowed",
        Kind.LATEST: f"the patient could {'arrive' if arrives else 'be collected'} by {case.clock(latest + amount)},"
        f" {amount // MINUTE} min later than allowed",
    }[relaxation.rule.kind]
    return f"Duty {case.duties[vehicle].duty_id} would take it if {change}."


def misses_text(case: Case, clash: Clash) -> str:
    """Whose targets would have to be missed for the duty to take the journey."""
    names = ", ".join(case.journeys[r].journey_id for r in clash.misses)
    return (
        f"Duty {case.duties[clash.vehicle].duty_id} would take it if these may miss a target, within their hard limits:"
        f" {names}."
    )


def named(case: Case, vehicles: Sequence[int], most: int = 3) -> str:
    names = ", ".join(case.duties[v].duty_id for v in vehicles[:most])
    return names + (", …" if len(vehicles) > most else "")

"""The town at 09:25: what is frozen by then, and re-plans of the rest to judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from pts_optimiser.checking import Violation
from pts_optimiser.checking.day import check_day
from pts_optimiser.domain.day_rules import DayRules, FreeFrom, Promise
from pts_optimiser.domain.roster import Roster, StopKind

from . import town
from .builder import D3_WITHOUT_J10, PLAN, Scenario, scenario
from .damage import entry, in_entry, in_stop

NOW = town.at("09:25")
FROZEN = {"D1": 5, "D2": 1, "D3": 6, "D4": 0, "D5": 0}


@dataclass(frozen=True, slots=True)
class Replan:
    """A re-planned roster beside the one that stood, with the rules of the day."""

    after: Scenario
    before: Roster
    rules: DayRules

    def violations(self) -> list[Violation]:
        it = self.after
        return check_day(it.roster, self.before, self.rules, it.journeys, it.duties, it.policy, it.travel)

    def codes(self) -> set[str]:
        return {str(violation.code) for violation in self.violations()}


def rules(**changes: object) -> DayRules:
    """D1 stands at the hospital, D2 waits there for J5, D3 drives J8 and J9 to the unit, which is 6 stops done."""
    stops = [stop for duty in scenario().roster.duties for stop in duty.stops]
    begins = {
        kind: {stop.journey_id: stop.begin_at for stop in stops if stop.kind is kind and stop.journey_id}
        for kind in (StopKind.PICKUP, StopKind.DROPOFF)
    }
    plain = DayRules(
        now=NOW,
        frozen=FROZEN,
        free={
            "D1": FreeFrom(NOW, 1),
            "D2": FreeFrom(NOW, 1),
            "D3": FreeFrom(town.at("09:35:31"), 2),
            "D4": FreeFrom(town.at("21:00"), 0),
            "D5": FreeFrom(NOW, 0),
        },
        ends={},
        locks={},
        aboard={"J9": "D3"},
        promises={
            journey_id: Promise(begin, begins[StopKind.DROPOFF][journey_id])
            for journey_id, begin in begins[StopKind.PICKUP].items()
        },
        rescues=frozenset(),
        overdue={},
        lost=frozenset(),
    )
    made = replace(plain, **changes)
    return replace(made, free={duty_id: free for duty_id, free in made.free.items() if duty_id not in made.lost})


def replan(after: Scenario | None = None, before: Scenario | None = None, **changes: object) -> Replan:
    """A re-plan of the good roster; ``changes`` are of the rules."""
    stood = before or scenario()
    return Replan(after or stood, stood.roster, rules(**changes))


def driven(unserved: tuple[str, ...] = ("J13",), **lines: str) -> Scenario:
    """The good plan, re-driven with other lines for some duties."""
    return scenario({**PLAN, **lines}, unserved=unserved)


def line(duty_id: str, old: str, new: str) -> dict[str, str]:
    """The line of a duty in the good plan, a part of it another."""
    assert old in PLAN[duty_id]
    return {duty_id: PLAN[duty_id].replace(old, new)}


def leaving(case: Scenario, duty_id: str, index: int, at: str) -> Scenario:
    """The vehicle leaves for a stop at a time, not when it departed from the stop before, and waits less there."""
    before, stop = entry(case, duty_id).stops[index - 1 : index + 1]
    idle = round((town.at(at) - before.depart_at).total_seconds())
    case = in_stop(
        case, duty_id, index, travel_s=stop.travel_s + idle, arrive_at=stop.arrive_at + timedelta(seconds=idle)
    )
    return in_entry(case, duty_id, drive_s=entry(case, duty_id).drive_s + idle)


def thirteen_by_d1(left_at: str = "09:25") -> Scenario:
    """J13, unserved before, is fetched by D1, which leaves the hospital for it."""
    line = PLAN["D1"].replace("break", "+J13/0@09:50 -J13/0 break")
    return leaving(driven((), D1=line), "D1", 5, left_at)


def cut(case: Scenario, duty_id: str, count: int) -> Scenario:
    """A duty that does nothing after its first stops."""
    stops = entry(case, duty_id).stops[:count]
    totals = {"drive_s": sum(s.travel_s for s in stops), "drive_m": sum(s.travel_m for s in stops)}
    return in_entry(case, duty_id, stops=stops, layout_changes=0, **totals)


def j6_at(time: str) -> Scenario:
    """J6, a transfer to an appointment, promised for 12:20."""
    return driven(**line("D2", "+J6/0@12:20", f"+J6/0@{time}"))


def without_j10() -> Scenario:
    return driven(("J13", "J10"), D3=D3_WITHOUT_J10)


def without_j6() -> Scenario:
    return driven(("J13", "J6"), **line("D2", " +J6/0@12:20 -J6/0", ""))

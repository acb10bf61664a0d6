"""One small day from journeys to re-plans: what must hold of every plan, however odd the day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from random import Random
from time import perf_counter, process_time

from pts_optimiser.checking import check
from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import DayState, Plan, fold, plan_of
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_journeys, day_rules
from pts_optimiser.domain.clock import moment_at
from pts_optimiser.domain.roster import Roster, StopKind
from pts_optimiser.planning.build import build
from pts_optimiser.planning.day import Engine, PlannedDay, Search, plan_day
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.replan import Replanner, Replanning
from pts_optimiser.planning.travel import formula_travel
from tests.generated_days.exact import MOST, least_cost
from tests.generated_days.happening import random_events
from tests.generated_days.making import HOUR, LittleDay

ENGINES: tuple[Engine, ...] = ("hybrid", "ortools", "manual", "insertion")
OVER_S = 2.0


class LostError(AssertionError):
    """Something was not as it must be."""


@dataclass(frozen=True, slots=True)
class Found:
    """``above``: cost above the exact optimum in its hundredths, None where the day is not of the smallest."""

    served: int
    replans: int
    above: float | None


def try_day(day: LittleDay, engine: Engine, dice: Random, *, budget_s: float | None = None) -> Found:
    """Plan, check, re-plan and check again; with ``budget_s`` by the clock, else by a few iterations.

    Raises
    ------
    LostError
        A rule broken, a journey in neither list or in both, a plan long after its budget, a cost below the optimum.
    """
    exact = engine in {"hybrid", "ortools"}
    search = Search(
        engine, budget_s=budget_s or 0.2, workers=1, iterations=150 if engine == "hybrid" and not budget_s else None
    )
    began, worked = perf_counter(), process_time()
    planned = plan_day(day.journeys, day.duties, day.policy, day.service_date, search)
    spent = min(perf_counter() - began, process_time() - worked)  # whatever else the machine does
    if budget_s is not None and exact and spent > budget_s + OVER_S:
        raise LostError(f"{spent:.1f} s for a budget of {budget_s} s")
    roster = _judged(day, planned)
    above = _above(day, search) if exact and len(day.journeys) <= MOST and len(day.duties) <= MOST else None
    replans = _replanned(day, roster, planned, dice) if _followed(day) else 0
    return Found(len(day.journeys) - len(planned.unserved), replans, above)


def _followed(day: LittleDay) -> bool:
    """A plan under a seat graph is not followed on the day."""
    return bool(day.journeys) and not day.policy.seat_graph


def _judged(day: LittleDay, planned: PlannedDay) -> Roster:
    distancing = "off" if day.policy.distancing is None else day.policy.distancing.name
    names = {"distancing": distancing, "standards": day.policy.standards_name}
    roster = Roster(day.service_date, {}, names, {}, {}, planned.duties, planned.unserved)
    broken = check(roster, day.journeys, day.duties, day.policy, planned.travel)
    if broken:
        raise LostError("; ".join(map(str, broken[:5])))
    _all_there(roster, [journey.journey_id for journey in day.journeys])
    return roster


def _all_there(roster: Roster, journeys: list[str]) -> None:
    served = Counter(stop.journey_id for e in roster.duties for stop in e.stops if stop.kind is StopKind.PICKUP)
    lists = served + Counter(left.journey_id for left in roster.unserved)
    if lists != Counter(journeys):
        raise LostError(f"the lists hold {lists}, the day {journeys}")


def _above(day: LittleDay, search: Search) -> float:
    """The search's cost against the exact optimum."""
    places = places_of(day.journeys, day.duties)
    travel = formula_travel(places, day.policy, day.service_date)
    problem = build(day.journeys, day.duties, day.policy, travel, places, day.service_date)
    least, found = least_cost(problem), search.solve(problem, lambda _progress: None).cost
    if found < least:
        raise LostError(f"cost {found} is below the exact optimum {least}")
    return 100 * (found - least) / max(least, 1)


def _replanned(day: LittleDay, roster: Roster, planned: PlannedDay, dice: Random) -> int:
    plan = plan_of(roster, day.journeys, day.duties, day.policy, planned.travel)
    now, events = round(dice.uniform(4, 20) * HOUR), random_events(plan, day, dice)
    rounds = 0
    for later in (0, 2 * HOUR):
        _one_replan(plan, fold(plan, events, moment_at(plan.origin, now + later)))
        rounds += 1
    return rounds


def _one_replan(plan: Plan, state: DayState) -> None:
    before, rules = standing_roster(plan, state), day_rules(plan, state)
    journeys, duties = day_journeys(state), tuple(duty.duty for duty in state.duties.values())
    how = Replanning(iterations=60, workers=1)
    found = Replanner(plan.policy).propose(plan, state, before, rules, how)
    after = replace(before, duties=found.duties, unserved=found.unserved)
    broken = check_day(after, before, rules, journeys, duties, plan.policy, found.travel)
    if broken:
        raise LostError("re-planned: " + "; ".join(map(str, broken[:5])))
    _all_there(after, [journey.journey_id for journey in journeys])

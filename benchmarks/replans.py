"""A generated weekday with its plan, and one re-plan of it with where the seconds went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from time import perf_counter, process_time

from pts_optimiser.checking.day import check_day
from pts_optimiser.checking.violation import Violation
from pts_optimiser.dayof import DayState, Plan, fold, plan_of
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.diff import Diff, difference
from pts_optimiser.dayof.rules import day_journeys, day_rules
from pts_optimiser.domain.events import Event
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.events import read_events
from pts_optimiser.planning.day import Search
from pts_optimiser.planning.replan import Proposal, Replanner, Replanning
from pts_optimiser.planning.replan.own_places import with_own_places
from pts_optimiser.planning.replan.published import Published
from pts_optimiser.services.generate import generate
from pts_optimiser.services.plan import Order, plan
from pts_optimiser.services.reoptimise import read_plan
from pts_optimiser.services.sources import read_source

DAY = date(2026, 9, 15)


def planned_day(folder: Path, seconds: float) -> tuple[Plan, tuple[Event, ...]]:
    """A weekday planned for so many seconds, and its events; as it lies in ``folder`` where it was planned before."""
    day, out = folder / "in", folder / "plan"
    if not (out / "roster.json").exists():
        made = generate(DAY, 1, day, known="day-before")[0].folder
        order = Order(
            read_source(made / "journeys.csv"),
            read_source(made / "duties.csv"),
            out,
            search=Search(budget_s=seconds),
        )
        plan(order, lambda _progress: None)
    in_force = read_plan(out)
    return in_force, tuple(read_events(day / "events.jsonl", in_force.policy, service_date=DAY).items)


class Clock:
    """Wall-clock seconds; remembers when it was first and last looked at: from begin to end of a search."""

    def __init__(self) -> None:
        self.looks: list[float] = []

    def __call__(self) -> float:
        self.looks[1:] = [perf_counter()]
        return self.looks[-1]

    @property
    def searched(self) -> float:
        return self.looks[-1] - self.looks[0] if self.looks else 0.0


@dataclass(slots=True)
class Spent:
    """Wall-clock seconds by stage, and processor seconds of all threads."""

    wall: dict[str, float] = field(default_factory=dict)
    processor: float = 0.0

    @property
    def seconds(self) -> float:
        return sum(self.wall.values())

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        began, worked = perf_counter(), process_time()
        yield
        self.wall[stage] = self.wall.get(stage, 0.0) + perf_counter() - began
        self.processor += process_time() - worked


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """One re-plan: what stood, the proposal, what the referee says of it and what it changes."""

    state: DayState
    before: Roster
    after: Roster
    proposal: Proposal
    broken: list[Violation]
    diff: Diff
    spent: Spent


def replanned(in_force: Plan, events: Sequence[Event], now: datetime, replanner: Replanner, how: Replanning) -> Round:
    """From the events known at a moment to a checked roster and its diff."""
    spent, clock = Spent(), Clock()
    with spent.on("state"):
        state = fold(in_force, events, now)
    with spent.on("standing roster"):
        before, rules, journeys = standing_roster(in_force, state), day_rules(in_force, state), day_journeys(state)
        duties = tuple(duty.duty for duty in state.duties.values())
    with spent.on("re-plan"):
        found = replanner.propose(in_force, state, before, rules, replace(how, clock=clock))
    spent.wall["search"], spent.wall["re-plan"] = clock.searched, spent.wall["re-plan"] - clock.searched
    after = replace(before, duties=found.duties, unserved=found.unserved)
    with spent.on("referee"):
        broken = check_day(after, before, rules, journeys, duties, in_force.policy, found.travel)
    with spent.on("diff"):
        diff = difference(before, after, state, found.driving_s, in_force.policy)
    return Round(state, before, after, found, broken, diff, spent)


def put_in_force(in_force: Plan, found: Round) -> Plan:
    """The plan that the day follows after a re-plan."""
    roster, travel = with_own_places(found.after, in_force.travel, found.proposal.travel)
    told = Published.of(in_force).followed_by(in_force, found.proposal.duties)
    roster = replace(roster, engine={**roster.engine, "published": told.document()})
    duties = tuple(duty.duty for duty in found.state.duties.values())
    return plan_of(roster, day_journeys(found.state), duties, in_force.policy, travel, found.state.now)

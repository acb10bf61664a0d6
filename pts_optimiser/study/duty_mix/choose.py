"""The choice, by CP-SAT: so many of each candidate that the need is met at least cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from ortools.sat.python import cp_model

from pts_optimiser.demand.wall import DayKind
from pts_optimiser.domain.policy import Policy
from pts_optimiser.study.duty_mix.mix import DAYS_A_WEEK, Candidate, Mix, busy, nights, too_soon
from pts_optimiser.study.duty_mix.need import Base, Kind, Need, Servers, Slots
from pts_optimiser.study.duty_mix.rules import SLOTS, WEEK_HOURS, Rules

SHORT_PENCE = 20_000
"""For each vehicle missing in a half hour [A]: more than any duty costs there, so need is met where vehicles are."""

KEEP_PENCE = 100
"""A week for each vehicle and person: of equal mixes the one that needs fewer of both [A]."""

GAP = 0.01
"""Share of the cost that may be left unproved."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most vehicles of each type, and people, of all bases together; None: as many as it takes."""

    vehicles: Mapping[str, int] | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """``missing`` vehicle-half-hours of a week that limits leave unmet; ``gap`` the share of the cost left unproved."""

    mix: Mix
    missing: float
    gap: float


def choose(
    needs: Mapping[DayKind, Need], candidates: Sequence[Candidate], policy: Policy, rules: Rules, limits: Limits
) -> Choice:
    """Choose for bases that help each other out.

    In every half hour, for every set of kinds, the duties of these kinds can do all the work that only they can do:
    then by Hall's theorem all work can be shared out among them, whatever it is.
    """
    model = cp_model.CpModel()
    taken = {
        (day, candidate): model.new_int_var(0, ceil(_most(needs[day])), "") for day in needs for candidate in candidates
    }
    missing = [
        (DAYS_A_WEEK[day], _covered(model, taken, day, group, work, candidates, rules))
        for day, need in needs.items()
        for group, work in _demands(need, rules)
    ]
    kept = [*_owned(model, taken, needs, candidates, limits), *_staffed(model, taken, needs, candidates, limits)]
    pence = {key: round(100 * DAYS_A_WEEK[key[0]] * key[1].pounds(policy)) for key in taken}
    lacking = [(times, short) for times, shorts in missing for short in shorts]  # in percent of a vehicle
    penalty = sum(times * SHORT_PENCE // 100 * short for times, short in lacking)
    model.minimize(sum(pence[key] * taken[key] for key in taken) + KEEP_PENCE * sum(kept) + penalty)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2  # a third of the gap in the same time
    solver.parameters.relative_gap_limit = GAP
    solver.parameters.max_deterministic_time = rules.effort
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        raise RuntimeError(f"no mix was found: {solver.status_name(status)}")
    return Choice(
        {day: {c: n for c in candidates if (n := solver.value(taken[day, c]))} for day in needs},
        sum(times * solver.value(short) for times, short in lacking) / 100,
        1 - solver.best_objective_bound / solver.objective_value if solver.objective_value else 0.0,
    )


def _most(need: Need) -> float:
    """Vehicles that are needed at once, twice over: more of one candidate are of no use."""
    return 2 * float(np.sum(list(need.values()), axis=0).max(initial=0.5))


Group = tuple[frozenset[Base], Servers]


def _demands(need: Need, rules: Rules) -> Iterator[tuple[Group, Slots]]:
    """The work that only the duties of some bases and kinds can do: of all bases by kinds, and part of each base's."""
    bases = frozenset(base for base, _ in need)
    able = {kinds for _, kinds in need}
    for union in _unions(able):
        yield (bases, union), np.sum([work for (_, kinds), work in need.items() if kinds <= union], axis=0)
    if len(bases) > 1:
        every = frozenset[Kind]().union(*able)
        for base in sorted(bases):
            near = np.sum([work for (own, _), work in need.items() if own == base], axis=0)
            yield (frozenset({base}), every), rules.near * near


def _unions(sets: set[Servers]) -> list[Servers]:
    """All unions of some of the sets, in a fixed order."""
    found: set[Servers] = set()
    for one in sets:
        found |= {one | other for other in found} | {one}
    return sorted(found, key=sorted)


Taken = Mapping[tuple[DayKind, Candidate], cp_model.IntVar]


def _covered(
    model: cp_model.CpModel, taken: Taken, day: DayKind, group: Group, work: Slots, candidates: Sequence[Candidate],
    rules: Rules,
) -> list[cp_model.IntVar]:  # fmt: skip
    """Enough vehicles in every half hour, in percent of a vehicle; what is missing is a variable each."""
    bases, kinds = group
    able = [candidate for candidate in candidates if candidate.base in bases and candidate.kind in kinds]
    shorts = []
    for slot in range(SLOTS):
        least = round(100 * float(work[slot]) / rules.occupancy)
        if least > 0:
            there = [(taken[day, c], percent) for c in able if (percent := c.shift.available(slot))]
            short = model.new_int_var(0, least, "")
            model.add(sum(percent * variable for variable, percent in there) + short >= least)
            shorts.append(short)
    return shorts


def _owned(
    model: cp_model.CpModel, taken: Taken, days: Mapping[DayKind, Need], candidates: Sequence[Candidate], limits: Limits
) -> list[cp_model.IntVar]:
    """Vehicles by base and type: as many as are out or being turned round at once; those of a type within the limit."""
    found: dict[tuple[Base, str], cp_model.IntVar] = {}
    for candidate in candidates:
        found.setdefault((candidate.base, candidate.kind.vehicle_type), model.new_int_var(0, 10_000, ""))
    for (base, vehicle_type), owned in found.items():
        own = [c for c in candidates if c.base == base and c.kind.vehicle_type == vehicle_type]
        for day in days:
            for moment in sorted({candidate.shift.start for candidate in own}):
                model.add(sum(taken[day, c] for c in own if busy(c, moment)) <= owned)
    for vehicle_type, most in (limits.vehicles or {}).items():
        model.add(sum(owned for (_, own), owned in found.items() if own == vehicle_type) <= most)
    return list(found.values())


def _staffed(
    model: cp_model.CpModel, taken: Taken, days: Mapping[DayKind, Need], candidates: Sequence[Candidate], limits: Limits
) -> list[cp_model.IntVar]:
    """People by base: for a week's paid hours and the rest between days, as ``mix.people`` counts them."""
    found = []
    for base in sorted({candidate.base for candidate in candidates}):
        own = [candidate for candidate in candidates if candidate.base == base]
        staff = model.new_int_var(0, 100_000, "")
        hours = sum(round(60 * DAYS_A_WEEK[day] * c.paid_hours) * taken[day, c] for day in days for c in own)
        model.add(hours <= round(60 * WEEK_HOURS) * staff)
        for day, after in nights(list(days)):
            for late in sorted({candidate.shift.end for candidate in own} | {0}):
                ends = sum(c.kind.crew * taken[day, c] for c in own if c.shift.end >= late)
                begins = sum(c.kind.crew * taken[after, c] for c in own if too_soon(late, c.shift))
                model.add(ends + begins <= staff)
        found.append(staff)
    if limits.people is not None:
        model.add(sum(found) <= limits.people)
    return found

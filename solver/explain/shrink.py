"""From an insertion that is not possible to a minimal set of its rules that clash, and to rules that could give way."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any

from ortools.sat.python import cp_model

from solver.explain.insertion import Insertion
from solver.explain.rules import Clash, Kind, Relaxation, Rule

WORK = 0.02
"""Limit of one solve in CP-SAT's deterministic time, which bounds the work and does not depend on the machine."""

STEP = 60
"""Seconds in which rules give way: coarse, so that the least is found fast."""

POSSIBLE = (cp_model.OPTIMAL, cp_model.FEASIBLE)
RANK = {kind: rank for rank, kind in enumerate(Kind)}


def clash(insertion: Insertion, may_ease: Container[Kind], most: int) -> Clash | None:
    """The clash of one insertion, and what may give way by ``most`` seconds; None where the work limit came first.

    CP-SAT names a set of rules that suffices. Each is then left out in turn, and for good where the rest still
    clashes: without any one of what remains an insertion is possible.
    """
    status, left = _clashing(insertion, list(insertion.switches))
    if status != cp_model.INFEASIBLE:
        return None if status == cp_model.UNKNOWN else Clash(insertion.vehicle, (), (), ())
    needed: list[Rule] = []
    while left:
        rule, *others = left
        status, clashing = _clashing(insertion, [*needed, *others])
        if status == cp_model.INFEASIBLE:
            left = [other for other in clashing if other not in needed]
        else:
            needed.append(rule)
            left = others
    rules = tuple(reversed(needed))
    misses = _misses(insertion) if any(rule.kind is Kind.TARGET for rule in rules) else ()
    easing = [rule for rule in rules if rule.kind in may_ease and rule.request in (None, insertion.request)]
    return Clash(insertion.vehicle, rules, tuple(_relaxations(insertion, easing, most)), misses)


def _misses(insertion: Insertion) -> tuple[int, ...]:
    """The fewest requests whose targets would have to give way, and nothing else; none where that is not enough."""
    targets = {rule.request: switch for rule, switch in insertion.switches.items() if rule.kind is Kind.TARGET}
    kept = [switch for rule, switch in insertion.switches.items() if rule.kind is not Kind.TARGET]
    insertion.model.maximize(sum(targets.values()))
    status, solver = _solve(insertion, kept)
    if status not in POSSIBLE:
        return ()
    return tuple(r for r, switch in targets.items() if r is not None and not solver.value(switch))


def _clashing(insertion: Insertion, rules: Sequence[Rule]) -> tuple[Any, list[Rule]]:
    """Whether the rules can be kept together; if not, those of them that suffice to clash, the least telling first."""
    status, solver = _solve(insertion, [insertion.switches[rule] for rule in rules])
    if status != cp_model.INFEASIBLE:
        return status, []
    suffice = set(solver.sufficient_assumptions_for_infeasibility())
    found = [rule for rule in rules if insertion.switches[rule].index in suffice]
    return status, sorted(
        found, key=lambda rule: (rule.request == insertion.request, RANK[rule.kind], rule.request or 0)
    )


def _relaxations(insertion: Insertion, rules: Iterable[Rule], most: int) -> list[Relaxation]:
    """Of the rules of a clash those that let the request in by giving way alone, and by how much at least.

    No rule outside the clash can: all the rules of the clash would still be kept.
    """
    model = insertion.model
    steps = model.new_int_var(0, most // STEP, "")
    model.minimize(steps)
    found = []
    for rule in rules:
        eased = model.new_bool_var("")
        for expression, limit in insertion.limits.get(rule, ()):
            model.add(expression <= limit + STEP * steps).only_enforce_if(eased)
        kept = [switch for other, switch in insertion.switches.items() if other != rule]
        status, solver = _solve(insertion, [*kept, eased])
        if status == cp_model.OPTIMAL:
            found.append(Relaxation(rule, STEP * solver.value(steps)))
    return found


def _solve(insertion: Insertion, assumed: Sequence[Any]) -> tuple[Any, Any]:
    """One deterministic solve; these models are too small for presolve and probing to pay."""
    solver: Any = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.random_seed = 1
    parameters.cp_model_presolve = False
    parameters.cp_model_probing_level = 0
    parameters.linearization_level = 0
    parameters.symmetry_level = 0
    parameters.max_deterministic_time = WORK
    insertion.model.clear_assumptions()
    insertion.model.add_assumptions(assumed)
    return solver.solve(insertion.model), solver

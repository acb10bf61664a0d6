"""A request against some vehicles of a plan."""

from __future__ import annotations

from collections.abc import Container, Iterable

from solver.explain.rules import Clash, Kind
from solver.problem import Problem
from solver.solution import Sequences


def explain(
    problem: Problem,
    plan: Sequences,
    request: int,
    vehicles: Iterable[int],
    *,
    may_ease: Container[Kind] = frozenset(Kind),
    most: int = 7_200,
) -> list[Clash]:
    """What stands in the way of ``request`` on each of the ``vehicles``, in their order.

    The present stops of a vehicle keep their order and the requests served their targets, the request keeps its hard
    limits. Skills, crews and the like (``problem.compatible``), and whether any layout holds the request alone, are
    not looked at. A vehicle on which the work limit ends the search for a clash is left out.

    Parameters
    ----------
    may_ease : kinds of rules, of the vehicle or the request itself, for which a relaxation is looked for.
    most : seconds by which a rule may give way.
    """
    from solver.explain.insertion import Insertion  # noqa: PLC0415  (loads OR-Tools)
    from solver.explain.shrink import clash  # noqa: PLC0415

    found = (clash(Insertion(problem, v, plan.stops[v], request, plan.relaxed), may_ease, most) for v in vehicles)
    return [one for one in found if one is not None]

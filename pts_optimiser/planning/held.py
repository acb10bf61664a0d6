"""Journeys held on duties of somebody's choice while everything round them is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Reason, Unserved
from pts_optimiser.planning.reasons.code import Code
from solver import Problem

HELD_S = 2_000_000
"""More than any number of others that a place could be given to."""


def with_held(
    problem: Problem, journeys: Sequence[Journey], duties: Sequence[Duty], held: Mapping[str, str]
) -> Problem:
    """The problem in which each journey of ``held`` has its duty or none, and none only where it cannot be otherwise.

    Journeys and duties that the day does not have are no concern of it.
    """
    vehicle = {duty.duty_id: v for v, duty in enumerate(duties)}
    compatible, absence = problem.compatible.copy(), problem.unserved_cost.copy()
    for r, journey in enumerate(journeys):
        duty_id = held.get(journey.journey_id)
        if duty_id in vehicle:
            compatible[r] &= np.arange(len(duties)) == vehicle[duty_id]
            absence[r] += HELD_S
    return replace(problem, compatible=compatible, unserved_cost=absence)


def telling_held(left_out: Sequence[Unserved], held: Mapping[str, str]) -> tuple[Unserved, ...]:
    """Who is left out, those of ``held`` for that reason."""
    return tuple(
        replace(one, reasons=(_reason(held[one.journey_id]),)) if one.journey_id in held else one for one in left_out
    )


def _reason(duty_id: str) -> Reason:
    detail = f"It is locked to {duty_id}, which has no place for it, and so goes on no other duty."
    return Reason(str(Code.HELD), detail, "Unlock it, or lock it to another duty.")

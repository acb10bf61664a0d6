"""When a pick-up may be, after what its patient was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.dayof import JourneyState, Plan
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.journey import Direction
from pts_optimiser.planning.replan.prices import FAR_S, KEPT_S
from solver import Problem
from solver.problem import Int


def keep_promises(
    arrays: dict[str, Any],
    plan: Plan,
    rules: DayRules,
    states: Sequence[JourneyState],
    now: int,
    fetched: frozenset[int],
) -> NDArray[np.int32]:
    """Narrow the windows of pick-ups; the moment told to each patient [n], -1 where none was.

    Nobody but those ``fetched`` is picked up before now, nor earlier or later than the time told allows. Who was told a
    time is dear to leave out.
    """
    told = np.full(len(states), -1, np.int32)
    window, prices = arrays["pickup_window"], plan.policy.dayof
    for r, each in enumerate(states):
        if r in fetched:
            continue
        window[:, r, 0] = np.maximum(window[:, r, 0], now)
        binding = rules.promises.get(each.journey.journey_id)
        if binding is None:
            continue
        told[r] = promise = plan.seconds(binding.pickup_at)
        arrays["unserved_cost"][r] += KEPT_S
        if each.journey.direction is not Direction.OUTWARD:
            window[:, r, 0] = np.maximum(window[:, r, 0], promise - prices.promise_early)
        stands = plan.seconds(each.pickup.begin_at) if each.pickup else int(window[1, r, 0])
        window[:, r, 1] = np.minimum(window[:, r, 1], max(promise + prices.promise_late, stands))
    return told


def near_promises(problem: Problem, told: Int, times: Sequence[Mapping[int, int]], *, always: bool) -> Problem:
    """The problem where a pick-up farther from the moment told [n] than it is by ``times`` misses a target.

    With ``always`` none may be. Only what is farther than ``FAR_S`` counts.
    """
    window = problem.pickup_window.copy()
    stands = {stop: at for row in times for stop, at in row.items()}
    for r in np.flatnonzero(told >= 0).tolist():
        at = stands.get(r, int(told[r]))
        for tier in (0, 1) if always else (0,):
            low = max(int(window[tier, r, 0]), min(int(told[r]), at) - FAR_S)
            high = min(int(window[tier, r, 1]), max(int(told[r]), at) + FAR_S)
            if low <= high:
                window[tier, r] = low, high
    return replace(problem, pickup_window=window)

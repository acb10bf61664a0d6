"""When a pick-up may be, after what its patient was told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.journey import Direction
from pts_optimiser.planning.replan.prices import FAR_S, KEPT_S, MOVED_FAR_S
from pts_optimiser.planning.replan.still_to_do import StillToDo
from solver import Problem
from solver.problem import Int


def keep_promises(arrays: dict[str, Any], still: StillToDo) -> NDArray[np.int32]:
    """Narrow the windows of pick-ups; the moment told to each patient [n], -1 where none was.

    Nobody but those aboard, or in a lost vehicle, is picked up before now, nor earlier or later than the time told
    allows. Who was told a time is dear to leave out.
    """
    plan, rules, fetched = still.plan, still.rules, still.fetched()
    told = np.full(len(still.states), -1, np.int32)
    window, prices = arrays["pickup_window"], plan.policy.dayof
    for r, each in enumerate(still.states):
        if r in fetched:
            continue
        window[:, r, 0] = np.maximum(window[:, r, 0], still.now)
        binding = rules.promises.get(each.journey.journey_id)
        if binding is None:
            continue
        told[r] = promise = plan.seconds(binding.pickup_at)
        arrays["unserved_cost"][r] += KEPT_S
        if each.journey.direction is not Direction.OUTWARD:
            window[:, r, 0] = np.maximum(window[:, r, 0], promise - prices.promise_early)
        begins = each.pickup.begin_at if each.pickup else rules.stood.get(each.journey.journey_id)
        stands = int(window[1, r, 0]) if begins is None else plan.seconds(begins)
        window[:, r, 1] = np.minimum(window[:, r, 1], max(promise + prices.promise_late, stands))
    return told


def stay_near(problem: Problem, times: Sequence[Mapping[int, int]], free: Collection[int] = ()) -> Problem:
    """The problem where no pick-up moves by more than ``FAR_S`` from when it begins now, those of the requests ``free``
    only at the price ``MOVED_FAR_S``.

    A target that cannot be met so is none.
    """
    window, price = problem.pickup_window.copy(), problem.relaxed_cost.copy()
    for r, at in ((stop, at) for row in times for stop, at in row.items() if stop < problem.n_requests):
        near = window[1, r].copy()
        _narrow(near, at - FAR_S, at + FAR_S)
        if r in free:
            price[r] += MOVED_FAR_S
        else:
            window[1, r] = near
        low, high = near.tolist()
        if window[0, r, 0] > high or window[0, r, 1] < low:
            window[0, r] = low, high
        _narrow(window[0, r], low, high)
    return replace(problem, pickup_window=window, relaxed_cost=price)


def _narrow(window: Int, low: int, high: int) -> None:
    """Cut a window to what lies between two moments, where anything does."""
    low, high = max(int(window[0]), low), min(int(window[1]), high)
    if low <= high:
        window[:] = low, high

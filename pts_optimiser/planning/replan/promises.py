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


def stay_near(problem: Problem, times: Sequence[Mapping[int, int]]) -> Problem:
    """The problem where no pick-up moves by more than ``FAR_S`` from when it begins now.

    A target that cannot be met so is none.
    """
    window = problem.pickup_window.copy()
    for r, at in ((stop, at) for row in times for stop, at in row.items() if stop < problem.n_requests):
        _narrow(window[1, r], at - FAR_S, at + FAR_S)
        low, high = window[1, r].tolist()
        if window[0, r, 0] > high or window[0, r, 1] < low:
            window[0, r] = low, high
        _narrow(window[0, r], low, high)
    return replace(problem, pickup_window=window)


def free_to_move(near: Problem, given: Problem, requests: Collection[int]) -> Problem:
    """The problem ``near`` where some pick-ups may move as far as they may in the ``given`` one, each that leaves its
    target at the price ``MOVED_FAR_S``.

    No limit becomes narrower: a plan that holds in one holds in the other.
    """
    window, price, rows = near.pickup_window.copy(), near.relaxed_cost.copy(), sorted(requests)
    window[1, rows, 0] = np.minimum(window[1, rows, 0], given.pickup_window[1, rows, 0])
    window[1, rows, 1] = np.maximum(window[1, rows, 1], given.pickup_window[1, rows, 1])
    price[rows] += MOVED_FAR_S
    return replace(near, pickup_window=window, relaxed_cost=price)


def _narrow(window: Int, low: int, high: int) -> None:
    """Cut a window to what lies between two moments, where anything does."""
    low, high = max(int(window[0]), low), min(int(window[1]), high)
    if low <= high:
        window[:] = low, high

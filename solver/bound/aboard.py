"""Which requests can be aboard together: every set that some vehicle could hold at one moment within the limits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numba import njit

from solver.bound.stops import Matrix, Stops
from solver.problem import Int, Problem
from solver.reference import seated

MOST_SETS = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Aboard:
    """Set 0 is nobody; ``members[s]`` are in rising order with -1 behind them.

    ``less[s, k]`` is the set without its k-th member; ``joins[first[s] : first[s + 1]]`` are pairs (request, set with
    it) for every request that may come aboard. ``classes[s]`` has a bit for every vehicle class with a layout for it.
    """

    members: Int  # [sets, most]
    size: Int  # [sets]
    less: Int  # [sets, most]
    first: Int  # [sets + 1]
    joins: Int  # [joins, 2]
    classes: Matrix  # [sets]


def aboard(problem: Problem, stops: Stops) -> Aboard | None:
    """All the sets, None where there are too many.

    A set is kept where its members, pairwise and together, find room in one layout and a common compatible vehicle,
    and where some order of boarding and then alighting is possible if nobody else travels. Whoever else gets on or
    off between only makes it later, so no set that a plan can have is missed.
    """
    k = len(stops.requests)
    classes_of, stride, most = _carriers(problem)
    demand = problem.demand[stops.requests].astype(np.int64)
    vehicles = np.unique(problem.compatible[stops.requests], axis=1)
    able = vehicles[:, :62] @ (1 << np.arange(min(vehicles.shape[1], 62), dtype=np.int64))
    if vehicles.shape[1] > 62:
        able = np.full(k, -1, np.int64)
    deepest = int(np.floor(62 / np.log2(k + 2)))
    keys, complete = _enumerate(
        stops.soonest, stops.service, stops.low, stops.high, stops.ride, demand, classes_of, stride, most, able,
        problem.group[stops.requests], problem.exclusive[stops.requests], deepest, MOST_SETS,
    )  # fmt: skip
    return _tables(np.unique(keys), k, demand, classes_of, stride) if complete else None


def _carriers(problem: Problem) -> tuple[Matrix, Matrix, Matrix]:
    """Bits of the classes that carry each load, the stride of a load's index, and the most of every resource."""
    layouts = [(c, layout) for c, rows in enumerate(problem.layouts.tolist()) for layout in rows if min(layout) >= 0]
    most = np.array([layout for _, layout in layouts], np.int64).max(axis=0)
    if problem.substitutes.any():
        most = most + most.max()
    sizes = most + 1
    stride = np.array([int(np.prod(sizes[r + 1 :])) for r in range(len(sizes))], np.int64)
    classes = [
        sum({1 << c for c, layout in layouts if seated(problem, load, layout)})
        for load in product(*(range(size) for size in sizes))
    ]
    return np.array(classes, np.int64), stride, most


def _tables(keys: Matrix, k: int, demand: Matrix, classes_of: Matrix, stride: Matrix) -> Aboard:
    digits = []
    left = keys.copy()
    while left.any():
        digits.append(left % (k + 1) - 1)
        left //= k + 1
    members = np.sort(np.stack(digits, 1), axis=1)  # -1 first
    members = np.concatenate([np.full((1, members.shape[1]), -1), members])
    number = {tuple(row[row >= 0]): s for s, row in enumerate(members)}
    size = (members >= 0).sum(axis=1)
    less = np.zeros(members.shape, np.int32)
    joins: list[tuple[int, int, int]] = []
    packed = np.full(members.shape, -1, np.int32)
    loads = np.zeros((len(members), demand.shape[1]), np.int64)
    for s, row in enumerate(members.tolist()):
        inside = [r for r in row if r >= 0]
        packed[s, : len(inside)] = inside
        for position, r in enumerate(inside):
            before = number[(*inside[:position], *inside[position + 1 :])]
            less[s, position] = before
            joins.append((before, r, s))
            loads[s] += demand[r]
    joins.sort()
    table = np.array(joins, np.int32).reshape(-1, 3)
    first = np.searchsorted(table[:, 0], np.arange(len(members) + 1)).astype(np.int32)
    return Aboard(packed, size.astype(np.int32), less, first, table[:, 1:].copy(), classes_of[loads @ stride])


@njit(cache=True, nogil=True)
def _alight(waiting, count, last, begin, clock, boarded, k, soonest, service, low, high, ride):  # type: ignore[no-untyped-def]
    """Whether some order brings everybody off in time."""
    for i in range(count):
        r = waiting[i]
        step = soonest[last, k + r]
        if begin + step > high[k + r] or clock + step - boarded[r] - service[r] > ride[r]:
            return False
    if count <= 1:
        return True
    for i in range(count):
        r = waiting[i]
        step = soonest[last, k + r]
        waiting[i], waiting[count - 1] = waiting[count - 1], waiting[i]
        found = _alight(
            waiting, count - 1, k + r, max(begin + step, low[k + r]), clock + step, boarded, k, soonest, service, low,
            high, ride,
        )  # fmt: skip
        waiting[i], waiting[count - 1] = waiting[count - 1], waiting[i]
        if found:
            return True
    return False


@njit(cache=True, nogil=True)
def _enumerate(  # type: ignore[no-untyped-def]  # noqa: C901
    soonest, service, low, high, ride, demand, classes_of, stride, most, able, group, exclusive, deepest, limit
):
    """Keys of the sets, once for every order in which one can board; and whether all were found."""
    k = len(ride)
    keys = np.zeros(limit, np.int64)
    found = 0
    chain = np.zeros(deepest + 1, np.int64)
    begin = np.zeros(deepest + 1, np.int64)
    clock = np.zeros(deepest + 1, np.int64)
    common = np.zeros(deepest + 1, np.int64)
    turn = np.zeros(deepest + 1, np.int64)
    load = np.zeros((deepest + 1, len(most)), np.int64)
    boarded = np.zeros(k, np.int64)
    waiting = np.zeros(deepest + 1, np.int64)
    for start in range(k):
        top = 0
        chain[0], begin[0], clock[0], common[0], turn[0] = start, low[start], 0, able[start], 0
        load[0] = demand[start]
        boarded[start] = 0
        keys[found] = start + 1
        found += 1
        if found == limit:
            return keys[:found], False
        while top >= 0 and not exclusive[start]:
            r = turn[top]
            turn[top] += 1
            if r >= k:
                top -= 1
                continue
            if exclusive[r] or group[r] != group[start] or common[top] & able[r] == 0:
                continue
            step = soonest[chain[top], r]
            if begin[top] + step > high[r]:
                continue
            fits, index = True, 0
            for resource in range(len(most)):
                load[top + 1, resource] = load[top, resource] + demand[r, resource]
                fits &= load[top + 1, resource] <= most[resource]
                index += load[top + 1, resource] * stride[resource]
            if not fits or classes_of[index] == 0:
                continue
            for i in range(top + 1):
                fits &= chain[i] != r
            if not fits:
                continue
            if top + 1 == deepest:
                return keys[:found], False
            at, passed = max(begin[top] + step, low[r]), clock[top] + step
            boarded[r] = passed
            chain[top + 1] = r
            for i in range(top + 2):
                waiting[i] = chain[i]
            if not _alight(waiting, top + 2, r, at, passed, boarded, k, soonest, service, low, high, ride):
                continue
            top += 1
            begin[top], clock[top], common[top], turn[top] = at, passed, common[top - 1] & able[r], 0
            key = 0
            for member in np.sort(chain[: top + 1]):
                key = key * (k + 1) + member + 1
            keys[found] = key
            found += 1
            if found == limit:
                return keys[:found], False
    return keys[:found], True

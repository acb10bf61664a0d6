"""Random problems with every rule on, small enough to judge slowly."""

from __future__ import annotations

import numpy as np

from solver.problem import NEVER, Problem

HOUR = 3600


def random_problem(
    n: int,
    v: int,
    seed: int,
    *,
    breaks: bool = True,
    gap: int = 0,
    targets: bool = True,
    long_shifts: bool = False,
    duration: int = NEVER,
    distance: int = NEVER,
    metric: bool = False,
) -> Problem:
    """n requests in a 40-minute square with half a day of windows; two vehicle classes, three resources, two bands.

    ``metric`` leaves out what can make a way round shorter than the straight way: bands, overheads, rounding.
    """
    rng = np.random.default_rng(seed)
    sites = max(2, n // 6)
    m = n + sites + 2
    xy = rng.integers(0, 2400, size=(m, 2))
    crow = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    seconds = np.stack([crow * 1.0, crow * (1.0 if metric else 1.3)]).round().astype(np.int32)
    if metric:
        seconds = np.stack([np.abs(xy[:, None] - xy[None]).astype(np.int32).sum(-1)] * 2).astype(np.int32)
    home, site = np.arange(n), n + rng.integers(sites, size=n)
    inward = rng.random(n) < 0.5
    pickup, dropoff = np.where(inward, home, site), np.where(inward, site, home)
    pickup_band = rng.integers(2, size=n)
    direct = seconds[pickup_band, pickup, dropoff]
    service = rng.integers(60, 600, size=(2, n))
    due = rng.integers(2 * HOUR, 9 * HOUR, size=n)
    windows = np.zeros((2, 2, n, 2), np.int64)  # tier, end, request, bound
    for tier, slack in enumerate((1800, 3600) if targets else (3600, 3600)):
        windows[tier, 0] = np.where(inward[:, None], [0, NEVER // 2], np.stack([due, due + slack], 1))
        windows[tier, 1] = np.where(inward[:, None], np.stack([due - slack, due], 1), [0, NEVER // 2])
    wait = 0 if metric else 240
    overhead = np.stack([np.where(pickup >= n, wait, 0), np.where(dropoff >= n, wait, 0)])
    wheelchair = rng.random(n) < 0.25
    demand = np.zeros((n, 3), np.int32)
    demand[np.arange(n), np.where(wheelchair, 1, 0)] = 1
    demand[:, 0] += rng.random(n) < 0.2  # escorts
    demand[:, 2] = 1
    shift_start = rng.integers(0, HOUR, size=v)
    shift = np.stack([shift_start, shift_start + (12 if long_shifts else 9) * HOUR], 1)
    half = 1800 if breaks else 0
    return Problem(
        pickup_location=pickup.astype(np.int32),
        dropoff_location=dropoff.astype(np.int32),
        pickup_band=pickup_band.astype(np.int32),
        dropoff_band=rng.integers(2, size=n).astype(np.int32),
        pickup_service=service[0].astype(np.int32),
        dropoff_service=service[1].astype(np.int32),
        pickup_overhead=overhead[0].astype(np.int32),
        dropoff_overhead=overhead[1].astype(np.int32),
        pickup_window=windows[:, 0].astype(np.int32),
        dropoff_window=windows[:, 1].astype(np.int32),
        ride_limit=np.stack([np.maximum(direct + 600, 2400), np.maximum(direct * 1.5 + 900, 3600)]).astype(np.int32),
        demand=demand,
        group=rng.choice([0, 0, 0, 0, 1], size=n).astype(np.int32),
        exclusive=rng.random(n) < 0.08,
        unserved_cost=rng.integers(20_000, 40_000, size=n).astype(np.int32),
        relaxed_cost=np.full(n, 1_800 if targets else 0, np.int32),
        compatible=rng.random((n, v)) < 0.9,
        start_location=(m - 2 + rng.integers(2, size=v)).astype(np.int32),
        end_location=(m - 2 + rng.integers(2, size=v)).astype(np.int32),
        vehicle_band=np.zeros(v, np.int32),
        shift=shift.astype(np.int32),
        max_duration=np.full(v, duration, np.int32),
        max_distance=np.full(v, distance, np.int32),
        break_length=np.where(rng.random(v) < 0.8, half, 0).astype(np.int32),
        break_window=np.stack([shift_start + 3 * HOUR, shift_start + 5 * HOUR], 1).astype(np.int32),
        vehicle_class=rng.integers(2, size=v).astype(np.int32),
        vehicle_cost=np.full(v, 300, np.int32),
        layouts=np.array([[[4, 0, 3], [2, 1, 3]], [[6, 1, 3], [-1, -1, -1]]], np.int32),
        substitutes=np.zeros((3, 3), np.bool_),
        seconds=seconds,
        metres=(crow * 12).round().astype(np.int32),
        block_gap=gap,
    )

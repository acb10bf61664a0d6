"""The three numbers of a block against a full solve of its difference constraints."""

from __future__ import annotations

import numpy as np
import pytest

from solver.kernels.block import LEG, finish_from, latest_start, span_of, start_for, through
from solver.problem import NEVER

BLOCKS = 4_000


def random_block(rng: np.random.Generator) -> np.ndarray:
    """Two to five requests in a random order from empty to empty, windows and ride limits tight enough to matter."""
    size = int(rng.integers(1, 6))
    order: list[int] = []
    waiting, aboard = list(range(size)), []
    while waiting or aboard:
        if waiting and (not aboard or rng.random() < 0.55):
            aboard.append(waiting.pop(0))
            order.append(aboard[-1])
        else:
            order.append(size + aboard.pop(int(rng.integers(len(aboard)))))
    line = np.zeros(len(order), LEG)
    line["stop"] = order
    line["leg"] = rng.integers(0, 30, len(order))
    line["service"] = rng.integers(0, 10, len(order))
    line["mate"] = [order.index(s - size) if s >= size else -1 for s in order]
    line["ride"] = rng.integers(10, 120, len(order))
    middle = np.cumsum(line["leg"] + line["service"])
    line["earliest"] = middle - rng.integers(-20, 80, len(order))
    line["latest"] = line["earliest"] + rng.integers(0, 120, len(order))
    return line


def solved(line: np.ndarray, start: int) -> int | None:
    """Earliest finish by Bellman–Ford over all constraints at once, None where they contradict each other."""
    count = len(line)
    low = [int(x) for x in line["earliest"]]
    low[0] = max(low[0], start)
    arcs = [(k - 1, k, int(line["service"][k - 1] + line["leg"][k])) for k in range(1, count)]
    arcs += [
        (k, int(line["mate"][k]), -int(line["ride"][k]) - int(line["service"][line["mate"][k]]))
        for k in range(count)
        if line["mate"][k] >= 0
    ]
    for _ in range(count * count + 1):
        moved = False
        for a, b, gap in arcs:
            if low[a] + gap > low[b]:
                low[b] = low[a] + gap
                moved = True
        if any(t > int(latest) for t, latest in zip(low, line["latest"], strict=True)):
            return None
        if not moved:
            return low[-1] + int(line["service"][-1])
    return None


@pytest.mark.parametrize("seed", range(4))
def test_finish_span_and_latest_say_what_the_full_system_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    feasible = 0
    for _ in range(BLOCKS):
        line = random_block(rng)
        count = len(line)
        finish, latest, span = finish_from(line, count, -NEVER), latest_start(line, count), span_of(line, count)
        holds = finish < NEVER and latest > -NEVER and span < NEVER
        assert holds == (solved(line, -NEVER) is not None)
        if not holds:
            continue
        feasible += 1
        for start in rng.integers(int(line["earliest"][0]) - 20, int(line["latest"][0]) + 20, 4):
            expected = solved(line, int(start))
            assert through(finish, span, latest, start) == (NEVER if expected is None else expected)
            assert finish_from(line, count, start) == (NEVER if expected is None else expected)
    assert feasible > BLOCKS // 20


def test_start_for_is_the_last_start_that_still_makes_the_deadline() -> None:
    rng = np.random.default_rng(9)
    checked = 0
    while checked < 300:
        line = random_block(rng)
        count = len(line)
        finish, latest, span = finish_from(line, count, -NEVER), latest_start(line, count), span_of(line, count)
        if finish >= NEVER or latest <= -NEVER or span >= NEVER:
            continue
        checked += 1
        deadline = finish + int(rng.integers(-3, 60))
        last = start_for(finish, span, latest, deadline)
        in_time = [
            t
            for t in range(int(line["earliest"][0]) - 200, int(line["latest"][0]) + 2)
            if (done := solved(line, t)) is not None and done <= deadline
        ]
        assert (max(in_time) if in_time else -NEVER) == (last if in_time else -NEVER)
        if not in_time:
            assert last <= -NEVER

"""The three numbers of a block against a full solve of its difference constraints."""

from __future__ import annotations

from dataclasses import dataclass
from operator import gt

import numpy as np
import pytest

from solver.kernels.block import LINE, append, finish_of, latest_start, settle, span_of, start_for, through
from solver.kernels.tables import REQUEST, STOP
from solver.problem import NEVER

BLOCKS = 10_000


@dataclass
class Block:
    """Stops in order: pick-ups 0..size-1, drop-offs size..2 size-1."""

    order: list[int]
    legs: np.ndarray
    stops: np.ndarray
    requests: np.ndarray

    def numbers(self) -> tuple[int, int, int] | None:
        """Finish, span and latest start by the kernels, None where the block does not hold."""
        line = np.zeros(len(self.order), LINE)
        holds = all(
            append(line, k, leg, stop, s, self.requests)
            for k, (s, leg, stop) in enumerate(zip(self.order, self.legs, self.stops, strict=True))
        )
        if not holds:
            return None
        count = len(self.order)
        numbers = finish_of(line, count), span_of(line, count), latest_start(line, count)
        return numbers if settle(line, count) else None


def random_block(rng: np.random.Generator) -> Block:
    """One to five requests in a random order from empty to empty, windows and ride limits tight enough to matter."""
    size = int(rng.integers(1, 6))
    order: list[int] = []
    waiting, aboard = list(range(size)), []
    while waiting or aboard:
        if waiting and (not aboard or rng.random() < 0.55):
            aboard.append(waiting.pop(0))
            order.append(aboard[-1])
        else:
            order.append(size + aboard.pop(int(rng.integers(len(aboard)))))
    stops = np.zeros(len(order), STOP)
    legs = rng.integers(0, 30, len(order))
    stops["service"] = rng.integers(0, 10, len(order))
    middle = np.cumsum(legs + stops["service"])
    stops["earliest"] = middle - rng.integers(-20, 80, len(order))
    stops["latest"] = stops["earliest"] + rng.integers(0, 120, len(order))
    requests = np.zeros(size, REQUEST)
    requests["ride"] = rng.integers(10, 120, size)
    return Block(order, legs, stops, requests)


def solved(block: Block, start: int) -> int | None:
    """Earliest finish by Bellman–Ford over all constraints at once, None where they contradict each other."""
    count, size = len(block.order), len(block.requests)
    service = block.stops["service"].tolist()
    latest = block.stops["latest"].tolist()
    low = block.stops["earliest"].tolist()
    low[0] = max(low[0], start)
    arcs = [(k - 1, k, service[k - 1] + int(block.legs[k])) for k in range(1, count)]
    for k, s in enumerate(block.order):
        if s >= size:
            mate = block.order.index(s - size)
            arcs.append((k, mate, -int(block.requests["ride"][s - size]) - service[mate]))
    for _ in range(count * count + 1):
        moved = False
        for a, b, gap in arcs:
            if low[a] + gap > low[b]:
                low[b] = low[a] + gap
                moved = True
        if any(map(gt, low, latest)):
            return None
        if not moved:
            return int(low[-1] + service[-1])
    return None


@pytest.mark.parametrize("seed", range(5))
def test_finish_span_and_latest_say_what_the_full_system_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    feasible = 0
    for _ in range(BLOCKS):
        block = random_block(rng)
        numbers = block.numbers()
        assert (numbers is not None) == (solved(block, -NEVER) is not None)
        if numbers is None:
            continue
        feasible += 1
        first = block.stops[0]
        for start in rng.integers(int(first["earliest"]) - 20, int(first["latest"]) + 20, 4):
            expected = solved(block, int(start))
            assert through(*numbers, start) == (NEVER if expected is None else expected)
    assert feasible > BLOCKS // 20


def test_start_for_is_the_last_start_that_still_makes_the_deadline() -> None:
    rng = np.random.default_rng(9)
    checked = 0
    while checked < 300:
        block = random_block(rng)
        numbers = block.numbers()
        if numbers is None:
            continue
        checked += 1
        first = block.stops[0]
        deadline = numbers[0] + int(rng.integers(-3, 60))
        last = start_for(*numbers, deadline)
        in_time = [
            t
            for t in range(int(first["earliest"]) - 200, int(first["latest"]) + 2)
            if (done := solved(block, t)) is not None and done <= deadline
        ]
        assert (max(in_time) if in_time else -NEVER) == (last if in_time else -NEVER)
        if not in_time:
            assert last <= -NEVER

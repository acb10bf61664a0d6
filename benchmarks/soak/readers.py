"""Malformed input for every reader, spoilt at random; a file that is not as it must be is kept in the part's folder."""

from __future__ import annotations

import hashlib
import os
from multiprocessing import Pool
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.soak.tally import Tally
from tests.bad_input.readers import READERS
from tests.bad_input.verdict import judge, spoilt

WEIGHTS = [reader.weight for reader in READERS]
PATIENCE_S = 60
"""Beyond the budget: by then a process has died or hangs."""


def run(budget_s: float, seed: int, state: Path) -> Tally:
    """On every processor at once, each with a seed of its own."""
    processes = len(os.sched_getaffinity(0))
    with Pool(processes) as pool:
        waiting = pool.starmap_async(_tried, [(budget_s, processes * seed + one, state) for one in range(processes)])
        return sum(waiting.get(timeout=budget_s + PATIENCE_S), Tally())


def _tried(budget_s: float, seed: int, state: Path) -> Tally:
    """One input after the other, each with one to four ways to spoil it."""
    dice, began, cases, lost = Random(seed), perf_counter(), 0, []
    with TemporaryDirectory() as name:
        folder = Path(name)
        while perf_counter() - began < budget_s:
            [reader] = dice.choices(READERS, WEIGHTS)
            ways = [(dice.choice(reader.spoil), dice.getrandbits(32)) for _ in range(dice.choice((1, 1, 1, 2, 3, 4)))]
            data = spoilt(reader, ways, cases)
            cases += 1
            try:
                judge(reader, data, folder)
            except Exception as error:
                kept = state / f"{hashlib.sha256(data).hexdigest()[:16]} {reader.name}"
                kept.write_bytes(data)
                lost.append(f"readers, {kept}: {error!r:.200}")
    return Tally(cases=cases, lost=tuple(lost))

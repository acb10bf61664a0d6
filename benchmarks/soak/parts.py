"""The parts of the soak, each with its share of the time."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from benchmarks.soak.tally import Tally


@dataclass(frozen=True, slots=True)
class Part:
    """``module`` of this folder, its share of the whole, and what it does in the words of the table."""

    module: str
    share: float
    does: str

    def run(self, budget_s: float, seed: int, state: Path) -> Tally:
        tally: Tally = import_module(f"benchmarks.soak.{self.module}").run(budget_s, seed, state)
        return tally


PARTS = (
    Part("readers", 0.22, "malformed files of every kind read or refused"),
    Part("guided", 0.03, "malformed files made to reach new code (where atheris is installed)"),
    Part("days", 0.15, "small random days planned by every engine, and re-planned under random events"),
    Part("whole_days", 0.05, "whole days of every kind generated, planned and checked"),
    Part("faults", 0.1, "stores in use on both databases, one fault after the other, read whole after each"),
    Part("suite", 0.45, "of the tests marked `soak`, some: lists of events, killed processes, a fuzzed API"),
)

"""A scenario: what a study changes about a day before it is planned, and how it is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pts_optimiser.demand.wall import DayKind
from pts_optimiser.domain.duty import Duty
from pts_optimiser.planning.day import Engine

Pooling = Literal["as_given", "all", "own"]

ITERATIONS = 60
"""Of search for each journey, where the plan of a study does not say."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way to run the days of a study; the fields are keys of its plan.

    ``distancing`` and ``standards`` name profiles of the policy (``standards`` None: the one in use there). ``demand``
    is a factor on the journeys, ``fleet`` on the duties, after ``duties`` have taken the place of the day's own where
    they are given, or those of the day's kind in the ``chosen`` mix. ``pooling`` "own" keeps every duty to the contract
    round its base. ``electric`` is the share of the duties that run on electricity, None: as the day says. ``budget``
    is in iterations a journey, so that the same study gives the same tables on any machine; a day gets at least
    ``budget_least`` in all, as few journeys need more of them each. ``warm`` starts from the plan of the same weekday a
    week before.
    """

    name: str
    distancing: str = "off"
    standards: str | None = None
    demand: float = 1.0
    fleet: float = 1.0
    duties: tuple[Duty, ...] | None = None
    duties_file: str = ""
    chosen: Mapping[DayKind, tuple[Duty, ...]] | None = None
    pooling: Pooling = "as_given"
    electric: float | None = None
    engine: Engine = "hybrid"
    budget: int = ITERATIONS
    budget_least: int = 0
    seed: int = 1
    warm: bool = False


DIMENSIONS = (
    "distancing", "standards", "demand", "fleet", "duties_file", "pooling", "electric", "engine", "budget",
    "budget_least", "seed", "warm",
)  # fmt: skip
"""The fields by which scenarios differ, as columns of every table."""

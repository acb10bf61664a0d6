"""What may be ordered from the jobs, as the store keeps it. Light: no solver is loaded to order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from pts_optimiser.domain.errors import InputError

MOST_BUDGET_S = 3600.0
MOST_WORKERS = 64
MOST_REPLAN_S = 60.0
MOST_STUDY_BUDGET = 300
MOST_SCENARIOS = 12
MOST_STUDY_PLANS = 150


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """How to plan a day: as ``plan`` of the command line; ``warm`` is a roster version of the day to start from.

    ``held`` names journeys that stay on a duty, by it.

    Raises
    ------
    InputError
        A number out of its range, or ``iterations`` with OR-Tools.
    """

    budget_s: float = 90.0
    seed: int = 1
    workers: int = 2
    engine: Literal["hybrid", "ortools"] = "hybrid"
    distancing: str | None = None
    iterations: int | None = None
    warm: int | None = None
    held: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _within("budget_s", self.budget_s, 0, MOST_BUDGET_S)
        _within("workers", self.workers, 1, MOST_WORKERS)
        _within("seed", self.seed, 0, 2**31 - 1)
        if self.engine not in {"hybrid", "ortools"}:
            raise InputError("engine is hybrid or ortools")
        if self.iterations is not None:
            _within("iterations", self.iterations, 0, 10**9)
            if self.engine == "ortools":
                raise InputError("iterations go with the hybrid engine; OR-Tools stops by the clock (budget_s)")

    def document(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> PlanOrder:
        return cls(**document)


@dataclass(frozen=True, slots=True)
class ReoptimiseOrder:
    """How to re-plan the rest of a day; ``now`` is the moment it is, that of the work where it is absent.

    Raises
    ------
    InputError
        A number out of its range, or a time without offset.
    """

    now: datetime | None = None
    budget_s: float = 1.0
    most_changes_percent: float | None = None

    def __post_init__(self) -> None:
        _within("budget_s", self.budget_s, 0, MOST_REPLAN_S)
        if self.most_changes_percent is not None:
            _within("most_changes_percent", self.most_changes_percent, 0, 100)
        if self.now is not None and self.now.tzinfo is None:
            raise InputError("now has no offset; say which zone it is in")

    def document(self) -> dict[str, Any]:
        return asdict(self) | {"now": self.now.isoformat() if self.now else None}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> ReoptimiseOrder:
        now = document["now"]
        return cls(**{**document, "now": datetime.fromisoformat(now) if now else None})


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """Which roster version of a day to export: its whole folder, as ``plan`` writes it, in one zip."""

    version: int

    def document(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> ExportOrder:
        return cls(**document)


@dataclass(frozen=True, slots=True)
class StudyOrder:
    """A study: days × every distancing with every demand and fleet.

    ``source`` says whose days: those from ``first`` to ``last`` that are ``kept`` here, or ``generated`` ones, of some
    ``contracts`` (none: all), from Monday to Friday where ``weekdays`` says so. The first list with more than one value
    is what is compared, its first value the baseline. ``budget`` is in iterations of search a journey.

    Raises
    ------
    InputError
        A number out of its range, an empty list, or more than is done for one order.
    """

    title: str
    first: date
    last: date
    source: Literal["kept", "generated"] = "kept"
    weekdays: bool = True
    contracts: tuple[str, ...] = ()
    distancing: tuple[str, ...] = ("off",)
    demand: tuple[float, ...] = (1.0,)
    fleet: tuple[float, ...] = (1.0,)
    budget: int = 45
    seed: int = 1

    def __post_init__(self) -> None:
        if not self.first <= self.last:
            raise InputError("the last day is before the first")
        _within("budget", self.budget, 0, MOST_STUDY_BUDGET)
        _within("seed", self.seed, 0, 2**31 - 1)
        for factor in self.demand:
            _within("demand", factor, 0.1, 1 if self.source == "kept" else 2)
        for factor in self.fleet:
            _within("fleet", factor, 0.1, 3)
        scenarios = len(self.distancing) * len(self.demand) * len(self.fleet)
        _within("the number of scenarios", scenarios, 1, MOST_SCENARIOS)
        plans = scenarios * ((self.last - self.first).days + 1)
        _within("the number of days times scenarios", plans, 1, MOST_STUDY_PLANS)

    def document(self) -> dict[str, Any]:
        return asdict(self) | {"first": self.first.isoformat(), "last": self.last.isoformat()}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> StudyOrder:
        ends = {name: date.fromisoformat(document[name]) for name in ("first", "last")}
        lists = {name: tuple(document[name]) for name in ("contracts", "distancing", "demand", "fleet")}
        return cls(**{**document, **ends, **lists})


def _within(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise InputError(f"{name} is from {least:g} to {most:g}")

"""What may be ordered from the jobs, as the store keeps it. Light: no solver is loaded to order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from pts_optimiser.domain.errors import InputError

MOST_BUDGET_S = 3600.0
MOST_WORKERS = 64
MOST_REPLAN_S = 60.0


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


def _within(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise InputError(f"{name} is from {least:g} to {most:g}")

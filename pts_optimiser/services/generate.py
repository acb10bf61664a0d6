"""``generate``: synthetic days as input files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pts_optimiser.demand.day import GeneratedDay, generate_day
from pts_optimiser.demand.events import events_jsonl
from pts_optimiser.demand.week import generate_week
from pts_optimiser.domain.errors import InputError
from pts_optimiser.intake.writing import duties_csv, journeys_csv

Known = Literal["day-before", "all"]


@dataclass(frozen=True, slots=True)
class Written:
    """One generated day and the folder that it was written to."""

    folder: Path
    service_date: date
    journeys: int
    duties: int
    events: int
    summary: Mapping[str, int]


def generate(
    service_date: date, seed: int, out: Path, *, scale: float = 1.0, weeks: int = 0, known: Known = "day-before"
) -> list[Written]:
    """Write one day to ``out``, or each day of ``weeks`` weeks to a folder below it named by its date.

    Raises
    ------
    InputError
        A scale, seed or number of weeks that makes no sense, or an ``out`` that cannot be written.
    """
    if seed < 0 or weeks < 0 or not 0 < scale <= 10:
        raise InputError("generate needs a seed ≥ 0, 0 < scale ≤ 10 and weeks ≥ 0")
    try:
        if not weeks:
            return [_write(generate_day(service_date, seed, scale=scale, known=known), out)]
        days = generate_week(service_date, seed, weeks, scale=scale, known=known)
        return [_write(day, out / day.service_date.isoformat()) for day in days]
    except OSError as error:
        raise InputError(f"{out}: {error.strerror or error}") from error


def _write(day: GeneratedDay, folder: Path) -> Written:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "journeys.csv").write_text(journeys_csv(day.journeys), encoding="utf-8", newline="")
    (folder / "duties.csv").write_text(duties_csv(day.duties), encoding="utf-8", newline="")
    (folder / "events.jsonl").write_text(events_jsonl(day.events), encoding="utf-8", newline="")
    (folder / "summary.json").write_text(json.dumps(dict(day.summary), indent=1) + "\n", encoding="utf-8")
    return Written(folder, day.service_date, len(day.journeys), len(day.duties), len(day.events), dict(day.summary))

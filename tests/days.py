"""Small days cut out of generated ones, shared by the tests of planning, services and the command line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pts_optimiser.demand.day import generate_day
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.intake.writing import duties_csv, journeys_csv

WEEKDAY, SATURDAY, SUNDAY = date(2026, 11, 24), date(2026, 11, 28), date(2026, 11, 29)
CLOCKS_FORWARD, CLOCKS_BACK = date(2026, 3, 29), date(2026, 10, 25)


@dataclass(frozen=True)
class SmallDay:
    service_date: date
    journeys: tuple[Journey, ...]
    duties: tuple[Duty, ...]

    def write(self, folder: Path) -> tuple[Path, Path]:
        folder.mkdir(parents=True, exist_ok=True)
        journeys, duties = folder / "journeys.csv", folder / "duties.csv"
        journeys.write_text(journeys_csv(self.journeys), encoding="utf-8")
        duties.write_text(duties_csv(self.duties), encoding="utf-8")
        return journeys, duties


@cache
def small_day(service_date: date = WEEKDAY, seed: int = 1, share: int = 30) -> SmallDay:
    """Every ``share``-th attendance (both its journeys) and duty of a generated day."""
    day = generate_day(service_date, seed, known="all")
    attendances = sorted({j.attendance_id or j.journey_id for j in day.journeys})
    kept = set(attendances[::share])
    journeys = tuple(j for j in day.journeys if (j.attendance_id or j.journey_id) in kept)
    return SmallDay(service_date, journeys, day.duties[:: max(1, share * 9 // 10)])


def with_unknown_mobility(content: bytes) -> bytes:
    """``journeys.csv`` with one journey, of no attendance, whose mobility code nobody knows."""
    rows = list(csv.DictReader(content.decode().splitlines()))
    next(row for row in rows if not row["attendance_id"])["mobility"] = "rocket"
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()

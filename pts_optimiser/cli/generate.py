"""``generate``: synthetic days."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pts_optimiser.cli.terminal import Json, answering, print_json


class Known(StrEnum):
    DAY_BEFORE = "day-before"
    ALL = "all"


def generate(
    date: Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="Service date (of the first day).")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.")],
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1,
    scale: Annotated[float, typer.Option("--scale", help="Multiplies the journeys; 1.13 is the stress day.")] = 1.0,
    weeks: Annotated[int, typer.Option("--weeks", min=0, help="Whole weeks, one folder a day.")] = 0,
    known: Annotated[
        Known, typer.Option("--known", help="What journeys.csv holds: the bookings known the day before, or all.")
    ] = Known.DAY_BEFORE,
    json: Json = False,
) -> None:
    """Write synthetic journeys.csv, duties.csv and events.jsonl, calibrated to public figures. No real patients."""
    with answering(as_json=json):
        from pts_optimiser.services.generate import generate as generate_service

        days = generate_service(date.date(), seed, out, scale=scale, weeks=weeks, known=known.value)
        if json:
            print_json(
                {
                    "days": [
                        {
                            "folder": str(day.folder),
                            "service_date": day.service_date.isoformat(),
                            "journeys": day.journeys,
                            "duties": day.duties,
                            "events": day.events,
                            "summary": dict(day.summary),
                        }
                        for day in days
                    ]
                }
            )
            return
        for day in days:
            typer.echo(
                f"{day.service_date:%a %d %b %Y}: {day.journeys:,} journeys, {day.duties} duties,"
                f" {day.events:,} events → {day.folder}"
            )

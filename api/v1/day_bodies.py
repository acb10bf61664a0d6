"""A day sent as JSON, as the tables that intake reads: one way of checking for every way of sending."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import Enum

from pydantic import BaseModel

from api.manners.problems import ProblemIssue, issue_in, issue_of
from api.models.days import DayIn, DutyIn, JourneyIn
from pts_optimiser.domain.issue import Issue
from pts_optimiser.services.hosted.days import DayTables

_LISTS = {"journeys.csv": "journeys", "duties.csv": "duties"}


def tables_of(day: DayIn) -> DayTables:
    """The day's tables; item n of a list is the row n + 2."""
    return DayTables(
        journeys=_table(JourneyIn, day.journeys),
        duties=_table(DutyIn, day.duties),
        policy=None if day.policy is None else day.policy.encode(errors="surrogatepass"),
        service_date=day.service_date,
        distancing=day.distancing,
        standards=day.standards,
    )


def issue_in_json(found: Issue) -> ProblemIssue:
    """A finding about a row, told of the item of the list that the row was."""
    items = _LISTS.get(found.file)
    if items is None or found.row is None or found.row < 2:
        return issue_of(found)
    return issue_in(f"/{items}/{found.row - 2}", found)


def _table(model: type[BaseModel], items: Sequence[BaseModel]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(model.model_fields)
    for item in items:
        writer.writerow([_cell(value) for _, value in item])
    return text.getvalue().encode()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case float():
            return format(Decimal(repr(value)), "f")
        case Enum():
            return str(value.value)
        case datetime():
            return value.isoformat(timespec="seconds")
        case list():
            return ";".join(value)
        case _:
            return str(value)

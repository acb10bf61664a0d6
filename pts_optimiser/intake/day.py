"""One service day: its journeys and duties, read together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.duties import read_duties, service_day
from pts_optimiser.intake.findings import input_error
from pts_optimiser.intake.journeys import read_journeys
from pts_optimiser.intake.reading import Rejected


@dataclass(frozen=True, slots=True)
class Day:
    """What is to be planned. ``issues`` holds warnings, and the errors of the rows left out in ``rejected``."""

    service_date: date
    journeys: tuple[Journey, ...]
    duties: tuple[Duty, ...]
    issues: tuple[Issue, ...]
    rejected: tuple[Rejected, ...]


def read_day(
    journeys: Path | bytes,
    duties: Path | bytes,
    policy: Policy,
    *,
    service_date: date | None = None,
    skip_bad: bool = False,
    as_it_went: bool = False,
) -> Day:
    """Read both files in one pass. The service date defaults to the local date on which most duties start.

    ``as_it_went``: a day under way, on which journeys of an attendance may have been parted or put off to the next day.

    Raises
    ------
    InputError
        With all issues of both files: for any error; with ``skip_bad`` only where a file as a whole cannot be
        trusted (its header or quoting is broken) or has no good row.
    """
    read = read_duties(duties, policy, service_date=service_date)
    if service_date is None and read.items:
        service_date = service_day(read.items)
    day = None if as_it_went else service_date
    asked = read_journeys(journeys, policy, service_date=day, paired=not as_it_went)
    issues = asked.issues + read.issues
    errors = any(issue.severity is Severity.ERROR for issue in issues)
    usable = asked.items and read.items and not asked.fatal and not read.fatal
    if service_date is None or not usable or (errors and not skip_bad):
        raise input_error(issues)
    return Day(service_date, asked.items, read.items, issues, asked.rejected + read.rejected)

"""Which times belong to a service day: from its midnight to noon of the next day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pts_optimiser.domain.clock import LONDON, midnight
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.row import Row


def check_day(row: Row, column: str, moment: datetime | None, service_date: date) -> None:
    """Report a time that does not lie on the service day."""
    end = datetime.combine(service_date + timedelta(days=1), time(12), tzinfo=LONDON)
    if moment is not None and not midnight(service_date) <= moment <= end:
        row.error(
            Code.OTHER_DAY,
            column,
            f"{column} is not on the service day {service_date.isoformat()}.",
            "plan each day by itself; a service day ends at noon of the next day.",
        )

"""Seats over the day, for the chart: on vehicles in service, permitted, and taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import RosteredDuty, StopKind
from pts_optimiser.reporting.legs import legs
from pts_optimiser.reporting.utilisation import WHEELCHAIR_SEATS, SeatCount

STEP_S = 600


def seats_over_day(duties: Iterable[RosteredDuty], policy: Policy, origin: datetime) -> list[list[int]]:
    """Rows [seconds after ``origin``, seats in service, permitted, taken], every ten minutes while any is in service.

    A vehicle is in service from base to base, breaks left out; who boards counts from the vehicle's departure, who
    alights up to it. A wheelchair position counts as two seats.
    """
    nominal, permitted = SeatCount(WHEELCHAIR_SEATS), SeatCount.permitted(WHEELCHAIR_SEATS, policy)
    spans: list[tuple[int, int, tuple[int, int, int]]] = []
    for duty in duties:
        for leg in legs(duty, policy.vehicle_types[duty.vehicle_type]):
            until = {StopKind.BREAK: leg.after.begin_at, StopKind.END: leg.after.arrive_at}
            counts = (
                nominal.offered(leg.layout, leg.load, duty.vehicle_type),
                permitted.offered(leg.layout, leg.load, duty.vehicle_type),
                nominal.taken(leg.load),
            )
            last = until.get(leg.after.kind, leg.after.depart_at)
            spans.append((seconds_after(origin, leg.before.depart_at), seconds_after(origin, last), counts))
    if not spans:
        return []
    first = min(begin for begin, _, _ in spans) // STEP_S
    ticks = max(end for _, end, _ in spans) // STEP_S - first + 2
    seats = np.zeros((ticks, 3), dtype=np.int64)
    for begin, end, counts in spans:
        seats[-(-begin // STEP_S) - first : -(-end // STEP_S) - first] += counts
    return [[(first + tick) * STEP_S, *map(int, row)] for tick, row in enumerate(seats)]

"""The document of ``kpis.json``: every figure with its unit in its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Category, Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.reporting import effort, service
from pts_optimiser.reporting.legs import runs
from pts_optimiser.reporting.numbers import percent, ratio
from pts_optimiser.reporting.rides import rides
from pts_optimiser.reporting.standards import standards_table
from pts_optimiser.reporting.travel import Travel
from pts_optimiser.reporting.utilisation import seat_utilisation


def kpis(
    roster: Roster, journeys: Sequence[Journey], duties: Sequence[Duty], policy: Policy, travel: Travel
) -> dict[str, Any]:
    """All figures of a checked roster, ready for JSON.

    Units stand in the names (``_percent`` 0 to 100, ``_min``, ``_km``, ``_kg``; cost in pounds; ``U…`` as shares of
    1). A figure that nothing was observed for is None. An unserved journey is counted under its first reason.
    """
    served_rides = list(rides(roster, journeys, travel))
    served = len(served_rides)
    worked = effort.worked_duties(roster.duties, duties, policy)
    hours = effort.hours_and_distance(worked)
    utilisation = seat_utilisation(roster.duties, policy)
    table = standards_table(served_rides, journeys, policy)
    reasons = Counter(left.reasons[0].code if left.reasons else "unexplained" for left in roster.unserved)
    return {
        "journeys": len(journeys),
        "served": served,
        "unserved": len(roster.unserved),
        "served_percent": percent(served, len(journeys)),
        "unserved_by_reason": dict(reasons.most_common()),
        "by_category": _by_category(journeys, {ride.journey.journey_id for ride in served_rides}),
        "standards": table,
        "standards_with_target": sum(row["met"] is not None for row in table),
        "standards_met": sum(row["met"] is True for row in table),
        "seat_utilisation": utilisation,
        "runs": sum(len(runs(w.rostered, w.vehicle_type)) for w in worked),
        "patients_per_run": utilisation["nominal"]["U5"],
        "journeys_per_vehicle_hour": ratio(served, hours["service_hours"]),
        "journeys_per_crew_hour": ratio(served, hours["crew_service_hours"]),
        "empty_running": effort.empty_running(worked),
        "time_aboard": service.time_aboard(served_rides),
        "wait_after_ready": service.wait_after_ready(served_rides),
        "arrivals": service.arrivals(served_rides),
        "same_day_response": service.same_day_response(served_rides),
        "duties_offered": len(duties),
        "duties_used": len(worked),
        "layout_changes": sum(duty.layout_changes for duty in roster.duties),
        **hours,
        "cost": effort.cost(worked, served, policy),
        "co2e": effort.co2e(worked, served),
        "zero_emission": effort.zero_emission(worked),
        "break_compliance": effort.break_compliance(worked),
    }


def with_kpis(
    roster: Roster, journeys: Sequence[Journey], duties: Sequence[Duty], policy: Policy, travel: Travel
) -> Roster:
    """The roster with its figures filled in, as the output folder wants it."""
    return replace(roster, kpis=kpis(roster, journeys, duties, policy, travel))


def _by_category(journeys: Sequence[Journey], served: set[str]) -> dict[str, dict[str, int]]:
    booked = Counter(journey.category for journey in journeys)
    done = Counter(journey.category for journey in journeys if journey.journey_id in served)
    return {c.value: {"journeys": booked[c], "served": done[c]} for c in Category if booked[c]}


def with_bound(roster: Roster, least_drive_s: int | None) -> Roster:
    """The roster with how far above the least possible its driving can be; None where that was not proved."""
    driven = sum(duty.drive_s for duty in roster.duties)
    bound = {
        "least_hours": None if least_drive_s is None else least_drive_s / 3600,
        "at_most_over_percent": None if not least_drive_s else 100 * (driven / least_drive_s - 1),
    }
    return replace(roster, kpis={**roster.kpis, "driving_bound": bound})

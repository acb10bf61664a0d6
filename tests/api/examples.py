"""A small day as JSON, and a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
DAY = "2026-11-24"


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


def a_journey(journey_id: str = "J1", contract: str = "cheshire", **changes: Any) -> dict[str, Any]:
    return {
        "journey_id": journey_id,
        "patient_ref": f"p-{journey_id}",
        "contract": contract,
        "category": "renal",
        "direction": "inward",
        "pickup_place": "home 1",
        "pickup_lat": 53.19,
        "pickup_lon": -2.89,
        "dropoff_place": "CoCH",
        "dropoff_lat": 53.2115,
        "dropoff_lon": -2.9023,
        "appointment_at": "2026-11-24T07:30:00Z",
        "mobility": "car",
        **changes,
    }


def a_duty(duty_id: str = "D1", **changes: Any) -> dict[str, Any]:
    return {
        "duty_id": duty_id,
        "vehicle_id": f"V-{duty_id}",
        "vehicle_type": "standard_pts",
        "base": "Chester",
        "base_lat": 53.2,
        "base_lon": -2.88,
        "start_at": "2026-11-24T06:00:00Z",
        "end_at": "2026-11-24T16:00:00+00:00",
        "crew": 1,
        "break_minutes": 30,
        **changes,
    }


def a_day(**changes: Any) -> dict[str, Any]:
    journeys = [a_journey("J1"), a_journey("J2", "merseyside")]
    return {"journeys": journeys, "duties": [a_duty("D1"), a_duty("D2", contracts=["cheshire"])], **changes}

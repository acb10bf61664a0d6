"""The columns of the input files, in the order in which they are written."""

from __future__ import annotations

JOURNEY_COLUMNS = (
    "journey_id",
    "attendance_id",
    "patient_ref",
    "contract",
    "category",
    "direction",
    "pickup_place",
    "dropoff_place",
    "pickup_lat",
    "pickup_lon",
    "dropoff_lat",
    "dropoff_lon",
    "pickup_postcode",
    "dropoff_postcode",
    "pickup_kind",
    "dropoff_kind",
    "appointment_at",
    "ready_at",
    "mobility",
    "escorts",
    "travel_alone",
    "cohort",
    "skills",
    "booked_at",
)
JOURNEY_REQUIRED = frozenset(
    {"journey_id", "patient_ref", "category", "direction", "pickup_place", "dropoff_place", "mobility"}
)

DUTY_COLUMNS = (
    "duty_id",
    "vehicle_id",
    "vehicle_type",
    "base",
    "base_lat",
    "base_lon",
    "start_at",
    "end_at",
    "crew",
    "skills",
    "contracts",
    "break_minutes",
    "break_earliest",
    "break_latest",
    "energy",
    "range_km",
)
DUTY_REQUIRED = frozenset(DUTY_COLUMNS[:9])

"""The figures that are made of the sums of a breakdown, in the order in which a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Good = Literal["more", "less", ""]


@dataclass(frozen=True, slots=True)
class Figure:
    """``scale`` · Σ ``over`` ÷ Σ ``by``; without ``by`` the mean of ``over`` over days.

    ``good`` says which way is better, "" where that is for the reader to judge; ``meaning`` is the figure in words.
    """

    key: str
    label: str
    unit: str
    places: int
    over: str
    by: str = ""
    scale: float = 1.0
    good: Good = "less"
    meaning: str = ""


def _utilisation(seats: Literal["offered", "permitted"], tail: str, of: str) -> tuple[Figure, ...]:
    """U1 to U4 and U6 of ``reporting.utilisation`` on seats of the layout, or on those that distancing permits."""

    def figure(name: str, label: str, over: str, by: str, meaning: str) -> Figure:
        return Figure(f"{name}{tail}", f"{name} {label}{of}", "%", 1, over, by, 100.0, "", meaning)

    return (
        figure(
            "U1", "seats taken while loaded", "taken_s", f"{seats}_loaded_s",
            "Seat-minutes taken by patients and escorts ÷ seat-minutes offered, while somebody is aboard. A wheelchair"
            " position counts as two seats, a stretcher as one.",
        ),
        figure("U1p", "seats taken by patients", "patients_s", f"{seats}_loaded_s", "As U1, without escorts."),
        figure("U2", "seats taken, empty drives too", "taken_s", f"{seats}_s", "As U1, over all drives in service."),
        figure("U3", "seats taken, by distance", "taken_m", f"{seats}_loaded_m", "As U1, by kilometres for minutes."),
        figure("U4", "fullest moment of a run", f"peaks{tail}", "runs", "Mean over runs of the fullest share."),
        figure(
            "U6", "boardings to seats of a run", "boarded_seats", f"run_{seats}",
            "Seats taken by all who boarded ÷ seats offered, one offer a run; over 100 % where seats are used in turn.",
        ),
    )  # fmt: skip


def _a_day(key: str, label: str, unit: str, over: str, scale: float = 1.0, meaning: str = "") -> Figure:
    return Figure(key, f"{label} a day", unit, 1 if unit == "h" else 0, over, "", scale, "less", meaning)


_PATIENTS_A_RUN = Figure(
    "U5", "U5 patients a run", "", 2, "run_patients", "runs", 1.0, "", "A run is from empty to empty."
)

OF_VEHICLES = (
    *sorted((*_utilisation("offered", "", ""), _PATIENTS_A_RUN), key=lambda figure: figure.key),
    *_utilisation("permitted", "_permitted", ", of permitted seats"),
    Figure(
        "productivity", "Journeys per vehicle-hour", "", 2, "boardings", "service_s", 3600.0, "more",
        "Boardings ÷ hours from base to base without the break.",
    ),
    _a_day("service_hours", "Vehicle-hours in service", "h", "service_s", 1 / 3600, "Base to base, without the break."),
    _a_day("paid_hours", "Paid crew hours", "h", "paid_s", 1 / 3600,
           "The whole shift of each duty that is used, for each member of its crew, without the break."),
    _a_day("driven_hours", "Driven hours", "h", "drive_s", 1 / 3600),
    _a_day("driven_km", "Kilometres", "km", "drive_m", 1e-3),
    Figure("empty_km_percent", "Empty kilometres", "%", 1, "empty_m", "drive_m", 100.0, "less", "With nobody aboard."),
    _a_day("cost", "Cost", "£", "cost", 1.0,
           "Paid crew hours, vehicle hours in service and kilometres at the policy's rates."),
    Figure("cost_per_journey", "Cost per journey", "£", 2, "cost", "boardings"),
    _a_day("co2e", "CO₂e", "kg", "co2e_kg", 1.0, "Kilometres × the factor of the vehicle type in the policy."),
    Figure("co2e_per_journey", "CO₂e per journey", "kg", 2, "co2e_kg", "boardings"),
)  # fmt: skip

OF_PATIENTS = (
    Figure("journeys", "Journeys a day", "", 0, "journeys", good="", meaning="Of one patient in one direction."),
    Figure("served_percent", "Journeys served", "%", 1, "served", "journeys", 100.0, "more"),
    Figure("aboard_mean", "Time aboard, mean", "min", 1, "aboard_s", "served", 1 / 60),
    Figure("detour", "Time aboard ÷ direct drives", "", 2, "aboard_s", "direct_s"),
    Figure("wait_mean", "Wait after ready, mean", "min", 1, "wait_s", "collected", 1 / 60),
)
"""Those that are about journeys, not about vehicles: also for who may see some contracts only."""

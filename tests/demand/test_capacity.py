"""A crude balance of the roster against the demand: by half hour and capability, and journey by journey."""

from datetime import date, datetime

import numpy as np
import pytest

from pts_optimiser.demand.day import GeneratedDay
from pts_optimiser.demand.sites import crow_km
from pts_optimiser.domain.clock import midnight, seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from tests.demand.generated import SATURDAY, SEEDS, SUNDAY, TUESDAY, WEEKDAYS, day, solo_km

SPECIAL = {"stretcher", "bariatric", "hdu"}
WHEELED = {"wheelchair", "electric"}
SHARED = 2.5  # patients a run in the busy hours, where they may share; 3.7 were published for a normal year
APPROACH = 12  # minutes of empty driving a journey
DWELL = {"car": 8, "assist1": 15, "assist2": 25, "wc_transfer": 16, "stretcher": 35, "bariatric": 50, "hdu": 38}
STRETCHER_VEHICLES = {"stretcher_pts", "bariatric", "hdu"}
FIRST_START = 330
CHAIR_VEHICLES = {"small_pts", "standard_pts"}
OWN_VEHICLE = {"bariatric": {"bariatric"}, "hdu": {"hdu"}, "stretcher": STRETCHER_VEHICLES}


def drive_minutes(km: np.ndarray) -> np.ndarray:
    """The region's fitted drive by crow-fly distance, a tenth slower for the busy hours."""
    return 1.1 * np.where(km < 40, 2.5 + 0.32 * km + 4.65 * np.sqrt(km), 6.1 + 0.61 * km + 2.4 * np.sqrt(km))


def minute(generated: GeneratedDay, moment: datetime) -> float:
    return seconds_after(midnight(generated.service_date), moment) / 60


def busy(generated: GeneratedDay, journeys: list[Journey], shared: float) -> np.ndarray:
    """Vehicles needed in each half hour; those that wait up to an hour to be collected are spread over it."""
    halves = np.zeros(60 * 30)
    for journey, ride in zip(journeys, drive_minutes(solo_km(tuple(journeys)) / 1.3), strict=True):
        length = APPROACH + DWELL.get(journey.mobility, 16) + ride
        if journey.appointment_at is not None:
            starts = [minute(generated, journey.appointment_at) - length - early for early in (0, 15, 30)]
        else:
            assert journey.ready_at is not None
            starts = [minute(generated, journey.ready_at) - APPROACH + late for late in (0, 20, 40, 60)]
        for start in (max(start, FIRST_START) for start in starts):
            halves[max(round(start), 0) : max(round(start + length), 0)] += 1 / shared / len(starts)
    return halves.reshape(-1, 30).mean(axis=1)


def on_duty(generated: GeneratedDay, duties: list[Duty]) -> np.ndarray:
    minutes = np.zeros(60 * 30)
    for duty in duties:
        minutes[round(minute(generated, duty.start_at)) : round(minute(generated, duty.end_at))] += 1
    return minutes.reshape(-1, 30).mean(axis=1)


def stretched(generated: GeneratedDay) -> tuple[list[Journey], list[Duty], float]:
    journeys = [j for j in generated.journeys if j.mobility in SPECIAL]
    return journeys, [d for d in generated.duties if d.vehicle_type in STRETCHER_VEHICLES], 1.0


def double_crewed(generated: GeneratedDay) -> tuple[list[Journey], list[Duty], float]:
    journeys = [j for j in generated.journeys if j.mobility in SPECIAL | {"assist2"}]
    return journeys, [d for d in generated.duties if d.crew == 2], 1.0


def wheeled(generated: GeneratedDay) -> tuple[list[Journey], list[Duty], float]:
    journeys = [j for j in generated.journeys if j.mobility in WHEELED]
    return journeys, [d for d in generated.duties if d.vehicle_type in CHAIR_VEHICLES], 1.0


def everything(generated: GeneratedDay) -> tuple[list[Journey], list[Duty], float]:
    return list(generated.journeys), list(generated.duties), SHARED


@pytest.mark.parametrize("capability", [stretched, double_crewed, wheeled, everything])
@pytest.mark.parametrize(("service_date", "scale"), [*((day, 1.0) for day in WEEKDAYS), (TUESDAY, 1.13)])
def test_every_half_hour_of_a_weekday_has_more_duties_than_it_needs(capability, service_date: date, scale) -> None:
    generated = day(service_date, 1, "all", scale)
    journeys, duties, shared = capability(generated)
    need, supply = busy(generated, journeys, shared), on_duty(generated, duties)
    assert (need <= supply).all(), [(half / 2, need[half], supply[half]) for half in np.flatnonzero(need > supply)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_weekday_asks_for_between_1_and_1_4_journeys_a_vehicle_hour(seed: int) -> None:
    generated = day(TUESDAY, seed, "all")
    hours = sum((d.end_at - d.start_at).total_seconds() / 3600 - 0.5 for d in generated.duties)
    assert 1.0 <= len(generated.journeys) / hours <= 1.4


@pytest.mark.parametrize(
    ("service_date", "seed", "scale"),
    [*((TUESDAY, seed, 1.0) for seed in SEEDS), (TUESDAY, 1, 1.13), (SATURDAY, 1, 1.0), (SUNDAY, 1, 1.0)],
)
def test_every_journey_fits_some_duty_that_does_nothing_else(service_date: date, seed: int, scale: float) -> None:
    generated = day(service_date, seed, "all", scale)
    for journey in generated.journeys:
        assert any(carries(duty, journey) and reaches(generated, duty, journey) for duty in generated.duties), journey


def carries(duty: Duty, journey: Journey) -> bool:
    allowed = OWN_VEHICLE.get(journey.mobility) or (CHAIR_VEHICLES if journey.mobility in WHEELED else None)
    crew = 2 if journey.mobility in SPECIAL | {"assist2"} else 1
    return (
        (allowed is None or duty.vehicle_type in allowed)
        and duty.vehicle_type not in {"bariatric", "hdu"} - (allowed or set())
        and duty.crew >= crew
        and journey.skills <= duty.skills
    )


def reaches(generated: GeneratedDay, duty: Duty, journey: Journey) -> bool:
    stops = np.array(
        [
            (duty.base_lat, duty.base_lon),
            (journey.pickup.lat, journey.pickup.lon),
            (journey.dropoff.lat, journey.dropoff.lon),
            (duty.base_lat, duty.base_lon),
        ]
    )
    there, ride, back = drive_minutes(crow_km(*stops[:-1].T, *stops[1:].T))
    dwell = DWELL.get(journey.mobility, 16) + 8
    start, end = minute(generated, duty.start_at), minute(generated, duty.end_at)
    if journey.appointment_at is not None:
        appointment = minute(generated, journey.appointment_at)
        collected = max(start + there, appointment - 60 - ride - dwell)
        in_time = collected + dwell + ride <= appointment
    else:
        assert journey.ready_at is not None
        ready = minute(generated, journey.ready_at)
        collected = max(start + there, ready)
        in_time = collected <= ready + 60
    return bool(in_time and collected + dwell + ride + back <= end)

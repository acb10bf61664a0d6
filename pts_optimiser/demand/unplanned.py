"""One way, mostly at short notice: discharges, admissions, transfers and GP-urgent (HDU) journeys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.demand.attendance import Attendance
from pts_optimiser.demand.booking import book_ahead, same_day_lead
from pts_optimiser.demand.calibration import PROFILES, SPECIAL_HOURS, WIDE_KM
from pts_optimiser.demand.patients import Patient
from pts_optimiser.demand.sites import choose_sites, sites
from pts_optimiser.demand.streams import clipped_normal, even, stream
from pts_optimiser.demand.visits import draw_visits
from pts_optimiser.domain.journey import Category, Place

Visits = list[tuple[Patient, Place]]
Minutes = NDArray[np.int64]

DAY_BEFORE = (-10 * 60, -6 * 60 + 1)  # booked 14:00–18:00
RESPONSE = (60, 120, 240)  # minutes in which a GP-urgent patient must arrive [R/A]


def unplanned_attendances(category: Category, service_date: date, seed: int, scale: float = 1.0) -> list[Attendance]:
    """The one-way journeys of one category on one date, cancelled ones included."""
    rng = stream(seed, category.value, service_date)
    visits = draw_visits(rng, category, service_date, scale)
    late = even(rng, len(visits)) < PROFILES[category].same_day
    return _MAKERS[category](rng, visits, late)


def _discharges(rng: np.random.Generator, visits: Visits, late: NDArray[np.bool_]) -> list[Attendance]:
    """Ready N(14:45, 2.4 h) in 08:00–22:00; on the day booked about 3 h ahead [A]."""
    ready = _released(_grid(clipped_normal(rng, 885, 144, 480, 1320, len(visits))), visits)
    booked = np.where(late, _notice(rng, ready), rng.integers(*DAY_BEFORE, len(visits)))
    return [
        Attendance(patient, Category.DISCHARGE, site, None, int(ready[i]), int(booked[i]))
        for i, (patient, site) in enumerate(visits)
    ]


def _admissions(rng: np.random.Generator, visits: Visits, late: NDArray[np.bool_]) -> list[Attendance]:
    """Elective ones in the morning, the others by 18:00 [A]."""
    count = len(visits)
    elective = np.maximum(rng.uniform(570, 690, count), np.where(_special(visits), SPECIAL_HOURS[0], 0))
    appointment = _grid(np.where(late, rng.uniform(660, 1080, count), elective))
    booked = np.where(late, appointment - same_day_lead(rng, count), book_ahead(rng, count, recurring=0.0))
    return [
        Attendance(patient, Category.ADMISSION, site, int(appointment[i]), None, int(booked[i]))
        for i, (patient, site) in enumerate(visits)
    ]


def _transfers(rng: np.random.Generator, visits: Visits, late: NDArray[np.bool_]) -> list[Attendance]:
    """Between hospitals: half for an appointment there, half when the ward is ready [A]."""
    count = len(visits)
    tied = rng.random(count) < 0.5
    appointment = _grid(rng.uniform(630, 990, count))
    ready = _released(_grid(clipped_normal(rng, 810, 160, 480, 1200, count)), visits)
    on_the_day = np.where(tied, appointment - same_day_lead(rng, count), _notice(rng, ready))
    booked = np.where(late, on_the_day, rng.integers(*DAY_BEFORE, count))
    origin = np.array([sites().place.index(site) for _, site in visits], dtype=np.int64)
    profile = PROFILES[Category.TRANSFER]
    reach = np.where(rng.random(count) < profile.wide, WIDE_KM, profile.reach_km)
    other = sites().weight["beds"] * (np.arange(len(sites().place)) != origin[:, None])
    target = choose_sites(rng, sites().lat[origin], sites().lon[origin], other, reach)
    return [
        Attendance(
            patient,
            Category.TRANSFER,
            sites().place[target[i]],
            int(appointment[i]) if tied[i] else None,
            None if tied[i] else int(ready[i]),
            int(booked[i]),
            origin=site,
        )
        for i, (patient, site) in enumerate(visits)
    ]


def _urgent(rng: np.random.Generator, visits: Visits, _late: NDArray[np.bool_]) -> list[Attendance]:
    """Called 10:00–19:00, most at 13:00–16:00; there within 1 h .15, 2 h .60, 4 h .25 [R/A]."""
    booked = _grid(rng.triangular(600, 870, 1140, len(visits)))
    by = booked + rng.choice(RESPONSE, size=len(visits), p=[0.15, 0.60, 0.25])
    return [
        Attendance(patient, Category.HDU, site, int(by[i]), None, int(booked[i]))
        for i, (patient, site) in enumerate(visits)
    ]


def _notice(rng: np.random.Generator, ready: Minutes) -> Minutes:
    """Booking minutes on the day, median 3 h before ready and not before 07:00 [A]."""
    lead = np.clip(rng.lognormal(np.log(180), 0.5, len(ready)), 30, 480)
    return np.maximum(ready - np.rint(lead).astype(np.int64), 420)


def _released(ready: Minutes, visits: Visits) -> Minutes:
    return np.where(_special(visits), np.clip(ready, 9 * 60, SPECIAL_HOURS[1]), ready)


def _special(visits: Visits) -> NDArray[np.bool_]:
    return np.array([patient.needs_special_vehicle for patient, _ in visits], dtype=np.bool_)


def _grid(minutes: NDArray[np.float64]) -> Minutes:
    return (5 * np.rint(minutes / 5)).astype(np.int64)


_MAKERS: dict[Category, Callable[[np.random.Generator, Visits, NDArray[np.bool_]], list[Attendance]]] = {
    Category.DISCHARGE: _discharges,
    Category.ADMISSION: _admissions,
    Category.TRANSFER: _transfers,
    Category.HDU: _urgent,
}

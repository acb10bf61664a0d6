"""Out and back: outpatients, oncology and day cases."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.demand.attendance import Attendance
from pts_optimiser.demand.booking import book_ahead, choose_same_day, same_day_lead
from pts_optimiser.demand.calibration import PROFILES, SPECIAL_HOURS
from pts_optimiser.demand.streams import clipped_normal, stream
from pts_optimiser.demand.visits import draw_visits, visit_km
from pts_optimiser.domain.journey import Category

Minutes = NDArray[np.float64]

LAST_READY = 21 * 60
FAR_KM, FAR_START = 35.0, 10 * 60 + 30  # who comes from further away by road is not asked for early [A]


def planned_attendances(category: Category, service_date: date, seed: int, scale: float = 1.0) -> list[Attendance]:
    """The pairs of one category on one date, cancelled ones included."""
    rng = stream(seed, category.value, service_date)
    visits = draw_visits(rng, category, service_date, scale)
    count = len(visits)
    start, stay = _TIMES[category](rng, count)
    special = np.array([patient.needs_special_vehicle for patient, _ in visits], dtype=np.bool_)
    earliest = np.select([special, visit_km(visits) > FAR_KM], [SPECIAL_HOURS[0], FAR_START], 0)
    start = np.maximum(start, earliest)
    appointment = [5 * round(minute / 5) for minute in start]
    late = choose_same_day(rng, appointment, PROFILES[category].same_day)
    booked = np.where(late, np.array(appointment, dtype=np.int64) - same_day_lead(rng, count), book_ahead(rng, count))
    attendances = []
    for i, (patient, site) in enumerate(visits):
        latest = SPECIAL_HOURS[1] if special[i] else LAST_READY
        ready = max(min(appointment[i] + 5 * round(stay[i] / 5), latest), appointment[i] + 15)
        attendances.append(Attendance(patient, category, site, appointment[i], ready, int(booked[i])))
    return attendances


def _outpatient(rng: np.random.Generator, count: int) -> tuple[Minutes, Minutes]:
    """Morning 09:00–12:00 .58, afternoon 13:15–16:30 .37, the rest round them; stay median 75, p90 170 min [A]."""
    session = rng.choice(4, size=count, p=[0.58, 0.37, 0.025, 0.025])
    low, high = np.array([540, 795, 480, 990])[session], np.array([720, 990, 540, 1080])[session]
    return rng.uniform(low, high), np.clip(rng.lognormal(np.log(75), 0.64, count), 20, 360)


def _oncology(rng: np.random.Generator, count: int) -> tuple[Minutes, Minutes]:
    """Chemotherapy from 08:30–13:30, median 3.5 h in 1–8 h; radiotherapy 08:30–17:00, 45 min [A]."""
    chemotherapy = rng.random(count) < 0.6
    start = rng.uniform(510, np.where(chemotherapy, 810, 1020))
    stay = np.where(chemotherapy, np.clip(rng.lognormal(np.log(210), 0.45, count), 60, 480), 45.0)
    return start, stay


def _day_case(rng: np.random.Generator, count: int) -> tuple[Minutes, Minutes]:
    """Admitted 07:30–08:30 or 11:30–12:30, home after about five hours [A]."""
    start = np.where(rng.random(count) < 0.7, 450, 690) + rng.uniform(0, 60, count)
    return start, clipped_normal(rng, 300, 60, 150, 480, count)


_TIMES = {Category.OUTPATIENT: _outpatient, Category.ONCOLOGY: _oncology, Category.DAY_CASE: _day_case}

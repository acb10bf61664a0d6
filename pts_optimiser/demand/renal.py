"""Dialysis: a population with standing sessions, the same on every day of a seed."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date

import numpy as np

from pts_optimiser.demand.attendance import Attendance
from pts_optimiser.demand.booking import book_ahead, choose_same_day, same_day_lead
from pts_optimiser.demand.calibration import PROFILES, RENAL_PATIENTS, WIDE_KM
from pts_optimiser.demand.homes import draw_homes
from pts_optimiser.demand.patients import Patient, draw_patients
from pts_optimiser.demand.sites import choose_sites, road_km, sites
from pts_optimiser.demand.streams import clipped_normal, even, stream
from pts_optimiser.domain.journey import Category, Place

MON_WED_FRI = 0.51  # the others Tuesday, Thursday and Saturday [A]
SHIFTS = (("am", 0.42), ("pm", 0.38), ("twilight", 0.20))  # [A]
STARTS = {"am": (405, 420, 435, 450), "pm": (720, 735, 750, 765, 780), "twilight": (1020, 1035, 1050, 1065, 1080)}
LATER_KM, VERY_FAR_KM = (8.0, 12.0, 16.0), 36.0  # by road, one way [A]
NOT_FIRST = {"wheelchair": 2, "electric": 2, "assist2": 3}  # starts of the morning that are left to others [A]
STAY_MEAN, STAY_SPREAD = 270, 25  # minutes from start to ready; the spread is a limit, two standard deviations [A]


@dataclass(frozen=True, slots=True)
class Dialysis:
    """A patient's standing session: unit, weekdays (Monday 0), start and expected ready minute."""

    patient: Patient
    unit: Place
    weekdays: tuple[int, ...]
    shift: str
    start: int
    ready: int


def renal_population(seed: int, scale: float = 1.0) -> list[Dialysis]:
    """Everybody on dialysis who uses the service, from the seed alone.

    Sessions take account of the journey [A]: see ``_sessions_for``.
    """
    rng = stream(seed, "renal population")
    profile = PROFILES[Category.RENAL]
    count = round(RENAL_PATIENTS * scale)
    homes = draw_homes(rng, count)
    patients = draw_patients(rng, homes, profile.mobility, first_number=1)
    reach = np.where(rng.random(count) < profile.wide, WIDE_KM, profile.reach_km)
    units = choose_sites(rng, homes.lat, homes.lon, sites().weight["renal"], reach)
    km = road_km(homes.lat, homes.lon, sites().lat[units], sites().lon[units])
    group = even(rng, count) < MON_WED_FRI
    shifts = np.searchsorted(np.cumsum([share for _, share in SHIFTS])[:-1], even(rng, count), side="right")
    place_in_shift = rng.random(count)
    stay = clipped_normal(rng, STAY_MEAN, STAY_SPREAD / 2, STAY_MEAN - STAY_SPREAD, STAY_MEAN + STAY_SPREAD, count)
    population = []
    for i, patient in enumerate(patients):
        shift, starts = _sessions_for(patient, float(km[i]), SHIFTS[shifts[i]][0])
        start = starts[int(place_in_shift[i] * len(starts))]
        ready = start + 5 * round(stay[i] / 5)
        days = (0, 2, 4) if group[i] else (1, 3, 5)
        population.append(Dialysis(patient, sites().place[units[i]], days, shift, start, ready))
    return population


def _sessions_for(patient: Patient, km: float, drawn: str) -> tuple[str, tuple[int, ...]]:
    """The shift and the starts within it that suit a patient who lives ``km`` from the unit.

    Stretcher and bariatric patients, and those who live very far away, come in the afternoon, when the vehicles and the
    hours for them are there. Of the morning's patients those who live further away start later, and those who need a
    chair or two crew not among the first.
    """
    if patient.needs_special_vehicle or km > VERY_FAR_KM:
        return "pm", STARTS["pm"]
    if drawn != "am":
        return drawn, STARTS[drawn]
    skipped = max(bisect(LATER_KM, km), NOT_FIRST.get(patient.mobility, 0))
    return drawn, STARTS["am"][skipped:]


def renal_attendances(service_date: date, seed: int, scale: float = 1.0) -> list[Attendance]:
    """The sessions of one date. A few are arranged on the day itself; never on a Sunday, always on a bank holiday."""
    due = [who for who in renal_population(seed, scale) if service_date.weekday() in who.weekdays]
    rng = stream(seed, "renal bookings", service_date)
    late = choose_same_day(rng, [who.start for who in due], PROFILES[Category.RENAL].same_day)
    lead = same_day_lead(rng, len(due))
    ahead = book_ahead(rng, len(due), recurring=1.0)
    return [
        Attendance(who.patient, Category.RENAL, who.unit, who.start, who.ready, int(booked))
        for who, booked in zip(due, np.where(late, [w.start for w in due] - lead, ahead), strict=True)
    ]

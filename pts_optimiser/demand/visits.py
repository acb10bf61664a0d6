"""Who goes where: patients and their sites, for one category on one date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.demand.calibration import (
    DAY_OF_WEEK,
    OUT_OF_AREA,
    PROFILES,
    SEASON,
    WIDE_KM,
    completion,
)
from pts_optimiser.demand.homes import draw_homes
from pts_optimiser.demand.patients import Patient, draw_patients
from pts_optimiser.demand.sites import choose_sites, road_km, sites
from pts_optimiser.demand.streams import whole
from pts_optimiser.demand.wall import DayKind, day_kind
from pts_optimiser.domain.journey import Category, Place

USE = {Category.OUTPATIENT: "outpatient", Category.DAY_CASE: "beds", Category.ONCOLOGY: "oncology"}
BLOCK = 4_000  # pseudonyms kept for one category and date; they come round again after 281 days


def expected_completed(category: Category, service_date: date, scale: float = 1.0) -> float:
    """Journeys of a category expected to be completed on a date (not for renal)."""
    kind = day_kind(service_date)
    swing = DAY_OF_WEEK[service_date.weekday()] if kind is DayKind.WEEKDAY else 1.0
    return PROFILES[category].completed[kind] * swing * SEASON.get(service_date.month, 1.0) * scale


def draw_visits(
    rng: np.random.Generator, category: Category, service_date: date, scale: float = 1.0
) -> list[tuple[Patient, Place]]:
    """Patients with the site of each; as many as will leave the expected number completed."""
    profile = PROFILES[category]
    legs = 2 if profile.paired else 1
    count = whole(rng, expected_completed(category, service_date, scale) / completion(profile) / legs)
    homes = draw_homes(rng, count)
    patients = draw_patients(rng, homes, profile.mobility, _first_number(category, service_date))
    table = sites()
    allowed = (rng.random(count) < OUT_OF_AREA)[:, None] != table.in_area
    weight = allowed * table.weight[USE.get(category, "beds")]
    reach = np.where(rng.random(count) < profile.wide, WIDE_KM, profile.reach_km)
    chosen = choose_sites(rng, homes.lat, homes.lon, weight, reach)
    return [(patient, table.place[site]) for patient, site in zip(patients, chosen, strict=True)]


def visit_km(visits: Sequence[tuple[Patient, Place]]) -> NDArray[np.float64]:
    """Road kilometres from each home to its site, shape [n]."""
    ends = [(who.home.lat, who.home.lon, site.lat, site.lon) for who, site in visits]
    return road_km(*np.array(ends, dtype=np.float64).reshape(-1, 4).T)


def _first_number(category: Category, service_date: date) -> int:
    slot = service_date.toordinal() * len(Category) + list(Category).index(category)
    return 1_000_000 + slot * BLOCK % 9_000_000

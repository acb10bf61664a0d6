"""What the generator is calibrated to, by category.

Tags: [S] the strategy document of the service; [R] a public source; [D] derived by arithmetic; [A] assumption.
Nothing tagged [A] is a fact about a real service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pts_optimiser.demand.wall import DayKind
from pts_optimiser.domain.journey import Category

CIRCUITY = 1.3  # road ÷ crow-fly [A]
RENAL_PATIENTS = 1_500  # [D] top of 1,200–1,500, so that renal is 38–44 % of every weekday and not of the year only
DAY_OF_WEEK = (0.97, 1.04, 1.04, 1.01, 0.94, 1.0, 1.0)  # non-renal, Monday first [A]
SEASON: Mapping[int, float] = {1: 1.02, 3: 1.05, 8: 0.94, 10: 1.05, 11: 1.05, 12: 0.88}  # non-renal [A]
OUT_OF_AREA = 0.035  # of non-renal attendances, so 2 % of all journeys [A]
ESCORT = 0.12  # [A]
TRAVEL_ALONE = 0.04  # [A]
AMBER = 0.01  # infection cohort [A]
OXYGEN = 0.03  # [A]
PLAN_CUT_OFF = -6 * 60  # 18:00 the day before, minutes from midnight [A]
SPECIAL_HOURS = (11 * 60, 19 * 60)  # when stretcher and bariatric patients come and go: their vehicles are out [A]
KEEP_RETURN = 0.03  # an inward lost, its outward kept: 1 − .97 [R]
HOME_INSTEAD = 0.02  # an outward cancelled alone: fetched by family, or admitted [A]
LATE_START, BREAKDOWN, SICKNESS = 0.03, 0.006, 0.02  # per duty [A]
MOBILITIES = ("car", "assist1", "assist2", "wc_transfer", "wheelchair", "electric", "stretcher", "bariatric", "hdu")


@dataclass(frozen=True, slots=True)
class Profile:
    """One category.

    ``completed``: journeys of a mean weekday, Saturday and Sunday (renal: by its population). ``same_day``: share of
    bookings made after the plan cut-off. ``cancel_before`` of the bookings made by then, ``cancel_after`` and
    ``abort`` of what is left, per attendance and per leg. ``mobility`` in the order of ``MOBILITIES``. A patient goes
    to a site with weight × exp(−km / ``reach_km``) or, a share ``wide`` of them, with ``WIDE_KM`` instead.
    """

    completed: Mapping[DayKind, float]
    same_day: float
    cancel_before: float
    cancel_after: float
    abort: float
    mobility: tuple[float, ...]
    reach_km: float
    wide: float
    paired: bool


WIDE_KM = 30.0


def _days(weekday: float, saturday: float, sunday: float) -> Mapping[DayKind, float]:
    return {DayKind.WEEKDAY: weekday, DayKind.SATURDAY: saturday, DayKind.SUNDAY: sunday}


# Over the year .32 outpatient, .11 discharge, .06 oncology, .04 day case and admission, .035 transfer, .025 HDU [A], a
# little less where renal has more. Aborts of renal, outpatients and discharges [R/A]; cancellations [A] are set so that
# 22–27 % of bookings are lost, and same-day shares [A] so that they are 16–20 % of all, half of them discharges.
PROFILES: Mapping[Category, Profile] = {
    Category.RENAL: Profile(
        _days(0, 0, 0), 0.025, 0.025, 0.015, 0.02,
        (0.52, 0.169, 0.06, 0.09, 0.13, 0.02, 0.008, 0.003, 0.0), 5.7, 0.11, paired=True,
    ),
    Category.OUTPATIENT: Profile(
        _days(1134, 110, 25), 0.055, 0.29, 0.07, 0.06,
        (0.40, 0.241, 0.09, 0.10, 0.135, 0.02, 0.009, 0.005, 0.0), 6.8, 0.44, paired=True,
    ),
    Category.ONCOLOGY: Profile(
        _days(237, 20, 5), 0.03, 0.10, 0.05, 0.03,
        (0.58, 0.20, 0.05, 0.08, 0.07, 0.01, 0.007, 0.003, 0.0), 15.0, 0.40, paired=True,
    ),
    Category.DAY_CASE: Profile(
        _days(110, 8, 0), 0.02, 0.18, 0.07, 0.05,
        (0.40, 0.28, 0.09, 0.10, 0.10, 0.01, 0.015, 0.005, 0.0), 7.0, 0.30, paired=True,
    ),
    Category.DISCHARGE: Profile(
        _days(360, 220, 150), 0.80, 0.25, 0.13, 0.12,
        (0.18, 0.272, 0.115, 0.09, 0.16, 0.015, 0.16, 0.008, 0.0), 6.5, 0.34, paired=False,
    ),
    Category.ADMISSION: Profile(
        _days(40, 10, 15), 0.60, 0.15, 0.10, 0.06,
        (0.25, 0.29, 0.13, 0.10, 0.11, 0.01, 0.10, 0.01, 0.0), 6.5, 0.25, paired=False,
    ),
    Category.TRANSFER: Profile(
        _days(110, 75, 50), 0.92, 0.20, 0.12, 0.06,
        (0.15, 0.24, 0.11, 0.09, 0.13, 0.01, 0.24, 0.005, 0.025), 20.0, 0.35, paired=False,
    ),
    Category.HDU: Profile(
        _days(74, 60, 55), 1.0, 0.0, 0.07, 0.06,
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.60, 0.0, 0.40), 7.0, 0.10, paired=False,
    ),
}  # fmt: skip


def completion(profile: Profile) -> float:
    """Expected journeys completed per journey booked."""
    live = 1 - profile.cancel_before * (1 - profile.same_day)
    if not profile.paired:
        return live * (1 - profile.cancel_after) * (1 - profile.abort)
    inward = (1 - profile.cancel_after) * (1 - profile.abort)
    outward = (inward + (1 - inward) * KEEP_RETURN) * (1 - HOME_INSTEAD) * (1 - profile.abort)
    return live * (inward + outward) / 2

"""What becomes of a booking: completed, cancelled before or after the plan's cut-off, or aborted at the scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from pts_optimiser.demand.attendance import Attendance
from pts_optimiser.demand.calibration import HOME_INSTEAD, KEEP_RETURN, PLAN_CUT_OFF, PROFILES
from pts_optimiser.demand.streams import even
from pts_optimiser.domain.journey import Category, Direction

Reasons = tuple[tuple[str, float], ...]

CANCEL_REASONS: Reasons = (
    ("appointment_cancelled", 0.40),
    ("own_way", 0.25),
    ("too_ill", 0.20),
    ("change_of_day", 0.10),
    ("change_of_mobility", 0.05),
)
WARD_CANCEL_REASONS: Reasons = (("no_bed", 0.35), ("own_way", 0.30), ("too_ill", 0.25), ("change_of_mobility", 0.10))
HOME_INSTEAD_REASONS: Reasons = (("own_way", 0.7), ("too_ill", 0.3))
ABORT_REASONS: Reasons = (("too_ill", 0.4), ("own_way", 0.3), ("patient_not_ready", 0.3))
DISCHARGE_ABORT_REASONS: Reasons = (
    ("ttos_not_ready", 0.5),
    ("patient_not_ready", 0.3),
    ("too_ill", 0.1),
    ("own_way", 0.1),
)


class Outcome(StrEnum):
    COMPLETED = "completed"
    CANCELLED_BEFORE = "cancelled_before"
    CANCELLED_AFTER = "cancelled_after"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True)
class Fate:
    """The outcome of one journey: ``minute`` and ``reason`` where it was lost after the cut-off.

    ``follows``: an outward lost with its inward, with no word of its own. ``keep_return``: an inward lost whose
    outward is still wanted.
    """

    outcome: Outcome
    minute: int = 0
    reason: str = ""
    follows: bool = False
    keep_return: bool = False


def fates_of(rng: np.random.Generator, attendances: Sequence[Attendance]) -> list[dict[Direction, Fate]]:
    """The fates of the journeys of each attendance; all are of one category, so that its shares can be kept."""
    count = len(attendances)
    before, first, back = even(rng, count), even(rng, count), even(rng, count)
    return [_fates(rng, each, *draws) for each, *draws in zip(attendances, before, first, back, strict=True)]


def _fates(
    rng: np.random.Generator, attendance: Attendance, before: float, first: float, back: float
) -> dict[Direction, Fate]:
    profile, directions = PROFILES[attendance.category], attendance.directions()
    if not attendance.same_day and before < profile.cancel_before:
        return dict.fromkeys(directions, Fate(Outcome.CANCELLED_BEFORE))
    paired = len(directions) == 2
    fate = _first_fate(rng, attendance, first, keep_return=paired and rng.random() < KEEP_RETURN)
    fates = {directions[0]: fate}
    if paired:
        lost = fate.outcome is not Outcome.COMPLETED and not fate.keep_return
        follows = Fate(Outcome.CANCELLED_AFTER, follows=True)
        fates[Direction.OUTWARD] = follows if lost else _return_fate(rng, attendance, back)
    return fates


def _first_fate(rng: np.random.Generator, attendance: Attendance, draw: float, keep_return: bool) -> Fate:
    profile, inward = PROFILES[attendance.category], attendance.appointment is not None
    if draw < profile.cancel_after:
        reasons = CANCEL_REASONS if inward else WARD_CANCEL_REASONS
        minute = _cancelled_at(rng, attendance)
        return Fate(Outcome.CANCELLED_AFTER, minute, _pick(rng, reasons), keep_return=keep_return)
    if draw < profile.cancel_after + (1 - profile.cancel_after) * profile.abort:
        reasons = DISCHARGE_ABORT_REASONS if attendance.category is Category.DISCHARGE else ABORT_REASONS
        minute = _at_scene(rng, attendance, inward)
        return Fate(Outcome.ABORTED, minute, _pick(rng, reasons), keep_return=keep_return)
    return Fate(Outcome.COMPLETED)


def _return_fate(rng: np.random.Generator, attendance: Attendance, draw: float) -> Fate:
    if draw < HOME_INSTEAD:
        known = max(attendance.appointment or 0, attendance.booked) + 5
        minute = int(rng.integers(known, max(attendance.ready or 0, known + 1)))
        return Fate(Outcome.CANCELLED_AFTER, minute, _pick(rng, HOME_INSTEAD_REASONS))
    if draw < HOME_INSTEAD + (1 - HOME_INSTEAD) * PROFILES[attendance.category].abort:
        return Fate(Outcome.ABORTED, _at_scene(rng, attendance, inward=False), _pick(rng, ABORT_REASONS))
    return Fate(Outcome.COMPLETED)


def _cancelled_at(rng: np.random.Generator, attendance: Attendance) -> int:
    """.35 of what was known the evening before is cancelled that evening, the rest in the last four hours [A]."""
    known = max(attendance.booked, PLAN_CUT_OFF) + 5
    if not attendance.same_day and rng.random() < 0.35:
        return int(rng.integers(known, known + 180))
    last = attendance.appointment - 90 if attendance.appointment is not None else attendance.ready or 0
    early = max(known, 330, last - 240)
    return int(rng.integers(early, max(last, early + 1)))


def _at_scene(rng: np.random.Generator, attendance: Attendance, inward: bool) -> int:
    """When a crew finds the journey cannot be made: before the appointment, or some time after ready [A]."""
    moment = (attendance.appointment or 0) - 70 if inward else (attendance.ready or 0) + 10
    return max(moment + int(rng.integers(0, 40)), attendance.booked + 10)


def _pick(rng: np.random.Generator, reasons: Reasons) -> str:
    return reasons[int(rng.choice(len(reasons), p=[share for _, share in reasons]))][0]

from collections import Counter

import numpy as np
import pytest

from pts_optimiser.demand.attendance import Attendance
from pts_optimiser.demand.calibration import PLAN_CUT_OFF, PROFILES, completion
from pts_optimiser.demand.fates import Fate, Outcome, fates_of
from pts_optimiser.demand.renal import renal_population
from pts_optimiser.domain.journey import Category, Direction

SOMEBODY = renal_population(1, scale=0.01)[0]


def attendance(category: Category, *, booked: int = -5_000, paired: bool = True) -> Attendance:
    appointment, ready = (600, 720) if paired else (None, 720)
    return Attendance(SOMEBODY.patient, category, SOMEBODY.unit, appointment, ready, booked)


def many(who: Attendance, count: int = 6_000) -> list[dict[Direction, Fate]]:
    return fates_of(np.random.default_rng(1), [who] * count)


@pytest.mark.parametrize("category", [Category.RENAL, Category.OUTPATIENT, Category.DISCHARGE])
def test_as_many_are_completed_as_the_calibration_expects(category: Category) -> None:
    profile = PROFILES[category]
    ahead = many(attendance(category, paired=profile.paired))
    late = many(attendance(category, booked=300, paired=profile.paired))
    done = [
        np.mean([f.outcome is Outcome.COMPLETED for fates in part for f in fates.values()]) for part in (ahead, late)
    ]
    expected = done[0] * (1 - profile.same_day) + done[1] * profile.same_day
    assert expected == pytest.approx(completion(profile), abs=0.015)


def test_what_is_booked_on_the_day_is_never_cancelled_before_the_plan() -> None:
    fates = many(attendance(Category.OUTPATIENT, booked=300))
    assert all(fate.outcome is not Outcome.CANCELLED_BEFORE for each in fates for fate in each.values())


def test_an_inward_journey_lost_takes_its_outward_with_it_97_times_in_100() -> None:
    lost = [
        each
        for each in many(attendance(Category.OUTPATIENT), 20_000)
        if each[Direction.INWARD].outcome in {Outcome.CANCELLED_AFTER, Outcome.ABORTED}
    ]
    assert all(each[Direction.OUTWARD].follows != each[Direction.INWARD].keep_return for each in lost)
    assert np.mean([each[Direction.OUTWARD].follows for each in lost]) == pytest.approx(0.97, abs=0.015)


def test_no_word_of_a_loss_comes_before_the_booking_or_the_cut_off() -> None:
    for booked in (-5_000, -400, 480):
        for each in many(attendance(Category.OUTPATIENT, booked=booked), 2_000):
            for fate in each.values():
                if fate.outcome in {Outcome.CANCELLED_AFTER, Outcome.ABORTED} and not fate.follows:
                    assert fate.minute > max(booked, PLAN_CUT_OFF)
                    assert fate.reason


def test_discharges_are_aborted_for_medicines_first_of_all() -> None:
    fates = many(attendance(Category.DISCHARGE, booked=300, paired=False))
    reasons = Counter(
        each[Direction.OUTWARD].reason for each in fates if each[Direction.OUTWARD].outcome is Outcome.ABORTED
    )
    assert reasons.most_common(1)[0][0] == "ttos_not_ready"

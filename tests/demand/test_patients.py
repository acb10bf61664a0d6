import re

import numpy as np
import pytest

from pts_optimiser.demand.calibration import MOBILITIES, PROFILES
from pts_optimiser.demand.homes import draw_homes
from pts_optimiser.demand.patients import Patient, draw_patients
from pts_optimiser.domain.journey import Category
from tests.demand.generated import SEEDS, day


def drawn(category: Category, count: int = 6_000) -> list[Patient]:
    rng = np.random.default_rng(1)
    return draw_patients(rng, draw_homes(rng, count), PROFILES[category].mobility, 1)


@pytest.mark.parametrize("category", list(Category))
def test_mobilities_are_those_of_the_category(category: Category) -> None:
    patients = drawn(category)
    for code, share in zip(MOBILITIES, PROFILES[category].mobility, strict=True):
        assert sum(p.mobility == code for p in patients) / len(patients) == pytest.approx(share, abs=0.02)


def test_attributes_keep_their_shares() -> None:
    patients = drawn(Category.OUTPATIENT)
    assert np.mean([p.escorts for p in patients]) == pytest.approx(0.12, abs=0.02)
    assert np.mean([p.travel_alone for p in patients]) == pytest.approx(0.04, abs=0.01)
    assert np.mean([p.cohort == "amber" for p in patients]) == pytest.approx(0.01, abs=0.006)
    assert np.mean(["oxygen" in p.skills for p in patients]) == pytest.approx(0.03, abs=0.01)


@pytest.mark.parametrize("seed", SEEDS)
def test_references_are_pseudonyms_that_cannot_be_nhs_numbers(seed: int) -> None:
    for journey in day(seed=seed).journeys:
        assert re.fullmatch(r"P-\d{6,7}", journey.patient_ref)

from collections import Counter
from datetime import timedelta

import pytest

from pts_optimiser.demand.calibration import RENAL_PATIENTS
from pts_optimiser.demand.renal import STARTS, renal_attendances, renal_population
from tests.demand.generated import MONDAY, SEEDS, SUNDAY


@pytest.mark.parametrize("seed", SEEDS)
def test_groups_and_shifts_have_their_shares(seed: int) -> None:
    population = renal_population(seed)
    assert len(population) == RENAL_PATIENTS
    assert {who.weekdays for who in population} == {(0, 2, 4), (1, 3, 5)}
    assert sum(who.weekdays == (0, 2, 4) for who in population) / RENAL_PATIENTS == pytest.approx(0.51, abs=0.04)
    shifts = Counter(who.shift for who in population)
    for shift, share in (("am", 0.42), ("pm", 0.38), ("twilight", 0.20)):
        assert shifts[shift] / RENAL_PATIENTS == pytest.approx(share, abs=0.04)


def test_sessions_start_in_their_shift_and_last_four_and_a_half_hours() -> None:
    for who in renal_population(1):
        assert who.start in STARTS[who.shift]
        assert 245 <= who.ready - who.start <= 295


def test_stretcher_and_bariatric_patients_dialyse_in_the_afternoon() -> None:
    special = [who for who in renal_population(1) if who.patient.needs_special_vehicle]
    assert special
    assert {who.shift for who in special} == {"pm"}


def test_references_are_unique() -> None:
    assert len({who.patient.ref for who in renal_population(1)}) == RENAL_PATIENTS


def test_two_days_of_a_group_have_the_same_patients_homes_units_and_times() -> None:
    monday, wednesday = (renal_attendances(MONDAY + timedelta(days=offset), 1) for offset in (0, 2))
    assert [(a.patient, a.site, a.appointment, a.ready) for a in monday] == [
        (a.patient, a.site, a.appointment, a.ready) for a in wednesday
    ]


def test_the_groups_share_nobody_and_together_are_everybody() -> None:
    monday, tuesday = ({a.patient.ref for a in renal_attendances(MONDAY + timedelta(days=d), 1)} for d in (0, 1))
    assert not monday & tuesday
    assert len(monday | tuesday) == RENAL_PATIENTS


def test_nobody_dialyses_on_a_sunday() -> None:
    assert renal_attendances(SUNDAY, 1) == []


def test_scale_multiplies_the_population() -> None:
    assert len(renal_population(1, scale=0.1)) == 150

"""A cut of the soak: two hundred small days and every degenerate kind; none loses a journey or breaks a rule."""

from __future__ import annotations

from random import Random

import pytest

from pts_optimiser.planning.day import Engine
from tests.generated_days.making import DEGENERATE, little_day
from tests.generated_days.trial import ENGINES, LostError, try_day

TENS = range(20)


@pytest.mark.parametrize("ten", TENS)
def test_ten_days_are_planned_and_replanned_within_all_rules(ten: int) -> None:
    for seed in range(10 * ten, 10 * (ten + 1)):
        dice = Random(seed)
        try:
            try_day(little_day(dice), ENGINES[seed % len(ENGINES)], dice)
        except LostError as error:
            pytest.fail(f"seed {seed}: {error}")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", DEGENERATE)
def test_degenerate_days_are_planned_too(kind: str, engine: Engine) -> None:
    dice = Random(kind)
    try_day(DEGENERATE[kind](little_day(dice, most=12), dice), engine, dice)


@pytest.mark.parametrize(("seed", "engine"), [(46, "manual"), (393, "ortools"), (481, "ortools")])
def test_a_vehicle_that_has_made_a_run_is_cleaned_before_a_replan_gives_it_another(seed: int, engine: Engine) -> None:
    dice = Random(seed)
    assert try_day(little_day(dice), engine, dice).replans == 2


@pytest.mark.parametrize("seed", range(12))
def test_the_search_meets_the_exact_optimum_of_the_smallest_days_or_stays_above_it(seed: int) -> None:
    dice = Random(f"tiny {seed}")
    day = little_day(dice, most=3)
    while not 0 < len(day.duties) <= 3:
        day = little_day(dice, most=3)
    found = try_day(day, "hybrid", dice)
    assert found.above is not None
    assert found.above < 5

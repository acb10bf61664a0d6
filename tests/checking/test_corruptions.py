"""Every way to spoil a roster is tried on planned days, at stops drawn at random."""

from __future__ import annotations

from random import Random

import pytest

from pts_optimiser.checking import Code

from .corruptions import CORRUPTIONS
from .planned import planned
from .spot import Corruption

TRIES = 5
DISTANCED = "three_parties"
OF_THE_DAY = {
    Code.FROZEN_STOP, Code.PAST_STOP, Code.LOST_DUTY, Code.ABOARD_LEFT, Code.LEFT_OUT, Code.LOCK,
    Code.PROMISE_EARLY, Code.PROMISE_LATE,
}  # fmt: skip
"""Only a re-plan can break these: see ``test_day``."""


@pytest.mark.parametrize("distancing", ["off", DISTANCED])
def test_a_planned_day_is_good_before_it_is_spoilt(distancing: str) -> None:
    assert planned(distancing).violations() == []


@pytest.mark.parametrize("kind", CORRUPTIONS, ids=[kind.name for kind in CORRUPTIONS])
def test_a_spoilt_roster_is_refused_by_the_right_names(kind: Corruption) -> None:
    case = planned(DISTANCED)
    dice = Random(kind.name)
    for _ in range(TRIES):
        assert kind.codes <= kind.at_random(case, dice).codes()


def test_there_are_more_than_sixty_kinds_and_every_code_has_one() -> None:
    names = [kind.name for kind in CORRUPTIONS]
    assert len(names) == len(set(names)) > 60
    assert {code for kind in CORRUPTIONS for code in kind.codes} == set(Code) - OF_THE_DAY

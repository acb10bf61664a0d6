"""Every violation says where it is, by how much a limit is passed, and in words: over all labelled damage."""

from __future__ import annotations

import re

from pts_optimiser.checking import Code, Violation

from .damage import Damage, each
from .test_violation import THEMES

OF_THE_DAY = {Code.KPI_COUNT, Code.POLICY_NAME, Code.SERVICE_DATE, Code.TRAFFIC_BANDS}
OF_A_JOURNEY = {
    Code.DUPLICATE_UNSERVED, Code.LEFT_OUT, Code.LOST_JOURNEY, Code.SERVED_AND_UNSERVED, Code.UNSERVED_WITHOUT_REASON,
}  # fmt: skip
OF_A_DUTY = {
    Code.BREAK_MISSING, Code.DRIVE_DISTANCE, Code.DRIVE_TIME, Code.DUPLICATE_DUTY, Code.END_STOP, Code.IDLE_DUTY_STOPS,
    Code.LAYOUT_CHANGES, Code.RANGE, Code.START_STOP, Code.UNKNOWN_DUTY, Code.VEHICLE_ID, Code.VEHICLE_TYPE,
}  # fmt: skip
OF_BOTH = {Code.ABOARD_LEFT, Code.LOCK}
OF_EITHER = {Code.INPUT_DUPLICATE, Code.INPUT_GAP, Code.UNKNOWN_JOURNEY}
"""What is wrong with a journey or duty of the inputs, or with a stop that names one."""
WITH_OTHERS = {Code.TRAVEL_ALONE, Code.EXCLUSIVE, Code.FROZEN_STOP}
"""The journey is not that of the stop, but who must be alone, or whose stop it was."""
LIMITS = {
    Code.ABOARD_TIME, Code.ARRIVE_EARLY, Code.ARRIVE_LATE, Code.BREAK_EARLY, Code.BREAK_LATE, Code.BREAK_LOADED,
    Code.COLLECT_EARLY, Code.COLLECT_LATE, Code.DISTANCING_CAP, Code.EARLY_START, Code.EXCLUSIVE, Code.LATE_END,
    Code.OVER_SEATS, Code.OVER_STRETCHERS, Code.OVER_WHEELCHAIRS, Code.PAST_STOP, Code.PROMISE_EARLY,
    Code.PROMISE_LATE, Code.RANGE, Code.TRAVEL_ALONE,
}  # fmt: skip
DAMAGES = [damage for theme in THEMES for damage in theme.DAMAGES]
EACH = each(DAMAGES)


def place(violation: Violation) -> tuple[bool, bool, bool]:
    """Whether it names a duty, a journey and a stop."""
    return tuple(named is not None for named in (violation.duty_id, violation.journey_id, violation.stop))  # type: ignore[return-value]


@EACH
def test_a_violation_names_the_duty_the_journey_and_the_stop_that_it_is_about(case: Damage) -> None:
    made = case.make()
    roster = getattr(made, "after", made).roster
    for violation in made.violations():
        code, where = violation.code, place(violation)
        if code in OF_THE_DAY:
            assert where == (False, False, False)
        elif code in OF_A_JOURNEY:
            assert where == (False, True, False)
        elif code in OF_A_DUTY:
            assert where == (True, False, False)
        elif code in OF_BOTH:
            assert where == (True, True, False)
        elif code in OF_EITHER and not where[2]:
            assert where[0] != where[1]
        else:
            assert where[0]
            assert where[2]
            own = [e.stops[violation.stop].journey_id for e in roster.duties if e.duty_id == violation.duty_id]
            assert code in WITH_OTHERS or violation.journey_id in own


@EACH
def test_a_violation_says_by_how_much_a_limit_is_passed(case: Damage) -> None:
    for violation in case.make().violations():
        assert (violation.excess > 0) == (violation.code in LIMITS)
        if re.search("(one|a) (second|metre|party|person)", case.label) and len(case.codes) == 1:
            assert violation.excess in {0, 1}


@EACH
def test_a_violation_is_told_in_words_that_follow_its_place(case: Damage) -> None:
    for violation in case.make().violations():
        assert re.match(r"[a-z0-9-]", violation.message), violation
        assert not violation.message.endswith((".", "XX")), violation

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import Search, plan_day
from pts_optimiser.study.recurring import habits, start_from
from tests.study.days import little

WEEK = timedelta(days=7)


def a_week_on(journey: Journey) -> Journey:
    return replace(
        journey,
        journey_id=f"next-{journey.journey_id}",
        appointment_at=journey.appointment_at and journey.appointment_at + WEEK,
        ready_at=journey.ready_at and journey.ready_at + WEEK,
    )


def duty_a_week_on(duty: Duty) -> Duty:
    rest = duty.rest and replace(duty.rest, earliest=duty.rest.earliest + WEEK, latest=duty.rest.latest + WEEK)
    return replace(
        duty, duty_id=f"next-{duty.duty_id}", start_at=duty.start_at + WEEK, end_at=duty.end_at + WEEK, rest=rest
    )


DAY = little()
PLANNED = plan_day(
    DAY.journeys, DAY.duties, load_policy(), DAY.service_date, Search(iterations=300, workers=1), looked_into=0
)
HABITS = habits(PLANNED.duties, DAY.journeys, DAY.duties, DAY.service_date)
NEXT = tuple(map(a_week_on, DAY.journeys)), tuple(map(duty_a_week_on, DAY.duties))


def test_who_comes_again_stays_on_the_same_duty_in_the_same_order() -> None:
    start = start_from(HABITS, *NEXT, DAY.service_date + WEEK)
    before = {d.duty_id: [s.journey_id for s in d.stops if s.journey_id] for d in PLANNED.duties if d.stops}
    after = {d.duty_id: [s.journey_id for s in d.stops] for d in start.duties}
    assert after == {f"next-{d}": [f"next-{j}" for j in stops] for d, stops in before.items()}


def test_who_does_not_come_again_is_left_out() -> None:
    start = start_from(HABITS, NEXT[0][::2], NEXT[1], DAY.service_date + WEEK)
    assert {s.journey_id for d in start.duties for s in d.stops} <= {j.journey_id for j in NEXT[0][::2]}


def test_last_weeks_plan_is_as_good_for_the_same_journeys() -> None:
    start = start_from(HABITS, *NEXT, DAY.service_date + WEEK)
    again = plan_day(
        *NEXT, load_policy(), DAY.service_date + WEEK, Search(iterations=0, workers=1), warm=start, looked_into=0
    )
    assert len(again.unserved) <= len(PLANNED.unserved)
    assert sum(d.drive_s for d in again.duties) == sum(d.drive_s for d in PLANNED.duties)


def test_habits_name_no_patient_and_no_place() -> None:
    told = " ".join(habit.journey for habit in HABITS)
    assert not any(j.patient_ref in told or j.pickup.label in told for j in DAY.journeys)

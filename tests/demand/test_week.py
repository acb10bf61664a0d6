from collections import defaultdict
from datetime import timedelta

from pts_optimiser.demand.day import generate_day
from pts_optimiser.demand.week import generate_week
from pts_optimiser.domain.journey import Category
from tests.demand.generated import MONDAY

WEEK = list(generate_week(MONDAY, 1, known="all"))


def test_a_week_is_the_seven_days_each_as_made_alone() -> None:
    assert [each.service_date for each in WEEK] == [MONDAY + timedelta(days=offset) for offset in range(7)]
    assert WEEK[3] == generate_day(MONDAY + timedelta(days=3), 1, known="all")


def test_two_weeks_are_fourteen_days() -> None:
    assert sum(1 for _ in generate_week(MONDAY, 1, 2, scale=0.02)) == 14


def test_dialysis_patients_keep_home_unit_days_times_and_mobility() -> None:
    seen = defaultdict(set)
    days = defaultdict(set)
    for each in WEEK:
        for journey in each.journeys:
            if journey.category is Category.RENAL and journey.appointment_at:
                ref, start = journey.patient_ref, journey.appointment_at.time()
                seen[ref].add((journey.pickup, journey.dropoff, journey.mobility, journey.escorts, start))
                days[ref].add(each.service_date.weekday())
    assert all(len(kept) == 1 for kept in seen.values())
    assert all(on <= {0, 2, 4} or on <= {1, 3, 5} for on in days.values())


def test_other_pseudonyms_belong_to_one_day() -> None:
    others = [
        {journey.patient_ref for journey in each.journeys if journey.category is not Category.RENAL} for each in WEEK
    ]
    assert sum(map(len, others)) == len(set().union(*others))


def test_renal_is_38_to_44_percent_of_the_week() -> None:
    renal = sum(each.summary["completed_renal"] for each in WEEK)
    assert 0.38 <= renal / sum(each.summary["completed"] for each in WEEK) <= 0.44

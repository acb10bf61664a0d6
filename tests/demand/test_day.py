"""The acceptance tests of the calibration, over weekdays and seeds, and what every day must hold."""

from collections import defaultdict
from datetime import date

import numpy as np
import pytest

from pts_optimiser.demand.calibration import MOBILITIES
from pts_optimiser.demand.day import generate_day
from pts_optimiser.demand.sites import sites
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.journey import Category, Direction, PlaceKind
from tests.demand.generated import SATURDAY, SEEDS, SUNDAY, TUESDAY, WEEKDAYS, day, solo_km

ALL_WEEKDAYS = [(service_date, seed) for service_date in WEEKDAYS for seed in SEEDS]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mean_weekday_completes_3460_journeys(seed: int) -> None:
    totals = [len(day(service_date, seed, "all").journeys) for service_date in WEEKDAYS]
    assert np.mean(totals) == pytest.approx(3460, rel=0.02)


@pytest.mark.parametrize(("service_date", "seed"), ALL_WEEKDAYS)
def test_any_weekday_completes_3460_journeys_within_five_percent(service_date: date, seed: int) -> None:
    generated = day(service_date, seed, "all")
    assert len(generated.journeys) == generated.summary["completed"] == pytest.approx(3460, rel=0.05)


@pytest.mark.parametrize(("service_date", "seed"), ALL_WEEKDAYS)
def test_renal_is_38_to_44_percent(service_date: date, seed: int) -> None:
    summary = day(service_date, seed, "all").summary
    assert 0.38 <= summary["completed_renal"] / summary["completed"] <= 0.44


@pytest.mark.parametrize(("service_date", "seed"), ALL_WEEKDAYS)
def test_same_day_requests_are_16_to_20_percent(service_date: date, seed: int) -> None:
    summary = day(service_date, seed, "all").summary
    assert 0.16 <= summary["same_day"] / summary["booked"] <= 0.20


@pytest.mark.parametrize("seed", SEEDS)
def test_same_day_journeys_are_16_to_20_percent_of_those_completed(seed: int) -> None:
    weekdays = [day(service_date, seed, "all").summary for service_date in WEEKDAYS]
    assert 0.16 <= sum(s["same_day_completed"] for s in weekdays) / sum(s["completed"] for s in weekdays) <= 0.20


@pytest.mark.parametrize(("service_date", "seed"), ALL_WEEKDAYS)
def test_22_to_27_percent_of_bookings_are_cancelled_or_aborted(service_date: date, seed: int) -> None:
    summary = day(service_date, seed, "all").summary
    lost = summary["cancelled_before"] + summary["cancelled_after"] + summary["aborted"]
    assert lost + summary["completed"] == summary["booked"]
    assert 0.22 <= lost / summary["booked"] <= 0.27
    assert 0.08 <= summary["cancelled_before"] / summary["booked"] <= 0.15
    assert 0.04 <= summary["cancelled_after"] / summary["booked"] <= 0.08
    assert 0.02 <= summary["aborted"] / summary["booked"] <= 0.08


@pytest.mark.parametrize("seed", SEEDS)
def test_a_saturday_is_half_a_weekday_and_a_sunday_a_tenth(seed: int) -> None:
    weekday = np.mean([len(day(service_date, seed, "all").journeys) for service_date in WEEKDAYS])
    assert 0.50 <= len(day(SATURDAY, seed, "all").journeys) / weekday <= 0.58
    assert len(day(SUNDAY, seed, "all").journeys) == pytest.approx(300, rel=0.15)


@pytest.mark.parametrize("seed", SEEDS)
def test_mean_solo_distance_is_14_to_16_km(seed: int) -> None:
    km = np.concatenate([solo_km(day(service_date, seed, "all").journeys) for service_date in WEEKDAYS])
    assert 14 <= km.mean() <= 16
    assert np.percentile(km, 95) == pytest.approx(45, abs=8)


@pytest.mark.parametrize(
    ("category", "low", "high"),
    [
        (Category.RENAL, 7, 10),
        (Category.OUTPATIENT, 9, 13),
        (Category.ONCOLOGY, 13, 18),
        (Category.DISCHARGE, 9, 13),
        (Category.TRANSFER, 20, 28),
    ],
)
def test_median_distances_by_category(category: Category, low: float, high: float) -> None:
    days = [day(service_date, seed, "all").journeys for service_date, seed in ALL_WEEKDAYS]
    assert low <= np.median(solo_km(tuple(j for each in days for j in each if j.category is category))) <= high


@pytest.mark.parametrize("seed", SEEDS)
def test_about_two_percent_go_out_of_area(seed: int) -> None:
    outside = {place.label for place, inside in zip(sites().place, sites().in_area, strict=True) if not inside}
    journeys = [j for service_date in WEEKDAYS for j in day(service_date, seed, "all").journeys]
    planned = [j for j in journeys if j.category is not Category.RENAL]
    share = sum(bool({j.pickup.label, j.dropoff.label} & outside) for j in planned) / len(journeys)
    assert 0.015 <= share <= 0.035


@pytest.mark.parametrize("seed", SEEDS)
def test_mobilities_keep_the_overall_mix(seed: int) -> None:
    journeys = [j for service_date in WEEKDAYS for j in day(service_date, seed, "all").journeys]
    wanted = dict(zip(MOBILITIES, (0.40, 0.21, 0.08, 0.09, 0.13, 0.02, 0.05, 0.01, 0.01), strict=True))
    for code, share in wanted.items():
        assert sum(j.mobility == code for j in journeys) / len(journeys) == pytest.approx(
            share, abs=0.006 + 0.1 * share
        )
    assert np.mean([j.escorts for j in journeys]) == pytest.approx(0.12, abs=0.02)


@pytest.mark.parametrize("known", ["day-before", "all"])
@pytest.mark.parametrize(("service_date", "seed"), [(TUESDAY, 1), (TUESDAY, 2), (SATURDAY, 1), (SUNDAY, 1)])
def test_every_outward_has_its_inward_or_says_that_it_is_one_way(service_date, seed, known) -> None:
    pairs = defaultdict(list)
    for journey in day(service_date, seed, known).journeys:
        if journey.attendance_id:
            pairs[journey.attendance_id].append(journey)
    for pair in pairs.values():
        inward, outward = sorted(pair, key=lambda journey: journey.direction)
        assert (inward.direction, outward.direction) == (Direction.INWARD, Direction.OUTWARD)
        assert inward.appointment_at < outward.ready_at
        assert inward.pickup == outward.dropoff
        for shared in (
            "patient_ref",
            "contract",
            "category",
            "mobility",
            "escorts",
            "travel_alone",
            "cohort",
            "skills",
        ):
            assert getattr(inward, shared) == getattr(outward, shared)


def test_one_way_journeys_have_a_reason_or_lost_their_other_half() -> None:
    lone = [j for j in day().journeys if not j.attendance_id]
    assert {j.category for j in lone} <= {Category.DISCHARGE, Category.ADMISSION, Category.TRANSFER, Category.HDU}


def test_places_are_of_the_kind_that_the_journey_asks_for() -> None:
    for journey in day(known="all").journeys:
        if journey.direction is Direction.INWARD:
            assert journey.pickup.kind is PlaceKind.HOME
        if journey.direction is Direction.OUTWARD:
            assert journey.dropoff.kind is PlaceKind.HOME
        assert (journey.category is Category.DISCHARGE) == (journey.pickup.kind is PlaceKind.WARD)
        assert journey.dropoff.kind is not PlaceKind.WARD
        assert (journey.appointment_at is None) != (journey.ready_at is None)


def test_the_same_seed_gives_the_same_day_and_another_seed_another() -> None:
    assert generate_day(TUESDAY, 1) == day()
    assert {j.patient_ref for j in day().journeys} != {j.patient_ref for j in day(seed=2).journeys}
    assert day().journeys != day(seed=2).journeys


def test_the_evening_before_knows_only_what_was_booked_by_six() -> None:
    assert max(j.booked_at for j in day().journeys).isoformat() <= "2026-06-01T18:00:00+01:00"
    summary = day().summary
    assert len(day().journeys) == summary["booked"] - summary["cancelled_before"] - summary["same_day"]


def test_the_whole_day_has_no_events_and_the_same_summary() -> None:
    assert day(known="all").events == ()
    assert day(known="all").summary == day().summary


def test_scale_multiplies_the_journeys() -> None:
    assert len(day(known="all", scale=1.13).journeys) == pytest.approx(3910, rel=0.05)
    assert len(day(known="all", scale=0.1).journeys) == pytest.approx(346, rel=0.15)


def test_a_bank_holiday_is_a_sunday_with_dialysis() -> None:
    summary = day(date(2026, 5, 25), 1, "all").summary
    assert summary["completed_renal"] == pytest.approx(1420, rel=0.05)
    assert summary["completed"] - summary["completed_renal"] == pytest.approx(300, rel=0.15)


def test_august_is_quieter_than_november_but_not_for_dialysis() -> None:
    august, november = (day(d, 1, "all").summary for d in (date(2026, 8, 4), date(2026, 11, 3)))
    assert august["completed"] < 0.97 * november["completed"]
    assert august["completed_renal"] == pytest.approx(november["completed_renal"], rel=0.03)


@pytest.mark.parametrize("service_date", [date(2026, 3, 29), date(2026, 10, 25)])
def test_days_on_which_the_clocks_change_are_aware_and_on_whole_minutes(service_date: date) -> None:
    generated = day(service_date)
    moments = [m for j in generated.journeys for m in (j.appointment_at, j.ready_at) if m is not None]
    moments += [m for duty in generated.duties for m in (duty.start_at, duty.end_at)]
    assert moments
    for moment in moments:
        assert moment.tzinfo is LONDON
        assert moment.second == moment.microsecond == 0
        assert moment.astimezone(LONDON).utcoffset() == moment.utcoffset()
    assert {j.appointment_at.date() for j in generated.journeys if j.appointment_at} == {service_date}


@pytest.mark.parametrize(("seed", "scale"), [(-1, 1.0), (1, 0.0)])
def test_what_makes_no_sense_is_refused_with_the_value(seed: int, scale: float) -> None:
    with pytest.raises(ValueError, match=f"seed {seed}.*scale {scale}"):
        generate_day(TUESDAY, seed, scale=scale)

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from benchmarks.plain_day import Day, Result, play
from pts_optimiser.dayof.late_risk import Risk, late_risk
from pts_optimiser.dayof.noise import CALM, DayNoise, Noise, Slip
from pts_optimiser.dayof.standards import Measure
from pts_optimiser.domain.journey import Category
from pts_optimiser.domain.roster import StopKind
from tests.checking import town
from tests.checking.builder import PLAN, scenario
from tests.dayof.planned import planned_day

PLAYED = range(1000, 1150)
PUNCTUAL = Slip(0.0, 0.0, 0.0, 0.0)
STEADY = Noise(drive_cv=0.0, dwell_cv=0.0, slips={}, other_slips=PUNCTUAL)


def risks_of(day: Day, noise: Noise, **more: object) -> tuple[Risk, ...]:
    return late_risk(day.roster, day.journeys, day.duties, day.policy, day.travel, noise, **more)  # type: ignore[arg-type]


@cache
def planned_risks() -> tuple[Risk, ...]:
    return risks_of(planned_day(), Noise(), seed=5)


@cache
def played() -> Mapping[tuple[str, str], tuple[Result, ...]]:
    """What became of every standard on fresh days, by the plain simulation."""
    found = defaultdict(list)
    for seed in PLAYED:
        for result in play(planned_day(), DayNoise(Noise(), seed))[0]:
            found[result.journey_id, result.measure].append(result)
    return {key: tuple(results) for key, results in found.items()}


def town_day(plan: Mapping[str, str] = PLAN, distanced: bool = False) -> Day:
    made = scenario(plan, policy=town.distanced() if distanced else town.policy())
    return Day(made.roster, made.journeys, made.duties, made.policy, made.travel)


def risk_of(found: tuple[Risk, ...], journey_id: str, measure: Measure) -> Risk:
    (risk,) = (risk for risk in found if risk.journey_id == journey_id and risk.measure is measure)
    return risk


def test_what_is_given_a_probability_happens_that_often() -> None:
    """The bar: of journeys given 20–30 %, 15–35 % are late on fresh days of an independent simulation."""
    given, happened, counted = Counter[int](), Counter[int](), Counter[int]()
    for risk in planned_risks():
        for level, share in (("target", risk.target), ("hard", risk.hard)):
            if share is None:
                continue
            days = [getattr(result, level) for result in played()[risk.journey_id, risk.measure.value]]
            bucket = min(int(share * 10), 9)
            given[bucket] += share
            happened[bucket] += sum(days) / len(days)
            counted[bucket] += 1
    assert counted[2] > 20
    for bucket, count in counted.items():
        if count >= 10:
            assert happened[bucket] / count == pytest.approx(given[bucket] / count, abs=0.04)
    assert 0.15 <= happened[2] / counted[2] <= 0.35


def test_every_standard_of_every_open_journey_has_one_risk() -> None:
    assert sorted((risk.journey_id, risk.measure.value) for risk in planned_risks()) == sorted(played())


def test_a_target_out_of_reach_is_nobodys_risk() -> None:
    for risk in planned_risks():
        assert (risk.target is None) == (played()[risk.journey_id, risk.measure.value][0].target is None)


def test_the_likeliest_to_be_missed_comes_first() -> None:
    shares = [risk.worst for risk in planned_risks()]
    assert shares == sorted(shares, reverse=True)


def test_the_same_seed_gives_the_same_risks_and_another_nearly_the_same() -> None:
    def shares(found: tuple[Risk, ...]) -> dict[tuple[str, Measure], float]:
        return {(risk.journey_id, risk.measure): risk.worst for risk in found}

    first, again, other = (shares(risks_of(planned_day(), Noise(), seed=seed)) for seed in (5, 5, 6))
    assert first == again
    assert first != other
    assert max(abs(first[key] - other[key]) for key in first) < 0.08


@pytest.mark.parametrize("day", [town_day(), town_day(distanced=True)], ids=["town", "distanced"])
def test_on_a_calm_day_only_that_is_missed_which_the_simulation_misses(day: Day) -> None:
    calm = {(result.journey_id, result.measure): result for result in play(day, DayNoise(CALM, 1))[0]}
    found = risks_of(day, CALM, samples=3)
    assert len(found) == len(calm)
    for risk in found:
        result = calm[risk.journey_id, risk.measure.value]
        assert risk.hard == result.hard
        assert risk.target == (None if result.target is None else float(result.target))
        assert risk.likely_spare == risk.bad_spare >= min(risk.planned_spare, 0)


def test_a_clean_down_between_runs_takes_its_time_on_every_day() -> None:
    tight = {"D1": "+J3/1@12:05 -J3/1 +J10/0 -J10/0"}
    unserved = [f"J{number}" for number in range(1, 14) if number not in {3, 10}]
    made = scenario(tight, policy=town.distanced(), unserved=unserved)
    day = Day(made.roster, made.journeys, made.duties, made.policy, made.travel)
    quick = replace(day, policy=town.policy())
    late, early = (risk_of(risks_of(each, STEADY), "J10", Measure.COLLECT).likely_spare for each in (day, quick))
    begins = next(s for s in made.roster.duties[0].stops if s.journey_id == "J10" and s.kind is StopKind.PICKUP)
    assert late == early == round((town.at("13:30") - begins.begin_at).total_seconds())  # both keep the promise
    slow = Noise(drive_cv=0.18, dwell_cv=0.5, slips={}, other_slips=PUNCTUAL)
    late, early = (risk_of(risks_of(each, slow), "J10", Measure.COLLECT).bad_spare for each in (day, quick))
    assert early - late == pytest.approx(300, abs=90)


def test_a_patient_who_is_not_ready_makes_those_after_them_late_and_is_named() -> None:
    noise = replace(STEADY, other_slips=Slip(1.0, 60 * 60.0), slips={Category.RENAL: PUNCTUAL})
    found = risks_of(town_day(), noise)
    next_one = risk_of(found, "J4", Measure.COLLECT)
    assert next_one.worst > 0.2
    assert next_one.likely_spare > 0 > next_one.bad_spare
    assert "Mostly J3 not ready (outpatient at hospital, booked for 12:00)" in next_one.reason
    assert "Would help: J3 on another duty (risk then 0 %); a call to hospital about J3." in next_one.reason
    assert risk_of(found, "J3", Measure.COLLECT).worst == 0  # the wait counts from when the patient is ready


def test_a_long_boarding_is_named_by_its_stop_and_its_planned_length() -> None:
    noise = replace(STEADY, dwell_cv=4.0)
    found = risks_of(town_day({"D1": "+J2/0@08:30 +J1/0 -J1/0 -J2/0"}), noise)
    risk = risk_of(found, "J1", Measure.ARRIVE)
    assert risk.worst > 0.05
    assert "the boarding, planned 3 min, at J2's pick-up (home, 08:30)" in risk.reason


def test_a_vehicle_that_could_set_out_earlier_is_told_so() -> None:
    noise = replace(STEADY, drive_cv=0.6)
    risk = risk_of(risks_of(town_day({"D1": "+J1/0@08:40 -J1/0"}), noise), "J1", Measure.ARRIVE)
    assert risk.advice is not None
    assert risk.advice.earlier >= 300
    assert risk.advice.earlier % 300 == 0
    assert risk.advice.earlier_risk < 0.8 * risk.worst
    assert f"{risk.advice.earlier // 60} min earlier from its own pick-up (home, 08:40) on" in risk.reason


def test_a_journey_that_nothing_on_its_duty_helps_is_one_for_another_duty() -> None:
    noise = replace(STEADY, drive_cv=0.6)
    risk = risk_of(risks_of(town_day({"D1": "+J4/0@12:10 -J4/0"}), noise), "J4", Measure.ABOARD)
    assert risk.worst > 0.05
    assert risk.reason.endswith("look for another duty for it.")


def test_what_the_plan_itself_misses_is_said_to_be_planned() -> None:
    risk = risk_of(risks_of(town_day({"D1": "+J1/0@08:56 -J1/0"}), STEADY), "J1", Measure.ARRIVE)
    assert risk.worst == 1
    assert risk.planned
    assert "The plan itself has it" in risk.reason
    assert risk.advice is None


def test_advice_is_given_to_as_many_as_asked() -> None:
    found = risks_of(planned_day(), Noise(), seed=5, advised=4)
    assert [risk.worst for risk in found] == [risk.worst for risk in planned_risks()]
    open_ones = [risk for risk in found if risk.worst >= 0.05 and not risk.planned]
    assert [risk.advice is not None for risk in open_ones[:6]] == [True] * 4 + [False] * 2


def test_what_is_past_has_no_risk_and_who_is_aboard_has_what_is_left() -> None:
    day = town_day()
    stops = next(duty for duty in day.roster.duties if duty.duty_id == "D1").stops
    now = next(s.depart_at for s in stops if s.kind is StopKind.DROPOFF and s.journey_id == "J1")
    left = [(risk.journey_id, risk.measure) for risk in risks_of(day, Noise(), now=now) if risk.duty_id == "D1"]
    assert ("J2", Measure.ABOARD) in left  # still aboard
    assert ("J3", Measure.COLLECT) in left
    assert "J1" not in {journey_id for journey_id, _ in left}
    assert risks_of(day, Noise(), now=town.at("+12:00")) == ()


def test_risks_near_are_surer_than_risks_far_off() -> None:
    def unsure(found: tuple[Risk, ...], chosen: set[tuple[str, Measure]]) -> float:
        return sum(r.likely_spare - r.bad_spare for r in found if (r.journey_id, r.measure) in chosen)

    now = planned_day().roster.duties[0].stops[0].begin_at.replace(hour=14, minute=0)
    later = risks_of(planned_day(), Noise(), seed=5, now=now)
    chosen = {(risk.journey_id, risk.measure) for risk in later}
    assert 0 < len(chosen) < len(planned_risks())
    assert unsure(later, chosen) < 0.9 * unsure(planned_risks(), chosen)

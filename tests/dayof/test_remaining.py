from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from benchmarks.plain_day import play, told
from pts_optimiser.dayof import DayState, Plan, fold, plan_of
from pts_optimiser.dayof.late_risk import Risk, late_risk
from pts_optimiser.dayof.noise import DayNoise, Draws, Noise
from pts_optimiser.dayof.remaining import remaining
from pts_optimiser.dayof.standards import Measure
from pts_optimiser.dayof.walk import Walker
from pts_optimiser.domain.events import DutyLost, NotReady, Ready
from tests.checking import town
from tests.dayof.feed import Feed, plan
from tests.dayof.planned import planned_day


def risks_at(of: Plan, state: DayState | None, now: datetime | None = None) -> dict[tuple[str, Measure], Risk]:
    found = late_risk(
        of.roster, list(of.journeys.values()), list(of.duties.values()), of.policy, of.travel, Noise(), now=now,
        state=state, seed=3,
    )  # fmt: skip
    return {(risk.journey_id, risk.measure): risk for risk in found}


@pytest.mark.parametrize("hour", ["06:30", "09:05", "12:12", "13:00"])
def test_a_silent_day_is_as_planned_until_now(hour: str) -> None:
    now = town.at(hour)
    stated, planned = risks_at(plan(), fold(plan(), [], now)), risks_at(plan(), None, now)
    assert stated.keys() == planned.keys()
    for key, risk in stated.items():
        assert risk.worst == pytest.approx(planned[key].worst, abs=0.05)
        assert risk.planned_spare == planned[key].planned_spare


def test_risks_at_noon_happen_as_often_as_they_say() -> None:
    day = planned_day()
    of = plan_of(day.roster, day.journeys, day.duties, day.policy, day.travel)
    noon = town.at("12:00", day.roster.service_date)
    given, happened, counted = Counter[int](), Counter[int](), Counter[int]()
    for seed in range(300, 310):
        results, made = play(day, DayNoise(Noise(), seed))
        outcome = {(result.journey_id, result.measure): result for result in results}
        begun = {(stop.journey_id, stop.kind.value): stop.begin for stop in made}
        for (journey_id, measure), risk in risks_at(of, fold(of, told(made), noon)).items():
            decides = "pickup" if measure is Measure.COLLECT else "dropoff"
            assert begun[journey_id, decides] > noon.timestamp() - 1
            result = outcome[journey_id, measure.value]
            for share, missed in ((risk.target, result.target), (risk.hard, result.hard)):
                if share is not None:
                    assert missed is not None
                    bucket = min(int(share * 5), 4)
                    given[bucket] += share  # type: ignore[assignment]
                    happened[bucket] += missed
                    counted[bucket] += 1
    for bucket, count in counted.items():
        assert happened[bucket] / count == pytest.approx(given[bucket] / count, abs=0.1), bucket


def test_a_duty_that_runs_late_is_named_as_behind() -> None:
    feed = Feed()
    feed.stop("D1", "start", departed="07:00")
    feed.stop("D1", "pickup", "J1", arrived="07:30", begun="08:00", departed="08:05")
    feed.stop("D1", "pickup", "J2", arrived="08:50", begun="08:52", departed="08:55")
    risk = risks_at(plan(), feed.state("08:56"))["J1", Measure.ARRIVE]
    assert risk.worst > 0.9
    assert "D1 is" in risk.reason
    assert "behind already" in risk.reason


def test_a_patient_said_to_be_late_is_waited_for() -> None:
    feed = Feed()
    before = risks_at(plan(), feed.state("11:00"))["J4", Measure.COLLECT]
    feed("10:30", NotReady("J3", town.at("13:25")))
    after = risks_at(plan(), feed.state("11:00"))
    assert before.worst < 0.05
    assert after["J4", Measure.COLLECT].worst > 0.9
    assert "J3 not ready (outpatient at hospital, said to be 13:25)" in after["J4", Measure.COLLECT].reason
    assert after["J3", Measure.COLLECT].worst < 0.05


def test_who_is_not_said_to_be_ready_where_clinics_say_so_is_not_ready_yet() -> None:
    feed = Feed()
    feed("12:00", Ready("J4"))
    unsaid = risks_at(plan(), feed.state("12:08"))["J4", Measure.COLLECT]
    feed("11:55", Ready("J3"))
    said = risks_at(plan(), feed.state("12:08"))["J4", Measure.COLLECT]
    assert unsaid.likely_spare < said.likely_spare - 180  # J3 comes first, and is not ready by now
    assert unsaid.worst > said.worst


def test_a_vehicle_on_its_way_for_longer_than_planned_is_not_there_yet() -> None:
    feed = Feed()
    feed.stop("D1", "start", departed="08:00")
    risk = risks_at(plan(), feed.state("08:20"))["J1", Measure.ARRIVE]
    first = risk.itinerary.calls[0]
    assert first.leaves + first.drive < town.at("08:20").timestamp() - risk.itinerary.origin
    assert risk.itinerary.free < risk.itinerary.now
    walk = Walker(Draws(Noise(), 3, 500)).walk(risk.itinerary)
    assert (walk.arrive[0] >= risk.itinerary.now).all()


def test_a_lost_duty_and_what_is_done_have_no_risks() -> None:
    feed = Feed()
    feed("08:00", DutyLost("D3", "breakdown"))
    found = risks_at(plan(), feed.state("09:30"))
    assert not {journey_id for journey_id, _ in found} & {"J1", "J7", "J8", "J9", "J10"}
    assert ("J4", Measure.COLLECT) in found
    assert risks_at(plan(), fold(plan(), [], town.at("00:00") + timedelta(hours=36))) == {}


def test_a_break_planned_after_later_runs_stays_behind_them_while_somebody_is_aboard() -> None:
    feed = Feed()
    feed.stop("D4", "pickup", "J11", arrived="22:38", begun="22:40", departed="22:44")
    state = feed.state("22:50")
    (itinerary,) = (
        it for it in remaining(state, list(plan().journeys.values()), plan().policy, plan().travel)
        if it.duty_id == "D4"
    )  # fmt: skip
    assert [call.name for call in itinerary.calls] == [
        "dropoff J11", "pickup J12", "dropoff J12", "break D4", "end D4",
    ]  # fmt: skip
    assert itinerary.boarded.keys() == {"J11"}

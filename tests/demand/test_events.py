import json
from collections import Counter
from datetime import datetime

import numpy as np
import pytest

from pts_optimiser.demand.events import day_events, events_jsonl
from tests.demand.generated import SATURDAY, SEEDS, SUNDAY, TUESDAY, day

FIELDS = {
    "journey_booked": {"journey"},
    "journey_cancelled": {"journey_id", "reason"},
    "journey_aborted": {"journey_id", "reason"},
    "ready": {"journey_id"},
    "not_ready": {"journey_id", "ready_at"},
    "duty_lost": {"duty_id", "reason"},
    "duty_delayed": {"duty_id", "minutes"},
}
COMMON = {"event_id", "source", "sequence", "occurred_at", "received_at", "type"}
DAYS = [(TUESDAY, seed) for seed in SEEDS] + [(SATURDAY, 1), (SUNDAY, 1)]


@pytest.mark.parametrize(("service_date", "seed"), DAYS)
def test_events_come_in_the_order_received_and_each_source_numbers_its_own(service_date, seed) -> None:
    events = day(service_date, seed).events
    received = [datetime.fromisoformat(event["received_at"]) for event in events]
    assert received == sorted(received)
    sequence: Counter[str] = Counter()
    for event in events:
        sequence[event["source"]] += 1
        assert event["sequence"] == sequence[event["source"]]
    assert len({event["event_id"] for event in events}) == len(events)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_event_has_the_fields_of_its_type_and_is_received_after_it_occurs(seed: int) -> None:
    events = day(seed=seed).events
    assert {event["type"] for event in events} == set(FIELDS)
    for event in events:
        assert event.keys() - COMMON - {"keep_return"} == FIELDS[event["type"]]
        occurred, received = (datetime.fromisoformat(event[key]) for key in ("occurred_at", "received_at"))
        assert occurred <= received
        assert occurred.second == received.second == 0
        assert occurred.tzinfo is not None


@pytest.mark.parametrize(("service_date", "seed"), DAYS)
def test_events_speak_only_of_what_is_known_by_then_and_of_nothing_lost(service_date, seed) -> None:
    generated = day(service_date, seed)
    known = {journey.journey_id for journey in generated.journeys}
    duties, lost = {duty.duty_id for duty in generated.duties}, set()
    for event in generated.events:
        if event["type"] == "journey_booked":
            assert event["journey"]["journey_id"] not in known
            known.add(event["journey"]["journey_id"])
        elif "journey_id" in event:
            assert event["journey_id"] in known - lost
            if event["type"] in {"journey_cancelled", "journey_aborted"}:
                lost.add(event["journey_id"])
        else:
            assert event["duty_id"] in duties


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_known_less_what_is_lost_is_what_is_completed(seed: int) -> None:
    generated = day(seed=seed)
    attendance = {journey.journey_id: journey.attendance_id for journey in generated.journeys}
    for event in generated.events:
        if event["type"] == "journey_booked":
            attendance[event["journey"]["journey_id"]] = event["journey"]["attendance_id"]
    lost = set()
    for event in generated.events:
        if event["type"] in {"journey_cancelled", "journey_aborted"}:
            lost.add(event["journey_id"])
            if event["journey_id"].endswith("i") and attendance[event["journey_id"]] and not event["keep_return"]:
                lost.add(event["journey_id"][:-1] + "o")
    completed = {journey.journey_id for journey in day(seed=seed, known="all").journeys}
    assert attendance.keys() - lost == completed


def test_a_patient_who_is_late_is_announced_then_ready_at_about_that_time() -> None:
    ready = {event["journey_id"]: event for event in day().events if event["type"] == "ready"}
    announced = [event for event in day().events if event["type"] == "not_ready"]
    assert len(announced) > 50
    for event in announced:
        promised, truly = event["ready_at"], ready[event["journey_id"]]["occurred_at"]
        gap = datetime.fromisoformat(promised) - datetime.fromisoformat(truly)
        assert 0 <= gap.total_seconds() < 300
        assert event["received_at"] <= truly


def test_every_completed_outward_journey_is_called_ready_once() -> None:
    outward = {j.journey_id for j in day(known="all").journeys if j.direction.value == "outward"}
    called = [event["journey_id"] for event in day().events if event["type"] == "ready"]
    assert len(called) == len(outward)
    assert set(called) == outward


def test_duties_fail_about_as_often_as_calibrated() -> None:
    rng = np.random.default_rng(1)
    failures = Counter(event["type"] for _ in range(20) for event in day_events(rng, TUESDAY, [], day().duties))
    assert failures["duty_lost"] / (20 * 290) == pytest.approx(0.026, abs=0.006)
    assert failures["duty_delayed"] / (20 * 290) == pytest.approx(0.03, abs=0.006)


def test_the_lines_read_back_as_the_events() -> None:
    events = day().events
    assert tuple(json.loads(line) for line in events_jsonl(events).splitlines()) == events

"""What is written reads back as the same objects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import postcodes
from pts_optimiser.domain.clock import LONDON, moment_at
from pts_optimiser.domain.duty import Break, Duty
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.intake.duties import read_duties
from pts_optimiser.intake.journeys import read_journeys
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.writing import duties_csv, journeys_csv

POLICY = load_policy(b"[area]\nsouth=-89\nwest=-179\nnorth=89\neast=179")
labels = st.text(st.characters(codec="utf-8", categories=["L", "P", "S", "Zs"]), min_size=1, max_size=20).map(
    lambda text: "x" + " ".join(text.split())
)
codes = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
code_sets = st.frozensets(codes, max_size=3)
lats = st.floats(-89, 89).filter(lambda degrees: abs(degrees) > 1e-9)
lons = st.floats(-179, 179).filter(lambda degrees: degrees == 0 or abs(degrees) > 1e-9)
# the day on which an hour of the clock comes twice
DAY_START = datetime(2026, 10, 24, 23, tzinfo=UTC).astimezone(LONDON)
moments = st.integers(0, 30 * 3600).map(lambda seconds: moment_at(DAY_START, seconds))
places = st.builds(Place, labels, lats, lons, st.sampled_from(PlaceKind), st.sampled_from(["", "B15 2TG"]))


@st.composite
def journey_lists(draw: st.DrawFn) -> list[Journey]:
    return [
        Journey(
            journey_id=f"J{number}",
            attendance_id="",
            patient_ref=draw(labels),
            contract=draw(st.sampled_from(["", *POLICY.contracts])),
            category=draw(st.sampled_from(Category)),
            direction=draw(st.sampled_from(Direction)),
            pickup=draw(places),
            dropoff=draw(places),
            appointment_at=draw(moments),
            ready_at=draw(moments),
            mobility=draw(st.sampled_from(sorted(POLICY.mobilities))),
            escorts=draw(st.integers(0, 20)),
            travel_alone=draw(st.booleans()),
            cohort=draw(st.just("") | labels),
            skills=draw(code_sets),
            booked_at=draw(st.none() | moments),
        )
        for number in range(draw(st.integers(1, 3)))
    ]


@st.composite
def duties(draw: st.DrawFn) -> Duty:
    start = draw(st.integers(0, 20 * 3600))
    length = draw(st.integers(3600, 12 * 3600))
    rest_from, rest_to = sorted(draw(st.lists(st.integers(0, length - 1800), min_size=2, max_size=2)))
    begin = moment_at(DAY_START, start)
    rest = Break(timedelta(minutes=30), moment_at(begin, rest_from), moment_at(begin, rest_to))
    return Duty(
        duty_id="D1",
        vehicle_id=draw(labels),
        vehicle_type=draw(st.sampled_from(sorted(POLICY.vehicle_types))),
        base=draw(labels),
        base_lat=draw(lats),
        base_lon=draw(lons),
        start_at=begin,
        end_at=moment_at(begin, length),
        crew=draw(st.sampled_from([1, 2])),
        skills=draw(code_sets),
        contracts=draw(st.frozensets(st.sampled_from(sorted(POLICY.contracts)))),
        rest=draw(st.sampled_from([None, rest])),
        energy=draw(st.sampled_from(["diesel", "electric"])),
        range_km=draw(st.none() | st.floats(0.5, 1000)),
    )


def utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)


@given(journey_lists())
@settings(max_examples=60)
def test_journeys_survive_being_written_and_read(journeys: list[Journey]) -> None:
    result = read_journeys(journeys_csv(journeys).encode(), POLICY)
    assert not result.issues
    assert list(result.items) == journeys
    for read, written in zip(result.items, journeys, strict=True):
        assert utc(read.ready_at) == utc(written.ready_at)
        assert utc(read.booked_at) == utc(written.booked_at)


@given(duties())
@settings(max_examples=60)
def test_duties_survive_being_written_and_read(duty: Duty) -> None:
    result = read_duties(duties_csv([duty]).encode(), POLICY, service_date=duty.start_at.date())
    assert not result.issues
    assert result.items == (duty,)
    assert utc(result.items[0].end_at) == utc(duty.end_at)


def test_a_place_found_by_postcode_reads_back_without_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "unit_position", lambda _postcode: None)
    header = "journey_id,patient_ref,category,direction,pickup_place,dropoff_place,mobility,appointment_at"
    rows = f"{header},pickup_postcode,dropoff_postcode\nJ1,p,renal,inward,a,b,car,2026-03-27T09:00,B15 2TG,b91 2jl\n"
    first = read_journeys(rows.encode(), POLICY)
    assert [issue.code for issue in first.issues] == ["postcode_sector_only"] * 2
    again = read_journeys(journeys_csv(first.items).encode(), POLICY)
    assert again.items == first.items
    assert not again.issues


def test_numbers_are_written_without_exponent() -> None:
    start = datetime(2026, 3, 27, 6, tzinfo=LONDON)
    duty = Duty("D1", "V1", "car", "b", 1e-7, -0.00001234, start, start + timedelta(hours=8), 1)
    assert ",0.0000001,-0.00001234," in duties_csv([duty])

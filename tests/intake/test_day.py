"""Both files of a day, read together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.day import read_day

from .samples import DAY, duties_file, duty, inward, journeys_file, outward

GOOD_DUTIES = duties_file(duty())
GOOD_JOURNEYS = journeys_file(inward(), outward())


def test_a_sound_day_is_read_from_files_or_bytes(policy: Policy, tmp_path: Path) -> None:
    paths = tmp_path / "j.csv", tmp_path / "d.csv"
    for path, data in zip(paths, (GOOD_JOURNEYS, GOOD_DUTIES), strict=True):
        path.write_bytes(data)
    day = read_day(*paths, policy)
    assert day == read_day(GOOD_JOURNEYS, GOOD_DUTIES, policy)
    assert (day.service_date, len(day.journeys), len(day.duties)) == (DAY, 2, 1)
    assert (day.issues, day.rejected) == ((), ())


def test_all_errors_of_both_files_come_at_once(policy: Policy) -> None:
    bad_journeys = journeys_file(inward(category="x"), inward(journey_id="J9", escorts="-1"))
    with pytest.raises(InputError) as raised:
        read_day(bad_journeys, duties_file(duty(), duty(duty_id="D2", crew="7")), policy)
    assert [(issue.file, issue.row) for issue in raised.value.issues] == [
        ("journeys.csv", 2),
        ("journeys.csv", 3),
        ("duties.csv", 3),
    ]
    assert str(raised.value) == "journeys.csv: 2 errors; duties.csv: 1 error"
    assert raised.value.exit_code == 2


def test_bad_rows_may_be_left_out_and_are_listed(policy: Policy) -> None:
    day = read_day(
        journeys_file(inward(), inward(journey_id="J9", escorts="-1")),
        duties_file(duty(), duty(duty_id="D2", crew="7")),
        policy,
        skip_bad=True,
    )
    assert [journey.journey_id for journey in day.journeys] == ["J1"]
    assert [item.duty_id for item in day.duties] == ["D1"]
    assert [(rejected.file, rejected.row) for rejected in day.rejected] == [("journeys.csv", 3), ("duties.csv", 3)]
    assert len(day.issues) == 2


@pytest.mark.parametrize(
    ("journeys", "duties"),
    [
        (journeys_file(inward(category="x")), GOOD_DUTIES),
        (GOOD_JOURNEYS, duties_file(duty(crew="7"))),
        (b"", GOOD_DUTIES),
        (GOOD_JOURNEYS, duties_file()),
        (GOOD_JOURNEYS.replace(b"cohort", b"cohrt"), GOOD_DUTIES),
        (GOOD_JOURNEYS + b'"J7,unclosed', GOOD_DUTIES),
    ],
    ids=["no journey", "no duty", "empty", "header only", "unknown column", "broken quote"],
)
def test_leaving_out_rows_does_not_help_a_file_that_cannot_be_trusted(
    policy: Policy, journeys: bytes, duties: bytes
) -> None:
    with pytest.raises(InputError) as raised:
        read_day(journeys, duties, policy, skip_bad=True)
    assert raised.value.issues


def test_warnings_alone_let_the_day_pass(policy: Policy) -> None:
    day = read_day(journeys_file(inward(contract="mine")), GOOD_DUTIES, policy)
    assert [issue.code for issue in day.issues] == ["unknown_contract"]
    assert len(day.journeys) == 1


def test_journeys_are_held_against_the_day_of_the_duties(policy: Policy) -> None:
    with pytest.raises(InputError) as raised:
        read_day(journeys_file(inward(appointment_at="2026-03-30T07:30")), GOOD_DUTIES, policy)
    assert [issue.code for issue in raised.value.issues] == ["other_day"]


def test_a_given_service_date_is_held_against_both_files(policy: Policy) -> None:
    with pytest.raises(InputError) as raised:
        read_day(journeys_file(inward()), GOOD_DUTIES, policy, service_date=date(2026, 3, 25))
    assert [(issue.file, issue.code) for issue in raised.value.issues] == [
        ("journeys.csv", "other_day"),
        ("duties.csv", "other_day"),
    ]


def test_a_day_under_way_may_have_parted_what_belongs_together(policy: Policy) -> None:
    parted = journeys_file(outward(ready_at="2099-01-01T10:00"))
    with pytest.raises(InputError):
        read_day(parted, GOOD_DUTIES, policy, service_date=DAY)
    assert len(read_day(parted, GOOD_DUTIES, policy, service_date=DAY, as_it_went=True).journeys) == 1

"""Rows of duties.csv."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pts_optimiser.domain.clock import LONDON, seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.duties import read_duties, service_day

from .samples import NHS_NUMBER, duties_file, duty, found


def read(policy: Policy, *rows: dict[str, str]) -> tuple[tuple[Duty, ...], tuple[Issue, ...]]:
    result = read_duties(duties_file(*rows), policy)
    assert len(result.items) + len(result.rejected) == len(rows)
    return result.items, result.issues


def test_a_full_row_becomes_a_duty(policy: Policy) -> None:
    row = duty(crew="2", skills="hdu;oxygen", contracts="sandwell; cheshire", energy="electric", range_km="160.5")
    [item], issues = read(policy, row)
    assert not issues
    assert item == Duty(
        duty_id="D1",
        vehicle_id="V1",
        vehicle_type="standard_pts",
        base="Erdington",
        base_lat=52.52,
        base_lon=-1.84,
        start_at=datetime(2026, 3, 27, 6, tzinfo=LONDON),
        end_at=datetime(2026, 3, 27, 14, tzinfo=LONDON),
        crew=2,
        skills=frozenset({"hdu", "oxygen"}),
        contracts=frozenset({"sandwell", "cheshire"}),
        rest=None,
        energy="electric",
        range_km=160.5,
    )


def test_energy_defaults_to_the_vehicle_types(policy: Policy) -> None:
    [item], _ = read(policy, duty())
    assert (item.energy, item.range_km, item.contracts) == ("diesel", None, frozenset())


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("vehicle_type", "standart_pts", "unknown_vehicle_type"),
        ("vehicle_type", "", "missing_value"),
        ("vehicle_id", "", "missing_value"),
        ("crew", "0", "unknown_value"),
        ("crew", "3", "unknown_value"),
        ("crew", "", "missing_value"),
        ("energy", "petrol", "unknown_value"),
        ("range_km", "0", "bad_number"),
        ("range_km", "-5", "bad_number"),
        ("range_km", "inf", "bad_number"),
        ("base_lat", "", "missing_value"),
        ("base_lat", "53." + "9" * 50, "bad_number"),
        ("start_at", "2026-03-29T01:30", "time_does_not_exist"),
        ("end_at", "", "missing_value"),
        ("end_at", "2026-03-27T06:00", "shift_backwards"),
        ("end_at", "2026-03-27T02:00", "shift_backwards"),
        ("end_at", "2026-03-28T06:01", "shift_too_long"),
        ("duty_id", NHS_NUMBER, "nhs_number"),
        ("break_minutes", "241", "bad_number"),
        ("break_minutes", "-30", "bad_number"),
    ],
)
def test_a_bad_cell_is_reported_by_column_and_code(policy: Policy, column: str, value: str, code: str) -> None:
    items, issues = read(policy, duty(**{column: value}))
    assert not items
    assert found(issues) == [(2, column, code)]
    assert issues[0].hint


def test_the_nearest_vehicle_type_is_proposed(policy: Policy) -> None:
    _, [issue] = read(policy, duty(vehicle_type="standart_pts"))
    assert issue.hint == "did you mean 'standard_pts'?"


def test_a_shift_may_run_over_midnight(policy: Policy) -> None:
    [item], issues = read(policy, duty(start_at="2026-03-27T22:00", end_at="2026-03-28T06:00"))
    assert not issues
    assert seconds_after(item.start_at, item.end_at) == 8 * 3600


def test_a_shift_that_ends_before_its_start_is_told_about_the_next_days_date(policy: Policy) -> None:
    _, [issue] = read(policy, duty(start_at="2026-03-27T22:00", end_at="2026-03-27T06:00"))
    assert "next day" in issue.hint


def test_a_shift_inside_the_repeated_hour_is_measured_in_lived_time(policy: Policy) -> None:
    [item], issues = read(policy, duty(start_at="2026-10-25T01:45+01:00", end_at="2026-10-25T01:15+00:00"))
    assert not issues
    assert seconds_after(item.start_at, item.end_at) == 1800


def test_an_unknown_contract_is_a_warning(policy: Policy) -> None:
    items, [issue] = read(policy, duty(contracts="sandwel;cheshire"))
    assert len(items) == 1
    assert (issue.column, issue.code, issue.severity) == ("contracts", "unknown_contract", Severity.WARNING)
    assert "'sandwell'" in issue.hint


def test_duplicate_ids_are_refused_in_both_rows(policy: Policy) -> None:
    _, issues = read(policy, duty(), duty(vehicle_id="V2"))
    assert found(issues) == [(2, "duty_id", "duplicate_id"), (3, "duty_id", "duplicate_id")]


def test_most_duties_tell_the_service_day_and_the_others_are_refused(policy: Policy) -> None:
    other = {"start_at": "2026-03-28T06:00", "end_at": "2026-03-28T14:00"}
    rows = [duty(), duty(duty_id="D2", vehicle_id="V2"), duty(duty_id="D3", vehicle_id="V3", **other)]
    items, issues = read(policy, *rows)
    assert [item.duty_id for item in items] == ["D1", "D2"]
    assert found(issues) == [(4, "start_at", "other_day")]
    assert service_day(items) == date(2026, 3, 27)


def test_a_given_service_date_decides(policy: Policy) -> None:
    result = read_duties(duties_file(duty()), policy, service_date=date(2026, 3, 28))
    assert found(result.issues) == [(2, "start_at", "other_day")]


def test_the_earlier_of_two_equally_frequent_days_is_the_service_day(policy: Policy) -> None:
    later = duty(duty_id="D2", vehicle_id="V2", start_at="2026-03-28T06:00", end_at="2026-03-28T14:00")
    items, _ = read(policy, later, duty())
    assert [item.duty_id for item in items] == ["D1"]


def test_a_vehicle_on_two_duties_at_once_is_a_warning(policy: Policy) -> None:
    late = duty(duty_id="D2", start_at="2026-03-27T13:00", end_at="2026-03-27T21:00")
    items, [issue] = read(policy, late, duty())
    assert len(items) == 2
    assert (issue.row, issue.code, issue.severity) == (2, "vehicle_overlap", Severity.WARNING)
    assert "row 3" in issue.message


def test_a_vehicle_may_go_out_again_when_it_is_back(policy: Policy) -> None:
    late = duty(duty_id="D2", start_at="2026-03-27T14:00", end_at="2026-03-27T21:00")
    assert read(policy, late, duty())[1] == ()

"""Inward and outward journeys of one attendance."""

from __future__ import annotations

from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.journeys import read_journeys

from .samples import found, inward, journeys_file, outward

PAIR = {"attendance_id": "A1"}


def read(policy: Policy, *rows: dict[str, str]) -> tuple[list[str], tuple[Issue, ...]]:
    result = read_journeys(journeys_file(*rows), policy)
    return [journey.journey_id for journey in result.items], result.issues


def test_a_pair_in_any_order_is_sound(policy: Policy) -> None:
    rows = [outward(**PAIR), inward(**PAIR)]
    assert read(policy, *rows) == (["J2", "J1"], ())


def test_one_way_journeys_need_no_partner(policy: Policy) -> None:
    assert read(policy, outward(), inward(**PAIR)) == (["J2", "J1"], ())


def test_an_outward_journey_whose_attendance_has_no_inward_one_is_refused(policy: Policy) -> None:
    kept, [issue] = read(policy, inward(attendance_id="A2"), outward(**PAIR))
    assert kept == ["J1"]
    assert (issue.row, issue.column, issue.code) == (3, "attendance_id", "outward_without_inward")
    assert "leave attendance_id empty for a one-way journey" in issue.hint


def test_a_transfer_is_no_inward_journey(policy: Policy) -> None:
    _, issues = read(policy, inward(**PAIR, direction="transfer"), outward(**PAIR))
    assert found(issues) == [(3, "attendance_id", "outward_without_inward")]


def test_an_outward_journey_falls_with_its_inward_one(policy: Policy) -> None:
    for fault in ({"mobility": "x"}, {"direction": "inwrad"}, {"patient_ref": ""}):
        kept, issues = read(policy, outward(**PAIR), inward(**PAIR, **fault))
        assert kept == []
        [issue] = [issue for issue in issues if issue.row == 2]
        assert issue.code == "inward_rejected"
        assert "row 3" in issue.message


def test_an_outward_journey_falls_with_duplicate_inward_ones(policy: Policy) -> None:
    kept, issues = read(policy, inward(**PAIR), inward(), outward(**PAIR))
    assert kept == []
    assert found(issues) == [
        (2, "journey_id", "duplicate_id"),
        (3, "journey_id", "duplicate_id"),
        (4, "attendance_id", "inward_rejected"),
    ]


def test_two_journeys_one_way_are_refused_with_each_others_row(policy: Policy) -> None:
    kept, issues = read(policy, inward(**PAIR), outward(**PAIR), outward(**PAIR, journey_id="J3"))
    assert kept == ["J1"]
    assert found(issues) == [(3, "attendance_id", "attendance_repeated"), (4, "attendance_id", "attendance_repeated")]
    assert "row 4" in issues[0].message


def test_an_attendance_is_of_one_patient(policy: Policy) -> None:
    kept, issues = read(policy, inward(**PAIR), outward(**PAIR, patient_ref="p-xyz"))
    assert kept == []
    assert found(issues) == [(2, "attendance_id", "attendance_mismatch"), (3, "attendance_id", "attendance_mismatch")]
    assert "p-" not in "".join(map(str, issues))


def test_ready_before_the_appointment_is_a_warning(policy: Policy) -> None:
    kept, [issue] = read(policy, inward(**PAIR), outward(**PAIR, ready_at="2026-03-27T07:00"))
    assert kept == ["J1", "J2"]
    assert (issue.row, issue.code, issue.severity) == (3, "ready_before_appointment", Severity.WARNING)


def test_ready_at_the_appointment_is_not(policy: Policy) -> None:
    assert read(policy, inward(**PAIR), outward(**PAIR, ready_at="2026-03-27T07:30"))[1] == ()

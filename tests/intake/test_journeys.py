"""Rows of journeys.csv."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.columns import JOURNEY_COLUMNS
from pts_optimiser.intake.journeys import read_journeys

from .samples import DAY, INWARD, NHS_NUMBER, found, inward, journeys_file, outward, sheet


def one(policy: Policy, row: dict[str, str]) -> tuple[Journey | None, tuple[Issue, ...]]:
    result = read_journeys(journeys_file(row), policy, service_date=DAY)
    assert len(result.items) + len(result.rejected) == 1
    return (result.items[0] if result.items else None), result.issues


def test_a_full_row_becomes_a_journey(policy: Policy) -> None:
    row = inward(
        attendance_id="A1",
        mobility="wheelchair",
        escorts="2",
        travel_alone="1",
        cohort="amber",
        skills="oxygen; bariatric;",
        booked_at="2026-03-26T16:05",
        pickup_postcode="B15 2TG",
        pickup_kind="site",
        dropoff_kind="acute",
    )
    journey, issues = one(policy, row)
    assert not issues
    assert journey == Journey(
        journey_id="J1",
        attendance_id="A1",
        patient_ref="p-abc",
        contract="pan_birmingham",
        category=Category.RENAL,
        direction=Direction.INWARD,
        pickup=Place("12 High Street", 52.48, -1.90, PlaceKind.SITE, "B15 2TG"),
        dropoff=Place("QEHB", 52.451, -1.939, PlaceKind.ACUTE),
        appointment_at=datetime(2026, 3, 27, 7, 30, tzinfo=LONDON),
        ready_at=None,
        mobility="wheelchair",
        escorts=2,
        travel_alone=True,
        cohort="amber",
        skills=frozenset({"oxygen", "bariatric"}),
        booked_at=datetime(2026, 3, 26, 16, 5, tzinfo=LONDON),
    )


def test_columns_that_are_not_required_may_be_missing(policy: Policy) -> None:
    row = inward(contract="")
    names = [name for name in row if name != "contract"]
    result = read_journeys(sheet(names, [[row[name] for name in names]]), policy)
    assert not result.issues
    [journey] = result.items
    assert (journey.attendance_id, journey.contract, journey.cohort) == ("", "", "")
    assert (journey.escorts, journey.travel_alone, journey.skills) == (0, False, frozenset())
    assert journey.booked_at is None


@pytest.mark.parametrize(
    ("category", "direction", "kinds"),
    [
        ("renal", "inward", ("home", "site")),
        ("renal", "outward", ("site", "home")),
        ("transfer", "transfer", ("site", "site")),
        ("discharge", "outward", ("ward", "home")),
        ("discharge", "transfer", ("ward", "site")),
    ],
)
def test_kinds_of_place_follow_the_direction(
    policy: Policy, category: str, direction: str, kinds: tuple[str, str]
) -> None:
    journey, _ = one(policy, inward(category=category, direction=direction, ready_at="2026-03-27T10:00"))
    assert journey is not None
    assert (journey.pickup.kind, journey.dropoff.kind) == kinds


@pytest.mark.parametrize("column", ["journey_id", "patient_ref", "category", "direction", "mobility", "pickup_place"])
def test_a_required_cell_must_not_be_empty(policy: Policy, column: str) -> None:
    _, issues = one(policy, inward(**{column: "  "}))
    assert (2, column, "missing_value") in found(issues)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"direction": "inward", "appointment_at": "", "ready_at": "2026-03-27T10:00"}, "appointment_at"),
        ({"direction": "outward"}, "ready_at"),
        ({"direction": "transfer", "appointment_at": ""}, "ready_at"),
        ({"direction": "transfer", "category": "discharge"}, "ready_at"),
    ],
)
def test_each_direction_needs_its_time(policy: Policy, changes: dict[str, str], column: str) -> None:
    _, issues = one(policy, inward(**changes))
    assert found(issues) == [(2, column, "missing_value")]


def test_a_transfer_is_content_with_either_time(policy: Policy) -> None:
    for times in ({}, {"appointment_at": "", "ready_at": "2026-03-27T10:00"}):
        journey, issues = one(policy, inward(direction="transfer", category="transfer", **times))
        assert journey is not None
        assert not issues


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("category", "dialysis", "unknown_value"),
        ("category", "Renal", "unknown_value"),
        ("direction", "in", "unknown_value"),
        ("pickup_kind", "house", "unknown_value"),
        ("travel_alone", "yes", "unknown_value"),
        ("mobility", "WC", "unknown_mobility"),
        ("escorts", "-1", "bad_number"),
        ("escorts", "1.5", "bad_number"),
        ("escorts", "1.0", "bad_number"),
        ("escorts", "21", "bad_number"),
        ("escorts", "one", "bad_number"),
        ("escorts", "9" * 5000, "bad_number"),
        ("booked_at", "yesterday", "bad_time"),
        ("appointment_at", "27/03/2026 07:30", "bad_time"),
        ("appointment_at", "2026-03-29T01:30", "time_does_not_exist"),
        ("appointment_at", "2026-10-25T01:30", "time_exists_twice"),
        ("pickup_place", "x" * 201, "too_long"),
        ("pickup_place", "=HYPERLINK(1)", "formula_cell"),
        ("journey_id", "@J1", "formula_cell"),
        ("cohort", "-", "formula_cell"),
        ("skills", "+x", "formula_cell"),
        ("skills", "a; =x", "formula_cell"),
        ("contract", " =x", "formula_cell"),
    ],
)
def test_a_bad_cell_is_reported_by_column_and_code(policy: Policy, column: str, value: str, code: str) -> None:
    journey, issues = one(policy, inward(**{column: value}))
    assert journey is None
    assert (2, column, code) in found(issues)
    assert all(issue.hint for issue in issues)


def test_the_hint_of_a_clock_change_asks_for_the_offset(policy: Policy) -> None:
    _, [issue] = one(policy, inward(appointment_at="2026-10-25T01:30"))
    assert issue.hint == "write the offset, e.g. +01:00."


def test_a_misspelt_word_gets_its_nearest_match(policy: Policy) -> None:
    _, issues = one(policy, inward(category="Renal", mobility="wheelchiar"))
    assert [issue.hint for issue in issues] == ["did you mean 'renal'?", "did you mean 'wheelchair'?"]


@pytest.mark.parametrize("column", ["patient_ref", "journey_id", "attendance_id", "pickup_place", "cohort"])
@pytest.mark.parametrize("number", [NHS_NUMBER, "999 000 0018", "999-000-0018", f" {NHS_NUMBER} "])
def test_an_nhs_number_is_refused_and_not_repeated(policy: Policy, column: str, number: str) -> None:
    journey, issues = one(policy, inward(**{column: number}))
    assert journey is None
    assert (2, column, "nhs_number") in found(issues)
    assert all("999" not in str(issue) for issue in issues)


def test_no_message_repeats_the_patient_reference_or_ten_digits(policy: Policy) -> None:
    secrets = {"category": "p-abc", "mobility": "9990000018", "direction": "p-abc", "escorts": "0123456789"}
    _, issues = one(policy, inward(**secrets, appointment_at="p-abc 1"))
    assert len(issues) == 5
    assert all(
        "p-abc" not in str(issue) and "99900" not in str(issue) and "01234" not in str(issue) for issue in issues
    )


def test_all_faults_of_a_row_are_reported_in_one_pass(policy: Policy) -> None:
    row = inward(journey_id="", category="x", pickup_lat="nan", escorts="-1", dropoff_lat="-1.9", dropoff_lon="52.5")
    _, issues = one(policy, row)
    assert {issue.code for issue in issues} == {
        "missing_value",
        "unknown_value",
        "bad_number",
        "coordinates_swapped",
    }
    assert len(issues) == 5


def test_good_rows_are_kept_and_bad_ones_listed_as_they_stand(policy: Policy) -> None:
    result = read_journeys(journeys_file(inward(), inward(journey_id="J9", escorts=" -1 ")), policy)
    assert [journey.journey_id for journey in result.items] == ["J1"]
    [rejected] = result.rejected
    assert (rejected.file, rejected.row) == ("journeys.csv", 3)
    assert " -1 " in rejected.cells
    assert not result.fatal


@pytest.mark.parametrize("at", ["2026-03-26T23:59", "2026-03-28T12:01", "2027-03-27T09:00"])
def test_a_journey_of_another_day_is_refused(policy: Policy, at: str) -> None:
    for row, column in ((inward(appointment_at=at), "appointment_at"), (outward(ready_at=at), "ready_at")):
        _, issues = one(policy, row)
        assert found(issues) == [(2, column, "other_day")]


@pytest.mark.parametrize("at", ["2026-03-27T00:00", "2026-03-28T00:30", "2026-03-28T12:00"])
def test_the_service_day_ends_at_noon_of_the_next(policy: Policy, at: str) -> None:
    journey, issues = one(policy, inward(appointment_at=at))
    assert journey is not None
    assert not issues


def test_an_unknown_contract_is_a_warning_and_the_journey_is_planned(policy: Policy) -> None:
    journey, [issue] = one(policy, inward(contract="cheshir"))
    assert journey is not None
    assert (issue.column, issue.code, issue.severity) == ("contract", "unknown_contract", Severity.WARNING)
    assert "'cheshire'" in issue.hint
    assert policy.standard(journey) == policy.standards["nw_2016"].by_category[Category.RENAL]


def test_duplicate_ids_name_each_others_rows_and_none_is_used(policy: Policy) -> None:
    rows = [inward(), inward(journey_id="J5"), inward(category="x"), inward()]
    result = read_journeys(journeys_file(*rows), policy)
    assert [journey.journey_id for journey in result.items] == ["J5"]
    messages = {issue.row: issue.message for issue in result.issues if issue.code == "duplicate_id"}
    assert {row: message.partition(" in ")[2] for row, message in messages.items()} == {
        2: "rows 4, 5 too.",
        4: "rows 2, 5 too.",
        5: "rows 2, 4 too.",
    }


def test_many_duplicates_are_counted_beyond_the_first_five(policy: Policy) -> None:
    result = read_journeys(journeys_file(*[INWARD] * 9), policy)
    assert "rows 3, 4, 5, 6, 7 and 3 more" in result.issues[0].message


def test_a_missing_required_column_is_reported_once_not_on_every_row(policy: Policy) -> None:
    names = [name for name in INWARD if name != "mobility"]
    result = read_journeys(sheet(names, [[INWARD[name] for name in names]] * 3), policy)
    assert [issue.code for issue in result.issues].count("missing_column") == 1
    assert all(issue.column != "mobility" or issue.row == 1 for issue in result.issues)
    assert result.fatal
    assert not result.items


def test_a_hundred_thousand_rows_are_read(policy: Policy) -> None:
    names = list(INWARD)
    line = ",".join(INWARD[name] for name in names[1:])
    data = "\n".join([",".join(names), *(f"J{number},{line}" for number in range(100_000))]).encode()
    result = read_journeys(data, policy, service_date=DAY)
    assert len(result.items) == 100_000
    assert not result.issues


@given(
    st.dictionaries(
        st.sampled_from(JOURNEY_COLUMNS),
        st.text(max_size=30) | st.sampled_from(["nan", "-", "0", "9990000018", "2026-03-27T09:00", "outward", "52.5"]),
    )
)
def test_whatever_the_cells_hold_the_row_is_a_journey_or_explained(policy: Policy, changes: dict[str, str]) -> None:
    result = read_journeys(journeys_file(inward() | changes, inward(journey_id="J9")), policy, service_date=DAY)
    assert len(result.items) + len(result.rejected) == 2
    for rejected in result.rejected:
        assert any(issue.row == rejected.row and issue.severity is Severity.ERROR for issue in result.issues)
    assert "9990000018" not in "".join(map(str, result.issues))

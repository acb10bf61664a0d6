"""Times are London's, and the two clock changes are told apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.moments import read_moment


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-27T09:30", datetime(2026, 3, 27, 9, 30, tzinfo=UTC)),
        ("2026-07-01 09:30", datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("2026-07-01T09:30:15", datetime(2026, 7, 1, 8, 30, 15, tzinfo=UTC)),
        ("2026-07-01T09:30Z", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),
        ("2026-10-25T01:30+01:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T01:30+00:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-03-29T01:30+00:00", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_london_time(text: str, utc: datetime) -> None:
    moment = read_moment(text)
    assert isinstance(moment, datetime)
    assert moment.tzinfo is LONDON
    assert moment.astimezone(UTC) == utc


@pytest.mark.parametrize("clock", ["01:00", "01:30", "01:59:59"])
def test_the_hour_skipped_in_march_does_not_exist(clock: str) -> None:
    assert read_moment(f"2026-03-29T{clock}") is Code.TIME_DOES_NOT_EXIST


@pytest.mark.parametrize("clock", ["01:00", "01:30", "01:59:59"])
def test_the_hour_repeated_in_october_exists_twice(clock: str) -> None:
    assert read_moment(f"2026-10-25T{clock}") is Code.TIME_EXISTS_TWICE


@pytest.mark.parametrize("fraction", [".5", ".000001", ".999Z"])
def test_fractions_of_a_second_are_left_off(fraction: str) -> None:
    assert read_moment(f"2026-03-27T09:30:00{fraction}") == read_moment("2026-03-27T09:30")


@pytest.mark.parametrize("text", ["2026-03-29T00:59", "2026-03-29T02:00", "2026-10-25T00:59", "2026-10-25T02:00"])
def test_the_hours_beside_a_clock_change_are_plain(text: str) -> None:
    assert isinstance(read_moment(text), datetime)


@pytest.mark.parametrize(
    "text",
    [
        "27/03/2026 09:30",
        "2026-03-27",
        "09:30",
        "20260327T0930",
        "2026-02-30T09:30",
        "2026-03-27T24:00",
        "2026-03-27T09:30+99:99",
        "0001-01-01T00:00+10:00",
        "2026-W13-5T09:30",
        "٢٠٢٦-03-27T09:30",
    ],
)
def test_anything_else_is_no_time(text: str) -> None:
    assert read_moment(text) is Code.BAD_TIME

"""Days are uploaded as files; what is wrong is listed with its rows, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from tests.days import SATURDAY, small_day, with_unknown_mobility
from tests.page.conftest import Open, Visit


def _choose(seen: Visit, journeys: Path, duties: Path) -> None:
    seen.page.locator("input[type=file]").nth(0).set_input_files(journeys)
    seen.page.locator("input[type=file]").nth(1).set_input_files(duties)
    seen.page.get_by_role("button", name="Check and upload").click()


def test_problems_are_listed_with_their_rows_and_good_files_open_the_day(visit: Open, tmp_path: Path) -> None:
    seen = visit()
    seen.expected.append("422")
    page = seen.page
    journeys, duties = small_day(SATURDAY, share=60).write(tmp_path)
    journeys.write_bytes(with_unknown_mobility(journeys.read_bytes()))
    _choose(seen, journeys, duties)
    page.get_by_text("Nothing was changed").wait_for()
    assert page.locator(".row", has_text="mobility").count() >= 1
    seen.picture("problems")
    assert not seen.serious_findings()
    corrected, _ = small_day(SATURDAY, share=60).write(tmp_path / "corrected")
    _choose(seen, corrected, duties)
    page.get_by_role("button", name="Open the day").or_(page.get_by_text("is not planned yet")).first.wait_for()


def test_a_file_that_is_far_too_large_is_refused_with_a_clear_message(visit: Open, tmp_path: Path) -> None:
    seen = visit()
    seen.expected += ["413", "ERR_CONNECTION", "Failed to load resource"]
    large = tmp_path / "journeys.csv"
    large.write_bytes(b"x," * (11 << 20))
    _choose(seen, large, large)
    seen.page.locator(".upload .verdict.bad").filter(has_text="large").wait_for()


def test_a_file_corrected_after_it_was_chosen_has_to_be_chosen_again(visit: Open, tmp_path: Path) -> None:
    seen = visit()
    journeys, duties = small_day(SATURDAY, share=60).write(tmp_path)
    seen.page.locator("input[type=file]").nth(0).set_input_files(journeys)
    seen.page.locator("input[type=file]").nth(1).set_input_files(duties)
    journeys.write_bytes(journeys.read_bytes() + b"\n")
    seen.page.get_by_role("button", name="Check and upload").click()
    seen.page.get_by_text("Choose it again").wait_for()


def test_ten_megabytes_of_bad_rows_are_listed_and_change_nothing(visit: Open, tmp_path: Path) -> None:
    seen = visit()
    seen.expected.append("422")
    journeys, duties = small_day(SATURDAY, share=60).write(tmp_path)
    header, *_ = journeys.read_bytes().splitlines()
    rows, wide = 9_900, b"no value" * 130
    journeys.write_bytes(b"\n".join([header, *(b"J-%d,%b" % (n, wide) for n in range(rows))]))
    assert journeys.stat().st_size > 10_000_000
    _choose(seen, journeys, duties)
    page = seen.page
    page.get_by_text(f"Nothing was changed: {rows:,} problems").wait_for()
    assert page.locator(".issues [role=grid]").get_attribute("aria-rowcount") == str(rows + 1)
    assert page.locator(".issues .row").count() < 100
    assert not seen.serious_findings()

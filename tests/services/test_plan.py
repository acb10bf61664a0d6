"""``plan`` from files to folder: what is written, what is refused, what repeats."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pts_optimiser.checking import Code, Violation
from pts_optimiser.domain.errors import InputError, RefusedRosterError
from pts_optimiser.planning.day import Search
from pts_optimiser.services import planned as planned_service
from pts_optimiser.services.check import check_roster
from pts_optimiser.services.plan import Order, Outcome, plan
from pts_optimiser.services.reoptimise import read_plan
from pts_optimiser.services.sources import Source, read_source
from tests.days import SmallDay, small_day, with_unknown_mobility

FILES = {
    "roster.json", "travel.npz", "journeys.csv", "duties.csv", "policy.toml", "roster.csv", "unserved.csv",
    "kpis.json", "roster.xlsx", "map.geojson", "report.html", "run_sheets.html", "plan.log.jsonl",
}  # fmt: skip
QUICK = Search(iterations=600, workers=2)


def order(folder: Path, day: SmallDay | None = None, search: Search = QUICK) -> Order:
    journeys, duties = (day or small_day(share=60)).write(folder / "in")
    return Order(read_source(journeys), read_source(duties), folder / "out", search=search)


def planned(wanted: Order) -> Outcome:
    return plan(wanted, lambda _progress: None)


def test_the_folder_holds_every_file_and_stands_alone(tmp_path: Path) -> None:
    wanted = order(tmp_path)
    outcome = planned(wanted)
    assert {path.name for path in wanted.out.iterdir()} == FILES
    verdict = check_roster(wanted.out)
    assert verdict.violations == []
    assert verdict.journeys == outcome.roster.kpis["served"] + outcome.roster.kpis["unserved"]
    assert check_roster(wanted.out / "roster.json").violations == []


def test_a_baseline_writes_the_same_folder_and_takes_no_start(tmp_path: Path) -> None:
    wanted = order(tmp_path, search=Search("manual"))
    roster = planned(wanted).roster
    assert {path.name for path in wanted.out.iterdir()} == FILES
    assert (roster.engine["name"], roster.engine["budget_s"]) == ("manual", None)
    for more in (replace(wanted, warm=wanted.out), replace(wanted, search=Search("manual", iterations=5))):
        with pytest.raises(InputError, match="baseline"):
            planned(more)


def test_a_plan_under_a_seat_graph_is_checked_from_its_folder_and_not_followed_on_the_day(tmp_path: Path) -> None:
    wanted = replace(order(tmp_path, search=Search("insertion")), distancing="seats_2m")
    planned(wanted)
    assert check_roster(wanted.out).violations == []
    with pytest.raises(InputError, match="seat graph"):
        read_plan(wanted.out)


def test_the_roster_names_its_inputs_engine_and_policy(tmp_path: Path) -> None:
    wanted = order(tmp_path)
    planned(wanted)
    roster = json.loads((wanted.out / "roster.json").read_text())
    assert roster["schema"] == "pts-optimiser/roster/1"
    assert roster["inputs"] == {"journeys.csv": wanted.journeys.sha256, "duties.csv": wanted.duties.sha256}
    assert roster["policy"] == {"distancing": "off", "standards": "nw_2016"}
    assert roster["engine"]["iterations"] >= 600
    assert roster["kpis"] == json.loads((wanted.out / "kpis.json").read_text())


def test_every_journey_is_in_exactly_one_list(tmp_path: Path) -> None:
    day = small_day(share=60)
    wanted = order(tmp_path, day)
    planned(wanted)
    with (wanted.out / "roster.csv").open(newline="") as file:
        served = [row["journey_id"] for row in csv.DictReader(file) if row["kind"] == "pickup"]
    with (wanted.out / "unserved.csv").open(newline="") as file:
        left = {row["journey_id"] for row in csv.DictReader(file)}
    assert sorted([*served, *left]) == sorted(journey.journey_id for journey in day.journeys)


def test_the_same_seed_and_iterations_write_the_same_roster(tmp_path: Path) -> None:
    texts = []
    for name in ("a", "b"):
        wanted = order(tmp_path / name)
        planned(wanted)
        texts.append((wanted.out / "roster.json").read_bytes())
    assert texts[0] == texts[1]


def test_a_warm_start_is_never_made_worse(tmp_path: Path) -> None:
    first = order(tmp_path / "first", small_day(share=40), Search(iterations=3_000, workers=1))
    before = planned(first)
    again = replace(
        order(tmp_path / "again", small_day(share=40)), warm=first.out, search=Search(iterations=0, workers=1)
    )
    after = planned(again)
    assert after.roster.kpis["unserved"] <= before.roster.kpis["unserved"]
    assert after.roster.kpis["driven_hours"] <= before.roster.kpis["driven_hours"] + 1e-9


def test_the_bound_says_how_far_from_the_least_driving_the_plan_can_be(tmp_path: Path) -> None:
    wanted = replace(order(tmp_path, small_day(share=60)), bound_s=5.0)
    kpis = planned(wanted).roster.kpis
    bound = kpis["driving_bound"]
    assert 0 < bound["least_hours"] <= kpis["driven_hours"]
    assert 0 <= bound["at_most_over_percent"] < 100
    assert "Above the least driving" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "driving_bound" not in planned(order(tmp_path / "without")).roster.kpis


def test_a_refused_row_is_written_so_that_no_spreadsheet_runs_it(tmp_path: Path) -> None:
    wanted = order(tmp_path)
    header, row, *others = wanted.journeys.content.decode().splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True)) | {"pickup_place": "=HYPERLINK(1)"}
    content = "\n".join([header, ",".join(cells.values()), *others]).encode()
    planned(replace(wanted, journeys=Source("journeys.csv", content), skip_bad=True))
    rejected = (wanted.out / "rejected_journeys.csv").read_text(encoding="utf-8")
    assert ",'=HYPERLINK(1)," in rejected
    assert f",{cells['pickup_lon']}," in rejected


def test_a_bad_row_stops_the_plan_and_nothing_is_written(tmp_path: Path) -> None:
    wanted = order(tmp_path)
    broken = with_unknown_mobility(wanted.journeys.content)
    with pytest.raises(InputError) as caught:
        planned(replace(wanted, journeys=Source("journeys.csv", broken)))
    assert [issue.column for issue in caught.value.issues] == ["mobility"]
    assert not wanted.out.exists()


def test_skip_bad_plans_the_rest_and_loses_nothing(tmp_path: Path) -> None:
    wanted = order(tmp_path)
    broken = with_unknown_mobility(wanted.journeys.content)
    outcome = planned(replace(wanted, journeys=Source("journeys.csv", broken), skip_bad=True))
    with (wanted.out / "rejected_journeys.csv").open(newline="") as file:
        rejected = list(csv.reader(file))
    everything = len(small_day(share=60).journeys)
    assert outcome.roster.kpis["journeys"] + len(rejected) == everything
    assert any("rocket" in row for row in rejected)
    assert "mobility" in (wanted.out / "issues.csv").read_text()
    assert check_roster(wanted.out).violations == []


def test_a_roster_that_the_referee_does_not_pass_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planned_service, "check", lambda *_: [Violation(Code.CREW, "too few", "D1")])
    wanted = order(tmp_path)
    with pytest.raises(RefusedRosterError, match="too few"):
        planned(wanted)
    assert not wanted.out.exists()


def test_the_roster_in_place_first_passes_the_referee_and_has_the_final_duties(tmp_path: Path) -> None:
    wanted = order(tmp_path)
    first: list[dict[str, Any]] = []

    def look(_seconds: float) -> None:
        assert check_roster(wanted.out).violations == []
        assert not (wanted.out / "report.html").exists()
        first.append(json.loads((wanted.out / "roster.json").read_text()))

    plan(wanted, lambda _progress: None, look)
    final = json.loads((wanted.out / "roster.json").read_text())
    assert [document["duties"] for document in first] == [final["duties"]]
    assert [left["journey_id"] for left in first[0]["unserved"]] == [left["journey_id"] for left in final["unserved"]]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    wanted = order(tmp_path)
    wanted.out.mkdir()
    (wanted.out / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="no roster"):
        planned(wanted)
    assert [path.name for path in wanted.out.iterdir()] == ["thesis.txt"]


def test_distancing_is_planned_and_checked_by_the_policy_in_the_folder(tmp_path: Path) -> None:
    wanted = replace(order(tmp_path), distancing="two_metre")
    planned(wanted)
    assert json.loads((wanted.out / "roster.json").read_text())["policy"]["distancing"] == "two_metre"
    assert check_roster(wanted.out).violations == []

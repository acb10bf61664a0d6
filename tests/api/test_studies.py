"""Studies over HTTP: what was run, its tables and its report."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient

from pts_optimiser.services.hosted.studies import TABLES
from pts_optimiser.store import Store
from pts_optimiser.store.studies import studies_folder
from pts_optimiser.store.words import Role
from pts_optimiser.study.outcome import DERIVED, OF_DAYS
from tests.api.conftest import Callers
from tests.api.test_outputs import problem
from tests.services.hosted.town_day import DAY, put_published
from tests.study.example import copy_study

WAY = "/v1/studies/caps"


@pytest.fixture
def analyst(store: Store, as_role: Callers) -> FlaskClient:
    """Somebody who reads, where a study has been put."""
    copy_study(studies_folder(store) / "caps")
    return as_role(Role.ANALYST)


def test_studies_are_listed_with_their_days_and_scenarios(analyst: FlaskClient) -> None:
    [one] = analyst.get("/v1/studies").json["items"]
    assert (one["name"], one["days"], one["scenarios"], one["solved"]) == ("caps", 2, 3, 5)
    assert (one["first_day"], one["last_day"]) == ("2026-11-24", "2026-11-25")


def test_means_and_paired_differences_have_intervals(analyst: FlaskClient) -> None:
    shown = analyst.get(WAY).json
    mean = next(row for row in shown["means"] if (row["scenario"], row["figure"]) == ("distancing off", "U1"))
    assert mean["mean_low"] <= mean["mean"] <= mean["mean_high"]
    alone = next(row for row in shown["means"] if row["scenario"] == "more")
    assert alone["mean_low"] is None  # one day has no interval
    by = next(row for row in shown["differences"] if row["figure"] == "U1")
    assert by["difference"] == pytest.approx(by["mean"] - by["baseline_mean"])
    assert {row["reading"] for row in shown["distancing"]} == {"relative", "points", "level"}


def test_every_table_comes_as_csv_and_no_patients_journey(analyst: FlaskClient) -> None:
    tables = analyst.get(WAY).json["tables"]
    assert {"figures", "means", "differences", "standards"} <= set(tables)
    for table in tables:
        answer = analyst.get(f"{WAY}/tables/{table}")
        assert answer.mimetype == "text/csv"
        rows = list(csv.DictReader(answer.text.splitlines()))
        assert rows
        assert "patient" not in rows[0]
    assert problem(analyst.get(f"{WAY}/tables/rides")) == (404, "not_found")


def test_the_report_runs_nothing(analyst: FlaskClient) -> None:
    answer = analyst.get(f"{WAY}/report")
    assert answer.mimetype == "text/html"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["other", "..", "%2e%2e", "caps%2ftables", "caps%00", "a" * 65, ".caps"])
def test_only_names_of_studies_lead_anywhere(analyst: FlaskClient, store: Store, name: str) -> None:
    (store.files.folder / "study.json").write_text("{}", encoding="utf-8")
    assert analyst.get(f"/v1/studies/{name}").status_code == 404


def test_what_is_no_study_or_not_whole_yet_is_passed_over(analyst: FlaskClient, store: Store) -> None:
    contents = {"half": '{"schema": "pts-opt', "other": '{"schema": "something/1"}', "list": "[]", "empty": "{}"}
    for name, content in contents.items():
        (studies_folder(store) / name).mkdir()
        (studies_folder(store) / name / "study.json").write_text(content, encoding="utf-8")
        assert analyst.get(f"/v1/studies/{name}").status_code == 404
    assert [one["name"] for one in analyst.get("/v1/studies").json["items"]] == ["caps"]


def test_who_sees_some_contracts_sees_no_study(analyst: FlaskClient, as_role: Callers) -> None:
    limited = as_role(Role.ANALYST, frozenset({"cheshire"}))
    for way in ("/v1/studies", WAY, f"{WAY}/report", f"{WAY}/tables/means"):
        assert problem(limited.get(way)) == (403, "forbidden")


def test_what_a_spreadsheet_could_take_for_a_formula_is_a_text(analyst: FlaskClient, store: Store) -> None:
    path: Path = studies_folder(store) / "caps" / "tables" / "means.parquet"
    pq.write_table(pa.table({"scenario": ["=1+1"], "mean": [float("nan")]}), path)
    assert analyst.get(f"{WAY}/tables/means").text.splitlines() == ["scenario,mean", "'=1+1,"]
    assert json.loads(analyst.get(WAY).text)["means"] == [{"scenario": "=1+1", "mean": None}]


def test_an_analyst_orders_a_study_once_and_stops_it(analyst: FlaskClient, as_role: Callers, store: Store) -> None:
    body = {"title": "Caps", "source": "generated", "first": "2026-11-23", "last": "2026-11-27"}
    body |= {"distancing": ["off", "two_parties"], "demand": [1.0, 0.8]}
    key = {"Idempotency-Key": "study-1"}
    made, again = (analyst.post("/v1/studies", json=body, headers=key) for _ in range(2))
    assert (made.status_code, again.json["plan_id"]) == (202, made.json["plan_id"])
    [waiting] = analyst.get("/v1/studies").json["under_way"]
    assert (waiting["kind"], waiting["order"]["demand"]) == ("study", [1.0, 0.8])
    way = f"/v1/studies/{waiting['plan_id']}"
    assert problem(as_role(Role.PLANNER).delete(way)) == (403, "forbidden")
    assert analyst.delete(way).json["status"] == "stopped"
    assert analyst.get("/v1/studies").json["under_way"] == []


def test_what_is_no_study_is_refused_or_not_stopped(analyst: FlaskClient, planner: FlaskClient, store: Store) -> None:
    put_published(store)
    body = {"title": "Caps", "source": "generated", "first": "2026-11-23", "last": "2026-11-27"}
    for wrong in ({"distancing": ["nothing"]}, {"demand": []}, {"last": "2026-11-01"}, {"fleet": [9.0]}, {"other": 1}):
        assert analyst.post("/v1/studies", json=body | wrong).status_code == 422, wrong
    plan = planner.post(f"/v1/days/{DAY}/plans", json={}).json["plan_id"]
    assert problem(analyst.delete(f"/v1/studies/{plan}")) == (404, "not_found")
    assert problem(analyst.delete("/v1/studies/nothing")) == (404, "not_found")


def test_all_tables_of_a_study_are_handed_out_but_the_one_of_single_journeys() -> None:
    assert {*TABLES} == {*OF_DAYS, *DERIVED} - {"rides"}

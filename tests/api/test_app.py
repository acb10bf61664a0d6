"""The read-only pages: what is listed, what is handed out, what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    day = tmp_path / "plans" / "tuesday"
    day.mkdir(parents=True)
    (day / "roster.json").write_text(
        json.dumps({"service_date": "2026-11-24", "kpis": {"served": 3, "unserved": 1, "duties_used": 2}})
    )
    (day / "report.html").write_text("<p>report</p>")
    (day / "journeys.csv").write_text("journey_id")
    (tmp_path / "secret.html").write_text("secret")
    (tmp_path / "plans" / "broken").mkdir()
    (tmp_path / "plans" / "broken" / "roster.json").write_text("{")
    return create_app(tmp_path / "plans").test_client()


def test_the_list_names_sound_plans_with_their_figures(client: FlaskClient) -> None:
    plans = client.get("/v1/plans").get_json()["plans"]
    assert [(plan["name"], plan["service_date"], plan["kpis"]["served"]) for plan in plans] == [
        ("tuesday", "2026-11-24", 3)
    ]


def test_the_front_page_links_the_report(client: FlaskClient) -> None:
    assert '/v1/plans/tuesday/report.html"' in client.get("/").get_data(as_text=True)


def test_a_report_is_handed_out_with_guarding_headers(client: FlaskClient) -> None:
    with client.get("/v1/plans/tuesday/report.html") as answer:
        check_report(answer)


def check_report(answer: TestResponse) -> None:
    assert answer.get_data(as_text=True) == "<p>report</p>"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/plans/tuesday/journeys.csv",
        "/v1/plans/tuesday/travel.npz",
        "/v1/plans/monday/report.html",
        "/v1/plans/../secret.html",
        "/v1/plans/tuesday/../../secret.html",
        "/v1/plans/%2e%2e/secret.html",
        "/nothing",
    ],
)
def test_anything_else_is_a_problem_document(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_health_tells_the_version(client: FlaskClient) -> None:
    assert client.get("/v1/health").get_json()["status"] == "ok"

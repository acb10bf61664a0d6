"""What who runs the service asks."""

from __future__ import annotations

import gzip

from flask.testing import FlaskClient

from pts_optimiser.store import Store
from tests.api.examples import DAY, a_day, a_journey


def test_a_running_service_says_so(client: FlaskClient) -> None:
    assert client.get("/healthz").json["status"] == "ok"
    assert client.get("/readyz").json["status"] == "ok"


def test_without_its_store_a_service_runs_and_is_not_ready(client: FlaskClient, store: Store) -> None:
    store.close()
    folder = store.files.folder.parent
    for path in folder.glob("pts.db*"):
        path.unlink()
    (folder / "pts.db").mkdir()
    away = client.get("/readyz")
    assert (away.status_code, away.content_type, "Retry-After" in away.headers) == (
        503,
        "application/problem+json",
        True,
    )
    assert client.get("/healthz").status_code == 200


def test_requests_are_counted_by_way_and_status(planner: FlaskClient) -> None:
    planner.get("/v1/days/2026-01-01")
    planner.get("/v1/days/2026-01-02")
    planner.open("/v1/days", method="BREW")
    text = planner.get("/metrics").get_data(as_text=True)
    way = 'method="GET",route="/v1/days/<day:service_date>",status="404"'
    assert f"pts_requests_total{{{way}}} 2.0" in text
    assert "2026-01-01" not in text
    assert "BREW" not in text


def test_long_answers_are_packed_for_who_accepts_it(planner: FlaskClient) -> None:
    planner.post("/v1/days", json=a_day(journeys=[a_journey(f"J{n}") for n in range(20)]))
    plain = planner.get(f"/v1/days/{DAY}/journeys")
    packed = planner.get(f"/v1/days/{DAY}/journeys", headers={"Accept-Encoding": "gzip"})
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) * 3 < len(plain.data)
    assert "Content-Encoding" not in planner.get(f"/v1/days/{DAY}", headers={"Accept-Encoding": "gzip"}).headers


def test_the_page_to_read_needs_no_other_host(client: FlaskClient) -> None:
    page = client.get("/docs", buffered=True)
    assert page.content_type.startswith("text/html")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    for path in ("/docs", "/static/docs.js", "/static/docs.css"):
        text = client.get(path, buffered=True).get_data(as_text=True)
        assert text.count("http://") + text.count("https://") + text.count("innerHTML") == 0

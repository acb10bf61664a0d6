"""Canaries in a day: a name, a postcode, a number of ten digits. Who looks for them finds them in a few places only."""

from __future__ import annotations

import io
import json
import logging
import re
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from api.manners.logs import JsonLines
from pts_optimiser.domain.journey import Place
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.store import Store
from pts_optimiser.store.days import put_day
from pts_optimiser.store.publishing import publish
from pts_optimiser.store.rosters import add_roster
from pts_optimiser.store.words import Role
from tests.api.conftest import Callers
from tests.services.hosted.town_day import DAY, UPLOADED, _travel_file, event, open_after, planned

NAME, POSTCODE, NUMBER = "Quillfeather", "ZZ99 9ZX", "9990001112"
CANARIES = (NAME, POSTCODE, POSTCODE.replace(" ", ""), NUMBER)


STREAMS = ("/live", "/progress")


def marked(place: Place) -> Place:
    return replace(place, label=f"home of {NAME}", postcode=POSTCODE)


@pytest.fixture
def journey_id(store: Store) -> str:
    """Of a published day in which every patient is a canary."""
    plan = planned()
    journeys = [
        replace(journey, patient_ref=NUMBER, pickup=marked(journey.pickup), dropoff=marked(journey.dropoff))
        for journey in plan.journeys.values()
    ]
    duties, toml = tuple(plan.duties.values()), policy_toml(plan.policy)
    texts = {"journeys.csv": journeys_csv(journeys), "duties.csv": duties_csv(duties), "policy.toml": toml}
    with store.files.staged(_travel_file()) as travel, store.write() as session:
        put_day(session, DAY, journeys, duties, toml, {}, by="key:planner", at=UPLOADED)
        made = add_roster(session, plan.roster, texts, {"travel.npz": travel}, by="key:planner", at=UPLOADED)
        publish(session, DAY, made.version, expected_etag=None, by="key:planner", at=UPLOADED)
    return open_after(12)[0][0]


def held(content: bytes) -> set[str]:
    """Canaries in an answer, also in the parts of a workbook."""
    if content[:2] == b"PK":
        with ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    text = content.decode(errors="replace")
    return {canary for canary in CANARIES if canary in text}


def way(rule: str, journey_id: str) -> str:
    """A way with something in it that is there."""
    told = {"service_date": str(DAY), "version": "1", "journey_id": journey_id, "filename": "docs.css"}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: told.get(found[1], "none"), rule)


def logged(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(JsonLines().format(record) for record in caplog.records)


PLACES = {NAME}
ADDRESSES = {NAME, POSTCODE}
MAY_TELL = {
    "/board": PLACES,
    "/journeys": {NAME, POSTCODE, NUMBER},
    "/roster.csv": ADDRESSES,
    "/roster.xlsx": ADDRESSES,
    "/routes.geojson": PLACES,
    "/run-sheets": PLACES,
    "/view": PLACES,
}
"""What crews and the desk need; who a patient is, by the pseudonym, is told with the bookings only."""


def test_only_the_ways_that_are_for_it_tell_of_patients(
    app: APIFlask, as_role: Callers, journey_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    admin, telling = as_role(Role.ADMIN), set[str]()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.endswith(STREAMS):
            continue
        answer = admin.get(way(rule.rule, journey_id), buffered=True)
        assert answer.status_code < 500, rule.rule
        ending = f"/{rule.rule.rpartition('/')[2]}"
        assert held(answer.data) <= MAY_TELL.get(ending, set()), rule.rule
        if answer.status_code == 200 and held(answer.data):
            telling.add(ending)
    assert telling == MAY_TELL.keys(), "a way that may tell of patients does not any more: strike it"
    assert not held(logged(caplog).encode())


def bodies(journey_id: str) -> list[Any]:
    """Bodies with canaries where somebody may put them by mistake, or where they belong."""
    reported = event("journey_cancelled", 9, journey_id=journey_id, reason=NAME)
    return [
        {POSTCODE: NAME, NUMBER: [NUMBER, {POSTCODE: NAME}]},
        {"journeys": [{"journey_id": NAME, "patient_ref": NUMBER, "pickup_postcode": [POSTCODE]}], "duties": NUMBER},
        {"journey_id": NAME, "duty_id": POSTCODE, "reason": f"{NAME} of {POSTCODE}", "now": NUMBER, "user": NAME},
        {"journey_id": journey_id, "reason": f"{NAME}, {NUMBER}, {POSTCODE}"},
        {"name": NAME, "role": NUMBER, "contracts": [POSTCODE]},
        reported,
        {"events": [reported, {**reported, "source": NUMBER, "lat": POSTCODE}]},
        [NAME, POSTCODE, NUMBER],
        NUMBER,
    ]


def test_canaries_in_requests_are_in_no_answer_log_metric_or_audit(
    app: APIFlask, as_role: Callers, journey_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    admin = as_role(Role.ADMIN)
    query = {POSTCODE: NAME, "cursor": NUMBER, "limit": NAME}
    headers = {"X-Request-Id": NUMBER, "Idempotency-Key": NUMBER, "If-Match": f'"{POSTCODE}"', "Referer": f"/{NAME}"}
    for rule in app.url_map.iter_rules():
        if rule.rule.endswith((*STREAMS, "<path:filename>", "/base-map")) or rule.rule in {"/sign-out", "/"}:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths = {way(rule.rule, journey_id), way(rule.rule, f"{NAME}%20{NUMBER}"), way(rule.rule, "ZZ999ZX")}
            for path in sorted(paths):
                for body in bodies(journey_id) if method == "POST" else [None]:
                    answer = admin.open(
                        path, method=method, json=body, query_string=query, headers=headers, buffered=True
                    )
                    told = held(answer.data) | held(json.dumps(list(answer.headers)).encode())
                    assert answer.status_code < 500, (method, rule.rule)
                    assert answer.status_code < 400 or not told, (method, rule.rule, answer.text)
    for watched in ("/metrics", "/v1/audit", "/v1/audit/verdict", "/v1/keys", "/openapi.json"):
        answer = admin.get(watched, buffered=True)
        assert (answer.status_code, held(answer.data)) == (200, set()), watched
    assert len(caplog.records) > 100
    assert not held(logged(caplog).encode())
    for record in caplog.records:
        assert not held(json.dumps({name: str(value) for name, value in vars(record).items()}).encode())


def test_the_canaries_would_be_found_in_a_log(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("pts.api").warning("the patient is called %s", NAME)
    assert held(logged(caplog).encode()) == {NAME}


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}


def test_every_way_guards_its_answer(app: APIFlask, as_role: Callers, journey_id: str, client: FlaskClient) -> None:
    for caller in (as_role(Role.VIEWER), client):
        for rule in app.url_map.iter_rules():
            if rule.rule.endswith(STREAMS):
                continue
            for method in sorted((rule.methods or set()) - {"OPTIONS"}):
                answer = caller.open(way(rule.rule, journey_id), method=method, buffered=True)
                for name, value in HEADERS.items():
                    assert answer.headers[name] == value, (method, rule.rule, name)
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'self'" in policy or "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                styled = "style-src 'unsafe-inline'"  # of documents that hold no script and may load none
                assert "unsafe" not in (policy.replace(styled, "") if "default-src 'none'" in policy else policy)
                assert (
                    answer.headers["Cache-Control"] == "no-store"
                    or not rule.rule.startswith("/v1")
                    or rule.rule == "/v1/base-map"
                )
                assert "Server" not in answer.headers
                assert "Access-Control-Allow-Origin" not in answer.headers

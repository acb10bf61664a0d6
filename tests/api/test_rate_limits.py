"""Buckets of requests."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from api import Settings
from api.manners.problems import Problem
from api.manners.rate_limits import Buckets
from pts_optimiser.store.words import Role
from tests.api.conftest import Callers


class Ticks:
    """Seconds that the test counts."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_its_burst_and_fills_with_time() -> None:
    ticks = Ticks()
    buckets = Buckets(per_second=0.5, burst=2, clock=ticks)
    buckets.take("a")
    buckets.take("a")
    buckets.take("b")
    with pytest.raises(Problem) as refused:
        buckets.take("a")
    assert refused.value.headers["Retry-After"] == "2"
    ticks.now += 2
    buckets.take("a")
    with pytest.raises(Problem):
        buckets.take("a")


def test_full_buckets_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.manners.rate_limits._MOST_BUCKETS", 10)
    ticks = Ticks()
    buckets = Buckets(per_second=1, burst=2, clock=ticks)
    for number in range(1000):
        ticks.now += 1
        buckets.take(f"key:{number}")
    assert len(buckets._held) <= 10


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, requests_per_second=0.001, burst=3)


def test_one_key_too_eager_does_not_slow_another(as_role: Callers) -> None:
    eager, calm = as_role(Role.VIEWER), as_role(Role.VIEWER)
    assert [eager.get("/v1/days").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = eager.get("/v1/days")
    assert (refused.json["type"], int(refused.headers["Retry-After"]) > 900) == ("/docs#too_many_requests", True)
    assert calm.get("/v1/days").status_code == 200


def test_bad_keys_have_no_bucket(client: FlaskClient) -> None:
    assert {client.get("/v1/days").status_code for _ in range(6)} == {401}


def test_of_a_bad_key_no_body_is_read(client: FlaskClient) -> None:
    class Unread(BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

        readinto = readline = readlines = read

    headers = {"Authorization": f"Bearer pts_{'0' * 16}_{'A' * 43}", "Content-Type": "application/json"}
    assert client.post("/v1/days", input_stream=Unread(b"{}"), content_length=2, headers=headers).status_code == 401

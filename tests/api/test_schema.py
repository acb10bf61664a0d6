"""What the description says holds for requests that nobody would think of: no 5xx, no answer that it does not name."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import schemathesis
from apiflask import APIFlask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import APIOperation
from werkzeug.serving import make_server

from api.context import STORE
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.words import Role
from tests.api.examples import DAY, NOW, a_day

CASES = 20_000
UNFIT = {
    "positive_data_acceptance",  # rows as described may not fit each other or the policy: 422
    "negative_data_rejection",  # the date and the key of each case are ours, however wrong they were made
}
CONFIG = Path(__file__).with_name("schemathesis.toml")


@pytest.fixture
def authorization(app: APIFlask) -> dict[str, str]:
    """Headers of an admin, to whom every way is open; a day is there."""
    with app.extensions[STORE].write() as session:
        expires = NOW + timedelta(days=9)
        _, token = create_key(session, "fuzz", Role.ADMIN, None, expires_at=expires, by="test", at=NOW)
    headers = {"Authorization": f"Bearer {token}"}
    assert app.test_client().post("/v1/days", json=a_day(), headers=headers).status_code == 201
    return headers


def test_answers_are_as_described_whatever_is_asked(app: APIFlask, authorization: dict[str, str]) -> None:
    load_all_checks()
    checks = [check for check in CHECKS.get_all() if check.__name__ not in UNFIT]
    described = schemathesis.openapi.from_wsgi("/openapi.json", app)
    ways = [found.ok() for found in described.get_all_operations()]
    cases = [way.as_strategy(generation_mode=GenerationMode.POSITIVE) for way in ways]
    cases += [way.as_strategy(generation_mode=GenerationMode.NEGATIVE) for way in ways if _takes_something(way)]

    @settings(
        max_examples=150,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(cases).flatmap(lambda strategy: strategy))
        if case.path_parameters and "service_date" in case.path_parameters:
            case.path_parameters["service_date"] = DAY
        case.call_and_validate(headers=authorization | {"Accept-Encoding": "identity"}, checks=checks)

    ask()


@pytest.mark.soak
def test_twenty_thousand_cases_of_all_phases_find_nothing(app: APIFlask, authorization: dict[str, str]) -> None:
    [(name, value)] = authorization.items()
    tool = shutil.which("schemathesis", path=str(Path(sys.executable).parent))
    assert tool is not None
    done = 0
    with _served(app) as url:
        for seed in range(1, 100):
            command = [tool, "--config-file", str(CONFIG), "run", f"{url}/openapi.json", "--header", f"{name}: {value}"]
            command += ["--max-examples", "100", "--continue-on-failure", "--suppress-health-check", "all"]
            command += ["--seed", str(seed), "--no-color"]
            run = subprocess.run(command, check=False, capture_output=True, text=True)
            assert run.returncode == 0, run.stdout[-20_000:]
            done += int(re.findall(r"^ *(\d+) generated", run.stdout, re.MULTILINE)[-1])
            if done >= CASES:
                return
    pytest.fail(f"only {done} cases")


def _takes_something(way: APIOperation[Any, Any, Any]) -> bool:
    return bool(way.body) or any(list(part) for part in (way.path_parameters, way.query, way.headers))


@contextmanager
def _served(app: APIFlask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

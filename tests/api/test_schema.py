"""What the description says holds for requests that nobody would think of: no 5xx, no answer that it does not name."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import tomli_w
from apiflask import APIFlask
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import APIOperation

from api import Settings
from api.context import STORE
from pts_optimiser.jobs.orders import (
    ExportOrder,
    PlanOrder,
    ReoptimiseOrder,
    order_export,
    order_plan,
    order_reoptimise,
)
from pts_optimiser.store import Store
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.proposals import open_proposal
from pts_optimiser.store.publishing import Publication
from pts_optimiser.store.words import Role
from tests.api.examples import NOW, Clock, a_day
from tests.api.served import served
from tests.api.test_exports import carry_out
from tests.instances.samples import vroom
from tests.services.hosted.town_day import DAY, at, open_after, planned

CASES = 20_000
UNFIT = {
    "positive_data_acceptance",  # rows as described may not fit each other or the policy: 422
    "negative_data_rejection",  # the date and the key of each case are ours, however wrong they were made
}
UNFIT_TO_RUN = {
    "positive_data_acceptance",
    "use_after_free",  # DELETE stops a plan, which stays
}
BY = "key:planner"


@pytest.fixture
def settings(settings: Settings, clock: Clock) -> Settings:
    """In the middle of the day, with streams that end at once."""
    clock.now = at(9.5)
    return replace(settings, stream_s=0.05, requests_per_second=1e6, burst=1e6)


@pytest.fixture
def authorization(app: APIFlask) -> dict[str, str]:
    """Headers of an admin, to whom every way is open."""
    with app.extensions[STORE].write() as session:
        expires = NOW + timedelta(days=9)
        _, token = create_key(session, "fuzz", Role.ADMIN, None, expires_at=expires, by="test", at=NOW)
    return {"Authorization": f"Bearer {token}"}


def test_answers_are_as_described_whatever_is_asked(app: APIFlask, authorization: dict[str, str]) -> None:
    assert app.test_client().post("/v1/days", json=a_day(), headers=authorization).status_code == 201
    load_all_checks()
    checks = [check for check in CHECKS.get_all() if check.__name__ not in UNFIT]
    described = schemathesis.openapi.from_wsgi("/openapi.json", app)
    ways = [found.ok() for found in described.get_all_operations()]
    cases = [way.as_strategy(generation_mode=GenerationMode.POSITIVE) for way in ways]
    cases += [way.as_strategy(generation_mode=GenerationMode.NEGATIVE) for way in ways if _takes_something(way)]

    @hypothesis_settings(
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
            case.path_parameters["service_date"] = DAY.isoformat()
        case.call_and_validate(headers=authorization | {"Accept-Encoding": "identity"}, checks=checks)

    ask()


@pytest.fixture
def busy_day(app: APIFlask, authorization: dict[str, str], published: Publication) -> dict[str, list[Any]]:
    """The small planned day in the middle of it, and what can be named of it: so that answers of success are seen.

    The kernels for VROOM problems are loaded.
    """
    opened: Store = app.extensions[STORE]
    ordered = [
        order_export(opened, BY, DAY, ExportOrder(published.version))[0],
        order_plan(opened, BY, DAY, PlanOrder(iterations=100, workers=1))[0],
        order_reoptimise(opened, BY, DAY, ReoptimiseOrder(at(9.5), budget_s=0.1))[0],
    ]
    for plan in ordered:
        carry_out(opened, plan.plan_id)
    waiting, _ = order_plan(opened, BY, DAY, PlanOrder())
    with opened.read() as session:
        proposal_id = open_proposal(session, DAY)
    assert proposal_id is not None
    solved = app.test_client().post("/v1/formats/vroom?budget_s=0.1", json=vroom(), headers=authorization)
    assert solved.status_code == 200
    journeys = [journey_id for journey_id, _ in open_after(10)[:3]]
    return {
        "service_date": [DAY.isoformat()],
        "version": [1, 2, 3],
        "plan_id": [plan.plan_id for plan in (*ordered, waiting)],
        "proposal_id": [proposal_id],
        "journey_id": journeys,
        "names": [*journeys, *planned().duties],
    }


@pytest.mark.soak
def test_twenty_thousand_cases_of_all_phases_find_nothing(
    app: APIFlask,
    authorization: dict[str, str],
    busy_day: dict[str, list[Any]],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Streams are cut short and VROOM problems get a tenth of a second, mostly: else a run is waiting, most of it."""
    [(name, value)] = authorization.items()
    config, done = tmp_path / "schemathesis.toml", 0
    config.write_text(tomli_w.dumps(_config(busy_day)), encoding="utf-8")
    with served(app) as url:
        for seed in range(1, 100):
            phases = "fuzzing,stateful" if seed > 1 else "examples,coverage,fuzzing,stateful"
            command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"]
            command += [f"{url}/openapi.json", "--header", f"{name}: {value}", "--seed", str(seed), "--no-color"]
            command += ["--phases", phases]
            run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
            assert run.returncode == 0, run.stdout[-20_000:]
            done += int(re.findall(r"^ *(\d+) generated", run.stdout, re.MULTILINE)[-1])
            print(f"seed {seed}: {done:,} cases", flush=True)
            if done >= CASES:
                record_property("requests", done)
                return
    pytest.fail(f"only {done} cases")


def _config(named: dict[str, list[Any]]) -> dict[str, Any]:
    """Names that are there, mostly; of a body's texts, one in ten."""
    found = {"dictionary": "", "probability": 0.9}
    return {
        "dictionaries": {name: {"values": values} for name, values in (named | {"soon": [0.1]}).items()},
        "parameters": {name: found | {"dictionary": name} for name in named if name != "names"},
        "generation": {"max-examples": 100, "dictionaries": {"string": {"dictionary": "names", "probability": 0.1}}},
        "operations": [
            {"include-operation-id": "solveVroom", "parameters": {"budget_s": found | {"dictionary": "soon"}}}
        ],
        "checks": {name: {"enabled": False} for name in UNFIT_TO_RUN},
        "suppress-health-check": ["all"],
        "continue-on-failure": True,
        "request-timeout": 120,
    }


def _takes_something(way: APIOperation[Any, Any, Any]) -> bool:
    return bool(way.body) or any(list(part) for part in (way.path_parameters, way.query, way.headers))

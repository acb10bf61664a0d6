"""The solver is loaded by who asks for the day itself, not by the application."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from api import kept
from api.kept import explanations, live, outputs
from api.kept import kept as kept_thing


def test_the_application_loads_no_solver(tmp_path: Path) -> None:
    code = f"""
import sys
from api import Settings, create_app
from pts_optimiser.store import upgrade
upgrade("sqlite:///{tmp_path}/pts.db")
create_app(Settings("sqlite:///{tmp_path}/pts.db"))
print([name for name in ("solver", "numba", "dbos") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_application_has_its_live_days_once(app: APIFlask) -> None:
    with app.app_context():
        assert live() is live()


def test_any_request_has_what_nobody_asks_for_forgotten_but_not_each(
    app: APIFlask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, told = [0.0], list[str]()
    monkeypatch.setattr(kept, "monotonic", lambda: clock[0])
    with app.app_context():
        kept_thing("parts", lambda: "parts", drop_idle=told.append)
    for clock[0], times in ((0.0, 1), (59.0, 1), (60.0, 2), (61.0, 2)):
        assert client.get("/healthz").status_code == 200
        assert told == ["parts"] * times


@pytest.mark.parametrize("which", [outputs, explanations, live])
def test_all_that_is_kept_of_patients_can_be_forgotten(
    app: APIFlask, client: FlaskClient, which: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    with app.app_context():
        made = type(which())
    kept.close_kept(app)
    monkeypatch.setattr(made, "drop_idle", told.append)
    with app.app_context():
        thing = which()
    client.get("/healthz")
    assert told == [thing]

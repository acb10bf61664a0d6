"""The solver is loaded by who asks for the day itself, not by the application."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from apiflask import APIFlask

from api.kept import live


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

"""What a process loads before it answers anybody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SERVED = """
import sys
from pts_optimiser.store import upgrade
if sys.argv[2] == "down":
    sys.modules["solver"] = None
from api import Settings
from api.serving import served_app
upgrade(sys.argv[1])
app = served_app(Settings(sys.argv[1], https=False))
before = set(sys.modules)
if sys.argv[2] == "up":
    from pts_optimiser.services.hosted import board, events, explaining, live, locks, moves, options, proposals
print(sorted(set(sys.modules) - before), app.test_client().get("/readyz").status_code)
"""


def served(tmp_path: Path, solver: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SERVED, f"sqlite:///{tmp_path}/pts.db", solver]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def test_who_first_asks_for_the_day_itself_has_nothing_to_load(tmp_path: Path) -> None:
    assert served(tmp_path, "up").stdout == "[] 200\n"


def test_without_a_solver_the_application_is_served_and_the_log_says_why(tmp_path: Path) -> None:
    done = served(tmp_path, "down")
    assert done.stdout == "[] 200\n"
    assert "cannot be loaded" in done.stderr
    assert "solver" in done.stderr

"""The tests marked ``soak``, each once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.soak.tally import Tally

TRIED = {
    "tests/api/test_schema.py": Tally(requests=20_000),
    "tests/dayof/test_as_roster.py": Tally(cases=2000),
    "tests/dayof/test_fold.py": Tally(cases=100_000),
    "tests/dayof/test_log.py": Tally(cases=720_000),
    "tests/faults/test_crash_points.py": Tally(faults=10),
    "tests/faults/test_database_away.py": Tally(faults=20),
    "tests/faults/test_turn_points.py": Tally(faults=1),
    "tests/jobs/test_kills.py": Tally(faults=100),
    "tests/planning/test_replan.py": Tally(cases=1000),
}
"""What one test of a file tries, as its text says; any other is one case."""


def run(budget_s: float, seed: int, state: Path) -> Tally:  # noqa: ARG001 -- tests have seeds of their own
    """The tests that earlier slices have not done."""
    began, tally, done = perf_counter(), Tally(), state / "done.txt"
    done.touch()
    for test in _tests(state / "tests.txt"):
        if tally.tried and perf_counter() - began > budget_s:
            break
        if test in done.read_text(encoding="utf-8").splitlines():
            continue
        tally += TRIED.get(test.partition("::")[0], Tally(cases=1))
        ended = _pytest(test, "-q")
        if ended.returncode:
            tally += Tally(lost=(f"{test}: {ended.stdout.strip()[-400:]}",))
        with done.open("a", encoding="utf-8") as file:
            print(test, file=file)
    return tally


def _tests(found: Path) -> list[str]:
    """Their names, looked up once: that alone takes a minute."""
    if not found.exists():
        names = [line for line in _pytest("tests", "-q", "--collect-only").stdout.splitlines() if "::" in line]
        found.write_text("\n".join(names), encoding="utf-8")
    return found.read_text(encoding="utf-8").splitlines()


def _pytest(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-m", "soak", "-n", "0", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True)

"""The tests marked ``soak``, each once, in an order by chance: together they take longer than the hour."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from time import perf_counter
from xml.etree import ElementTree

from benchmarks.soak.tally import Tally


def run(budget_s: float, seed: int, state: Path) -> Tally:
    """The tests that earlier slices have not done; they have seeds of their own."""
    began, tally, done, report = perf_counter(), Tally(), state / "done.txt", state / "report.xml"
    done.touch()
    tests = _tests(state / "tests.txt", seed)
    for test in tests:
        if tally.tried and perf_counter() - began > budget_s:
            break
        if test in done.read_text(encoding="utf-8").splitlines():
            continue
        report.unlink(missing_ok=True)
        ended = _pytest(test, "-q", f"--junitxml={report}", "-o", "junit_family=legacy")  # has properties
        tally += _tried(report)
        if ended.returncode:
            tally += Tally(lost=(f"{test}: {ended.stdout.strip()[-400:]}",))
        with done.open("a", encoding="utf-8") as file:
            print(test, file=file)
    run_so_far = len(done.read_text(encoding="utf-8").splitlines())
    note = f"Of the {len(tests)} tests marked `soak`, {run_so_far} were run, drawn by chance.\n"
    (state / "note.md").write_text(note, encoding="utf-8")
    return tally


def _tried(report: Path) -> Tally:
    """What a test says that it tried, by ``record_property``; one that says nothing, or died, is a case."""
    told = ElementTree.parse(report).iter("property") if report.exists() else ()
    counts = {one.attrib["name"]: int(one.attrib["value"]) for one in told}
    return Tally(**counts) if counts else Tally(cases=1)


def _tests(found: Path, seed: int) -> list[str]:
    """Their names, looked up once, as that alone takes a minute."""
    if not found.exists():
        names = [line for line in _pytest("tests", "-q", "--collect-only").stdout.splitlines() if "::" in line]
        Random(seed).shuffle(names)
        found.write_text("\n".join(names), encoding="utf-8")
    return found.read_text(encoding="utf-8").splitlines()


def _pytest(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-m", "soak", "-n", "0", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True)

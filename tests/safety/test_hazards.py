"""The hazard log: every hazard has tests that guard it, and they are there."""

from __future__ import annotations

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAFETY = ROOT / "docs" / "safety"
COLUMNS = ["id", "hazard", "harm", "severity", "causes", "controls", "tests", "left_to_people"]
SEVERITIES = {"minor", "significant", "considerable", "major", "catastrophic"}
"""As DCB0129 grades them."""
with (SAFETY / "hazards.csv").open(encoding="utf-8", newline="") as _file:
    HAZARDS = list(csv.DictReader(_file))


@cache
def functions_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_hazard_is_told_whole() -> None:
    assert len(HAZARDS) >= 20
    for number, hazard in enumerate(HAZARDS, start=1):
        assert list(hazard) == COLUMNS
        assert all(hazard.values()), hazard["id"]
        assert hazard["id"] == f"H{number:02}"
        assert hazard["severity"] in SEVERITIES


@pytest.mark.parametrize("hazard", HAZARDS, ids=[hazard["id"] for hazard in HAZARDS])
def test_the_tests_that_guard_a_hazard_are_there(hazard: dict[str, str]) -> None:
    named = hazard["tests"].split(";")
    assert len(named) == len(set(named)) >= 2
    for test in named:
        path, _, name = test.partition("::")
        assert name in functions_in(path), test


@pytest.mark.parametrize(
    "page", ["risk-management.md", "safety-case.md", "data-protection.md", "decisions-of-tool-and-people.md"]
)
def test_hazards_that_the_pages_speak_of_are_in_the_log(page: str) -> None:
    known = {hazard["id"] for hazard in HAZARDS}
    assert set(re.findall(r"\bH[0-9]{2}\b", (SAFETY / page).read_text(encoding="utf-8"))) <= known


def test_the_safety_case_argues_from_every_hazard() -> None:
    text = (SAFETY / "safety-case.md").read_text(encoding="utf-8")
    assert {hazard["id"] for hazard in HAZARDS} == set(re.findall(r"\bH[0-9]{2}\b", text))

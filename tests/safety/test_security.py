"""The security checklist: every item of levels 1 and 2 has its row, and the evidence named is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([0-9][0-9., –]+) \| ([a-z ]+) \| (.*) \|$", TEXT, re.MULTILINE)
STATES = {"met", "deploy", "partly", "not met", "none"}
ITEMS = {
    "1.1": 2,
    "1.2": 9,
    "1.3": 11,
    "1.4": 3,
    "1.5": 2,
    "2.1": 3,
    "2.2": 3,
    "2.3": 4,
    "2.4": 1,
    "3.2": 2,
    "3.3": 4,
    "3.4": 6,
    "3.5": 5,
    "3.7": 2,
    "4.1": 3,
    "4.2": 1,
    "4.3": 2,
    "4.4": 4,
    "5.1": 1,
    "5.2": 3,
    "5.3": 2,
    "5.4": 3,
    "6.1": 3,
    "6.2": 12,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 2,
    "7.6": 2,
    "8.1": 2,
    "8.2": 3,
    "8.3": 1,
    "8.4": 1,
    "9.1": 3,
    "9.2": 4,
    "10.1": 2,
    "10.2": 2,
    "10.3": 4,
    "10.4": 11,
    "10.5": 5,
    "10.6": 2,
    "10.7": 3,
    "11.1": 2,
    "11.2": 3,
    "11.3": 3,
    "11.4": 4,
    "11.5": 1,
    "11.6": 1,
    "12.1": 3,
    "12.2": 2,
    "12.3": 4,
    "13.1": 1,
    "13.2": 5,
    "13.3": 2,
    "13.4": 5,
    "14.1": 2,
    "14.2": 4,
    "14.3": 3,
    "15.1": 3,
    "15.2": 3,
    "15.3": 7,
    "16.1": 1,
    "16.2": 5,
    "16.3": 4,
    "16.4": 3,
    "16.5": 3,
    "17.1": 1,
    "17.2": 4,
    "17.3": 2,
}
"""How many items of levels 1 and 2 a section of ASVS 5.0.0 has: they are its first ones."""


def named(cell: str) -> list[str]:
    """The items of a cell such as ``1.1.1–1.1.3, 1.2.5``."""
    found = []
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        section, _, number = first.rpartition(".")
        assert not last or last.rpartition(".")[0] == section
        found += [f"{section}.{n}" for n in range(int(number), int((last or first).rpartition(".")[2]) + 1)]
    return found


def test_every_item_has_one_row() -> None:
    items = [item for cell, _, _ in ROWS for item in named(cell)]
    assert sorted(items) == sorted(f"{section}.{n + 1}" for section, count in ITEMS.items() for n in range(count))


def test_every_row_has_a_state_and_says_why() -> None:
    for items, state, why in ROWS:
        assert state in STATES, items
        assert why.strip(), items


def test_the_evidence_is_there() -> None:
    tests = re.findall(r"`([a-z_/]+\.py)`", TEXT)
    assert len(set(tests)) > 25
    assert [test for test in tests if not (ROOT / "tests" / test).is_file()] == []
    pages = re.findall(r"\]\(([a-z./0-9-]+\.md)\)", TEXT)
    assert [page for page in pages if not (ROOT / "docs" / page).is_file()] == []


def test_what_is_not_met_is_said_at_the_head() -> None:
    [head] = re.findall(r"Not met: (nothing|[0-9., ]+)\.", TEXT)
    missing = [item for cell, state, _ in ROWS if state == "not met" for item in named(cell)]
    assert head == (", ".join(missing) or "nothing")

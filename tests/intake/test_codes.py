"""Every code is used, and has its entry in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pts_optimiser.intake
from pts_optimiser.intake.codes import Code

ROOM = Path(pts_optimiser.intake.__file__).parent
DOCUMENT = ROOM.parents[1] / "docs" / "errors.md"


def entries() -> dict[str, str]:
    """Text by code of the section on input."""
    section = re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    [text] = [part for part in section if part.startswith("Input\n")]
    parts = re.split(r"^#### `(\w+)`$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_documentation_has_exactly_the_codes_there_are() -> None:
    assert set(entries()) == {code.value for code in Code}


def test_every_entry_says_cause_example_and_fix() -> None:
    for code, text in entries().items():
        assert re.match(r"\n\n\*(Error|Warning|Whole file)\.\* \S", text), code
        assert "\n- Example: " in text, code
        assert "\n- Fix: " in text, code


def test_every_code_is_used_in_the_room() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py") if path.name != "codes.py")
    assert set(re.findall(r"\bCode\.([A-Z][A-Z0-9_]+)\b", sources)) == set(Code.__members__)


def test_codes_are_written_as_their_names() -> None:
    assert all(code.value == name.lower() for name, code in Code.__members__.items())

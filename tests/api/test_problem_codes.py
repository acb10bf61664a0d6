"""Every code of a problem is documented, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import api
from api.manners import problems

ROOM = Path(api.__file__).parent


def test_the_documentation_has_exactly_the_codes_there_are() -> None:
    section = (ROOM.parent / "docs" / "errors.md").read_text(encoding="utf-8").split("\n## The service\n")[1]
    documented = set(re.findall(r"^#### `(\w+)`$", section.split("\n## ")[0], re.MULTILINE))
    sources = "".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py"))
    used = set(re.findall(r'Problem\(\s*\d{3},\s*"(\w+)"', sources))
    used |= {code for _, code in problems._KNOWN.values()} | {code for code, _ in problems._OF_HTTP.values()}
    assert documented == used | {"bad_request"}

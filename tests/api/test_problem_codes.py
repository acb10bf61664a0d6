"""Every code of a problem is documented, on the page to read too, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

import api
from api.manners import problems
from api.manners.problem_codes import PROBLEM_CODES

ROOM = Path(api.__file__).parent


def test_the_codes_explained_are_those_there_are() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py"))
    used = set(re.findall(r'Problem\(\s*\d{3},\s*"(\w+)"', sources))
    used |= {code for _, code in problems._KNOWN.values()} | {code for code, _ in problems._OF_HTTP.values()}
    assert PROBLEM_CODES.keys() == used | {"bad_request"}


def test_the_documentation_says_the_same_as_the_page() -> None:
    section = (ROOM.parent / "docs" / "errors.md").read_text(encoding="utf-8").split("\n## The service\n")[1]
    told = re.findall(r"#### `(\w+)`\n\n\*(\d+)\.\* (.+)\n\n- Fix: (.+)", section.split("\n## ")[0])
    plain = [(code, int(status), cause, _without_links(fix)) for code, status, cause, fix in told]
    assert [(code, *explained) for code, explained in PROBLEM_CODES.items()] == plain


def test_the_type_of_a_problem_leads_to_its_code_on_the_page(client: FlaskClient) -> None:
    way, code = client.get("/v1/nowhere").json["type"].split("#")
    assert client.get(way, buffered=True).status_code == 200
    assert code in client.get("/openapi.json").json["info"]["x-problems"]


def _without_links(text: str) -> str:
    return re.sub(r"\[([^]]+)\]\([^)]+\)", r"`docs/\1`", text)

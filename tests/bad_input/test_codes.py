"""Every code that the source can give is explained to users."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
ROOMS = [DOCS.parent / room for room in ("pts_optimiser", "api", "geodata")]
SNAKE = re.compile(r"[a-z]+(_[a-z0-9]+)*")
SHAPES = {"errors.md": r"^#{3,4} `(\w+)`$", "violations.md": r"^\| `(\w+)` \|", "unserved.md": r"`(\w+)`"}
"""The headings of errors.md, the first cells of violations.md, and the words of unserved.md."""


def trees() -> Iterator[ast.AST]:
    for room in ROOMS:
        for path in room.rglob("*.py"):
            yield ast.parse(path.read_text(encoding="utf-8"))


def takers() -> dict[str, int]:
    """Functions and classes with a parameter or field ``code``, and the place of it."""
    found: dict[str, int] = {}
    for tree in trees():
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.FunctionDef):
                names = [arg.arg for arg in node.args.args if arg.arg not in {"self", "cls"}]
            elif isinstance(node, ast.ClassDef):
                fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
                names = [one.id for one in fields if isinstance(one, ast.Name)]
            if "code" in names and isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name] = names.index("code")
    return found


def given() -> set[str]:
    """The words that calls give for ``code``, and the values of the enumerations called ``Code``."""
    places, found = takers(), set[str]()
    for tree in trees():
        for node in ast.walk(tree):
            words: list[ast.expr] = []
            if isinstance(node, ast.ClassDef) and node.name == "Code":
                words = [one.value for one in node.body if isinstance(one, ast.Assign)]
            elif (
                isinstance(node, ast.Call)
                and (place := places.get(ast.unparse(node.func).rpartition(".")[2])) is not None
            ):
                words = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
                words += node.args[place : place + 1]
            found |= {word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)}
    return {word for word in found if SNAKE.fullmatch(word)}


def explained(*pages: str) -> set[str]:
    texts = {page: (DOCS / page).read_text(encoding="utf-8") for page in pages}
    return {word for page, text in texts.items() for word in re.findall(SHAPES[page], text, re.MULTILINE)}


def test_no_code_is_explained_that_the_source_does_not_know() -> None:
    known = {node.value for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {word for word in explained("errors.md", "violations.md") if word not in known} == set()


def test_every_code_that_the_source_gives_is_explained() -> None:
    assert len(given()) > 150
    assert given() - explained(*SHAPES) == set()

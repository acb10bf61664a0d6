"""Self-contained HTML: a template of the package with its styles, scripts and data put inside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


def data_text(name: str) -> str:
    """A file of the package's ``reporting/data`` folder."""
    return (files("pts_optimiser.reporting") / "data" / name).read_text(encoding="utf-8")


def fill(template: str, parts: Mapping[str, str]) -> str:
    """Put each part in the place of its ``{{name}}``. Parts are HTML already; every place must be filled."""
    pieces = template.split("{{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, rest = piece.split("}}", 1)
        filled += [parts[name], rest]
    return "".join(filled)


def script_json(document: Any) -> str:
    """Compact JSON that cannot end the ``<script>`` it stands in, nor begin a comment."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
